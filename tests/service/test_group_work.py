"""Group programmes and dated activities."""

import dataclasses
from typing import Any

from tests.service.worlds import constant, days_of, family, post, rows, run_families, world

from familyflow.specification.journal import Entry, Event
from familyflow.specification.plan import SUBSTANCE_MISUSE, WHOLE_FAMILY, Activity, Plan, Programme

PROGRAMME = Programme(
    name="programme",
    need=WHOLE_FAMILY,
    start_days=(30, 100),
    meetings=3,
    least=2,
    greatest=3,
    accepts=1.0,
    attends=1.0,
    completes=1.0,
    facilitation_minutes=240,
    linger_days=60,
)


def plan_with(programme: Programme = PROGRAMME, **changes: Any) -> Plan:
    plain = {"programmes": (programme,), "team__posts": (post(cap=99, weekly_minutes=10**6),)}
    return world(**(plain | changes))


def families_from(count: int, referred: int = 0) -> list[Any]:
    return [family(k, referred + k) for k in range(count)]


def attended(journal: list[Entry]) -> list[tuple[int, int]]:
    return [(e.family, e.day) for e in rows(journal, Event.GROUP_ATTENDED)]


def test_a_group_meets_weekly_in_term_and_those_who_stay_complete() -> None:
    in_term = tuple(day != 37 for day in range(366))
    journal = run_families(plan_with(in_term=in_term), *families_from(2))

    assert days_of(journal, Event.GROUP_INVITED) == [7, 7]
    assert days_of(journal, Event.GROUP_STARTED) == [30]
    assert days_of(journal, Event.GROUP_MEETING) == [30, 44, 51]
    assert attended(journal) == [(k, day) for day in (30, 44, 51) for k in (0, 1)]
    assert days_of(journal, Event.GROUP_COMPLETED) == [51, 51]
    assert [e.quantity for e in rows(journal, Event.FACILITATION)] == [240, 240, 240]
    assert days_of(journal, Event.GROUP_NOT_RUN) == [100]


def test_too_few_families_keep_their_place_for_the_next_date_without_a_new_draw() -> None:
    programme = dataclasses.replace(PROGRAMME, linger_days=90)
    journal = run_families(plan_with(programme), family(0, 0), family(1, 60))

    assert days_of(journal, Event.GROUP_NOT_RUN) == [30]
    assert days_of(journal, Event.GROUP_STARTED) == [100]
    assert len(rows(journal, Event.GROUP_ACCEPTED)) == 2
    assert {family for family, _ in attended(journal)} == {0, 1}


def test_at_most_the_greatest_number_start_those_who_accepted_first() -> None:
    programme = dataclasses.replace(PROGRAMME, linger_days=365)
    families = [family(4 - k, 0, weekday=k) for k in range(5)]

    journal = run_families(plan_with(programme), *families)

    # first sessions on days 7 (weekday 0), 1, 2, 3, 4
    in_first = {number for number, day in attended(journal) if day == 30}
    assert in_first == {3, 2, 1}
    assert {number for number, day in attended(journal) if day == 100} == {4, 0}


def test_a_family_whose_episode_ends_otherwise_or_long_ago_leaves_the_group() -> None:
    families = [family(0, 0), family(1, 0), family(2, 0, moves_on=40)]
    plan = plan_with(dataclasses.replace(PROGRAMME, linger_days=30), key_work__sessions=constant(2))
    lasting = dataclasses.replace(plan.key_work, sessions=constant(9))

    lingering = run_families(plan, *families[:2])
    moved = run_families(dataclasses.replace(plan, key_work=lasting), *families)

    # closed on 14, kept on days 14 ... 43
    assert attended(lingering) == [(0, 30), (1, 30), (0, 37), (1, 37)]
    assert len(rows(lingering, Event.GROUP_MEETING)) == 3  # it costs the same
    assert not rows(lingering, Event.GROUP_COMPLETED)
    assert [day for number, day in attended(moved) if number == 2] == [30, 37]
    assert [e.family for e in rows(moved, Event.GROUP_COMPLETED)] == [0, 1]


def test_only_families_with_the_need_are_invited_and_nobody_twice_after_completing() -> None:
    other = dataclasses.replace(PROGRAMME, need=SUBSTANCE_MISUSE)
    assert not rows(run_families(plan_with(other), *families_from(3)), Event.GROUP_INVITED)

    plan = plan_with(waiting__return_chance=1.0, waiting__days_until_return=constant(70))
    journal = run_families(plan, *families_from(2))
    assert len(rows(journal, Event.RETURNED)) > 2
    assert len(rows(journal, Event.GROUP_INVITED)) == 2


def test_a_group_that_could_not_finish_before_the_term_ends_does_not_start() -> None:
    journal = run_families(plan_with(last_day=44), *families_from(3))
    assert days_of(journal, Event.GROUP_NOT_RUN) == [30]

    journal = run_families(plan_with(last_day=45), *families_from(3))
    assert days_of(journal, Event.GROUP_COMPLETED) == [44, 44, 44]


def test_activities_are_open_from_the_first_session_and_for_a_while_after_a_planned_ending() -> (
    None
):
    activity = Activity("activity", tuple(range(6, 60, 2)), 1.0, 100, 50, 14)
    journal = run_families(world(activities=(activity,), last_day=50), family(0, 0))

    assert days_of(journal, Event.ACTIVITY_HELD) == list(range(6, 50, 2))
    # first session on day 7; closed as planned on day 14
    assert days_of(journal, Event.ACTIVITY_ATTENDED) == list(range(8, 28, 2))
    assert {e.quantity for e in rows(journal, Event.VOLUNTEER)} == {50}
    assert {e.quantity for e in rows(journal, Event.FACILITATION)} == {100}


def test_activities_are_closed_to_a_family_that_disengaged() -> None:
    activity = Activity("activity", tuple(range(1, 60)), 1.0, 0, 0, 14)
    plan = world(activities=(activity,), key_work__sessions=constant(9))
    journal = run_families(plan, family(0, 0, moves_on=20))

    assert days_of(journal, Event.ACTIVITY_ATTENDED) == list(range(7, 20))


def test_in_a_later_episode_activities_are_open_from_its_own_first_session() -> None:
    activity = Activity("activity", tuple(range(1, 80)), 1.0, 0, 0, 60)
    plan = world(
        activities=(activity,),
        last_day=90,
        waiting__return_chance=1.0,
        waiting__days_until_return=constant(28),
        key_work__introductory_slots=constant(1),
        key_work__sessions=constant(1),
    )
    journal = run_families(plan, family(0, 0))

    # closed on 14; back on 42 and taken on at the end of that day; its first session is on 56
    assert days_of(journal, Event.ACTIVITY_ATTENDED) == [*range(14, 43), *range(56, 80)]


def test_a_place_that_has_lapsed_is_not_had_again_by_coming_back() -> None:
    programme = dataclasses.replace(PROGRAMME, start_days=(145,), least=1, linger_days=20)
    plan = plan_with(
        programme,
        last_day=170,
        waiting__return_chance=1.0,
        waiting__days_until_return=constant(28),
        key_work__sessions=constant(9),
        key_work__introductory_slots=constant(3),
    )
    journal = run_families(plan, family(0, 0))

    # first episode: first session on 28, closed on 84; back on 112: the place lapsed on 104
    assert days_of(journal, Event.GROUP_INVITED) == [28, 140]
