"""PAWN: how far knowing a factor moves the whole distribution of an output, on draws at hand.

The greatest gap between the distribution of the output with a factor in one of ten slices and that
with it anywhere (Pianosi and Wagener, Environmental Modelling & Software 108, 2018). Shuffled
columns, which can move nothing, say how large a gap comes by chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from familyflow.experiments.sensitivity.factors import Factors
from familyflow.experiments.sensitivity.guards import Floats, checked_outputs, moves
from familyflow.problems import bad_input

SLICES = 10
LEAST_POINTS = 20 * SLICES
SHUFFLED = 1_000  # columns that can move nothing
_AT_ONCE = 64  # columns, so that memory stays small
_EXACTLY = 10_000  # draws up to which SciPy makes a gap a whole number of the least steps
_FLOOR = 99.9  # percentile of their gaps: with 130 numbers 95 would let six pass by chance


@dataclass(frozen=True)
class Gaps:
    """The median gap of each factor, from 0 to 1. floor: what a factor that moves nothing shows.

    One in a thousand of such factors comes out above the floor.
    """

    factors: tuple[str, ...]
    gaps: Floats
    floor: float

    @property
    def is_none(self) -> npt.NDArray[np.bool_]:
        """Which factors are not distinguishable from none."""
        return self.gaps <= self.floor


def gaps(factors: Factors, uniforms: Floats, outputs: npt.ArrayLike, seed: int) -> Gaps | None:
    """The gaps of one output over draws (draw, name); None where nothing moves it.

    uniforms: of the draws, and not their values, which may come in steps and leave slices empty.
    The factors' groups play no part. seed: of the shuffled columns. Raises InputError where an
    output is not finite, or for too few draws to slice, and ValueError for a column that stands.
    """
    draws = len(uniforms)
    found = checked_outputs(outputs, draws)
    if draws < LEAST_POINTS:
        raise bad_input(
            f"{draws} draws are too few for {SLICES} slices",
            f"Give at least {LEAST_POINTS}.",
            where="--draws",
        )
    for name, column in zip(factors.names, uniforms.T, strict=True):
        if not moves(column):
            raise ValueError(f"the uniforms of {name} are the same in every draw")
    if not moves(found):
        return None
    rng = np.random.default_rng(seed)
    shuffled = rng.permuted(np.tile(np.arange(draws) / draws, (SHUFFLED, 1)), axis=1).T
    told = _medians(np.hstack([uniforms, shuffled]), found)
    count = len(factors.names)
    return Gaps(factors.names, told[:count], float(np.percentile(told[count:], _FLOOR)))


def _medians(columns: Floats, outputs: Floats) -> Floats:
    """The median gap of each column over its slices: SALib's, bit for bit, at all slices at once.

    SALib tests each slice of each column against all draws by itself, and most of its time goes
    into how likely a gap is, which nobody reads.
    """
    order = np.argsort(outputs, kind="stable")
    in_order = outputs[order]
    # of equal outputs the last, at which as many lie at or below
    last = np.flatnonzero(np.append(in_order[1:] != in_order[:-1], True))
    below = (last + 1) / len(outputs)
    found = [
        _gaps_of_slices(np.ascontiguousarray(columns[order, first : first + _AT_ONCE].T),
                        last, below)
        for first in range(0, columns.shape[1], _AT_ONCE)
    ]  # fmt: skip
    return np.array([np.nanmedian(of_slices) for of_slices in np.hstack(found).T])


def _gaps_of_slices(columns: Floats, last: npt.NDArray[np.intp], below: Floats) -> Floats:
    """The greatest gap (slice, column) of these columns (column, draw); NaN for an empty slice."""
    ends = np.quantile(columns, np.arange(SLICES + 1) * (1 / SLICES), axis=1)
    slices = np.zeros(columns.shape, dtype=np.int8)
    for end in ends[1:]:  # what lies at the last is in none of them
        slices += columns >= end[:, np.newaxis]
    found = np.full((SLICES, len(columns)), np.nan)
    for one in range(SLICES):
        counts = np.cumsum(slices == one, axis=1, dtype=np.int32)
        some = np.flatnonzero(counts[:, -1])
        sizes = counts[some, -1]
        apart = counts[some][:, last] / sizes[:, np.newaxis] - below
        gap = np.maximum(apart.max(axis=1), np.clip(-apart.min(axis=1), 0.0, 1.0))
        found[one, some] = _in_whole_steps(gap, sizes.astype(np.int64), columns.shape[1])
    return found


def _in_whole_steps(gap: Floats, some: npt.NDArray[np.int64], draws: int) -> Floats:
    """The gap between the distributions of some draws and of all, as SciPy rounds it for few."""
    if draws > _EXACTLY:
        return gap
    steps = np.lcm(some, draws)
    return np.asarray(np.round(gap * steps) / steps)
