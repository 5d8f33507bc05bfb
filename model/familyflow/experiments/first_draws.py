"""The first draws of a run simulated once more, for what its sums do not tell.

Each with its own luck, in its first replication: what is seen is the very run. The same by either
engine and with any number of workers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Final, Protocol, TypeVar

from familyflow.experiments.compiled_draws import CompiledDraws
from familyflow.experiments.inputs import Inputs, Progress, Settings
from familyflow.experiments.sampling import Task, luck_of, no_collecting
from familyflow.experiments.simulation import Simulated, simulate_plan
from familyflow.experiments.who_is_served import TALLIED, Ints, Served, served_of, tally
from familyflow.experiments.workers import each
from familyflow.luck import Luck
from familyflow.planning.plan import make_plan
from familyflow.specification.journal import Event
from familyflow.specification.plan import Plan

MOST_DRAWS: Final = 100
Seen = TypeVar("Seen")


class Simulate(Protocol):
    """Either engine, as `simulation.simulate_plan`."""

    def __call__(
        self,
        plan: Plan,
        luck: Luck,
        *,
        family_luck: Luck | None = ...,
        keep_journal: bool = ...,
        only: Collection[Event] = ...,
    ) -> Simulated:
        """One simulation; only: the journal's rows of these events alone."""


Look = Callable[[Task, Plan, Simulate], Seen]


def draws_seen(settings: Settings) -> int:
    """How many draws of a run are looked at: the first ones, at most MOST_DRAWS."""
    return min(settings.draws, MOST_DRAWS)


def who_is_served(inputs: Inputs, engine: str, workers: int, progress: Progress) -> Served:
    """What became of the families of each group in the first draws of a run.

    Where follow-ups are averaged, a journal tells of the first of them, so no other is simulated.
    """
    draws = draws_seen(inputs.settings)
    once = replace(inputs, settings=replace(inputs.settings, follow_up="sampled"))
    return served_of(look_at(once, engine, workers, draws, _tallied, "who is served", progress))


def look_at(
    inputs: Inputs,
    engine: str,
    workers: int,
    draws: int,
    look: Look[Seen],
    stage: str,
    progress: Progress,
) -> list[Seen]:
    """What `look` sees in each of the first draws of a run, in their order.

    workers: processes of the readable engine, threads of the compiled one; they move no byte.
    look: a function that other processes find by its name. stage: what progress calls it.
    """
    seen: list[Seen] = []
    progress(stage, 0, draws)
    for one in _each(inputs, engine, workers, draws, look):
        seen.append(one)
        progress(stage, len(seen), draws)
    return seen


def own(task: Task, plan: Plan, simulate: Simulate) -> tuple[Ints, Simulated]:
    """A draw as the run simulated it: what became of each group, and its sums."""
    found = simulate(plan, task.luck, keep_journal=True, only=TALLIED)
    assert found.journal is not None
    assert found.families is not None
    return tally(found.journal, found.families, plan.follow_up_days), found


def _tallied(task: Task, plan: Plan, simulate: Simulate) -> Ints:
    return own(task, plan, simulate)[0]


def _each(
    inputs: Inputs, engine: str, workers: int, draws: int, look: Look[Seen]
) -> Iterator[Seen]:
    tasks = (_task(inputs, draw) for draw in range(draws))
    if engine == "simpy":
        yield from each(partial(_readably, look), tasks, workers)
        return
    simulate = CompiledDraws(inputs).simulate
    pool = ThreadPoolExecutor(workers)
    try:
        yield from pool.map(lambda task: look(task, _plan(task), simulate), tasks)
    finally:
        pool.shutdown(cancel_futures=True)


def _task(inputs: Inputs, draw: int) -> Task:
    """A draw with its own luck."""
    luck = luck_of(inputs.settings, draw, 0)
    return Task(luck, inputs.values[draw], inputs.solved[draw], inner=inputs.settings.follow_ups)


def _plan(task: Task) -> Plan:
    return make_plan(task.values, task.solved)


def _readably(look: Look[Seen], task: Task) -> Seen:
    with no_collecting():
        return look(task, _plan(task), partial(simulate_plan, inner=task.inner))
