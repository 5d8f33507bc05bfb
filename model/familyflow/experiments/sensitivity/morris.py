"""Morris' screening: how far an output moves when one factor, or a group, takes a step.

mu_star is the mean size of the moves over the whole cube, sigma their spread: large where a factor
acts by way of others or bends (Morris, Technometrics 33, 1991; Campolongo et al. 2007).
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
    salib_seed,
)
from familyflow.problems import bad_input

LEVELS = 4  # even, so that steps over two of them come to each equally often
LEAST_PATHS = 4
_RESAMPLES = 1_000


@dataclass(frozen=True)
class Moves:
    """By factor or group, in the output's unit for a move across the whole cube.

    sigma: NaN for a group of several, whose moves have no one direction.
    """

    factors: tuple[str, ...]
    mu_star: Floats
    mu_star_half_width: Floats
    sigma: Floats


def points(factors: Factors, paths: int, seed: int) -> Floats:
    """Points (paths * (factors told apart + 1), name), in the middles of four equal layers.

    Corners of the cube have no finite quantile, so its levels 0, 1/3, 2/3, 1 stand for the middles
    1/8, 3/8, 5/8, 7/8. Raises InputError for fewer than four paths.
    """
    from SALib.sample.morris import sample

    if paths < LEAST_PATHS:
        raise bad_input(f"n is {paths}", f"Give at least {LEAST_PATHS} paths.", where="--n")
    with global_state_kept():
        corners: Floats = sample(factors.problem(), paths, num_levels=LEVELS, seed=salib_seed(seed))
    return (0.5 + corners * (LEVELS - 1)) / LEVELS


def effects(factors: Factors, places: Floats, outputs: npt.ArrayLike, seed: int) -> Moves:
    """The moves of one output over `points`. seed: of the resamples behind the half-widths.

    Raises InputError where an output is not finite.
    """
    from SALib.analyze.morris import analyze

    found = checked_outputs(outputs, len(places))
    corners = (places * LEVELS - 0.5) / (LEVELS - 1)
    with global_state_kept():
        told = analyze(
            factors.problem(),
            corners,
            found,
            num_levels=LEVELS,
            num_resamples=_RESAMPLES,
            seed=salib_seed(seed),
        )
    # a step over the layers covers a part of the cube only: moves are told for the whole of it
    whole = LEVELS / (LEVELS - 1)
    places_of = {str(name): place for place, name in enumerate(told["names"])}
    order = [places_of[name] for name in factors.told_apart]
    return Moves(
        factors=factors.told_apart,
        mu_star=_plain(told["mu_star"])[order] * whole,
        mu_star_half_width=_plain(told["mu_star_conf"])[order] * whole,
        sigma=_plain(told["sigma"])[order] * whole,
    )


def _plain(numbers: npt.ArrayLike) -> Floats:
    return np.ma.filled(np.ma.masked_array(numbers, dtype=np.float64), np.nan)
