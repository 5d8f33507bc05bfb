"""What holds in every world: nothing is lost, nothing depends on order, luck is kept."""

import dataclasses
import random
from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.service.worlds import (
    busy_world,
    chain,
    constant,
    post,
    rows,
    run,
    steady,
    whole_numbers,
    world,
)

from familyflow.families.make_up import families_of
from familyflow.luck import Luck
from familyflow.outcomes.without import without_arm
from familyflow.service.engine import simulate
from familyflow.specification.journal import Entry, Event, as_rows
from familyflow.specification.plan import Plan
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR, units

ENDINGS = tuple(Event(code) for code in range(Event.CLOSED_PLANNED, Event.CLOSED_TERM_ENDED + 1))
END_OF_WAIT = {
    Event.DECLINED: 1,
    Event.GAVE_UP_WAITING: 2,
    Event.LEFT_LIST: 3,
    Event.ALLOCATED: 0,
}


def restless(**changes: Any) -> Plan:
    """A busy world of two years in which people leave and fall ill often."""
    often: dict[str, Any] = {
        "years": 2,
        "per_year": 160.0,
        "team__leaving": units(1 / 150),
        "team__vacancy_days": constant(40),
        "team__falls_ill": units(1 / 40),
        "waiting__return_chance": 0.5,
        "key_work__disengaging": units(1 / 200),
    }
    return busy_world(**(often | changes))


def journal_of(plan: Plan, seed: int, shuffle: int | None = None) -> list[Entry]:
    luck = Luck(seed)
    order = None if shuffle is None else random.Random(shuffle)
    return simulate(plan, families_of(plan, luck), luck, shuffle=order)


USUAL = restless()


@cache
def usual(seed: int) -> tuple[Entry, ...]:
    """The journal of the usual restless world, for all that read it."""
    return tuple(journal_of(USUAL, seed))


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_things_within_a_phase_changes_no_row(seed: int) -> None:
    expected = as_rows(usual(seed))
    for shuffle in range(3):
        assert np.array_equal(as_rows(journal_of(USUAL, seed, shuffle)), expected)


@pytest.mark.parametrize("seed", range(3))
def test_families_are_conserved_at_the_end_of_every_day(seed: int) -> None:
    plan = USUAL
    journal = sorted(usual(seed))
    by_day: dict[int, Counter[Event]] = {day: Counter() for day in range(plan.last_day + 1)}
    for entry in journal:
        if entry.day <= plan.last_day:
            by_day[entry.day][Event(entry.event)] += 1
    observed = {e.day: e.quantity for e in rows(journal, Event.WAITING)}
    held = {e.day: e.quantity for e in rows(journal, Event.CASELOAD)}
    total: Counter[Event] = Counter()
    for day, counts in by_day.items():
        total += counts
        waiting = total[Event.ACCEPTED] - sum(total[event] for event in END_OF_WAIT)
        open_episodes = total[Event.ALLOCATED] - sum(total[event] for event in ENDINGS)
        screened = total[Event.ACCEPTED] + total[Event.SIGNPOSTED] + total[Event.PASSED_UP]
        assert total[Event.REFERRED] == screened
        assert waiting >= 0
        assert observed.get(day, waiting) == waiting
        assert held.get(day, 0) <= open_episodes  # those without a key worker are not held
    assert waiting == open_episodes == 0  # on the last day of the term


@pytest.mark.parametrize("seed", range(3))
def test_every_referral_ends_once(seed: int) -> None:
    journal = sorted(usual(seed))
    by_family: dict[tuple[int, int], list[Entry]] = {}
    for entry in journal:
        by_family.setdefault((entry.source, entry.family), []).append(entry)
    for family in {(e.source, e.family) for e in rows(journal, Event.REFERRED)}:
        own = by_family[family]
        counts = Counter(Event(e.event) for e in own)
        assert counts[Event.RETURNED] == counts[Event.REFERRED] - 1
        assert counts[Event.WAITED] == counts[Event.ACCEPTED]
        assert (
            counts[Event.EPISODE_DAYS]
            == counts[Event.ALLOCATED]
            == sum(counts[event] for event in ENDINGS)
        )
        assert counts[Event.STARTED] <= counts[Event.ALLOCATED]
        assert counts[Event.CHILD_SUPPORTED] == min(1, counts[Event.STARTED])
        waits = rows(own, Event.WAITED)
        for wait, end in zip(waits, rows(own, *END_OF_WAIT), strict=True):
            assert (wait.day, wait.group) == (end.day, END_OF_WAIT[Event(end.event)])


