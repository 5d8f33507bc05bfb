"""Simulates every draw of a run, some of them twice, and gathers what they leave."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from familyflow.experiments.inputs import Inputs, Progress, Settings
from familyflow.experiments.quantities import Floats
from familyflow.experiments.simulation import Simulated, simulate_draw
from familyflow.experiments.summed import Summed
from familyflow.experiments.workers import each
from familyflow.luck import Luck
from familyflow.outcomes.solve import Solved

LEAST_TWICE = 50
SHARE_TWICE = 0.2


@dataclass(frozen=True)
class Task:
    """One draw and replication, with everything needed to simulate it anywhere."""

    draw: int
    replication: int
    luck: Luck
    values: Mapping[str, Any]
    solved: Solved
    journal: bool
    months: bool


@dataclass(frozen=True)
class Simulations:
    """What was simulated: `main` by draw and replication, `twice` the extra replications.

    twice[k] is one more replication of draw k, there to measure chance.
    """

    main: list[list[Simulated]]
    twice: list[Simulated]

    def summed(self) -> Summed:
        """All that pricing reads."""
        pairs = [[main[0], more] for main, more in zip(self.main, self.twice, strict=False)]
        return replace(_summed(self.main), twice=_summed(pairs) if pairs else None)


def _summed(draws: Sequence[Sequence[Simulated]]) -> Summed:
    return Summed(
        np.stack([np.stack([one.quantities for one in draw]) for draw in draws]),
        {
            name: np.array([[one.figures[name] for one in draw] for draw in draws])
            for name in draws[0][0].figures
        },
    )


def simulate_all(
    inputs: Inputs, workers: int, progress: Progress, *, journal: bool, months: bool
) -> Simulations:
    """Simulate every draw and replication; the same at any number of workers."""
    settings = inputs.settings
    tasks = [
        _task(inputs, draw, replication, journal=journal, months=months)
        for draw in range(settings.draws)
        for replication in range(settings.replications)
    ]
    again = [
        _task(inputs, draw, 1, journal=False, months=False) for draw in range(draws_twice(settings))
    ]
    done: list[Simulated] = []
    for one in each(_simulate, [*tasks, *again], workers):
        done.append(one)
        progress("simulating", len(done), len(tasks) + len(again))
    per_draw = settings.replications
    main = [done[k : k + per_draw] for k in range(0, len(tasks), per_draw)]
    return Simulations(main, done[len(tasks) :])


def _task(inputs: Inputs, draw: int, replication: int, *, journal: bool, months: bool) -> Task:
    settings = inputs.settings
    luck = Luck(settings.seed, 0 if settings.common_luck else draw, replication)
    return Task(draw, replication, luck, inputs.values[draw], inputs.solved[draw], journal, months)


def draws_twice(settings: Settings) -> int:
    """How many draws get a second replication, only to measure chance."""
    if settings.replications > 1 or settings.common_luck:
        return 0
    return min(settings.draws, max(LEAST_TWICE, math.ceil(SHARE_TWICE * settings.draws)))


def _simulate(task: Task) -> Simulated:
    with _no_collecting():
        return simulate_draw(
            task.values, task.solved, task.luck, keep_journal=task.journal, by_month=task.months
        )


@contextmanager
def _no_collecting() -> Iterator[None]:
    """A draw makes much and drops little: looking for rubbish meanwhile costs a tenth more."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def weekly(simulations: Simulations) -> tuple[Floats, Floats]:
    """Waiting list and caseload by week: (simulation, week) each."""
    ones: Sequence[Simulated] = [one for draw in simulations.main for one in draw]
    return np.stack([one.waiting for one in ones]), np.stack([one.caseload for one in ones])
