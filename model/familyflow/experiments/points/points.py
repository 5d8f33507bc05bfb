"""What is asked of a function at many points, and what comes back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
# (index of the first point, places (point, factor)) -> outputs (point, output). It is pure, and a
# row depends on its own point only. Workers load it from its module, so it stands in no script. NaN
# is kept: an output may not be defined.
Evaluate = Callable[[int, Floats], Floats]


@dataclass(frozen=True)
class Points:
    """Points of one piece of work.

    work: content hash (64 hexadecimal digits) of everything that settles the outputs of a point
    by its index. places: (point, factor). block: points kept together, fixed by the work and never
    by how many workers there are. Raises ValueError where one of them cannot be.
    """

    work: str
    places: Floats
    block: int

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9a-f]{64}", self.work):
            raise ValueError(f"work is {self.work!r}; it is a content hash of 64 digits")
        if self.places.ndim != 2 or self.places.dtype != np.float64:
            shape, kind = self.places.shape, self.places.dtype
            raise ValueError(f"places are {shape} of {kind}; they are (point, factor) of float64")
        if self.block < 1:
            raise ValueError(f"block is {self.block}; a block holds 1 point or more")


@dataclass(frozen=True, order=True)
class Quarantined:
    """A point, by its index, that has no outputs, and why, in one line."""

    point: int
    reason: str


@dataclass(frozen=True)
class Evaluated:
    """Outputs (point, output) in the order of the points; rows of quarantined points are NaN.

    warnings: what was damaged, done again or passed over on the way.
    """

    outputs: Floats
    quarantined: tuple[Quarantined, ...]
    warnings: tuple[str, ...]


def one_line(text: str) -> str:
    """Text on one line, no longer than a person reads, that any file can hold."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())[:300]
