"""Both engines write the same rows in thousands of small worlds in which everything collides."""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
import pytest
from tests.compiled.colliding import colliding_world

from familyflow.compiled import engine
from familyflow.compiled.engine import Memory, draw_families, simulate
from familyflow.compiled.memory import Sizes
from familyflow.families.make_up import families_of
from familyflow.luck import Luck
from familyflow.outcomes.family_paths import share
from familyflow.outcomes.without import without_arm
from familyflow.problems import InputError
from familyflow.service import journey
from familyflow.service.endings import unplanned_ending
from familyflow.service.engine import simulate as simulate_readably
from familyflow.specification.journal import Event, as_rows
from familyflow.specification.phases import Phase
from familyflow.specification.plan import Plan

WORLDS = 2_100
LEAST_WORLDS = 10  # in which each two phases meet: the rarest do in one of two hundred
SMALL = Sizes(2**12, 2**6, 2**8, 2**10, 2**8, 2**7, 2**7)  # it grows where it must
SOME = 150  # worlds enough for a planted mistake to be found in
# of what happens to a family: the other phases name none
OF_FAMILIES = (
    Phase.CALENDAR,
    Phase.CHILDREN,
    Phase.ENDINGS,
    Phase.GIVING_UP,
    Phase.REFERRALS,
    Phase.GROUPS,
    Phase.ALLOCATION,
)
# A wait and an episode never touch the same day twice: a family comes back the next day at the
# earliest, and one that lost its key worker has no row in ENDINGS unless its episode ends there.
NEVER_MEET = {
    (Phase.ENDINGS, Phase.GIVING_UP),  # it waits, or works with the service
    (Phase.ENDINGS, Phase.REFERRALS),
    (Phase.ENDINGS, Phase.ALLOCATION),
    (Phase.GIVING_UP, Phase.REFERRALS),
    (Phase.GIVING_UP, Phase.ALLOCATION),
}

Arms = tuple[np.ndarray, np.ndarray]


def arms_of(plan: Plan, luck: Luck, memory: Memory) -> tuple[Arms, Arms] | None:
    """Both arms of the readable and of the compiled engine; None where both refuse the world."""
    families = families_of(plan, luck)
    assert draw_families(plan, luck, memory) == families
    shared = share(plan, families, luck)
    try:
        readable = (
            as_rows(without_arm(plan, families, luck, shared)),
            as_rows(simulate_readably(plan, families, luck, shared=shared)),
        )
    except (OverflowError, InputError) as error:
        with pytest.raises(type(error), match=re.escape(str(error))):
            simulate(plan, families, luck, memory)
        return None
    return readable, simulate(plan, families, luck, memory)


def differing(worlds: range, made: Callable[[int], Plan] = colliding_world) -> Iterator[int]:
    """The worlds in which the engines do not agree."""
    memory = Memory(SMALL)
    for seed in worlds:
        arms = arms_of(made(seed), Luck(seed), memory)
        if arms is not None and not all(map(np.array_equal, *arms)):
            yield seed


def test_every_row_of_both_arms_is_equal_in_worlds_where_everything_collides() -> None:
    memory, met, events = Memory(SMALL), Counter[tuple[int, int]](), set[int]()
    refused = 0
    for seed in range(WORLDS):
        arms = arms_of(colliding_world(seed), Luck(seed), memory)
        if arms is None:
            refused += 1
            continue
        for readable, compiled in zip(*arms, strict=True):
            assert np.array_equal(readable, compiled), f"the engines differ in world {seed}"
        events.update(arms[0][1][:, 2].tolist())
        met.update(set(pairs_of_phases(arms[0][1])))

    possible = {pair for pair in combinations(OF_FAMILIES, 2) if pair not in NEVER_MEET}
    assert refused < WORLDS - 2_000
    assert {pair for pair in met if pair[0] != pair[1]} == possible
    assert min(met[pair] for pair in possible) >= LEAST_WORLDS
    assert events == set(Event)


def pairs_of_phases(rows: np.ndarray) -> Iterator[tuple[int, int]]:
    """Each pair of phases in which something happened to one family on one day."""
    phases: dict[tuple[int, int, int], set[int]] = {}
    named = rows[rows[:, 4] >= 0]
    for day, phase, source, number in named[:, [0, 1, 3, 4]].tolist():
        phases.setdefault((day, source, number), set()).add(phase)
    for of_day in phases.values():
        yield from combinations(sorted(of_day), 2)


def test_another_order_of_endings_in_one_engine_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def disengaged_before_moved_away(record, episode, service):  # type: ignore[no-untyped-def]
        if episode.disengages_on <= service.clock.day < service.plan.last_day:
            return Event.CLOSED_DISENGAGED
        return unplanned_ending(record, episode, service)

    monkeypatch.setattr(journey, "unplanned_ending", disengaged_before_moved_away)

    assert next(differing(range(SOME)), None) is not None


def test_a_wrong_number_in_the_tables_of_one_engine_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = engine.make_tables

    def one_place_more(plan: Plan):  # type: ignore[no-untyped-def]
        tables = made(plan)
        tables.posts["cap"][0] += 1
        return tables

    monkeypatch.setattr(engine, "make_tables", one_place_more)

    assert next(differing(range(SOME)), None) is not None


def world_of_harm(seed: int) -> Plan:
    """The world of this seed, in which sessions bring on what they otherwise keep away."""
    plan = colliding_world(seed)
    worse = [dataclasses.replace(one, effect=-20.0 * one.effect) for one in plan.outcomes]
    return dataclasses.replace(plan, outcomes=tuple(worse))


def test_engines_agree_where_the_service_makes_outcomes_worse() -> None:
    assert not list(differing(range(SOME), world_of_harm))


def test_a_bound_of_outcomes_that_leaves_out_their_effect_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = engine.make_tables

    def unexposed(plan: Plan):  # type: ignore[no-untyped-def]
        tables = made(plan)
        tables.outcomes["most_happens"] = tables.whole[tables.outcomes["happens_at"]]
        return tables

    monkeypatch.setattr(engine, "make_tables", unexposed)

    assert next(differing(range(SOME), world_of_harm), None) is not None