@pytest.mark.parametrize("seed", range(3))
def test_families_waiting_added_over_days_are_the_days_waited_added_over_families(
    seed: int,
) -> None:
    """Little's law on the path itself, which starts and ends with nobody waiting: exact."""
    plan = USUAL
    journal = usual(seed)
    change = [0] * (plan.last_day + 1)
    for entry in rows(journal, Event.ACCEPTED):
        change[entry.day] += 1
    for entry in rows(journal, *END_OF_WAIT):
        change[entry.day] -= 1
    present = np.cumsum(change)
    assert present[-1] == 0
    assert present.sum() == sum(e.quantity for e in rows(journal, Event.WAITED))
    for entry in rows(journal, Event.WAITING):
        assert present[entry.day] == entry.quantity


@pytest.mark.parametrize("seed", range(3))
def test_no_key_worker_holds_more_families_than_there_is_room_for(seed: int) -> None:
    plan = USUAL
    journal = sorted(usual(seed))
    with_whom: dict[tuple[int, int], int] = {}
    caseload: Counter[int] = Counter()
    for entry in journal:
        family, event = (entry.source, entry.family), Event(entry.event)
        if event in (Event.ALLOCATED, Event.RE_ALLOCATED):
            with_whom[family] = entry.worker
            caseload[entry.worker] += 1
            assert caseload[entry.worker] <= plan.team.posts[entry.worker].cap
        elif event == Event.LEFT_POST:
            assert caseload.pop(entry.worker, 0) == sum(
                worker == entry.worker for worker in with_whom.values()
            )
            with_whom = {f: w for f, w in with_whom.items() if w != entry.worker}
        elif event in ENDINGS and family in with_whom:
            caseload[with_whom.pop(family)] -= 1


@pytest.mark.parametrize("seed", range(3))
def test_the_first_step_up_to_social_care_in_an_episode_is_its_referral_up(seed: int) -> None:
    journal = sorted(journal_of(restless(years=3), seed))
    opened: dict[tuple[int, int], int] = {}
    expected: dict[tuple[int, int], int] = {}  # families in an episode -> day of the first
    found = []
    for entry in journal:
        family, event = (entry.source, entry.family), Event(entry.event)
        if event == Event.ALLOCATED:
            opened[family] = entry.day
        elif event == Event.STEP and family in opened and entry.worker < 2 <= entry.group:
            expected.setdefault(family, entry.day)
        elif event == Event.REFERRED_UP:
            found.append((family, entry.day))
        elif event in ENDINGS:
            del opened[family]
            day = expected.pop(family, None)
            assert [at for who, at in found if who == family] == ([] if day is None else [day])
            found = [(who, at) for who, at in found if who != family]
    assert not found


@pytest.mark.parametrize("seed", range(3))
def test_hours_in_the_journal_are_the_hours_worked(seed: int) -> None:
    """Each family's week by hand: a meeting takes its minutes, any other week those of a gap."""
    plan = restless(make_up__children=(1.0,), make_up__complexity_by_level=(0.0,) * 6)
    luck = Luck(seed)
    minutes = {(f.source, f.number): f for f in families_of(plan, luck)}
    key_work = plan.key_work
    journal = journal_of(plan, seed)
    fixed = {
        Event.INTRODUCTORY_MEETING: key_work.minutes_introductory,
        Event.PARENT_SUPPORT_MEETING: key_work.minutes_parent_support,
        Event.CLOSING_MEETING: key_work.minutes_closing,
    }
    meetings = {(e.day, e.source, e.family): e for e in rows(journal, Event.SESSION, *fixed)}
    worked = rows(journal, Event.KEY_WORK)
    assert len({(e.day, e.source, e.family) for e in worked}) == len(worked)
    assert set(meetings) <= {(e.day, e.source, e.family) for e in worked}
    for entry in worked:
        family = minutes[entry.source, entry.family]
        meeting = meetings.get((entry.day, entry.source, entry.family))
        assert entry.day % DAYS_IN_WEEK == family.weekday
        if meeting is None:
            assert entry.quantity == key_work.minutes_gap
        else:
            base = fixed.get(Event(meeting.event), family.session_minutes)
            assert entry.quantity == int(base * family.complexity + 0.5)
            assert plan.in_term[entry.day]


NEUTRAL: dict[str, Any] = {
    "usual_support_displaced": 0.0,
    "waiting__passed_up_anyway": 1.0,
}
OF_OUTCOMES = {int(e) for e in Event if 64 <= e <= 75}


@pytest.mark.parametrize("seed", range(3))
def test_with_every_effect_neutral_both_arms_have_the_same_outcomes(seed: int) -> None:
    plan = restless(**NEUTRAL)
    no_effect = dataclasses.replace(
        plan.chain, effect=np.zeros_like(plan.chain.effect), detection=(1.0, 1.0, 1.0)
    )
    outcomes = tuple(dataclasses.replace(o, effect=np.zeros((2, 2))) for o in plan.outcomes)
    plan = dataclasses.replace(plan, chain=no_effect, outcomes=outcomes)
    luck = Luck(seed)
    families = families_of(plan, luck)

    arms = without_arm(plan, families, luck), simulate(plan, families, luck)

    kept = [as_rows(e for e in arm if e.event in OF_OUTCOMES) for arm in arms]
    assert np.array_equal(*kept)
    assert len(arms[1]) > len(kept[1])


