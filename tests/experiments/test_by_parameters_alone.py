"""The engine keeps hand-worked diaries, told by parameters alone."""

import pytest
from tests.experiments.by_parameters import UNSOLVED, simulated, values_of

from familyflow.economics.adjustments import OptimismBias
from familyflow.economics.costs import CostLine, cost_prices, costs_by_year
from familyflow.economics.prices import Deflators
from familyflow.economics.quantities import Quantities
from familyflow.economics.unit_costs import UnitCost
from familyflow.experiments.quantity_names import quantities_of
from familyflow.experiments.simulation import simulate_draw
from familyflow.luck import Luck
from familyflow.specification.journal import Event

LUCK = Luck(20261123)
LISTED = (
    "families.referrals.listed_days={table: {schools: %s, childrens_services: [], health: [], "
    "police: [], partner_organisations: [], self: []}, because: The case.}"
)


def _rows(event: Event, *sets: str):
    _, _, journal = simulated("one_place.yaml", *sets)
    return sorted((row.family, row.day, row.quantity) for row in journal if row.event == event)


def test_v18_one_place_and_three_families_a_week_apart():
    assert [days / 7 for _, _, days in _rows(Event.WAITED)] == [0, 1, 2]
    assert [day / 7 for _, day, _ in _rows(Event.CLOSED_PLANNED)] == [2, 4, 6]


def test_v18_costs_3750_pounds_exactly():
    values = values_of("one_place.yaml")
    one = simulate_draw(values, UNSOLVED, LUCK)
    names = quantities_of((), ())
    quantities = Quantities(
        tuple(n.name for n in names), tuple(n.unit for n in names), one.quantities[None, None]
    )
    year = {"price_year": "2024/25"}
    lines = (
        CostLine("a", "By the week", "episode_weeks",
                 UnitCost("w", "A week", 500.0, "GBP per week", **year), "per_family"),
        CostLine("b", "By the family", "families_started",
                 UnitCost("f", "A family", 250.0, "GBP per family", **year), "per_family"),
    )  # fmt: skip

    prices = cost_prices(
        lines, quantities, Deflators({"2024/25": 1.0}, "x"), "2024/25", OptimismBias()
    )

    assert costs_by_year(lines, quantities, prices, None).sum() == 3750.0


def test_v36_four_families_a_week_apart_wait_none_to_three_weeks():
    waited = _rows(Event.WAITED, LISTED % "[0, 7, 14, 21]")

    assert [days / 7 for _, _, days in waited] == [0, 1, 2, 3]


@pytest.mark.parametrize("chance", [0.05, 0.2])
def test_v38_leaving_week_by_week_cuts_the_sessions_held(chance):
    """With a weekly chance p of leaving and n sessions, (1 - p)^n complete; 4.79 SE, fixed seed."""
    sessions, families = 12, 600
    told = (
        "appraisal.term_years=2",
        "service.team.caseload_cap=1000",
        "service.key_work.weeks_of_sessions=12",
        LISTED % str([7 * (k % 30) for k in range(families)]).replace("'", ""),
        f"service.key_work.disengaging_per_week={chance}",
        "service.key_work.disengaging_large_family=1",
        "service.key_work.disengaging_on_plan=1",
    )

    completed = len(_rows(Event.CLOSED_PLANNED, *told)) / families

    # twelve sessions on Mondays from a Monday referral: the ending that day comes before it
    expected = (1 - chance) ** sessions
    assert abs(completed - expected) < 4.79 * (expected * (1 - expected) / families) ** 0.5
