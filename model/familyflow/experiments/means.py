"""Means over draws, ratios of such means, and how well the draws that there are tell them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_NORMAL_95 = 1.96


class Mean(NamedTuple):
    """A mean over draws and its Monte Carlo standard error; None where one draw cannot tell it."""

    mean: float
    error: float | None

    @property
    def low(self) -> float | None:
        """The lower end of the Monte Carlo interval of the mean."""
        return None if self.error is None else self.mean - _NORMAL_95 * self.error

    @property
    def high(self) -> float | None:
        """Its upper end."""
        return None if self.error is None else self.mean + _NORMAL_95 * self.error


def mean_of(values: Floats) -> Mean:
    """The mean of values, one a draw."""
    return Mean(float(values.mean()), _error(values))


def ratio_of_means(over: Floats, under: Floats) -> Mean | None:
    """The ratio of two means over the same draws; None where the lower one is 0.

    Draws without anything to divide by count in neither mean.
    """
    if not under.any():
        return None
    return Mean(_ratio(over, under), _error(_pulls(over, under)))


def difference_of_ratios(
    over: Floats, under: Floats, other_over: Floats, other_under: Floats
) -> Mean | None:
    """One ratio of means less another, its error from what both did in the same draws."""
    if not (under.any() and other_under.any()):
        return None
    apart = _ratio(over, under) - _ratio(other_over, other_under)
    return Mean(apart, _error(_pulls(over, under) - _pulls(other_over, other_under)))


def _ratio(over: Floats, under: Floats) -> float:
    return float(over.sum() / under.sum())


def _pulls(over: Floats, under: Floats) -> Floats:
    """How far each draw pulls the ratio up or down: its residual (Cochran, Sampling Techniques)."""
    pulls: Floats = (over - _ratio(over, under) * under) / under.mean()
    return pulls


def _error(values: Floats) -> float | None:
    if len(values) < 2:
        return None
    return float(values.std(ddof=1) / np.sqrt(len(values)))
