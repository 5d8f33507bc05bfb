"""Worlds small enough to be followed by hand: one post with one place unless a test says more."""

import dataclasses

import pytest
from tests.service.worlds import (
    chain,
    constant,
    days_of,
    family,
    listed,
    post,
    rows,
    run,
    run_families,
    whole_numbers,
    world,
)

from familyflow.luck import Luck, family_word
from familyflow.specification.decisions import DECISIONS
from familyflow.specification.journal import Event
from familyflow.specification.plan import MENTAL_ILL_HEALTH
from familyflow.specification.variates import DAYS_IN_YEAR, units

ALWAYS = units(16.0)  # a rate that rings on the next day


def test_three_families_and_one_place_wait_zero_one_and_two_weeks() -> None:
    plan = world(sources=listed(0, 7, 14))

    journal = run(plan)

    assert [e.quantity for e in rows(journal, Event.WAITED)] == [0, 7, 14]
    assert days_of(journal, Event.CLOSED_PLANNED) == [14, 28, 42]


def test_with_a_family_a_week_and_two_weeks_each_every_wait_is_a_week_longer() -> None:
    plan = world(sources=listed(0, 7, 14, 21))

    journal = run(plan)

    assert [e.quantity for e in rows(journal, Event.WAITED)] == [0, 7, 14, 21]


def test_meetings_fall_on_the_familys_own_weekday_from_the_day_after_allocation() -> None:
    journal = run_families(world(), family(0, referred=9, weekday=2))  # a Wednesday

    assert days_of(journal, Event.ALLOCATED) == [9]
    assert days_of(journal, Event.SESSION) == [16, 23]


def test_nothing_is_held_in_holidays_and_a_missed_meeting_is_made_up() -> None:
    in_term = tuple(day != 14 for day in range(DAYS_IN_YEAR + 1))
    plan = world(in_term=in_term, key_work__sessions=constant(3), key_work__attendance=0.5)

    journal = run_families(plan, family(0, referred=0))

    held, missed = days_of(journal, Event.SESSION), days_of(journal, Event.MISSED_SESSION)
    assert len(held) == 3
    assert missed
    weekdays = list(range(7, held[-1] + 1, 7))
    assert sorted([14, *held, *missed]) == weekdays
    minutes = {e.day: e.quantity for e in rows(journal, Event.KEY_WORK)}
    assert minutes == {day: 180 if day in held else 30 for day in weekdays}


def test_the_plan_runs_through_meetings_outside_wait_parent_support_and_closing() -> None:
    plan = world(
        key_work__introductory_slots=constant(2),
        key_work__parent_support_share=1.0,
        key_work__weeks_of_parent_support=constant(9),
        key_work__limit_of_parent_support_weeks=2,
        key_work__outside_wait_share=1.0,
        key_work__weeks_of_outside_wait=constant(3),
        key_work__closing_weeks=constant(1),
    )

    journal = run_families(plan, family(0, 0, children=2, needs=1 << MENTAL_ILL_HEALTH))

    assert days_of(journal, Event.INTRODUCTORY_MEETING) == [7, 14]
    assert days_of(journal, Event.SESSION) == [21, 28]
    assert days_of(journal, Event.PARENT_SUPPORT_MEETING) == [56, 63]
    assert days_of(journal, Event.CLOSING_MEETING) == days_of(journal, Event.CLOSED_PLANNED) == [70]
    minutes = [e.quantity for e in rows(journal, Event.KEY_WORK)]
    assert minutes == [225, 225, 225, 225, 30, 30, 30, 135, 135, 165]
    assert [e.quantity for e in rows(journal, Event.CHILD_SUPPORTED)] == [2]
    assert [e.quantity for e in rows(journal, Event.PLAY_SESSION)] == [2, 2]
    assert days_of(journal, Event.STARTED) == [7]


def test_sessions_are_longer_for_a_complex_family_and_their_number_is_kept_within_bounds() -> None:
    plan = world(
        key_work__sessions=constant(8),
        key_work__extra_sessions_by_level=(0, 0, 1, 9, 0, 0),
        key_work__most_sessions=10,
    )

    journal = run_families(plan, family(0, 0, level=3, complexity=1.25, session_minutes=150))

    assert len(rows(journal, Event.SESSION)) == 10
    assert {e.quantity for e in rows(journal, Event.KEY_WORK)} == {188}  # 187.5


def test_families_who_wait_too_long_leave_the_list() -> None:
    plan = world(waiting__patience_days=constant(10))

    journal = run_families(plan, family(0, 0), family(1, 2), family(2, 5))

    assert [(e.family, e.day, e.quantity, e.group) for e in rows(journal, Event.WAITED)] == [
        (0, 0, 0, 0),
        (1, 12, 10, 2),
        (2, 14, 9, 0),
    ]


