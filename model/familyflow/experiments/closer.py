"""A closer look at some draws of a run: who is served, and what is families and what is chance.

The first draws are simulated again: with their own luck, keeping what became of whom, and with the
same families to whom other things happen. The numbers are the same by either engine and with any
number of workers.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Protocol

from familyflow.experiments.blocks import summed_of
from familyflow.experiments.compiled_draws import CompiledDraws
from familyflow.experiments.inputs import Inputs, Progress
from familyflow.experiments.sampling import Task, luck_of, no_collecting
from familyflow.experiments.simulation import Simulated, simulate_plan
from familyflow.experiments.summed import Summed
from familyflow.experiments.who_is_served import Ints, Served, served_of, tally
from familyflow.experiments.workers import each
from familyflow.luck import Luck
from familyflow.planning.plan import make_plan
from familyflow.specification.plan import Plan

MOST_DRAWS: Final = 100


@dataclass(frozen=True)
class CloserLook:
    """What a closer look at draws 0, 1 ... of a run shows.

    own: those draws as the run simulated them, in their first replication; same_families: the same
    families and other events (those of the second replication). Each holds one replication a draw.
    """

    served: Served
    own: Summed
    same_families: Summed


@dataclass(frozen=True)
class _Seen:
    """One draw: what became of each group, and both simulations, without a journal."""

    served: Ints
    own: Simulated
    same_families: Simulated


class _Simulate(Protocol):
    """Either engine, as `simulation.simulate_plan`."""

    def __call__(
        self, plan: Plan, luck: Luck, *, family_luck: Luck | None = ..., keep_journal: bool = ...
    ) -> Simulated: ...


def closer_look(
    inputs: Inputs, engine: str, workers: int, draws: int, progress: Progress
) -> CloserLook:
    """Look closer at the first `draws` of a run, or as many as there are, at most 100.

    workers: processes of the readable engine, threads of the compiled one; they move no byte.
    """
    looked_at = min(draws, inputs.settings.draws, MOST_DRAWS)
    seen: list[_Seen] = []
    progress("looking closer", 0, looked_at)
    for one in _seen(inputs, engine, workers, looked_at):
        seen.append(one)
        progress("looking closer", len(seen), looked_at)
    return CloserLook(
        served_of([one.served for one in seen]),
        summed_of([[one.own] for one in seen]),
        summed_of([[one.same_families] for one in seen]),
    )


def _seen(inputs: Inputs, engine: str, workers: int, draws: int) -> Iterator[_Seen]:
    """Each draw in order."""
    if engine == "simpy":
        yield from each(_look_readably, (_task(inputs, draw) for draw in range(draws)), workers)
        return
    compiled = CompiledDraws(inputs)
    pool = ThreadPoolExecutor(workers)
    try:
        yield from pool.map(
            lambda draw: _look(_task(inputs, draw), compiled.simulate), range(draws)
        )
    finally:
        pool.shutdown(cancel_futures=True)


def _task(inputs: Inputs, draw: int) -> Task:
    """A draw with its own luck."""
    luck = luck_of(inputs.settings, draw, 0)
    return Task(luck, inputs.values[draw], inputs.solved[draw], inner=inputs.settings.follow_ups)


def _look_readably(task: Task) -> _Seen:
    with no_collecting():
        return _look(task, partial(simulate_plan, inner=task.inner))


def _look(task: Task, simulate: _Simulate) -> _Seen:
    plan = make_plan(task.values, task.solved)
    own = simulate(plan, task.luck, keep_journal=True)
    other_events = replace(task.luck, replication=task.luck.replication + 1)
    same_families = simulate(plan, other_events, family_luck=task.luck)
    assert own.journal is not None
    assert own.families is not None
    served = tally(own.journal, own.families, plan.follow_up_days)
    return _Seen(served, replace(own, journal=None, families=None), same_families)
