"""Follow-ups told again: nothing changes up to the release, and nothing is known after it."""

from __future__ import annotations

import numpy as np
import pytest
from tests.compiled.colliding import colliding_world
from tests.outcomes.following import telling_world
from tests.service.worlds import chain, constant, listed, post

from familyflow.experiments.quantity_names import quantities_of
from familyflow.experiments.simulation import simulate_plan
from familyflow.families.make_up import families_of
from familyflow.luck import Luck, child_word
from familyflow.outcomes import followed_again as following
from familyflow.outcomes.clocks import ALL_IS_TOLD, NOT_STARTED, Standing, Thresholds
from familyflow.outcomes.exposure import Exposure
from familyflow.outcomes.family_paths import Deed, share
from familyflow.outcomes.followed_again import Release, Renewed, followed_again
from familyflow.outcomes.without import without_arm
from familyflow.service.engine import simulate
from familyflow.specification.decisions import step_code
from familyflow.specification.journal import FARING, Entry, Event
from familyflow.specification.plan import Plan

CHILD, CLOCK, LUCK = child_word(0, 0, 0), step_code(1, 2), Luck(20_261_128)
STANDARD_ERRORS = 4.0
EXPOSED = Exposure(1, 5, 5, False)
WORLDS = [telling_world(), *(colliding_world(seed) for seed in (1, 2, 3, 5, 6, 7, 9, 10))]


def renewed(*standings: Standing, inner: int = 3) -> Renewed:
    """The thresholds of follow-up `inner` where the arms stand so on the day of release."""
    return Renewed(Thresholds(LUCK), [{(CHILD, CLOCK): one} for one in standings], inner)


def drawn(occurrence: int) -> int:
    return Thresholds(LUCK).of(CHILD, CLOCK, occurrence)


def fresh(occurrence: int, inner: int = 3) -> int:
    return Thresholds(LUCK).afresh(CHILD, CLOCK, occurrence, inner)


def test_what_has_rung_in_one_arm_stays_for_the_other() -> None:
    clocks = renewed(Standing(0, 900), Standing(2, 40))

    assert [clocks.of(CHILD, CLOCK, times) for times in (0, 1)] == [drawn(0), drawn(1)]


def test_what_has_rung_in_neither_is_what_is_spent_and_a_fresh_threshold() -> None:
    more = renewed(Standing(1, 700), Standing(1, 40))
    further = renewed(Standing(0, 700), Standing(1, 40))

    assert more.of(CHILD, CLOCK, 1) == 700 + fresh(1)
    assert further.of(CHILD, CLOCK, 1) == 40 + fresh(1)  # the other arm is not there yet
    assert further.of(CHILD, CLOCK, 2) == fresh(2)
    assert renewed(NOT_STARTED).of(CHILD, CLOCK, 0) == fresh(0)


def test_each_follow_up_has_its_own_luck_and_no_other_decision_moves() -> None:
    found = {renewed(NOT_STARTED, inner=inner).of(CHILD, CLOCK, 0) for inner in range(1, 16)}

    assert len(found) == 15
    assert drawn(0) not in found
    assert renewed(NOT_STARTED).uniform(CHILD, CLOCK) == LUCK.of(CHILD, CLOCK)


def test_of_a_child_that_is_followed_no_more_nothing_is_open() -> None:
    assert renewed(ALL_IS_TOLD).of(CHILD, CLOCK, 7) == drawn(7)


def test_a_family_is_let_go_after_its_last_ending_and_its_last_deed() -> None:
    group = Deed(80, EXPOSED._replace(group_done=True))

    assert Release.of(51, []).day == 51
    assert Release.of(51, [Deed(5, EXPOSED)]).day == 51
    assert Release.of(51, [Deed(5, EXPOSED), group]).day == 81


def told(plan: Plan, luck: Luck, inner: int):  # type: ignore[no-untyped-def]
    """Both arms as they were simulated, each further follow-up, and the days of release."""
    families = families_of(plan, luck)
    shared, released = share(plan, families, luck), {}
    arms = (
        without_arm(plan, families, luck, shared),
        simulate(plan, families, luck, shared=shared, released=released),
    )
    again = followed_again(plan, families, luck, shared, released, inner)
    return [[row for row in arm if row.event in FARING] for arm in arms], again, released


