"""Sobol's first and total order: the share of the spread that a factor brings, alone and in all.

S1 is what goes away of the variance, on average, when a factor becomes known; ST what is left when
all others are (Saltelli et al., Computer Physics Communications 181, 2010; Jansen's form for ST).
With luck as a factor both are shares of parameters and chance together.
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
    refuse_other_than_powers_of_two,
    salib_seed,
)
from familyflow.experiments.sensitivity.resampling import resampled
from familyflow.parameters.distributions import special

LEAST_SHARE = 0.01  # an interval that reaches down to it cannot be told from none
_FEWEST = 2  # resamples that SALib makes beside its indices; they are not used


@dataclass(frozen=True)
class Indices:
    """Shares of the variance of one output, by factor or group, with 95 % half-widths.

    resampled: ST in each resample of the rows (resample, factor), all from the same rows.
    """

    factors: tuple[str, ...]
    first: Floats
    first_half_width: Floats
    total: Floats
    total_half_width: Floats
    resampled: Floats

    @property
    def is_none(self) -> npt.NDArray[np.bool_]:
        """Which factors are not distinguishable from none."""
        return self.total - self.total_half_width <= LEAST_SHARE

    @property
    def above(self) -> npt.NDArray[np.bool_]:
        """Whether one ST is surely above another (one, other), by the interval between them."""
        spread = np.cov(self.resampled.T, ddof=1).reshape(len(self.factors), -1)
        own = np.diag(spread)
        apart = np.sqrt(np.maximum(0.0, own[:, None] + own[None, :] - 2.0 * spread))
        difference = self.total[:, None] - self.total[None, :]
        return np.asarray(difference - float(special().ndtri(0.975)) * apart > 0.0)


def points(factors: Factors, n: int, seed: int) -> Floats:
    """Points (n * (factors told apart + 2), name) of the unit cube; those of 2n begin with these.

    Strictly between 0 and 1, so that every quantile is finite. Raises InputError unless n is a
    power of two.
    """
    from SALib.sample import sobol

    refuse_other_than_powers_of_two(n)
    with global_state_kept():
        made: Floats = sobol.sample(
            factors.problem(), n, calc_second_order=False, scramble=True, seed=salib_seed(seed)
        )
    least = 2.0**-53
    return np.clip(made, least, 1.0 - least)


def indices(factors: Factors, n: int, outputs: npt.ArrayLike, seed: int) -> Indices | None:
    """The indices of one output of `points`; None where no point moves it, so no share exists.

    n: as the points were asked for. seed: of the resamples: 1,000 of them up to n of 2^14 and fewer
    beyond, so that memory stays bounded (see ``resamples_of``). Raises ValueError for another
    number of outputs than points, and InputError where one is not finite.
    """
    from SALib.analyze import sobol

    refuse_other_than_powers_of_two(n)
    found = checked_outputs(outputs, n * (len(factors.told_apart) + 2))
    if not moves(found):
        return None
    with global_state_kept():
        told = sobol.analyze(
            factors.problem(),
            found,
            calc_second_order=False,
            num_resamples=_FEWEST,
            seed=salib_seed(seed),
        )
    from_rows = resampled(found, n, len(factors.told_apart), salib_seed(seed))
    return Indices(
        factors=factors.told_apart,
        first=told["S1"],
        first_half_width=_half_widths(from_rows.first),
        total=told["ST"],
        total_half_width=_half_widths(from_rows.total),
        resampled=from_rows.total,
    )


def _half_widths(resamples: Floats) -> Floats:
    """Of 95 % intervals, by factor, from (resample, factor); each summed as SALib sums it."""
    spreads = [np.ascontiguousarray(column).std(ddof=1) for column in resamples.T]
    return float(special().ndtri(0.975)) * np.array(spreads)
