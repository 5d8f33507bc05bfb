"""Who the families are may have a luck of its own: the same in both engines, and apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.compiled.colliding import colliding_world
from tests.experiments.worlds import SHORT, stated

from familyflow.compiled.engine import Memory, draw_families
from familyflow.compiled.memory import Sizes
from familyflow.compiled.sums import Sums, scheme_of, simulate_sums
from familyflow.experiments.quantities import DAY, EVENT, FAMILY, SOURCE, Rows
from familyflow.experiments.quantity_names import quantities_of
from familyflow.experiments.simulation import (
    Simulated,
    kept_journals,
    simulate_draw,
    simulate_plan,
)
from familyflow.families.make_up import families_of
from familyflow.luck import Luck
from familyflow.planning.plan import make_plan
from familyflow.problems import InputError
from familyflow.specification.journal import Event
from familyflow.specification.plan import Plan

SMALL = Sizes(2**12, 2**6, 2**8, 2**10, 2**8, 2**7, 2**7)  # it grows where it must
WORLDS = 60
FAMILIES, EVENTS = Luck(7, 3), Luck(7, 3, 1)
SCENARIOS = [
    ("core_offer", SHORT),
    ("reaching_communities_bid", (*SHORT, "appraisal.warm_up_weeks=30")),
    ("no_service", SHORT),
]


def compiled(
    plan: Plan, luck: Luck, family_luck: Luck | None, memory: Memory | None = None, inner: int = 1
) -> Sums:
    scheme = scheme_of(quantities_of(plan.programmes, plan.activities), inner)
    return simulate_sums(
        plan, luck, scheme, memory or Memory(), family_luck=family_luck, keep_journal=True
    )


def journals_of(sums: Sums, plan: Plan) -> tuple[Rows, Rows]:
    assert sums.journal is not None
    return kept_journals(*sums.journal, plan)


def assert_equal(readable: Simulated, fast: Sums, plan: Plan) -> None:
    assert readable.journal is not None
    for arm, kept in zip(readable.journal, journals_of(fast, plan), strict=True):
        assert np.array_equal(arm, kept)
    assert fast.quantities.tobytes() == readable.quantities.tobytes()
    np.testing.assert_array_equal(
        [readable.figures[name] for name in fast.figures], list(fast.figures.values())
    )
    assert fast.rows == readable.rows


@pytest.mark.parametrize("inner", [1, 2])
def test_both_engines_write_the_same_rows_with_two_lucks_where_everything_collides(
    inner: int,
) -> None:
    memory, told = Memory(SMALL), 0
    for seed in range(WORLDS):
        plan, luck, other = colliding_world(seed), Luck(seed, 0, 1), Luck(seed)
        try:
            readable = simulate_plan(plan, luck, family_luck=other, keep_journal=True, inner=inner)
        except (OverflowError, InputError) as error:
            with pytest.raises(type(error)):
                compiled(plan, luck, other, memory, inner)
            continue
        assert_equal(readable, compiled(plan, luck, other, memory, inner), plan)
        told += 1

    assert told > WORLDS // 2


@pytest.mark.whole
@pytest.mark.parametrize(("scenario", "sets"), SCENARIOS)
def test_both_engines_write_the_same_rows_of_scenarios_with_two_lucks(
    scenario: str, sets: tuple[str, ...]
) -> None:
    values, solved = stated(scenario, *sets)
    plan = make_plan(values, solved)

    readable = simulate_draw(values, solved, EVENTS, family_luck=FAMILIES, keep_journal=True)

    assert_equal(readable, compiled(plan, EVENTS, FAMILIES), plan)


@pytest.mark.whole
@pytest.mark.parametrize(("scenario", "sets"), SCENARIOS)
def test_the_same_luck_twice_is_one_luck_bit_for_bit(scenario: str, sets: tuple[str, ...]) -> None:
    plan = make_plan(*stated(scenario, *sets))

    one, two = compiled(plan, FAMILIES, None), compiled(plan, FAMILIES, replace(FAMILIES))

    assert one.quantities.tobytes() == two.quantities.tobytes()
    for arm, same in zip(journals_of(one, plan), journals_of(two, plan), strict=True):
        assert np.array_equal(arm, same)


@pytest.mark.whole
def test_with_other_events_the_same_families_are_referred_on_the_same_days() -> None:
    plan = make_plan(*stated("core_offer", *SHORT))

    own = journals_of(compiled(plan, FAMILIES, FAMILIES), plan)
    other = journals_of(compiled(plan, EVENTS, FAMILIES), plan)

    assert len(first_referrals(own[1])) > 50
    assert first_referrals(own[1]) == first_referrals(other[1])
    assert first_referrals(own[1]) != first_referrals(
        journals_of(compiled(plan, EVENTS, None), plan)[1]
    )
    for arm, others in zip(own, other, strict=True):
        assert not np.array_equal(arm, others)  # and something else happens to them


def first_referrals(rows: Rows) -> dict[tuple[int, int], int]:
    referred = rows[rows[:, EVENT] == Event.REFERRED]
    first: dict[tuple[int, int], int] = {}
    for day, source, number in referred[:, [DAY, SOURCE, FAMILY]].tolist():
        first[source, number] = min(day, first.get((source, number), day))
    return first


@pytest.mark.whole
def test_what_is_told_of_families_that_start_is_told_of_the_families_of_their_own_luck() -> None:
    """Nothing of the make-up is drawn again once families are there."""
    plan, memory = make_plan(*stated("core_offer", *SHORT)), Memory()
    families = families_of(plan, FAMILIES)
    known = {(family.source, family.number): family for family in families}

    sums = compiled(plan, EVENTS, FAMILIES, memory)
    rows = journals_of(sums, plan)[1]
    started = rows[rows[:, EVENT] == Event.STARTED][:, [SOURCE, FAMILY]].tolist()

    assert draw_families(plan, FAMILIES) == families
    minority = sum(known[source, number].minority_ethnic for source, number in started)
    assert sums.figures["families_started_minority_ethnic"] == minority > 0


def test_memory_that_is_too_small_grows_and_changes_nothing() -> None:
    plan = colliding_world(3)

    grown = compiled(plan, EVENTS, FAMILIES, Memory(Sizes(*[1] * 7)))
    ample = compiled(plan, EVENTS, FAMILIES)

    assert grown.quantities.tobytes() == ample.quantities.tobytes()
    for arm, same in zip(journals_of(grown, plan), journals_of(ample, plan), strict=True):
        assert np.array_equal(arm, same)
