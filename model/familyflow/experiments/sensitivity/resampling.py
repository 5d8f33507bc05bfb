"""Sobol's indices of resampled rows, a few resamples at a time, so that memory stays small.

SALib makes all resamples at once: at 2^14 rows that takes a gigabyte. Here its own estimators get
the same rows in pieces, and give the same bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from familyflow.experiments.sensitivity.guards import Floats

MOST_RESAMPLES: Final = 1_000
LEAST_RESAMPLES: Final = 100
_ROWS_OF_MOST: Final = 2**14
_VALUES_AT_ONCE: Final = 2**20


@dataclass(frozen=True)
class Resampled:
    """S1 and ST of each resample (resample, factor)."""

    first: Floats
    total: Floats


def resamples_of(n: int) -> int:
    """How many resamples n rows get: 1,000 up to n of 2^14, then fewer, but 100 at the least.

    Rows times resamples stay the same from 2^14 to 2^17 rows, and with them memory (about 70 MB)
    and time. A half-width from 125 resamples is itself known to a sixteenth or so.

    >>> [resamples_of(2**power) for power in (9, 14, 15, 17, 20)]
    [1000, 1000, 500, 125, 100]
    """
    return max(LEAST_RESAMPLES, MOST_RESAMPLES * min(_ROWS_OF_MOST, n) // n)


def resampled(outputs: Floats, n: int, factors: int, seed: int) -> Resampled:
    """S1 and ST of resampled rows. outputs: (point,), as SALib's design for n rows orders them."""
    from SALib.analyze import sobol

    centred = (outputs - outputs.mean()) / outputs.std()
    a, b, ab, _ = sobol.separate_output_values(centred, factors, n, False)
    rows = _rows(n, resamples_of(n), seed)
    at_once = max(2, _VALUES_AT_ONCE // n)  # one column alone would be summed in another order
    first, total = np.empty((2, rows.shape[1], factors))
    start = 0
    for part in _parts(rows, at_once):
        r = np.ascontiguousarray(part)
        these = slice(start, start + r.shape[1])
        for j in range(factors):
            one, other, mixed = a[r], b[r], ab[r, j]
            first[these, j] = sobol.first_order(one, mixed, other)
            total[these, j] = sobol.total_order(one, mixed, other)
        start = these.stop
    return Resampled(first, total)


def _rows(n: int, resamples: int, seed: int) -> npt.NDArray[np.int32]:
    """The rows of each resample (row, resample): those that SALib would draw, in half the room."""
    chance = np.random.default_rng(seed)
    rows = np.empty((n, resamples), np.int32)
    step = max(1, _VALUES_AT_ONCE // resamples)
    for start in range(0, n, step):
        rows[start : start + step] = chance.integers(n, size=(min(step, n - start), resamples))
    return rows


def _parts(rows: npt.NDArray[np.int32], at_once: int) -> list[npt.NDArray[np.int32]]:
    resamples = rows.shape[1]
    return np.array_split(rows, max(1, resamples // at_once), axis=1)
