"""Who is taken on, by whom, and who is passed over."""

import pytest
from tests.service.worlds import (
    busy_world,
    chain,
    constant,
    days_of,
    family,
    post,
    rows,
    run,
    run_families,
    world,
)

from familyflow.service.allocation import AllocationDesk
from familyflow.service.shared import Service
from familyflow.specification.journal import Event
from familyflow.specification.plan import DOMESTIC_ABUSE, MENTAL_ILL_HEALTH, SUBSTANCE_MISUSE
from familyflow.specification.variates import NEVER, units

TWO_NEEDS = 1 << DOMESTIC_ABUSE | 1 << MENTAL_ILL_HEALTH


def test_families_go_to_the_key_worker_within_their_leading_need_then_another_need() -> None:
    posts = (
        post(specialism=SUBSTANCE_MISUSE),
        post(),
        post(specialism=MENTAL_ILL_HEALTH),
        post(specialism=DOMESTIC_ABUSE),
    )
    plan = world(team__posts=posts, waiting__widen_after_days=10)

    journal = run_families(plan, *(family(k, k, needs=TWO_NEEDS) for k in range(4)))

    # domestic abuse leads; whole-family and mental health match as well, the lower number first;
    # the last finds its only match after widening, if a place within its needs is not free before
    allocated = [(e.family, e.worker) for e in rows(journal, Event.ALLOCATED)]
    assert allocated == [(0, 3), (1, 1), (2, 2), (3, 0)]
    assert days_of(journal, Event.ALLOCATED) == [0, 1, 2, 13]


def test_among_equal_matches_the_least_loaded_for_the_hours_there_are_is_chosen() -> None:
    posts = (post(cap=9, weekly_minutes=600), post(cap=9, weekly_minutes=1200))
    plan = world(team__posts=posts)

    journal = run_families(plan, *(family(k, k) for k in range(6)))

    # loads in thousandths: 0/0 -> 0, 300/0 -> 1, 300/150 -> 1, 300/300 -> 0, 600/300 -> 1, ...
    assert [e.worker for e in rows(journal, Event.ALLOCATED)] == [0, 1, 1, 0, 1, 1]


def test_a_key_worker_is_full_by_hours_or_by_the_caseload_cap() -> None:
    by_hours = world(team__posts=(post(cap=9, weekly_minutes=539),))
    by_cap = world(team__posts=(post(cap=2),))
    families = [family(k, 0) for k in range(4)]

    for plan in (by_hours, by_cap):
        journal = run_families(plan, *families)
        assert days_of(journal, Event.ALLOCATED) == [0, 0, 14, 14]


def test_a_place_is_the_peak_of_the_plan_and_is_held_to_the_ending() -> None:
    plan = world(
        key_work__introductory_slots=constant(1),
        key_work__closing_weeks=constant(1),
        key_work__minutes_closing=60,
        team__posts=(post(cap=9, weekly_minutes=400),),
    )

    journal = run_families(plan, family(0, 0, session_minutes=300), family(1, 0))

    assert days_of(journal, Event.ALLOCATED) == [0, 28]  # closing takes an hour; the place is 300


def test_the_highest_level_goes_first_then_the_day_of_referral_then_the_number() -> None:
    families = [family(0, 0), family(1, 3), family(2, 1), family(3, 1), family(4, 5, level=3)]

    journal = run_families(world(), *families)

    assert [e.family for e in rows(journal, Event.ALLOCATED)] == [0, 4, 2, 3, 1]


def test_a_child_who_steps_up_while_the_family_waits_moves_it_forward() -> None:
    plan = world(chain=chain({(1, 2): 16.0}))
    at_risk = family(2, 2)
    safe = family(1, 1, frailty=0.0)

    journal = run_families(plan, family(0, 0, frailty=0.0), safe, at_risk)

    assert [e.family for e in rows(journal, Event.ALLOCATED)] == [0, 2, 1]


def small_and_large(hold_after: int) -> list[int]:
    """Days on which a large family is allocated while small ones keep coming."""
    plan = world(
        team__posts=(post(cap=9, weekly_minutes=540),), waiting__hold_after_days=hold_after
    )
    # there is always a place for one more small family, never for the large one
    small = [family(k, 5 * k) for k in range(60)]
    journal = run_families(plan, *small, family(60, 3, session_minutes=500))
    return days_of(journal, Event.ALLOCATED, family=60)


def test_a_large_family_is_passed_over_for_ever_if_nothing_is_kept_for_it() -> None:
    assert small_and_large(hold_after=NEVER)[0] > 300  # once the small ones have stopped coming


def test_nobody_starves_once_places_are_kept() -> None:
    assert 3 + 56 <= small_and_large(hold_after=56)[0] <= 3 + 56 + 21


def test_strictly_first_come_first_served_when_places_are_kept_from_the_first_day() -> None:
    assert small_and_large(hold_after=0)[0] <= 3 + 21


def test_a_place_kept_for_a_family_that_gives_up_is_given_on_the_same_day() -> None:
    plan = world(
        team__posts=(post(cap=9, weekly_minutes=540),),
        waiting__hold_after_days=0,
        waiting__patience_days=constant(9),
        key_work__sessions=constant(9),
    )

    journal = run_families(
        plan, family(0, 0), family(1, 0), family(2, 1, session_minutes=500), family(3, 2)
    )

    assert days_of(journal, Event.GAVE_UP_WAITING, family=2) == [10]
    assert days_of(journal, Event.ALLOCATED, family=3) == [10]


def test_places_are_kept_from_the_very_day_on_which_the_family_has_waited_enough() -> None:
    families = [
        family(0, 0, session_minutes=300),  # leaves room for one small family until day 14
        family(1, 1, session_minutes=500),
    ]
    for day, allocated in ((8, [8]), (9, [28])):
        plan = world(team__posts=(post(cap=9, weekly_minutes=540),), waiting__hold_after_days=8)
        journal = run_families(plan, *families, family(2, day))
        assert days_of(journal, Event.ALLOCATED, family=1) == ([21] if day == 8 else [14])
        assert days_of(journal, Event.ALLOCATED, family=2) == allocated


def test_looking_only_when_something_changed_is_looking_every_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = busy_world(
        years=2,
        per_year=160.0,
        team__leaving=units(1 / 150),
        team__vacancy_days=constant(40),
        team__falls_ill=units(1 / 40),
        waiting__hold_after_days=30,
    )
    when_changed = [run(plan, seed) for seed in range(3)]

    made = AllocationDesk.__init__

    def looks_every_day(desk: AllocationDesk, service: Service) -> None:
        made(desk, service)
        for day in range(plan.last_day):
            desk.ask(day)

    monkeypatch.setattr(AllocationDesk, "__init__", looks_every_day)

    assert [run(plan, seed) for seed in range(3)] == when_changed
