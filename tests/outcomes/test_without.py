"""The arm without the service: everybody followed, usual support, and nothing of the service."""

from types import SimpleNamespace

import numpy as np
import pytest

from familyflow.families.family import Child, Family
from familyflow.luck import Luck, child_word, family_word
from familyflow.outcomes.clocks import Thresholds
from familyflow.outcomes.exposure import NOT_EXPOSED, Exposure
from familyflow.outcomes.family_paths import Shared
from familyflow.outcomes.without import (
    PASSED_UP,
    is_passed_up_anyway,
    paths_of,
    screened,
    share,
    without_arm,
)
from familyflow.specification.journal import Event, as_rows
from familyflow.specification.phases import Phase
from familyflow.specification.plan import (
    CARRIED_OVER,
    CHILD_IN_NEED,
    CHILD_PROTECTION,
    EARLY_HELP,
    UNIVERSAL,
    Chain,
    Outcome,
)

SEED, YEAR = 20_240_903, 365
STEPS = ((1, 2), (2, 0), (3, 4, 1), (4, 2, 1), (2, 0), (2, 0))
COUNT, STATE, RARE = range(3)


def of_steps(rule):
    return tuple(tuple(rule(level, to) for to in ends) for level, ends in enumerate(STEPS))


def a_plan(passed_up: float = 0.3, anyway: float = 0.5, **changes):
    """Only what this arm may know of a plan: it would fail if it asked for more."""
    effect = np.full((3, 4, 3, 2), 0.5)
    effect[:, 0] = 0.0
    chain = Chain(
        steps=STEPS,
        upward=of_steps(lambda level, to: to > level),
        detected=of_steps(lambda level, to: level < CHILD_PROTECTION and to in (2, 3)),
        link=of_steps(lambda level, to: 0 if to > max(level, EARLY_HELP) else -1),
        rates=tuple(((tuple(0.002 for _ in ends),),) for ends in STEPS),
        band_starts=(0,),
        age_starts=(0,),
        effect=effect,
        detection=(1.5, 1.0),
        detection_days=(0, 400),
        follow_days=1_500,
    )
    acting = np.full((4, 3), 0.4)
    acting[0] = 0.0
    outcomes = (
        Outcome("incidents", COUNT, False, False, 1, 0.0, 0.01, 0.0, acting),
        Outcome("difficulties", STATE, True, True, 0, 0.6, 0.003, 0.004, acting),
        Outcome("absence", RARE, True, False, 0, 0.0, 0.0, 0.0, acting),
    )
    plan = {
        "first_day": 100,
        "follow_up_days": 900,
        "chain": chain,
        "outcomes": outcomes,
        "waiting": SimpleNamespace(
            screening=(1.0 - passed_up - 0.1, 1.0 - passed_up, 1.0), passed_up_anyway=anyway
        ),
    }
    return SimpleNamespace(**{**plan, **changes})


def a_family(number: int, *, source: int = 2, level: int | None = None, needs: int = 1) -> Family:
    children = tuple(
        Child(i, i != 1, (6 + 3 * i) * YEAR, child_word(source, number, i), 0)
        for i in range(1 + number % 3)
    )
    return Family(
        source=source, number=number, word=family_word(source, number), referred=3 * number,
        children=children, needs=needs, leading_need=0,
        level=number % 4 if level is None else level, complexity=1.0,
        frailty=0.5 + number % 4, weekday=0, session_minutes=180,
        interpreter=False, minority_ethnic=False, usual_support=number % 5 == 0, moves_on=100_000,
        risk_indicators=0, wellbeing=0,
    )  # fmt: skip


FAMILIES = [a_family(number) for number in range(60)]


def of_event(rows, event: Event):
    return rows[rows[:, 2] == event]


def test_every_child_in_scope_is_followed_for_its_days_and_no_other():
    rows = as_rows(without_arm(a_plan(), FAMILIES, Luck(SEED)))

    days = of_event(rows, Event.CHILD_DAYS)
    for family in FAMILIES:
        of_family = days[days[:, 4] == family.number]
        assert set(of_family[:, 5].tolist()) == {c.number for c in family.children if c.in_scope}
        for child in family.children:
            followed = of_family[of_family[:, 5] == child.number][:, 8].sum()
            assert followed == (1_500 if child.in_scope else 0)


def test_usual_support_is_noted_on_the_referral_day_and_no_service_is():
    rows = as_rows(without_arm(a_plan(), FAMILIES, Luck(SEED)))

    support = of_event(rows, Event.USUAL_SUPPORT)
    assert support[:, [0, 1, 3, 4, 8]].tolist() == [
        [f.referred, Phase.REFERRALS, f.source, f.number, 1] for f in FAMILIES if f.usual_support
    ]
    outcomes = {Event.STEP, Event.CHILD_DAYS, Event.ENTERED_CARE_FIRST, Event.OUTCOME_COUNT}
    outcomes |= {Event.OUTCOME_DAYS, Event.USUAL_SUPPORT, Event.REFERRED_UP_AT_SCREENING}
    assert set(rows[:, 2].tolist()) == outcomes


def test_families_passed_up_anyway_step_to_child_in_need_on_the_day_they_are_referred():
    plan, luck = a_plan(), Luck(SEED)

    rows = as_rows(without_arm(plan, FAMILIES, luck))

    thresholds = Thresholds(luck)
    passed_up = [f for f in FAMILIES if is_passed_up_anyway(plan, f, thresholds)]
    screened_up = [f for f in FAMILIES if screened(plan, f, thresholds, 0) == PASSED_UP]
    assert 0 < len(passed_up) < len(screened_up)
    noted = of_event(rows, Event.REFERRED_UP_AT_SCREENING)
    assert noted[:, [0, 1, 4, 8]].tolist() == [
        [f.referred, Phase.REFERRALS, f.number, 1] for f in passed_up
    ]
    on_the_day = {
        (day, number, child, before, after)
        for day, _, _, _, number, child, before, after, _ in of_event(rows, Event.STEP).tolist()
        if day == 3 * number
    }
    assert on_the_day == {
        (f.referred, f.number, c.number, f.level, CHILD_IN_NEED)
        for f in passed_up
        for c in f.children
        if c.in_scope and f.level < CHILD_IN_NEED
    }


