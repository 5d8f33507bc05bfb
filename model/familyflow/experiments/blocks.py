"""What simulating a block of draws leaves: sums, single figures, weekly counts, journals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from familyflow.experiments.quantities import Floats, Rows
from familyflow.experiments.simulation import Simulated
from familyflow.experiments.summed import Summed

# Draws simulated, priced and written at a time: memory does not grow with the draws. Means are
# added up block by block, so it is a part of their last digits and is never changed at run time.
BLOCK = 100
Counts = npt.NDArray[np.int32]
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Block:
    """Draws first, first + 1 ... of a run.

    quantities: (draw, replication, arm, year, window, quantity); figures[name]: (draw,
    replication). waiting and caseload: (simulation, week of the term). by_month: as quantities, by
    month. journals: without and with, by draw and replication. again: one more replication of the
    first draws of the block, there to measure chance.
    """

    first: int
    quantities: Floats
    figures: Mapping[str, Floats]
    waiting: Counts
    caseload: Counts
    by_month: Floats | None = None
    journals: tuple[tuple[tuple[Rows, Rows], ...], ...] | None = None
    again: Summed | None = None

    @property
    def summed(self) -> Summed:
        """All that pricing reads of it."""
        return Summed(self.quantities, self.figures)


class ByWeek:
    """Waiting list and caseload of every simulation (simulation, week), in the order of blocks.

    They stand in one place from the start: joined at the end they would stand in two.
    """

    def __init__(self, simulations: int) -> None:
        self._simulations, self._filled = simulations, 0
        self.waiting = self.caseload = np.empty((0, 0), np.int32)

    def add(self, block: Block) -> None:
        """Add those of the next block."""
        count, weeks = block.waiting.shape
        if not self._filled:
            self.waiting, self.caseload = np.empty((2, self._simulations, weeks), np.int32)
        places = slice(self._filled, self._filled + count)
        self.waiting[places], self.caseload[places] = block.waiting, block.caseload
        self._filled += count


def block_of(first: int, draws: Sequence[Sequence[Simulated]], again: Sequence[Simulated]) -> Block:
    """A block from simulations one by one: by draw and replication, and the extra ones."""
    ones = [one for draw in draws for one in draw]
    main = summed_of(draws)
    is_by_month, is_kept = ones[0].by_month is not None, ones[0].journal is not None
    return Block(
        first=first,
        quantities=main.quantities,
        figures=main.figures,
        waiting=np.stack([one.waiting for one in ones]).astype(np.int32),
        caseload=np.stack([one.caseload for one in ones]).astype(np.int32),
        by_month=_stacked([[_given(one.by_month) for one in draw] for draw in draws])
        if is_by_month
        else None,
        journals=tuple(tuple(_given(one.journal) for one in draw) for draw in draws)
        if is_kept
        else None,
        again=summed_of([[one] for one in again]) if again else None,
    )


def summed_of(draws: Sequence[Sequence[Simulated]]) -> Summed:
    """The sums and single figures of simulations, by draw and replication."""
    return Summed(
        _stacked([[one.quantities for one in draw] for draw in draws]),
        {
            name: np.array([[one.figures[name] for one in draw] for draw in draws])
            for name in draws[0][0].figures
        },
    )


def _stacked(amounts: Sequence[Sequence[Floats]]) -> Floats:
    each = np.stack([one for draw in amounts for one in draw])
    return each.reshape(len(amounts), -1, *each.shape[1:])


def _given(thing: Thing | None) -> Thing:
    assert thing is not None
    return thing
