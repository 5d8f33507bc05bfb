"""The engine keeps hand-worked diaries and the queueing oracle, told by parameters alone."""

from functools import cache
from math import log
from pathlib import Path

import pytest
from tests.service.oracle import family_by_family

from familyflow.economics.adjustments import OptimismBias
from familyflow.economics.costs import CostLine, cost_prices, costs_by_year
from familyflow.economics.prices import Deflators
from familyflow.economics.quantities import Quantities
from familyflow.economics.unit_costs import UnitCost
from familyflow.experiments.quantity_names import quantities_of
from familyflow.experiments.simulation import simulate_draw
from familyflow.families.make_up import families_of
from familyflow.luck import Luck
from familyflow.outcomes.solve import Solved
from familyflow.parameters.draws import base_values
from familyflow.planning.plan import make_plan
from familyflow.scenarios.resolve import resolve
from familyflow.service.engine import simulate
from familyflow.specification.decisions import DECISIONS
from familyflow.specification.journal import Event

THEORY = Path(__file__).parent / "theory"
UNSOLVED = Solved(1.0, 1.0, 1.0, 1.0, 1.0)
LUCK = Luck(20261123)
LISTED = (
    "families.referrals.listed_days={table: {schools: %s, childrens_services: [], health: [], "
    "police: [], partner_organisations: [], self: []}, because: The case.}"
)


@cache
def _values(scenario: str, *sets: str):
    return base_values(resolve(str(THEORY / scenario), sets=sets).parameters)


def _rows(values, event: Event):
    plan = make_plan(values, UNSOLVED)
    rows = simulate(plan, families_of(plan, LUCK), LUCK)
    return sorted((row.family, row.day, row.quantity) for row in rows if row.event == event)


def test_v18_one_place_and_three_families_a_week_apart():
    values = _values("one_place.yaml")

    assert [days / 7 for _, _, days in _rows(values, Event.WAITED)] == [0, 1, 2]
    assert [day / 7 for _, day, _ in _rows(values, Event.CLOSED_PLANNED)] == [2, 4, 6]


def test_v18_costs_3750_pounds_exactly():
    values = _values("one_place.yaml")
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
    values = _values("one_place.yaml", LISTED % "[0, 7, 14, 21]")

    assert [days / 7 for _, _, days in _rows(values, Event.WAITED)] == [0, 1, 2, 3]


def test_v28_every_family_waits_as_long_as_the_whole_day_oracle_says():
    values = _values("giving_up.yaml")
    plan = make_plan(values, UNSOLVED)
    families = sorted(families_of(plan, LUCK), key=lambda f: (f.referred, f.number))

    def days(decision: str, word: int) -> float:
        uniform = LUCK.of(word, DECISIONS[decision])
        return -log(uniform if decision == "disengages" else 1 - uniform)

    stays = [int(days("disengages", f.word) * 84) + 1 for f in families]
    patience = [max(1, int(days("patience", f.word) * 70 + 0.5)) for f in families]
    expected = family_by_family([f.referred for f in families], stays, patience, places=24)

    waited = {row[0]: row[2] for row in _rows(values, Event.WAITED)}
    gave_up = {row[0] for row in _rows(values, Event.GAVE_UP_WAITING)}
    settled = [  # the last families are cut by the end of the term
        (waited[f.number], f.number not in gave_up)
        for f in families
        if f.referred < plan.last_day - 365
    ]
    assert len(settled) > 800
    assert settled == expected[: len(settled)]


@pytest.mark.parametrize("chance", [0.05, 0.2])
def test_v38_leaving_week_by_week_cuts_the_sessions_held(chance):
    """With a weekly chance p of leaving and n sessions, (1 - p)^n complete; 4.79 SE, fixed seed."""
    sessions, families = 12, 600
    values = _values(
        "one_place.yaml",
        "appraisal.term_years=2",
        "service.team.caseload_cap=1000",
        "service.key_work.weeks_of_sessions=12",
        LISTED % str([7 * (k % 30) for k in range(families)]).replace("'", ""),
        f"service.key_work.disengaging_per_week={chance}",
        "service.key_work.disengaging_large_family=1",
        "service.key_work.disengaging_on_plan=1",
    )

    completed = len(_rows(values, Event.CLOSED_PLANNED)) / families

    # twelve sessions on Mondays from a Monday referral: the ending that day comes before it
    expected = (1 - chance) ** sessions
    assert abs(completed - expected) < 4.79 * (expected * (1 - expected) / families) ** 0.5
