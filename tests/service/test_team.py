"""People leave their posts, are replaced, settle in and fall ill; their families feel it."""

import dataclasses

import pytest
from tests.service.worlds import constant, days_of, family, post, rows, run_families, world

from familyflow.luck import Luck, family_word, post_word
from familyflow.specification.decisions import DECISIONS
from familyflow.specification.journal import Entry, Event
from familyflow.specification.plan import Plan
from familyflow.specification.variates import DAYS_IN_YEAR, days_until, threshold, units

SEED = 1


def leaving_on(day: int) -> int:
    """A rate at which the first person of post 0 leaves on this day."""
    clock = threshold(Luck(SEED).of(post_word(0), DECISIONS["tenure"]))
    rate = -(-clock // day)
    assert days_until(clock, rate) == day
    return rate


def lost_key_worker(**changes: object) -> tuple[Plan, list[Entry]]:
    """Post 0 is left on day 21, a family's weekday, and filled again on day 51."""
    parts = {
        "team__leaving": leaving_on(21),
        "team__vacancy_days": constant(30),
        "key_work__sessions": constant(6),
        "last_day": 100,
    }
    plan = world(**(parts | changes))
    return plan, run_families(plan, family(0, 0), family(1, 10), seed=SEED)


def test_a_family_that_loses_its_key_worker_pauses_and_stands_first() -> None:
    _, journal = lost_key_worker(waiting__patience_days=constant(1000))

    assert days_of(journal, Event.LEFT_POST)[0] == 21
    assert days_of(journal, Event.RECRUITED)[0] == 51
    assert days_of(journal, Event.RE_ALLOCATED, family=0)[0] == 51
    sessions = [day for day in days_of(journal, Event.SESSION, family=0) if day < 72]
    assert sessions[:3] == [7, 14, 56]  # none on the day of leaving, none in between
    worked = [e.day for e in rows(journal, Event.KEY_WORK) if e.family == 0]
    assert not [day for day in worked if 21 <= day <= 51]


def test_a_family_that_lost_its_key_worker_goes_on_when_no_new_offers_are_made() -> None:
    _, journal = lost_key_worker(waiting__stop_offers_days=60)

    assert days_of(journal, Event.RE_ALLOCATED, family=0)[0] == 51
    assert days_of(journal, Event.ALLOCATED) == [0]


def test_a_key_worker_with_too_few_hours_is_kept_for_a_family_that_lost_its_own() -> None:
    posts = (post(weekly_minutes=400), post(cap=9, weekly_minutes=400))
    plan = world(
        team__posts=posts,
        team__leaving=leaving_on(20),
        team__refills=False,
        key_work__sessions=constant(4),
        last_day=100,
    )
    journal = run_families(
        plan,
        family(0, 0, session_minutes=400),
        family(1, 1, session_minutes=200),
        family(2, 21, session_minutes=150),
        seed=SEED,
    )

    assert [(e.family, e.worker) for e in rows(journal, Event.ALLOCATED)][:2] == [(0, 0), (1, 1)]
    assert days_of(journal, Event.RE_ALLOCATED, family=0) == [28]  # when family 1 has closed
    assert days_of(journal, Event.ALLOCATED, family=2) == [42]


def test_some_families_disengage_on_the_change() -> None:
    _, journal = lost_key_worker(team__disengages_on_change=1.0)

    assert days_of(journal, Event.CLOSED_DISENGAGED_ON_CHANGE)[0] == 21
    assert days_of(journal, Event.ALLOCATED) == [0, 51]


def test_a_vacancy_that_is_not_refilled_lasts() -> None:
    plan, journal = lost_key_worker(team__refills=False)

    assert not rows(journal, Event.RECRUITED)
    assert [e.quantity for e in rows(journal, Event.POST_FILLED)] == [21_000]
    assert [e.quantity for e in rows(journal, Event.POST_VACANT)] == [79_000]
    assert [e.quantity for e in rows(journal, Event.HOURS_AVAILABLE)] == [30_000]
    assert [e.quantity for e in rows(journal, Event.PLACES_AVAILABLE)] == [21]
    assert days_of(journal, Event.CLOSED_TERM_ENDED) == [plan.last_day]


def test_a_paused_family_can_still_disengage_without_a_key_worker() -> None:
    clock = threshold(Luck(SEED).of(family_word(0, 0), DECISIONS["disengages"]))
    _, journal = lost_key_worker(team__refills=False, key_work__disengaging=clock // 40 + 1)

    closed = rows(journal, Event.CLOSED_DISENGAGED)
    assert [(e.family, e.day, e.worker) for e in closed if e.family == 0] == [(0, 40, -1)]


def test_a_key_worker_in_induction_has_fewer_hours_and_the_first_ones_need_none() -> None:
    families = [family(k, 0) for k in range(4)]
    plan = world(
        team__posts=(post(cap=2, weekly_minutes=360, induction_minutes=180),),
        team__leaving=leaving_on(10),
        team__vacancy_days=constant(20),
        team__induction_days=20,
        team__disengages_on_change=1.0,
        key_work__sessions=constant(50),
        last_day=60,
    )

    journal = run_families(plan, *families, seed=SEED)

    assert days_of(journal, Event.ALLOCATED)[:4] == [0, 0, 30, 50]


def test_absence_offers_no_meeting_and_uses_no_luck() -> None:
    luck = Luck(SEED)
    falls_ill = threshold(luck.of(post_word(0), DECISIONS["absence"])) // 12 + 1  # on day 12
    plan = world(
        team__falls_ill=falls_ill,
        team__absence_days=constant(10),
        key_work__sessions=constant(4),
        key_work__attendance=0.6,
        last_day=120,
    )
    present = dataclasses.replace(plan, team=dataclasses.replace(plan.team, falls_ill=0))

    journal = run_families(plan, family(0, 0), seed=SEED)
    without = run_families(present, family(0, 0), seed=SEED)

    assert (rows(journal, Event.ABSENT)[0].day, rows(journal, Event.ABSENT)[0].quantity) == (12, 10)
    slots, offered = ((Event.SESSION, Event.MISSED_SESSION), [])
    for each in (journal, without):
        offered.append([e.event for e in rows(each, *slots)])
    assert offered[0] == offered[1]
    assert not [e for e in rows(journal, Event.KEY_WORK) if 12 <= e.day < 22]
    absent = sum(e.quantity for e in rows(journal, Event.ABSENT))
    assert [e.quantity for e in rows(journal, Event.PLACES_AVAILABLE)] == [120 - absent]
    assert [e.quantity for e in rows(journal, Event.POST_FILLED)] == [120_000]


def test_days_of_posts_are_cut_at_years_and_add_up() -> None:
    plan = world(
        last_day=3 * DAYS_IN_YEAR,
        first_day=100,
        in_term=(True,) * (3 * DAYS_IN_YEAR + 1),
        team__posts=(post(fte_thousandths=700), post(cap=3)),
        team__leaving=units(1 / 200),
        team__falls_ill=units(1 / 50),
    )

    journal = run_families(plan, seed=SEED)

    years = [0, 100, 100 + DAYS_IN_YEAR, 100 + 2 * DAYS_IN_YEAR]
    assert [(e.day, e.quantity) for e in rows(journal, Event.SERVICE_RUNS)] == [
        (0, 100), (100, 365), (465, 365), (830, 265),
    ]  # fmt: skip
    days = rows(journal, Event.POST_FILLED, Event.POST_VACANT)
    assert {e.day for e in days} <= set(years)
    for worker, thousandths in ((0, 700), (1, 1000)):
        total = sum(e.quantity for e in days if e.worker == worker)
        assert total == thousandths * plan.last_day


@pytest.mark.parametrize("event", [Event.LEFT_POST, Event.ABSENT])
def test_the_same_people_come_and_go_whatever_the_number_of_posts(event: Event) -> None:
    def of_first_two(posts: int) -> list[Entry]:
        plan = world(
            last_day=1500,
            in_term=(True,) * 1501,
            team__posts=(post(),) * posts,
            team__leaving=units(1 / 300),
            team__falls_ill=units(1 / 100),
        )
        return [e for e in rows(run_families(plan), event) if e.worker < 2]

    assert of_first_two(2) == of_first_two(5)
    assert of_first_two(2)
