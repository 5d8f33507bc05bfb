"""Asks the function at a few points; one that fails does not take the others with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from familyflow.experiments.points.pieces import Piece
from familyflow.experiments.points.points import Evaluate, Floats, Quarantined, one_line
from familyflow.problems import MachineError

# These say something of the machine and nothing of a point.
_PASSED_ON: Final = (MachineError, MemoryError)


@dataclass(frozen=True)
class Answer:
    """Outputs (point, output) of neighbouring points, and those that failed, whose rows are NaN."""

    outputs: Floats
    failed: tuple[Quarantined, ...] = ()


@dataclass(frozen=True)
class Asked:
    """The function, where it is asked, and how many outputs a point has."""

    evaluate: Evaluate
    places: Floats
    outputs: int

    def places_of(self, piece: Piece) -> Floats:
        """Places (point, factor) of the points of a piece."""
        return self.places[piece.first : piece.last + 1]


def answer(evaluate: Evaluate, first: int, places: Floats, outputs: int) -> Answer:
    """The outputs of all points together or, where that fails, of each by itself.

    outputs: how many there are of a point. Raises ValueError where the function gives another
    shape; MachineError and MemoryError pass through.
    """
    try:
        found = evaluate(first, places.copy())
    except _PASSED_ON:
        raise
    except Exception as error:
        if len(places) > 1:
            return _each_by_itself(evaluate, first, places, outputs)
        reason = one_line(f"{type(error).__name__}: {error}")
        return Answer(np.full((1, outputs), np.nan), (Quarantined(first, reason),))
    found = np.ascontiguousarray(found, dtype=np.float64)
    if found.shape != (len(places), outputs):
        wanted = (len(places), outputs)
        raise ValueError(f"the function gave outputs of shape {found.shape}; {wanted} was asked")
    return Answer(found)


def _each_by_itself(evaluate: Evaluate, first: int, places: Floats, outputs: int) -> Answer:
    ones = [
        answer(evaluate, first + row, places[row : row + 1], outputs) for row in range(len(places))
    ]
    failed = tuple(point for one in ones for point in one.failed)
    return Answer(np.concatenate([one.outputs for one in ones]), failed)
