"""The expected follow-up of the compiled engine: that of the readable one, and what it is for."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.compiled.colliding import colliding_world
from tests.experiments.worlds import NEUTRAL, SHORT, stated
from tests.outcomes.following import telling_world

from familyflow.compiled.engine import Memory
from familyflow.compiled.memory import Sizes
from familyflow.compiled.sums import Sums, scheme_of, simulate_sums
from familyflow.experiments.quantity_names import quantities_of
from familyflow.experiments.simulation import Simulated, simulate_plan
from familyflow.luck import Luck
from familyflow.planning.plan import make_plan
from familyflow.problems import InputError
from familyflow.specification.journal import FARING
from familyflow.specification.plan import Plan

SMALL = Sizes(2**12, 2**6, 2**8, 2**10, 2**8, 2**7, 2**7)  # it grows where it must
WORLDS = 48
SEED, DRAWS = 5, 1_500
STANDARD_ERRORS = 4.0


def compiled(plan: Plan, luck: Luck, inner: int, memory: Memory | None = None) -> Sums:
    scheme = scheme_of(quantities_of(plan.programmes, plan.activities), inner)
    return simulate_sums(plan, luck, scheme, memory or Memory(), by_month=True)


def assert_equal(readable: Simulated, fast: Sums) -> None:
    assert fast.quantities.tobytes() == readable.quantities.tobytes()
    assert fast.by_month is not None
    assert readable.by_month is not None
    assert fast.by_month.tobytes() == readable.by_month.tobytes()
    assert fast.figures.keys() == readable.figures.keys()
    np.testing.assert_array_equal(
        [readable.figures[one] for one in fast.figures], list(fast.figures.values())
    )
    assert fast.rows == readable.rows  # the journal is always that of the first follow-up


@pytest.mark.parametrize("inner", [1, 2, 16])
def test_both_engines_give_the_same_in_worlds_where_everything_collides(inner: int) -> None:
    memory, told = Memory(SMALL), 0
    for seed in range(0, WORLDS, 1 if inner < 16 else 4):
        plan, luck = colliding_world(seed), Luck(seed)
        try:
            readable = simulate_plan(plan, luck, inner=inner, by_month=True)
        except (OverflowError, InputError):
            continue
        assert_equal(readable, compiled(plan, luck, inner, memory))
        told += 1

    assert told >= 10


@pytest.mark.whole
@pytest.mark.parametrize(("inner", "sets"), [(2, ()), (16, SHORT)])
def test_both_engines_give_the_same_of_the_core_offer(inner: int, sets: tuple[str, ...]) -> None:
    values, solved = stated("core_offer", *sets)
    plan = make_plan(values, solved)

    assert_equal(
        simulate_plan(plan, Luck(SEED), inner=inner, by_month=True),
        compiled(plan, Luck(SEED), inner),
    )


def test_memory_that_is_too_small_grows_and_changes_nothing() -> None:
    plan, luck = telling_world(), Luck(SEED)

    grown = compiled(plan, luck, 16, Memory(Sizes(*[1] * 7)))

    assert grown.quantities.tobytes() == compiled(plan, luck, 16).quantities.tobytes()
    assert grown.figures == compiled(plan, luck, 16).figures


@pytest.mark.whole
def test_a_service_without_an_effect_saves_nothing_in_any_follow_up() -> None:
    plan = make_plan(*stated("core_offer", *NEUTRAL, *SHORT))
    faring = [
        quantity.event in FARING for quantity in quantities_of(plan.programmes, plan.activities)
    ]

    one = compiled(plan, Luck(SEED), 16)

    without, with_service = one.quantities[..., faring]
    assert without.any()
    assert np.array_equal(without, with_service)
    assert one.figures["children_looked_after_avoided"] == 0.0
    assert one.figures["of_which_delayed"] == 0.0


@cache
def sampled(inner: int) -> np.ndarray:
    """Quantities of outcomes (draw, arm, quantity) of the telling world."""
    plan, memory = telling_world(), Memory(SMALL)
    names = quantities_of(plan.programmes, plan.activities)
    outcomes = [quantity.event in FARING for quantity in names]
    scheme = scheme_of(names, inner)
    draws = [
        simulate_sums(plan, Luck(SEED, draw), scheme, memory).quantities for draw in range(DRAWS)
    ]
    found: np.ndarray = np.stack(draws).sum(axis=(2, 3))[..., outcomes]
    return found


@pytest.mark.statistical
def test_the_mean_of_sixteen_follow_ups_is_that_of_one_in_each_arm() -> None:
    """Seed 5, 1,500 draws, one set of numbers: within 4 standard errors, every quantity."""
    apart = sampled(16) - sampled(1)
    error = apart.std(axis=0, ddof=1) / np.sqrt(DRAWS)

    assert (error > 0).sum() >= 20  # quantities by arm in which anything happens
    assert np.all(np.abs(apart.mean(axis=0)) <= STANDARD_ERRORS * error)


@pytest.mark.statistical
def test_more_follow_ups_have_less_noise() -> None:
    """Seed 5, 1,500 draws: what the service avoids varies less than half as much.

    Two samples of one variance that differ by a factor of two: less than once in a million times.
    """
    one, many = (sampled(inner) for inner in (1, 16))
    moves = one.std(axis=0).min(axis=0) > 0
    before, after = ((arms[:, 0] - arms[:, 1])[:, moves].var(axis=0) for arms in (one, many))

    assert moves.sum() >= 8
    assert np.all(after < 0.5 * before)
