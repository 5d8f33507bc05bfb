"""A small run with its prices, worked out so that sums can be checked by hand."""

from __future__ import annotations

import sys
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from familyflow.economics.costs import CostLine, Overheads
from familyflow.economics.discounting import Schedule, flat
from familyflow.economics.funding import Funder
from familyflow.economics.inputs import LedgerInputs
from familyflow.economics.ledger import price
from familyflow.economics.prices import Deflators
from familyflow.economics.quantities import Quantities
from familyflow.economics.savings import BenefitLine, Cashable
from familyflow.economics.unit_costs import UnitCost

# HM Treasury, Green Book: social time preference rate, standard and for health
GB_STANDARD = Schedule(
    "gb_standard",
    ((0, 0.035), (31, 0.03), (76, 0.025), (126, 0.02), (201, 0.015), (301, 0.01)),
)
GB_HEALTH = Schedule("gb_health", ((0, 0.015), (31, 0.0129), (76, 0.0107)))

DEFLATORS = Deflators({"2016/17": 80.0, "2023/24": 96.0, "2024/25": 100.0}, "of the toy")

UNITS = {
    "post_years.key_worker": "years",
    "service_years": "years",
    "volunteer_hours": "hours",
    "families_referred": "families",
    "families_started": "families",
    "families_completed": "families",
    "children_supported": "children",
    "families_improved": "families",
    "key_work_hours": "hours",
    "care_entries": "times",
    "child_weeks_looked_after.foster": "weeks",
    "child_weeks_looked_after.residential": "weeks",
    "domestic_abuse_incidents": "times",
}


def amounts(
    cells: dict[tuple[str, str, int, int], Any],
    draws: int = 1,
    replications: int = 1,
    years: int = 4,
) -> Quantities:
    """Quantities from {(name, arm, year, in follow-up): a number, or one a draw, replication}."""
    names = tuple(UNITS)
    block = np.zeros((draws, replications, 2, years, 2, len(names)))
    for (name, arm, year, followed), quantity in cells.items():
        block[:, :, ("without", "with").index(arm), year, followed, names.index(name)] = quantity
    return Quantities(names, tuple(UNITS.values()), block)


def hand_run(draws: int = 1, replications: int = 1) -> Quantities:
    """Two years of a service of two posts; care avoided in years 0 to 3."""
    cells: dict[tuple[str, str, int, int], Any] = {}
    for year in (0, 1):
        cells["post_years.key_worker", "with", year, 0] = 2.0
        cells["service_years", "with", year, 0] = 1.0
        cells["volunteer_hours", "with", year, 0] = 100.0
        cells["families_referred", "with", year, 0] = 12.0
        cells["families_started", "with", year, 0] = 10.0
        cells["families_completed", "with", year, 0] = 8.0
        cells["children_supported", "with", year, 0] = 20.0
    for year, without, with_it in ((0, 100, 100), (1, 200, 120), (2, 200, 90), (3, 50, 50)):
        cells["child_weeks_looked_after.foster", "without", year, 1] = without
        cells["child_weeks_looked_after.foster", "with", year, 1] = with_it
        cells["domestic_abuse_incidents", "without", year, 1] = 10.0
        cells["domestic_abuse_incidents", "with", year, 1] = 8.0
    cells["child_weeks_looked_after.foster", "without", 3, 0] = 30.0  # after the follow-up
    cells["care_entries", "without", 0, 1] = 5.0
    cells["care_entries", "with", 0, 1] = 3.0
    return amounts(cells, draws, replications)


KEY_WORKER = UnitCost(
    "staff.key_worker",
    "A key worker's year",
    40_000.0,
    "GBP per full-time year",
    "2024/25",
    grade="C",
)
PREMISES = UnitCost("premises", "Premises", 5_000.0, "GBP per year", "2024/25", grade="E")
VOLUNTEER = UnitCost("volunteer", "A volunteer's hour", 15.0, "GBP per hour", "2024/25", grade="E")
FOSTER = UnitCost(
    "foster",
    "A week in foster care",
    800.0,
    "GBP per week",
    "2016/17",
    falls_on={"council": 1.0},
    grade="C",
)
HOME = UnitCost(
    "home",
    "A week in a children's home",
    6_000.0,
    "GBP per week",
    "2024/25",
    falls_on={"council": 1.0},
    grade="C",
)
INCIDENT = UnitCost(
    "incident",
    "An incident",
    3_000.0,
    "GBP per incident",
    "2024/25",
    falls_on={"NHS": 0.6, "police": 0.4},
    grade="C",
)
HARM = UnitCost(
    "harm",
    "Harm of an incident",
    7_000.0,
    "GBP per incident",
    "2024/25",
    kind="social",
    falls_on={"families": 1.0},
    grade="C",
)

COST_LINES = (
    CostLine(
        "key_workers",
        "Key workers",
        "post_years.key_worker",
        KEY_WORKER,
        "per_post",
        heading="Salaries",
        pay=True,
    ),
    CostLine("premises", "Premises", "service_years", PREMISES, "fixed", heading="Premises"),
    CostLine(
        "volunteers",
        "Volunteers' time",
        "volunteer_hours",
        VOLUNTEER,
        "per_session",
        type="in_kind",
    ),
)
BENEFIT_LINES = (
    BenefitLine(
        "foster",
        "Weeks in foster care",
        "child_weeks_looked_after.foster",
        FOSTER,
        cashable=Cashable(0.5, 1, 52.0),
        double_count_group="placement",
        disjoint=True,
    ),
    BenefitLine(
        "home",
        "Weeks in a home",
        "child_weeks_looked_after.residential",
        HOME,
        cashable=Cashable(0.8, 0),
        double_count_group="placement",
        disjoint=True,
    ),
    BenefitLine("incidents", "Incidents", "domestic_abuse_incidents", INCIDENT, evidence="weaker"),
    BenefitLine("harm", "Harm", "domestic_abuse_incidents", HARM, evidence="weaker"),
)
FUNDERS = (
    Funder("Lottery", True, False, {0: 60_000.0, 1: 60_000.0}, "2024/25"),
    Funder("Council", True, True, {0: 40_000.0, 1: 40_000.0}, "2024/25", agency="council"),
    Funder("Charity", False, False, {0: 20_000.0, 1: 5_000.0}, "2024/25"),
)


def inputs(quantities: Quantities | None = None, **changes: Any) -> LedgerInputs:
    """The toy's inputs, with anything changed."""
    plain = LedgerInputs(
        quantities=hand_run() if quantities is None else quantities,
        cost_lines=COST_LINES,
        benefit_lines=BENEFIT_LINES,
        deflators=DEFLATORS,
        price_year="2024/25",
        schedules={"flat": flat(0.10), "none": flat(0.0), "gb_standard": GB_STANDARD},
        schedule="flat",
        term_years=2,
        follow_up_years=2,
        watched_years=4,
        funders=FUNDERS,
        overheads=Overheads(0.25),
        council_agencies=frozenset({"council"}),
    )
    return replace(plain, **changes)


def priced(quantities: Quantities | None = None, **changes: Any):
    """The toy, priced."""
    return price(inputs(quantities, **changes))


@pytest.fixture(scope="session")
def toy() -> ModuleType:
    """All of the above by name: toy.priced(), toy.FOSTER ..."""
    return sys.modules[__name__]