def test_a_family_gives_up_before_places_of_the_same_day_are_given() -> None:
    plan = world(waiting__patience_days=constant(14))

    journal = run_families(plan, family(0, 0), family(1, 0), family(2, 1))

    assert days_of(journal, Event.GAVE_UP_WAITING, family=1) == [14]
    assert days_of(journal, Event.ALLOCATED, family=2) == [14]


def test_a_family_that_declines_leaves_the_list_and_holds_nothing() -> None:
    plan = world(waiting__declines=1.0)

    journal = run_families(plan, family(0, 0), family(1, 0))

    assert days_of(journal, Event.DECLINED) == [0, 0]
    assert [e.group for e in rows(journal, Event.WAITED)] == [1, 1]
    assert not rows(journal, Event.ALLOCATED)


def test_moving_away_ends_a_wait_and_an_episode_and_nobody_comes_back() -> None:
    plan = world(waiting__return_chance=1.0)

    journal = run_families(plan, family(0, 0, moves_on=10), family(1, 0, moves_on=9))

    assert days_of(journal, Event.LEFT_LIST) == [9]
    assert days_of(journal, Event.CLOSED_MOVED_AWAY) == [10]
    assert days_of(journal, Event.REFERRED) == [0, 0]


def test_at_the_end_of_the_term_episodes_end_and_the_list_closes() -> None:
    plan = world(last_day=10)

    journal = run_families(plan, family(0, 0), family(1, 3))

    assert days_of(journal, Event.CLOSED_TERM_ENDED) == days_of(journal, Event.LEFT_LIST) == [10]
    assert [(e.quantity, e.group) for e in rows(journal, Event.WAITED)] == [(0, 0), (7, 3)]
    assert [e.quantity for e in rows(journal, Event.EPISODE_DAYS)] == [10]


def test_no_place_is_offered_in_the_last_weeks_of_the_term() -> None:
    plan = world(last_day=70, waiting__stop_offers_days=28)

    journal = run_families(plan, family(0, 41), family(1, 42), family(2, 43))

    assert days_of(journal, Event.ALLOCATED) == [41]
    assert days_of(journal, Event.LEFT_LIST) == [70, 70]


@pytest.mark.parametrize(
    ("step_rates", "ends", "moves_on", "last_day", "expected"),
    [
        ({(1, 2): 16.0}, 1.0, 1, 1, Event.CLOSED_REFERRED_UP),
        ({(1, 2): 16.0}, 0.0, 1, 1, Event.CLOSED_MOVED_AWAY),
        ({(1, 2): 16.0}, 0.0, 99, 1, Event.CLOSED_TERM_ENDED),
        ({(1, 2): 16.0}, 0.0, 99, 99, Event.CLOSED_DISENGAGED),
        ({}, 0.0, 99, 99, Event.CLOSED_DISENGAGED),
    ],
)
def test_of_several_endings_of_one_day_the_first_counts_and_no_session_is_held(
    step_rates: dict[tuple[int, int], float],
    ends: float,
    moves_on: int,
    last_day: int,
    expected: Event,
) -> None:
    plan = world(
        last_day=last_day,
        in_term=(True,) * (last_day + 1),
        chain=chain(step_rates),
        key_work__sessions=constant(1),
        key_work__disengaging=ALWAYS,
        key_work__ended_by_service=ALWAYS,
        key_work__ends_when_referred_up=ends,
    )

    journal = run_families(plan, family(0, 0, weekday=1, moves_on=moves_on, children=2))

    endings = [e for e in journal if 22 <= e.event <= 28]
    assert [(e.day, e.event) for e in endings] == [(1, expected)]
    assert not rows(journal, Event.SESSION)
    assert len(rows(journal, Event.REFERRED_UP)) == bool(step_rates)
    assert len([e for e in rows(journal, Event.STEP) if e.day == 1]) == 2 * bool(step_rates)


def test_an_episode_that_is_not_ended_by_a_referral_up_goes_on_and_notes_only_the_first() -> None:
    plan = world(
        chain=chain({(1, 2): 0.2, (2, 1): 0.2}),
        key_work__sessions=constant(20),
        team__posts=(post(cap=4),),
    )

    journal = run_families(plan, *(family(k, 0) for k in range(4)))

    assert len(rows(journal, Event.CLOSED_PLANNED)) == 4
    assert len(rows(journal, Event.REFERRED_UP)) == 4
    assert len([e for e in rows(journal, Event.STEP) if e.worker == 1 and e.day < 141]) > 8


