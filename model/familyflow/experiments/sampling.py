"""Simulates every draw of a run, block by block, some of them twice to measure chance."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from familyflow.experiments.blocks import BLOCK, Block, block_of
from familyflow.experiments.inputs import Inputs, Progress, Settings
from familyflow.experiments.simulation import Simulated, simulate_draw
from familyflow.experiments.workers import each
from familyflow.luck import Luck
from familyflow.outcomes.solve import Solved

LEAST_TWICE = 50
SHARE_TWICE = 0.2


@dataclass(frozen=True)
class Task:
    """One draw and replication, with everything needed to simulate it anywhere."""

    luck: Luck
    values: Mapping[str, Any]
    solved: Solved
    journal: bool = False
    months: bool = False
    inner: int = 1  # follow-ups of each family


def simulate_blocks(
    inputs: Inputs, workers: int, progress: Progress, *, journal: bool, months: bool
) -> Iterator[Block]:
    """Simulate every draw and replication with the readable engine.

    The same at any number of workers: processes that take the simulations one by one.
    """
    settings, twice = inputs.settings, draws_twice(inputs.settings)
    tasks = (task for first in firsts(settings) for task in _tasks(inputs, first, journal, months))
    results = each(_simulate, tasks, workers)
    done, total = 0, settings.draws * settings.replications + twice
    for first in firsts(settings):
        draws, again = in_block(first, settings), twice_in_block(first, settings)
        main: list[list[Simulated]] = []
        for _ in range(draws):
            main.append(list(islice(results, settings.replications)))
            done += settings.replications
            progress("simulating", done, total)
        yield block_of(first, main, list(islice(results, again)))
        done += again
    progress("simulating", done, total)


def firsts(settings: Settings) -> range:
    """The first draw of each block."""
    return range(0, settings.draws, BLOCK)


def in_block(first: int, settings: Settings) -> int:
    """How many draws the block from `first` on holds."""
    return min(BLOCK, settings.draws - first)


def twice_in_block(first: int, settings: Settings) -> int:
    """How many of the first draws of a block get one more replication."""
    return max(0, min(in_block(first, settings), draws_twice(settings) - first))


def draws_twice(settings: Settings) -> int:
    """How many draws get a second replication, only to measure chance."""
    if settings.replications > 1 or settings.common_luck or not settings.twice:
        return 0
    return min(settings.draws, max(LEAST_TWICE, math.ceil(SHARE_TWICE * settings.draws)))


def luck_of(settings: Settings, draw: int, replication: int) -> Luck:
    """The luck of one simulation."""
    return Luck(settings.seed, 0 if settings.common_luck else draw, replication)


def _tasks(inputs: Inputs, first: int, journal: bool, months: bool) -> Iterator[Task]:
    """The simulations of one block: each draw's replications, then the extra ones."""
    settings, inner = inputs.settings, inputs.settings.follow_ups
    for draw in range(first, first + in_block(first, settings)):
        values = inputs.values[draw]
        for replication in range(settings.replications):
            luck = luck_of(settings, draw, replication)
            yield Task(luck, values, inputs.solved[draw], journal, months, inner)
    for draw in range(first, first + twice_in_block(first, settings)):
        luck = luck_of(settings, draw, 1)
        yield Task(luck, inputs.values[draw], inputs.solved[draw], inner=inner)


def _simulate(task: Task) -> Simulated:
    with no_collecting():
        return simulate_draw(
            task.values,
            task.solved,
            task.luck,
            keep_journal=task.journal,
            by_month=task.months,
            inner=task.inner,
        )


@contextmanager
def no_collecting() -> Iterator[None]:
    """A draw makes much and drops little: looking for rubbish meanwhile costs a tenth more."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