def test_without_a_service_the_rows_are_those_of_the_other_arm() -> None:
    plan = restless(has_service=False)
    luck = Luck(1)
    families = families_of(plan, luck)

    assert simulate(plan, families, luck) == without_arm(plan, families, luck)


def test_another_post_changes_no_familys_own_luck() -> None:
    """What is drawn for a family is the same with six posts as with five."""
    five = restless(team__leaving=0, waiting__return_chance=0.0)
    posts = (*five.team.posts, five.team.posts[0])
    six = dataclasses.replace(five, team=dataclasses.replace(five.team, posts=posts))
    both = [sorted(journal_of(plan, 2)) for plan in (five, six)]

    def of_families(journal: list[Entry], *events: Event) -> dict[tuple[int, int], list[int]]:
        found: dict[tuple[int, int], list[int]] = {}
        for entry in rows(journal, *events):
            found.setdefault((entry.source, entry.family), []).append(entry.event)
        return found

    screened = [of_families(j, Event.ACCEPTED, Event.SIGNPOSTED, Event.PASSED_UP) for j in both]
    assert screened[0] == screened[1]
    planned = [of_families(j, Event.CLOSED_PLANNED) for j in both]
    meetings = [of_families(j, Event.SESSION, Event.MISSED_SESSION) for j in both]
    in_both = set(planned[0]) & set(planned[1])
    assert len(in_both) > 20
    assert len(planned[1]) > len(planned[0])
    for family in in_both:
        # closing weeks pass in term or not, so only the weeks up to the last session compare
        first, second = (_up_to_last_session(held[family]) for held in meetings)
        assert first == second


@pytest.mark.parametrize("seed", range(6))
def test_one_more_identical_post_lengthens_no_familys_wait(seed: int) -> None:
    """One kind of family, first come first served, nobody gives up, nobody leaves."""
    plan = world(
        last_day=4 * DAYS_IN_YEAR,
        in_term=tuple(day % 91 < 70 for day in range(4 * DAYS_IN_YEAR + 1)),
        sources=steady(0.15, 4 * DAYS_IN_YEAR),
        make_up__weekdays=(0.2, 0.4, 0.6, 0.8, 1.0),
        team__posts=(post(cap=3),) * 4,
        key_work__sessions=whole_numbers(4, 14),
        key_work__attendance=0.8,
        key_work__disengaging=units(1 / 150),
    )
    more = dataclasses.replace(plan, team=dataclasses.replace(plan.team, posts=(post(cap=3),) * 5))

    fewer_waits, more_waits = (
        {e.family: e.quantity for e in rows(run(each, seed), Event.WAITED)} for each in (plan, more)
    )

    assert max(fewer_waits.values()) > 7
    assert fewer_waits.keys() == more_waits.keys()
    assert all(more_waits[family] <= wait for family, wait in fewer_waits.items())


def test_nobody_is_referred_up_or_lost_when_nothing_happens() -> None:
    """No rates, no chances, places for all: no waits, and every episode closes as planned."""
    plan = world(
        sources=steady(0.2, 300),
        team__posts=(post(cap=99, weekly_minutes=10**6),),
        chain=chain(),
    )
    journal = run(plan)
    referred = len(rows(journal, Event.REFERRED))
    assert referred > 40
    assert {e.quantity for e in rows(journal, Event.WAITED)} == {0}
    assert len(rows(journal, Event.CLOSED_PLANNED)) == referred
    assert not rows(journal, Event.REFERRED_UP, Event.STEP, Event.LEFT_POST, Event.ABSENT)


def test_families_carried_over_from_the_warm_up_hold_places() -> None:
    first_day = 2 * DAYS_IN_YEAR
    plan = busy_world(years=3)
    rate = units(94 / DAYS_IN_YEAR / 2)
    before = tuple(rate * min(day, first_day) for day in range(plan.last_day + 1))
    after = tuple(rate * max(0, day - first_day) for day in range(plan.last_day + 1))
    sources = (
        dataclasses.replace(plan.sources[0], code=8, cumulative=before),
        dataclasses.replace(plan.sources[0], code=0, cumulative=after),
    )
    plan = dataclasses.replace(plan, first_day=first_day, sources=sources)

    journal = run(plan)

    assert {e.source for e in rows(journal, Event.ALLOCATED) if e.day < first_day} == {8}
    on_first_day = [e.quantity for e in rows(journal, Event.CASELOAD) if e.day >= first_day]
    assert on_first_day[0] > 5


def _up_to_last_session(events: list[int]) -> list[int]:
    last = max(place for place, event in enumerate(events) if event == Event.SESSION)
    return events[: last + 1]
