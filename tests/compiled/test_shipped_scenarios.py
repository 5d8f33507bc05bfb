"""On every shipped scenario both engines write the same rows and leave the same sums."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from familyflow.compiled.engine import Memory, simulate
from familyflow.compiled.memory import Sizes
from familyflow.compiled.sums import Sums, scheme_of, simulate_sums
from familyflow.experiments.inputs import Drawn, Settings, draw_numbers, load_inputs
from familyflow.experiments.quantity_names import quantities_of
from familyflow.experiments.simulation import Simulated, kept_journals, simulate_draw
from familyflow.families.make_up import families_of
from familyflow.luck import Luck
from familyflow.outcomes.solve import Solved
from familyflow.planning.plan import make_plan
from familyflow.shipped import scenarios_folder
from familyflow.specification.plan import Plan

SCENARIOS = sorted(path.stem for path in Path(scenarios_folder()).glob("*.yaml"))
SEED = 20
# about what is solved for the core offer; the engines must agree on any
SOLVED = Solved(1.1, 0.9, 0.7, 0.9, 1.1)
RUNNING = ("appraisal.start=running",)
TWO_YEARS = ("appraisal.term_years=2",)  # the whole term is that of the core offer


@cache
def drawn(scenario: str, sets: tuple[str, ...] = ()) -> Drawn:
    return draw_numbers(load_inputs(scenario, sets), Settings(3, 1, SEED))


def plan_of(scenario: str, draw: int, sets: tuple[str, ...] = ()) -> Plan:
    return make_plan(drawn(scenario, sets).values[draw], SOLVED)


def sums_of(plan: Plan, luck: Luck, memory: Memory, **options: bool) -> Sums:
    scheme = scheme_of(quantities_of(plan.programmes, plan.activities))
    return simulate_sums(plan, luck, scheme, memory, **options)


@pytest.mark.whole
@pytest.mark.parametrize(
    ("scenario", "sets", "draw"),
    [(scenario, () if scenario == "core_offer" else TWO_YEARS, 1) for scenario in SCENARIOS]
    + [("core_offer", (*RUNNING, *TWO_YEARS), 0)]
    + [("core_offer", ("service.team.runs=false", *TWO_YEARS), 0)],
)
def test_rows_sums_figures_and_weeks_are_equal_bit_for_bit(
    scenario: str, sets: tuple[str, ...], draw: int
) -> None:
    values, luck = drawn(scenario, sets).values[draw], Luck(SEED, draw)
    readable = simulate_draw(values, SOLVED, luck, by_month=True, keep_journal=True)
    plan = plan_of(scenario, draw, sets)

    compiled = sums_of(plan, luck, Memory(), by_month=True, keep_journal=True)

    assert_equal(readable, compiled)
    assert_equal(readable, sums_of(plan, luck, Memory(), by_month=True))  # no row is kept
    assert readable.journal is not None
    assert compiled.journal is not None
    for arm, kept in zip(readable.journal, kept_journals(*compiled.journal, plan), strict=True):
        assert len(arm)
        assert np.array_equal(arm, kept)
    alone = simulate(plan, families_of(plan, luck), luck)  # and without sums
    assert all(map(np.array_equal, alone, compiled.journal))


def test_memory_serves_runs_with_a_journal_and_without_in_turn() -> None:
    plan, luck, memory = plan_of("core_offer", 0), Luck(SEED), Memory()
    families = families_of(plan, luck)

    plain = sums_of(plan, luck, memory)
    kept = sums_of(plan, luck, memory, keep_journal=True)
    rows_alone = simulate(plan, families, luck, memory)
    again = sums_of(plan, luck, memory)

    assert kept.journal is not None
    assert plain.rows == sum(len(arm) for arm in kept.journal)
    assert all(map(np.array_equal, kept.journal, rows_alone))
    for one in (kept, again):
        assert one.quantities.tobytes() == plain.quantities.tobytes()
        np.testing.assert_equal(one.figures, plain.figures)
        assert one.waiting.tobytes() == plain.waiting.tobytes()


def assert_equal(readable: Simulated, compiled: Sums) -> None:
    assert compiled.quantities.tobytes() == readable.quantities.tobytes()
    assert compiled.by_month is not None
    assert readable.by_month is not None
    assert compiled.by_month.tobytes() == readable.by_month.tobytes()
    np.testing.assert_array_equal(
        list(compiled.figures.values()), [readable.figures[name] for name in compiled.figures]
    )
    assert compiled.figures.keys() == readable.figures.keys()
    assert compiled.waiting.tobytes() == readable.waiting.tobytes()
    assert compiled.caseload.tobytes() == readable.caseload.tobytes()
    assert compiled.rows == readable.rows


@pytest.mark.whole
@pytest.mark.parametrize("threads", [1, 2, 4])
@pytest.mark.parametrize("chunk", [1, 3, 5])
def test_the_bytes_are_the_same_on_any_threads_and_in_any_chunks(threads: int, chunk: int) -> None:
    plan = plan_of("core_offer", 0)
    lucks = [Luck(SEED, draw) for draw in range(6)]
    expected = [sums_of(plan, luck, Memory()).quantities.tobytes() for luck in lucks]

    def work(some: list[Luck]) -> list[bytes]:
        memory = Memory()  # each piece of work has its own
        return [sums_of(plan, luck, memory).quantities.tobytes() for luck in some]

    chunks = [lucks[k : k + chunk] for k in range(0, len(lucks), chunk)]
    with ThreadPoolExecutor(threads) as pool:
        found = [one for some in pool.map(work, chunks) for one in some]

    assert found == expected


def test_memory_that_is_too_small_grows_and_changes_nothing() -> None:
    plan, luck = plan_of("core_offer", 0), Luck(SEED)

    grown = sums_of(plan, luck, Memory(Sizes(*[1] * 7)))

    assert grown.quantities.tobytes() == sums_of(plan, luck, Memory()).quantities.tobytes()
