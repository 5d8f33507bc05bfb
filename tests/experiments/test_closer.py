"""A closer look is at the very draws of the run, by either engine, on any number of threads."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from familyflow.experiments.blocks import Block
from familyflow.experiments.closer import CloserLook, closer_look
from familyflow.experiments.engines import blocks_of, solver_of
from familyflow.experiments.family_groups import GROUPS
from familyflow.experiments.first_draws import MOST_DRAWS, who_is_served
from familyflow.experiments.inputs import Inputs, Settings, draw_inputs, load_inputs
from familyflow.experiments.quantities import WITH
from familyflow.experiments.quantity_names import quantities_in
from familyflow.experiments.served_tables import equity, served_table
from familyflow.experiments.split import split_variance
from familyflow.experiments.summed import Summed
from familyflow.experiments.who_is_served import AMOUNTS

SETS = ("appraisal.term_years=1", "appraisal.follow_up_years=2")
DRAWS, LOOKED_AT = 12, 3
ALL = GROUPS.index(("all families", "all families"))


def nothing(*_: object) -> None:
    """Nobody waits."""


@cache
def inputs(draws: int = DRAWS, *sets: str, **settings: str | int) -> Inputs:
    return draw_inputs(
        load_inputs("core_offer", (*SETS, *sets)),
        Settings(draws, 1, 3, **settings),  # type: ignore[arg-type]
        nothing,
        solver_of("compiled", 1),
    )


@cache
def look(engine: str, workers: int, draws: int = LOOKED_AT, **settings: str | int) -> CloserLook:
    return closer_look(inputs(**settings), engine, workers, draws, nothing)


@cache
def block() -> Block:
    (found,) = blocks_of(inputs(), "compiled", 1, nothing, journal=False, months=False)
    return found


def same(one: Summed, other: Summed) -> bool:
    return one.quantities.tobytes() == other.quantities.tobytes() and all(
        np.array_equal(figures, other.figures[name], equal_nan=True)
        for name, figures in one.figures.items()
    )


def same_look(one: CloserLook, other: CloserLook) -> bool:
    return (
        np.array_equal(one.served.amounts, other.served.amounts)
        and same(one.own, other.own)
        and same(one.same_families, other.same_families)
    )


@pytest.mark.whole
@pytest.mark.parametrize("settings", [{}, {"follow_up": "expected", "inner": 2}])
def test_both_engines_see_the_same(settings: dict[str, str | int]) -> None:
    compiled = look("compiled", 1, **settings)

    assert same_look(look("simpy", 1, **settings), compiled)
    assert compiled.served.amounts.shape == (LOOKED_AT, len(GROUPS), len(AMOUNTS))


@pytest.mark.whole
@pytest.mark.parametrize("engine", ["compiled", "simpy"])
@pytest.mark.parametrize("settings", [{}, {"follow_up": "expected", "inner": 2}])
def test_a_run_sees_who_is_served_as_a_comparison_does(
    engine: str, settings: dict[str, str | int]
) -> None:
    few = inputs(LOOKED_AT, **settings)

    compared = closer_look(few, "compiled", 1, LOOKED_AT, nothing).served

    for workers in (1, 2):
        found = who_is_served(few, engine, workers, nothing)
        assert np.array_equal(found.amounts, compared.amounts)


@pytest.mark.whole
def test_workers_move_nothing() -> None:
    assert same_look(look("compiled", 4, DRAWS), look("compiled", 1, DRAWS))
    assert same_look(look("simpy", 2), look("compiled", 2))


@pytest.mark.whole
def test_the_draws_are_those_of_the_run_and_the_families_stay_the_same() -> None:
    seen = look("compiled", 1, DRAWS)
    names = [quantity.name for quantity in quantities_in(inputs().base)]
    first_referrals = names.index("families_referred"), names.index("families_returned")

    def referred(summed: Summed) -> np.ndarray:
        of_service = summed.quantities[:, 0, WITH].sum(axis=(1, 2))
        return of_service[:, first_referrals[0]] - of_service[:, first_referrals[1]]

    assert same(seen.own, block().summed)
    assert not same(seen.same_families, seen.own)
    assert np.array_equal(referred(seen.same_families), referred(seen.own))
    again = block().again
    assert again is not None
    assert not np.array_equal(referred(again), referred(seen.own))


@pytest.mark.whole
def test_what_is_seen_can_be_told_and_split() -> None:
    seen, main = look("compiled", 1, DRAWS), block()
    names = [quantity.name for quantity in quantities_in(inputs().base)]
    assert main.again is not None

    def completed(summed: Summed) -> np.ndarray:
        place = names.index("families_completed")
        found: np.ndarray = summed.quantities[:, 0, WITH].sum(axis=(1, 2))[:, place]
        return found

    table = served_table(seen.served)
    split = split_variance(
        completed(main.summed), completed(seen.same_families), completed(main.again)
    )

    whole = table[(table["group"] == "all families") & (table["figure"] == "families_completed")]
    assert whole["mean"].item() == pytest.approx(completed(main.summed).mean())
    assert split is not None
    assert split.chance.variance > 0.0
    assert (equity(seen.served, seen.served)["difference"].dropna() == 0.0).all()


@pytest.mark.whole
def test_no_more_draws_are_looked_at_than_there_are_or_than_is_said() -> None:
    told: list[tuple[str, int, int]] = []

    seen = closer_look(inputs(2), "compiled", 1, 50, lambda *stage: told.append(stage))

    assert len(seen.served.amounts) == 2
    assert told == [("looking closer", done, 2) for done in range(3)]
    assert MOST_DRAWS == 100
