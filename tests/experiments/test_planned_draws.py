"""Draws planned together are simulated as each of them is by itself, and by the readable engine."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from familyflow.compiled.engine import Memory
from familyflow.compiled.sums import scheme_of, simulate_sums
from familyflow.compiled.tables import make_tables
from familyflow.experiments.compiled_draws import planned_draws
from familyflow.experiments.inputs import Drawn, Settings, draw_numbers, load_inputs
from familyflow.experiments.quantity_names import quantities_in
from familyflow.experiments.simulation import kept_journals, simulate_draw
from familyflow.luck import Luck
from familyflow.outcomes.levels_of_need import Solved
from familyflow.planning.plan import make_plan
from familyflow.problems import InputError
from familyflow.shipped import scenarios_folder

SCENARIOS = sorted(path.stem for path in Path(scenarios_folder()).glob("*.yaml"))
RUNNING = ("appraisal.start=running",)
DRAWS, SEED = 6, 30
POSTS = "service.team.key_workers"
SOLVED = [Solved(1.1 + k / 50, 0.9, 0.7 + k / 100, 0.9, 1.1) for k in range(DRAWS)]


@cache
def drawn(scenario: str, sets: tuple[str, ...] = ()) -> Drawn:
    return draw_numbers(load_inputs(scenario, sets), Settings(DRAWS, 1, SEED))


@pytest.mark.parametrize(
    ("scenario", "sets"), [(one, ()) for one in SCENARIOS] + [("core_offer", RUNNING)]
)
def test_the_draws_of_every_shipped_scenario_have_one_plan_together(
    scenario: str, sets: tuple[str, ...]
) -> None:
    planned = planned_draws(drawn(scenario, sets).values, SOLVED, range(1, DRAWS))

    assert len({id(plan) for plan, _ in planned}) == 1
    assert [len(tables.plan) for _, tables in planned] == [1] * (DRAWS - 1)


@pytest.mark.whole
@pytest.mark.parametrize("sets", [(), RUNNING])
def test_a_draw_fares_the_same_whether_it_is_planned_with_others_or_alone(
    sets: tuple[str, ...],
) -> None:
    values = drawn("core_offer", sets).values
    scheme, memory = scheme_of(quantities_in(values.base)), Memory()

    for draw, (plan, tables) in enumerate(planned_draws(values, SOLVED, range(DRAWS))):
        luck, alone = Luck(SEED, draw), make_plan(values[draw], SOLVED[draw])
        together = simulate_sums(plan, luck, scheme, memory, tables=tables, keep_journal=True)
        by_itself = simulate_sums(alone, luck, scheme, memory, keep_journal=True)
        for one, other in zip(together.journal or (), by_itself.journal or (), strict=True):
            assert len(one)
            assert np.array_equal(one, other)
        assert together.quantities.tobytes() == by_itself.quantities.tobytes()


@pytest.mark.whole
def test_the_readable_engine_writes_the_rows_of_a_draw_that_was_planned_with_others() -> None:
    values, last = drawn("core_offer").values, DRAWS - 1
    plan, tables = planned_draws(values, SOLVED, range(DRAWS))[last]

    readable = simulate_draw(values[last], SOLVED[last], Luck(SEED, last), keep_journal=True)
    scheme = scheme_of(quantities_in(values.base))
    sums = simulate_sums(plan, Luck(SEED, last), scheme, Memory(), tables=tables, keep_journal=True)

    assert readable.journal is not None
    assert sums.journal is not None
    for one, other in zip(readable.journal, kept_journals(*sums.journal, plan), strict=True):
        assert np.array_equal(one, other)


def test_draws_with_more_posts_and_fewer_are_planned_one_by_one() -> None:
    values = drawn("core_offer").values
    posts = np.array([3.0, 4.0, 5.0, 3.0, 4.0, 5.0])
    varied = replace(
        values,
        columns={**values.columns, POSTS: posts},
        complete=lambda given: {**values.complete(given), POSTS: given[POSTS]},
    )

    planned = planned_draws(varied, SOLVED, range(DRAWS))

    assert [len(tables.posts) for _, tables in planned] == [3, 4, 5, 3, 4, 5]
    assert len({id(plan) for plan, _ in planned}) == DRAWS


def test_a_draw_that_cannot_be_is_told_of_in_the_words_for_a_draw_by_itself() -> None:
    values, key = drawn("core_offer").values, "outcomes.escalation.universal_to_early_help"
    impossible = values.columns[key].copy()
    impossible[3] = 1.5
    wrong = replace(values, columns={**values.columns, key: impossible})

    with pytest.raises(InputError, match=r"1\.5") as found:
        planned_draws(wrong, SOLVED, range(DRAWS))

    with pytest.raises(InputError) as alone:
        make_tables(make_plan(wrong[3], SOLVED[3]))
    assert str(found.value) == str(alone.value)
