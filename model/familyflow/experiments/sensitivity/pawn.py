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
from familyflow.experiments.sensitivity.guards import (
    Floats,
    checked_outputs,
    global_state_kept,
    moves,
    salib_seed,
)
from familyflow.problems import bad_input

SLICES = 10
LEAST_POINTS = 20 * SLICES
SHUFFLED = 1_000  # columns that can move nothing
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
    told = _medians(np.hstack([uniforms, shuffled]), found, seed)
    count = len(factors.names)
    return Gaps(factors.names, told[:count], float(np.percentile(told[count:], _FLOOR)))


def _medians(columns: Floats, outputs: Floats, seed: int) -> Floats:
    from SALib.analyze import pawn

    count = columns.shape[1]
    problem = {
        "num_vars": count,
        "names": [str(place) for place in range(count)],
        "bounds": [[0.0, 1.0]] * count,
    }
    with global_state_kept():
        told = pawn.analyze(problem, columns, outputs, S=SLICES, seed=salib_seed(seed))
    return np.asarray(told["median"], dtype=np.float64)
