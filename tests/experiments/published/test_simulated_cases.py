"""Cases that need the simulation: the law on the caseload, warnings, and three models of care."""

from __future__ import annotations

import math

import pytest

from familyflow.experiments.published import against
from familyflow.experiments.published.against import Answered, against_published, as_checks
from familyflow.experiments.published.calculations import CALCULATIONS
from familyflow.experiments.published.cross import care_chain, care_weeks_avoided, cross
from familyflow.experiments.published.read import SHIPPED, read_cases
from familyflow.experiments.published.simulated import Nothing
from familyflow.experiments.published.world import World
from familyflow.experiments.verify import neutral_values
from familyflow.outcomes.solve import solve

SMALL = ("appraisal.term_years=1", "appraisal.follow_up_years=2")
pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def world() -> World:
    """A year of the service, five draws, seed 1."""
    return World("core_offer", sets=SMALL, draws=5, seed=1, threads=1)


def put(world: World, file: str, monkeypatch) -> Answered:
    (only,) = (case for case in read_cases(SHIPPED) if case.file == f"published/{file}.yaml")
    monkeypatch.setattr(against, "read_cases", lambda _: [only])
    return against_published(SHIPPED, world)[0]


def verdicts(answered: Answered) -> dict[str, str]:
    return {one.name: one.verdict for one in answered.figures}


def test_the_caseload_keeps_littles_law(world, monkeypatch) -> None:
    answered = put(world, "caseload", monkeypatch)

    assert verdicts(answered) == {"caseload_over_law": "agrees", "caseload": "beside"}
    (check,) = as_checks([answered])
    assert check.holds


def test_a_caseload_that_is_counted_wrongly_is_found(world, monkeypatch) -> None:
    counted = World.counted

    def one_family_in_twenty_twice(self, name: str) -> float:
        return counted(self, name) * (1.05 if name == "caseload_weeks_observed" else 1.0)

    monkeypatch.setattr(World, "counted", one_family_in_twenty_twice)
    answered = put(world, "caseload", monkeypatch)

    assert verdicts(answered)["caseload_over_law"] == "differs"
    assert [check.holds for check in as_checks([answered])] == [False]


def test_calculations_give_the_figures_that_they_list(world) -> None:
    simulated = [case for case in read_cases(SHIPPED) if case.calculation.is_simulated]

    assert {case.told.calculation for case in simulated} == {
        name for name, one in CALCULATIONS.items() if one.is_simulated
    }
    for case in simulated:
        assert {*case.calculation.work(case.inputs, world)} == {*case.calculation.listed}


def test_flows_of_others_stand_beside_and_add_up(world, monkeypatch) -> None:
    answered = put(world, "flow", monkeypatch)

    assert {*verdicts(answered).values()} == {"beside"}
    given = {one.name: one.model for one in answered.figures}
    assert given["planned_endings"] + given["other_endings"] == pytest.approx(100.0)
    assert 100.0 >= given["started"] >= given["completed"] >= 0.0
    assert 13.0 >= given["accepted"] >= given["finished"] >= 0.0


@pytest.mark.parametrize(("figure", "verdict"), [(3.01, "warning"), (3.0, "no warning")])
def test_a_return_above_the_rule_is_warned_of(world, figure, verdict, monkeypatch) -> None:
    monkeypatch.setattr(World, "figure", lambda *_: figure)
    answered = put(world, "face_validity", monkeypatch)

    assert verdicts(answered)["too_good_a_return"] == verdict
    assert not answered.failed


def test_without_an_effect_the_cohort_avoids_nothing(world) -> None:
    values = {**world.base, **neutral_values()}
    solved = solve([values], {**world.inputs.reference, **neutral_values()})

    (weeks,) = care_weeks_avoided(world, [values], solved)

    assert weeks == pytest.approx(0.0, abs=1e-9)


def test_the_chain_of_care_worked_by_hand() -> None:
    base = {
        **World("core_offer").base,
        "families.make_up.children": {"1": 0.5, "3": 0.5},
        "families.make_up.sibling_outside_age_range": 0.25,
        "families.referrals.suitable_per_year": 10.0,  # the team has places for all who would come
        "service.waiting.declines": 0.2,
        "outcomes.escalation.looked_after_months_19_24": 0.05,
        "outcomes.effects.care_ratio": 0.8,
        "outcomes.effects.retention_per_year": 0.5,
        "appraisal.term_years": 5,
        "appraisal.follow_up_years": 4,
    }

    line = care_chain(base, price=1_000.0)

    # 10 families x 5 years x (1 + 1 x 0.75) children x 0.8 take up x 0.05 x 0.2 kept from care
    assert line.steps().engaged == pytest.approx(70.0)
    assert line.steps().corrected == pytest.approx(0.7)
    # nothing in the first year, then a year of 365 / 7 weeks, half of it, a quarter of it
    assert line.saving_by_year(4).sum() == pytest.approx(0.7 * 365 / 7 * 1_000 * 1.75)


@pytest.mark.statistical
def test_the_simulation_comes_near_the_cohort_within_its_luck() -> None:
    """Seed 1, 200 draws, a term of 15 years: within 3.9 standard errors (1 in 10,000).

    The cohort gives every family its whole episode, so the end of the term must weigh little.
    """
    sets = ("appraisal.term_years=15", "appraisal.follow_up_years=2")

    found = cross(Nothing(), World("core_offer", sets=sets, draws=200, seed=1))

    assert abs(found["simulated.errors_from_cohort"]) < 3.9
    # the luck is small enough for a cohort without any effect to be told from it
    error = (found["simulated.weeks"] - found["cohort.weeks"]) / found[
        "simulated.errors_from_cohort"
    ]
    assert found["cohort.weeks"] > 3.9 * abs(error)


def test_a_single_draw_says_nothing_of_its_luck() -> None:
    found = cross(Nothing(), World("core_offer", sets=SMALL, draws=1, seed=1, threads=1))

    assert math.isnan(found["simulated.errors_from_cohort"])
