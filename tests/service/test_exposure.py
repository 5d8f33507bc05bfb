"""What the service gives reaches the children, from the day on which it is given."""

import dataclasses
from typing import Any

import numpy as np
from tests.service.test_group_work import PROGRAMME
from tests.service.worlds import (
    chain,
    constant,
    days_of,
    family,
    post,
    rows,
    run_families,
    world,
)

from familyflow.luck import Luck, family_word
from familyflow.outcomes.without import without_arm
from familyflow.specification.decisions import DECISIONS
from familyflow.specification.journal import Entry, Event
from familyflow.specification.plan import Plan
from familyflow.specification.variates import days_until, threshold, units

FAMILIES = [family(k, 0) for k in range(40)]
STEP_UP = {(1, 2): 0.05}


def plan_with(effect: Any = None, **changes: Any) -> Plan:
    effect = np.zeros((1, 4, 2, 2)) if effect is None else effect
    detection = {key: changes.pop(key) for key in list(changes) if key.startswith("detection")}
    return world(
        chain=chain(STEP_UP, effect=effect, **detection),
        team__posts=(post(cap=99, weekly_minutes=10**6),),
        **changes,
    )


def step_days(journal: list[Entry]) -> list[int]:
    return days_of(sorted(journal), Event.STEP)


def test_sessions_protect_from_the_day_on_which_they_are_held() -> None:
    effect = np.zeros((1, 4, 2, 2))
    effect[:, 2:] = 1.0  # after two sessions no step up can happen
    plan = plan_with(effect)

    assert max(step_days(without_arm(plan, FAMILIES, Luck(1)))) > 28
    with_service = step_days(run_families(plan, *FAMILIES))
    assert max(with_service) == 14  # the day of the second session: it rang the day before
    before = [day for day in step_days(without_arm(plan, FAMILIES, Luck(1))) if day <= 14]
    assert with_service == before


def test_completing_a_group_protects_as_well() -> None:
    effect = np.zeros((1, 4, 2, 2))
    effect[:, :, :, 1] = 1.0
    programme = dataclasses.replace(PROGRAMME, greatest=99)
    plan = plan_with(effect, programmes=(programme,))

    journal = run_families(plan, *FAMILIES)

    done = days_of(journal, Event.GROUP_COMPLETED)
    assert set(done) == {44}
    after = {e.family for e in rows(journal, Event.STEP) if e.day > 44}
    assert not after & {e.family for e in rows(journal, Event.GROUP_COMPLETED)}


def test_harm_done_by_a_group_is_felt_and_noticed_on_the_next_day() -> None:
    effect = np.zeros((1, 4, 2, 2))
    effect[:, :, :, 1] = -1e6
    programme = dataclasses.replace(PROGRAMME, greatest=99)
    plan = plan_with(effect, programmes=(programme,), key_work__sessions=constant(30))

    journal = run_families(plan, *FAMILIES)

    assert days_of(journal, Event.GROUP_COMPLETED)
    assert 45 in days_of(journal, Event.REFERRED_UP)
    stepped = {e.family for e in rows(journal, Event.STEP)}
    assert {e.family for e in rows(journal, Event.REFERRED_UP)} == stepped


def test_more_is_seen_from_the_first_session_on() -> None:
    plan = plan_with(
        detection=(1000.0, 1.0),
        detection_days=(0, 30),
        key_work__introductory_slots=constant(1),
        key_work__sessions=constant(9),
    )

    journal = run_families(plan, *FAMILIES)

    from_first_session = [day for day in step_days(journal) if day > 14]
    assert from_first_session
    assert set(from_first_session) == {15}
    without = step_days(without_arm(plan, FAMILIES, Luck(1)))
    would_have_rung = len([day for day in without if day == 15])
    assert len(rows(journal, Event.DETECTED)) == len(from_first_session) - would_have_rung > 0


def test_large_families_and_families_on_a_plan_disengage_sooner_by_the_stated_ratios() -> None:
    rate = units(1 / 200)
    plan = world(
        last_day=3000,
        in_term=(True,) * 3001,
        team__posts=(post(cap=99, weekly_minutes=10**6),),
        key_work__sessions=constant(10_000),
        key_work__disengaging=rate,
        key_work__disengaging_large_family=1.18,
        key_work__disengaging_on_plan=1.25,
    )
    kinds = [(2, 1), (3, 1), (2, 3), (3, 3), (3, 2)]
    families = [family(k, 0, children=c, level=level) for k, (c, level) in enumerate(kinds)]

    journal = run_families(plan, *families)

    for number, ratio in enumerate((1.0, 1.18, 1.25, 1.18 * 1.25, 1.18)):
        clock = threshold(Luck(1).of(family_word(0, number), DECISIONS["disengages"]))
        expected = days_until(clock, int(rate * ratio + 0.5))
        assert days_of(journal, Event.CLOSED_DISENGAGED, family=number) == [expected]
