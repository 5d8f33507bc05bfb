"""The two engines as `run` uses them: blocks of draws in, sums out; the same bytes from either."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from familyflow.experiments.blocks import Block, block_of
from familyflow.experiments.inputs import Inputs, Progress
from familyflow.experiments.quantity_names import Quantity, quantities_in
from familyflow.experiments.sampling import (
    draws_twice,
    firsts,
    in_block,
    luck_of,
    simulate_blocks,
    twice_in_block,
)
from familyflow.experiments.simulation import Simulated, kept_journals
from familyflow.luck import Luck
from familyflow.outcomes.solve import BlockSolver, solve_plainly
from familyflow.planning.plan import make_plan
from familyflow.specification.plan import Plan

if TYPE_CHECKING:
    from familyflow.compiled.engine import Memory

# Chosen once so that an answer comes within a minute on two processors, never measured at run
# time: the same command gives the same numbers everywhere.
DEFAULT_DRAWS: Final[Mapping[str, int]] = {"compiled": 1_000, "simpy": 30}


def announce(engine: str, say: Callable[[str], object]) -> None:
    """Tell whoever waits, in a line, when the engine has to be compiled first."""
    if engine == "compiled":
        from familyflow.compiled import cache

        cache.announce(say)


def solver_of(engine: str, threads: int) -> BlockSolver:
    """What solves the effects of draws: compiled where the engine is; the same bits either way."""
    if engine == "simpy":
        return solve_plainly
    from familyflow.compiled.solving import threaded_solver

    return threaded_solver(threads)


def blocks_of(
    inputs: Inputs, engine: str, workers: int, progress: Progress, *, journal: bool, months: bool
) -> Iterator[Block]:
    """Every draw and replication, block by block, by the engine asked for.

    workers: processes of the readable engine, threads of the compiled one; they move no byte.
    """
    if engine == "simpy":
        yield from simulate_blocks(inputs, workers, progress, journal=journal, months=months)
        return
    with ThreadPoolExecutor(workers) as pool:
        yield from _compiled(inputs, pool, progress, journal=journal, months=months)


def _compiled(
    inputs: Inputs,
    pool: ThreadPoolExecutor,
    progress: Progress,
    *,
    journal: bool,
    months: bool,
) -> Iterator[Block]:
    settings, work = inputs.settings, _Work(inputs, journal=journal, months=months)
    done, total = 0, settings.draws * settings.replications + draws_twice(settings)
    for first in firsts(settings):
        draws, again = in_block(first, settings), twice_in_block(first, settings)
        made = pool.map(work.draw, range(first, first + draws), range(-again, draws - again))
        main: list[Sequence[Simulated]] = []
        more: list[Simulated] = []
        for ones, extra in made:
            main.append(ones)
            more += extra
            done += len(ones) + len(extra)
            progress("simulating", done, total)
        yield block_of(first, main, more)


class _Work:
    """Simulates one draw with the compiled engine; each thread has memory of its own."""

    def __init__(self, inputs: Inputs, *, journal: bool, months: bool) -> None:
        self._inputs, self._journal, self._months = inputs, journal, months
        self._names: Sequence[Quantity] = quantities_in(inputs.base)
        self._of_thread = threading.local()
        self._first_call = threading.Lock()
        self._warm = False

    def draw(self, draw: int, place: int) -> tuple[list[Simulated], list[Simulated]]:
        """The replications of a draw, and one more where it is among those simulated twice.

        place: below 0 for those.
        """
        settings = self._inputs.settings
        plan = make_plan(self._inputs.values[draw], self._inputs.solved[draw])
        main = [
            self._simulate(plan, draw, replication, journal=self._journal, months=self._months)
            for replication in range(settings.replications)
        ]
        again = [] if place >= 0 else [self._simulate(plan, draw, 1, journal=False, months=False)]
        return main, again

    def _simulate(
        self, plan: Plan, draw: int, replication: int, *, journal: bool, months: bool
    ) -> Simulated:
        luck = luck_of(self._inputs.settings, draw, replication)
        if self._warm:
            return self._sums(plan, luck, journal=journal, months=months)
        with self._first_call:  # kernels are compiled once, not by every thread
            made = self._sums(plan, luck, journal=journal, months=months)
            self._warm = True
        return made

    def _sums(self, plan: Plan, luck: Luck, *, journal: bool, months: bool) -> Simulated:
        from familyflow.compiled.sums import simulate_sums

        sums = simulate_sums(
            plan,
            luck,
            self._names,
            self._memory(),
            by_month=months,
            keep_journal=journal,
            inner=self._inputs.settings.follow_ups,
        )
        return Simulated(
            quantities=sums.quantities,
            figures=sums.figures,
            waiting=sums.waiting,
            caseload=sums.caseload,
            rows=sums.rows,
            by_month=sums.by_month,
            journal=None if sums.journal is None else kept_journals(*sums.journal, plan),
        )

    def _memory(self) -> Memory:
        from familyflow.compiled.engine import Memory

        memory: Memory | None = getattr(self._of_thread, "memory", None)
        if memory is None:
            memory = self._of_thread.memory = Memory()
        return memory