@pytest.mark.parametrize(("anyway", "share_of_families"), [(0.0, 0), (1.0, 60)])
def test_nobody_or_everybody_passed_up_would_have_been_anyway(anyway, share_of_families):
    rows = as_rows(without_arm(a_plan(passed_up=1.0, anyway=anyway), FAMILIES, Luck(SEED)))

    assert len(of_event(rows, Event.REFERRED_UP_AT_SCREENING)) == share_of_families


def test_luck_drawn_in_blocks_gives_the_rows_of_luck_drawn_one_by_one():
    plan, luck = a_plan(), Luck(SEED, draw=2)

    in_blocks = as_rows(without_arm(plan, FAMILIES, luck, share(plan, FAMILIES, luck)))
    one_by_one = as_rows(without_arm(plan, FAMILIES, luck, Shared(plan, luck)))

    assert np.array_equal(in_blocks, one_by_one)


def test_a_family_has_the_same_rows_whoever_else_is_referred():
    plan, luck = a_plan(), Luck(SEED)

    rows = as_rows(without_arm(plan, FAMILIES, luck))
    backwards = as_rows(without_arm(plan, FAMILIES[::-1], luck))
    alone = as_rows(without_arm(plan, FAMILIES[7:8], luck))

    assert np.array_equal(rows, backwards)
    assert np.array_equal(rows[rows[:, 4] == 7], alone)


def test_both_arms_may_share_what_they_draw():
    plan, luck = a_plan(), Luck(SEED)
    shared = share(plan, FAMILIES, luck)
    served: list = []
    for family in FAMILIES:
        paths = paths_of(family, plan, luck, served.append, shared)
        day = family.referred + 30
        paths.expose(day, Exposure(3, day, day, False))
        paths.finish()

    rows = as_rows(without_arm(plan, FAMILIES, luck, shared))

    assert np.array_equal(rows, as_rows(without_arm(plan, FAMILIES, luck)))
    assert not np.array_equal(as_rows(served), rows)


def test_families_carried_over_from_before_the_term_are_followed_too():
    family = a_family(4, source=CARRIED_OVER + 2)

    rows = as_rows(without_arm(a_plan(passed_up=0.0), [family], Luck(SEED)))

    assert set(rows[:, 3].tolist()) == {CARRIED_OVER + 2}


def test_outcomes_follow_the_needs_of_the_family_and_the_children_in_scope():
    with_need, without_need = a_family(2, needs=1), a_family(5, needs=2)

    rows = as_rows(without_arm(a_plan(), [with_need, without_need], Luck(SEED)))

    counts = of_event(rows, Event.OUTCOME_COUNT)
    assert set(counts[:, 4].tolist()) == {2}
    assert set(counts[:, 5].tolist()) == {-1}
    assert set(counts[:, 7].tolist()) == {COUNT}
    days = of_event(rows, Event.OUTCOME_DAYS)
    assert set(days[:, 7].tolist()) == {STATE}
    assert set(days[:, 5].tolist()) <= {0, 2}


def test_the_steps_of_a_family_come_in_order_and_its_highest_level_follows_them():
    plan, luck = a_plan(), Luck(SEED)
    for family in FAMILIES[:20]:
        paths = paths_of(family, plan, luck, [].append)
        levels = {child.number: family.level for child in family.children if child.in_scope}
        foreseen = paths.next_step(10_000)
        steps = paths.advance(family.referred + 1_499)
        assert steps == sorted(steps)
        assert foreseen == (steps[0].day if steps else None)
        again = paths_of(family, plan, luck, [].append)
        assert again.highest_level(family.referred) == family.level
        for step in steps:
            assert step.from_level == levels[step.child]
            levels[step.child] = step.to_level
            if sum(other.day == step.day for other in steps) == 1:
                assert again.highest_level(step.day) == max(levels.values())
        assert again.advance(family.referred + 1_499) == steps


def test_a_family_whose_children_have_all_left_has_no_level_above_universal():
    plan = a_plan()
    paths = paths_of(a_family(3, level=CHILD_PROTECTION), plan, Luck(SEED), [].append)

    assert paths.highest_level(9 + 1_500) == UNIVERSAL


def test_passing_up_leaves_children_who_are_at_a_statutory_level_where_they_are():
    rows: list = []
    family = a_family(3, level=CHILD_PROTECTION)
    paths = paths_of(family, a_plan(), Luck(SEED), rows.append)

    paths.pass_up(family.referred)

    assert paths.highest_level(family.referred) == CHILD_PROTECTION
    assert [row.event for row in rows] == [Event.REFERRED_UP_AT_SCREENING]


def test_an_exposure_of_nothing_changes_nothing():
    family = a_family(8, level=EARLY_HELP)
    plain, exposed = [], []
    for rows, exposures in ((plain, []), (exposed, [NOT_EXPOSED, Exposure(0, -1, -1, False)])):
        paths = paths_of(family, a_plan(), Luck(SEED), rows.append)
        for day, exposure in enumerate(exposures, start=family.referred + 50):
            paths.expose(day, exposure)
        paths.finish()

    assert np.array_equal(as_rows(plain), as_rows(exposed))
