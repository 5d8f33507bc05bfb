"""Everything the ledger needs, in one frozen bundle: quantities, prices, funding and the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from familyflow.economics.adjustments import OptimismBias
from familyflow.economics.costs import CostLine, Overheads
from familyflow.economics.counted_once import counted_once
from familyflow.economics.discounting import Schedule
from familyflow.economics.funding import Funder
from familyflow.economics.prices import Deflators
from familyflow.economics.quantities import Quantities
from familyflow.economics.savings import BenefitLine
from familyflow.economics.uplift import Uplift
from familyflow.economics.windows import WINDOWS, Headline
from familyflow.problems import bad_input


@dataclass(frozen=True)
class Placements:
    """Which quantities say what a placement in care is: entries, and lines priced by the week.

    `weeks` is the beginning of the names of the quantities that hold weeks looked after.
    """

    entries: str = "care_entries"
    weeks: str = "child_weeks_looked_after"


@dataclass(frozen=True)
class LedgerInputs:
    """What is priced, and by which rules.

    quantities: amounts by draw, replication, arm, year, window. deflators and price_year: every
    sum is brought to this one year. schedules: discount schedules by name, of which `schedule` is
    used for costs and for lines that name none. timing: when in a year money moves. term_years:
    the budget window. watched_years: for how long after a referral anything is counted at all, in
    any window. council_agencies: savers whose budget is the council's. window: what the
    headline counts. first_year: the financial year in which the term begins (the price year where
    it is left out) and later_price_growth: see `uplift`; they matter only to a budget and to grants
    paid in cash. family_weight: what a pound is worth to a family served, for the results with
    distributional weights; `families` is the agency in whose name such gains fall.
    """

    quantities: Quantities
    cost_lines: tuple[CostLine, ...]
    benefit_lines: tuple[BenefitLine, ...]
    deflators: Deflators
    price_year: str
    schedules: Mapping[str, Schedule]
    schedule: str
    term_years: int
    follow_up_years: int
    watched_years: int
    timing: str = "start"
    window: Headline = "follow_up"
    funders: tuple[Funder, ...] = ()
    overheads: Overheads | None = None
    optimism_bias: OptimismBias = field(default_factory=OptimismBias)
    council_agencies: frozenset[str] = frozenset()
    placements: Placements = field(default_factory=Placements)
    first_year: str = ""
    later_price_growth: float = 0.0
    family_weight: float = 1.0
    families: str = "individuals"

    @cached_property
    def uplift(self) -> Uplift:
        """How prices grow over the term; pay with them, until a growth of its own is given."""
        return Uplift(
            self.deflators,
            self.price_year,
            self.first_year or self.price_year,
            self.term_years,
            later_prices=self.later_price_growth,
        )

    def __post_init__(self) -> None:
        names = Counter(line.name for line in self.cost_lines)
        names.update(line.name for line in self.benefit_lines)
        twice = [name for name, times in names.items() if times > 1]
        if twice:
            raise bad_input(f"two lines have one name: {', '.join(twice)}", where="lines")
        counted_once(self.benefit_lines)
        for name in {self.schedule, *(line.discount for line in self.benefit_lines)} - {""}:
            if name not in self.schedules:
                raise bad_input(
                    f"there is no discount schedule {name!r}",
                    f"There are: {', '.join(self.schedules)}.",
                    where="discounting",
                )
        if self.window not in WINDOWS:
            raise bad_input(
                f"there is no window {self.window!r}",
                f"There are: {', '.join(WINDOWS)}.",
                where="appraisal.window",
            )
        if self.term_years < 1 or self.follow_up_years < 1:
            raise bad_input("the term and the follow-up last at least a year", where="appraisal")
        if self.watched_years < self.follow_up_years:
            raise bad_input(
                f"follow-up lasts {self.follow_up_years} years, but children are watched for "
                f"{self.watched_years}",
                where="appraisal",
            )


def uncorrected(inputs: LedgerInputs) -> LedgerInputs:
    """The same inputs with no correction for optimism (its shares are kept, to stand beside)."""
    return replace(inputs, optimism_bias=replace(inputs.optimism_bias, mode="none"))
