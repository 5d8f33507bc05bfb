"""The columns of the Greater Manchester layout, in the order and words of that model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NAME: Final = "Greater Manchester"
HEAD: Final = 5
FIRST: Final = HEAD + 1


@dataclass(frozen=True)
class Column:
    """A column: its place, its head, the key of its values in the run, and its form."""

    place: int
    head: str
    key: str = ""
    form: str = "ratio"


OUTCOME = Column(0, "Outcome", "line")
UNIT = Column(1, "Unit", "unit")
KIND = Column(2, "Value: fiscal, economic or social", "kind")
EVIDENCE = Column(3, "Evidence", "evidence")
POPULATION = Column(4, "Users: target population", "population", "amount")
PREVALENCE = Column(5, "Share at risk", "prevalence")
AT_RISK = Column(6, "At-risk population", form="amount")
ENGAGEMENT = Column(7, "Level of engagement", "engagement")
RETAINED = Column(8, "Level of retention", "retained")
AFFECTED = Column(9, "Users affected", form="amount")
IMPACT = Column(10, "Impact: units for each", "impact")
DEADWEIGHT = Column(11, "Deadweight")
NET = Column(12, "Net impact", "net_impact")
ATTRIBUTION = Column(13, "Attribution", "attribution")
EACH = Column(14, "Units each", "units_each")
YEARS = Column(15, "Years counted", "years_counted")
UNITS = Column(16, "Units avoided", "units_avoided", "amount")
VALUE = Column(17, "Unit cost", "unit_value", "price")
LINKS = Column(18, "Saving of the links", "saving_of_links", "money")
RUN = Column(19, "Saving of the run (value)", "saving_undiscounted", "money")
APART = Column(20, "What the links miss", form="money")
BIAS = Column(21, "Optimism-bias correction", "optimism_bias", "share")
CORRECTED = Column(22, "Saving after correction", "saving_after_optimism_bias", "money")
PRESENT = Column(23, "Present value, live", form="money")
AGENCIES: Final = 24  # the first column of agencies' shares, then of their pounds
WORDS: Final = (OUTCOME, UNIT, KIND, EVIDENCE)
LINKED: Final = (POPULATION, PREVALENCE, ENGAGEMENT, RETAINED, IMPACT, ATTRIBUTION, EACH, YEARS)
EVERY: Final = (
    *WORDS, POPULATION, PREVALENCE, AT_RISK, ENGAGEMENT, RETAINED, AFFECTED, IMPACT, DEADWEIGHT,
    NET, ATTRIBUTION, EACH, YEARS, UNITS, VALUE, LINKS, RUN, APART, BIAS, CORRECTED, PRESENT,
)  # fmt: skip