def test_a_family_that_waits_longer_returns_as_the_same_family_with_the_next_luck() -> None:
    plan = world(waiting__return_chance=1.0, waiting__days_until_return=constant(28), last_day=90)

    journal = run_families(plan, family(0, 0))

    assert days_of(journal, Event.REFERRED) == [0, 42, 84]
    assert days_of(journal, Event.RETURNED) == [42, 84]
    assert [e.quantity for e in rows(journal, Event.CHILD_SUPPORTED)] == [1]


def test_a_family_whose_children_are_too_old_does_not_return() -> None:
    plan = world(waiting__return_chance=1.0)
    eldest = family(0, 0)
    almost_12 = eldest.children[0]._replace(age_days=12 * DAYS_IN_YEAR - 42)
    younger = almost_12._replace(age_days=almost_12.age_days - 1)

    assert days_of(run_families(plan, eldest._replace(children=(almost_12,))), Event.RETURNED) == []
    journal = run_families(plan, eldest._replace(children=(younger,)))
    assert days_of(journal, Event.RETURNED) == [42]


def test_each_referral_has_a_plan_and_luck_of_its_own() -> None:
    luck, code = Luck(1), DECISIONS["weeks of sessions"]
    plan = world(
        last_day=900,
        in_term=(True,) * 901,
        waiting__return_chance=1.0,
        key_work__sessions=whole_numbers(1, 14),
    )
    journal = run_families(plan, family(0, 0), seed=1)

    lengths = [e.quantity // 7 for e in rows(journal, Event.EPISODE_DAYS)][:3]
    assert lengths == [1 + int(14 * luck.of(family_word(0, 0), code, n)) for n in range(3)]
    assert len(set(lengths)) > 1


def test_a_family_that_has_moved_by_then_does_not_return() -> None:
    plan = world(waiting__return_chance=1.0, last_day=60)

    assert days_of(run_families(plan, family(0, 0, moves_on=43)), Event.RETURNED) == [42]
    assert days_of(run_families(plan, family(0, 0, moves_on=42)), Event.RETURNED) == []


def test_screening_signposts_or_passes_up_and_only_who_is_signposted_may_come_back() -> None:
    plan = world(waiting__return_chance=1.0, last_day=50)
    screening = plan.waiting
    signposts = dataclasses.replace(screening, screening=(0.0, 1.0, 1.0))
    passes_up = dataclasses.replace(screening, screening=(0.0, 0.0, 1.0), passed_up_anyway=0.0)

    signposted = run_families(dataclasses.replace(plan, waiting=signposts), family(0, 0))
    passed_up = run_families(dataclasses.replace(plan, waiting=passes_up), family(0, 0))

    assert days_of(signposted, Event.SIGNPOSTED) == [0, 28]
    assert days_of(passed_up, Event.PASSED_UP) == [0]
    assert days_of(passed_up, Event.REFERRED_UP_AT_SCREENING) == [0]


def test_measures_are_noted_together_when_an_episode_closes_as_planned() -> None:
    journal = run_families(world(), family(0, 0, children=2, risk_indicators=8, wellbeing=15))

    found = {
        Event(e.event).name: e.quantity for e in journal if 52 <= e.event <= 60 and e.day == 14
    }
    assert found == {
        "RISK_AT_ENTRY": 8,
        "RISK_AT_EXIT": 6,
        "DIFFICULTIES_AT_ENTRY": 10,
        "DIFFICULTIES_AT_EXIT": 8,
        "WELLBEING_AT_ENTRY": 15,
        "WELLBEING_AT_EXIT": 13,
        "IMPROVED": 1,
        "MEASURED_PARENTS": 1,
        "MEASURED_CHILDREN": 2,
    }


def test_usual_support_is_displaced_at_allocation_and_once() -> None:
    plan = world(usual_support_displaced=1.0, waiting__return_chance=1.0)

    journal = run_families(plan, family(0, 3, usual_support=True))

    assert days_of(journal, Event.USUAL_SUPPORT) == [3]
    assert days_of(journal, Event.USUAL_SUPPORT_DISPLACED) == [3]


def test_budget_spot_purchase_and_interpreter_come_with_sessions() -> None:
    plan = world(
        key_work__introductory_slots=constant(1),
        key_work__family_budget_take_up=1.0,
        key_work__spot_purchase_share=1.0,
        key_work__interpreter_minutes=120,
    )

    journal = run_families(plan, family(0, 0, interpreter=True))

    assert days_of(journal, Event.FAMILY_BUDGET) == days_of(journal, Event.SPOT_PURCHASE) == [14]
    assert [(e.day, e.quantity) for e in rows(journal, Event.INTERPRETER)] == [
        (7, 120),
        (14, 120),
        (21, 120),
    ]