def until_release(rows: list[Entry], released: dict) -> list[Entry]:  # type: ignore[type-arg]
    """What happened by each family's release; time at a level or in a state is noted only later."""
    spans = (Event.CHILD_DAYS, Event.OUTCOME_DAYS)
    return sorted(
        row
        for row in rows
        if row.event not in spans and row.day <= released[row.source, row.family].day
    )


@pytest.mark.parametrize("number", range(len(WORLDS)))
def test_up_to_the_release_nothing_changes_in_either_arm(number: int) -> None:
    arms, again, released = told(WORLDS[number], Luck(number), 3)

    for more in again:
        for rows, told_again in zip(arms, more, strict=True):
            assert until_release(rows, released) == until_release(told_again, released)
            if number == 0:  # much is open there
                assert sorted(rows) != sorted(told_again)


@pytest.mark.parametrize("number", range(len(WORLDS)))
def test_families_that_the_service_never_touched_fare_alike_in_both_arms(number: int) -> None:
    _, again, released = told(WORLDS[number], Luck(number), 4)
    untouched = {key for key, release in released.items() if not release.deeds}

    for without, with_service in again:
        of_them = [
            sorted(row for row in rows if (row.source, row.family) in untouched)
            for rows in (without, with_service)
        ]
        assert of_them[0] == of_them[1]


def test_without_a_service_every_follow_up_is_the_same_in_both_arms() -> None:
    one = simulate_plan(telling_world(has_service=False), LUCK, inner=4)

    assert np.array_equal(one.quantities[0], one.quantities[1])
    assert one.figures["children_looked_after_avoided"] == 0.0


def early_help(inner: int, draws: int) -> np.ndarray:
    """Weeks of early help (draw, arm) where noticing is all that the service does."""
    plan = telling_world(
        last_day=250,
        in_term=(True,) * 251,
        sources=listed(*range(8)),
        team__posts=(post(cap=8),),
        key_work__sessions=constant(30),
        waiting__return_chance=0.0,
        chain=chain({(1, 2): 1 / 150}, detection=(3.0, 1.0), detection_days=(0, 200)),
        outcomes=(),
    )
    names = [quantity.name for quantity in quantities_of(plan.programmes, plan.activities)]
    place = names.index("child_weeks.early_help")
    return np.array(
        [
            simulate_plan(plan, Luck(5, draw), inner=inner).quantities[..., place].sum(axis=(1, 2))
            for draw in range(draws)
        ]
    )


def off(more: np.ndarray, one: np.ndarray) -> np.ndarray:
    """How many standard errors the means lie apart, by arm: the same draws in both."""
    apart = more - one
    error = apart.std(axis=0, ddof=1) / np.sqrt(len(apart))
    return np.divide(apart.mean(axis=0), error, out=np.zeros(2), where=error > 0)


@pytest.mark.statistical
def test_fresh_thresholds_for_both_arms_alike_are_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Seed 5, 100 draws: the arm without comes late by many standard errors, and here it does not.

    The day of release knows the child's luck: a referral up lets a family go on the day on which a
    child steps with the service, so it is about to step without it too.
    """
    draws = 100
    one = early_help(1, draws)
    assert np.all(np.abs(off(early_help(3, draws), one)) < STANDARD_ERRORS)

    def forgetting(self, inner):  # type: ignore[no-untyped-def]
        arms: following.Arms = ([], [])
        for deeds, rows, own in zip(self._deeds, arms, self._standings, strict=True):
            clocks = Renewed(self._shared.thresholds, [own], inner)
            self._begun(deeds, rows, clocks).finish()
        return arms

    monkeypatch.setattr(following._Told, "again", forgetting)
    late = early_help(3, draws)

    assert off(late, one)[0] > 2 * STANDARD_ERRORS
    assert late[:, 0].mean() > 1.1 * one[:, 0].mean()
