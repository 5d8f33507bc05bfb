"""From a uniform number to days, units and choices: the one scalar arithmetic of both engines.

The state of a run is whole numbers. A rate is `units` a day, a threshold is a number of units,
and n days spend exactly n times the rate, however they are cut up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from familyflow.specification.by_draw import by_draw

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

DAYS_IN_WEEK = 7
DAYS_IN_YEAR = 365
ONE = 2**44
HIGHEST_RATE = 16 * ONE
NEVER = 2**60


def units(rate_per_day: float) -> int:
    """A daily rate in whole units (2^44 of them are one event a day)."""
    return min(HIGHEST_RATE, int(rate_per_day * ONE + 0.5))


def units_of(rates_per_day: Floats) -> Ints:
    """`units` of an array of any shape, the same to the last bit."""
    whole: Ints = np.minimum(rates_per_day * ONE + 0.5, HIGHEST_RATE).astype(np.int64)
    return whole


def threshold(uniform: float) -> int:
    """The units a clock must spend before it rings: unit exponential, at least 1."""
    return int(-math.log(uniform) * ONE) + 1


def days_until(remaining: int, rate: int) -> int:
    """The first number of days, at least 1, in which the rate spends what remains."""
    return -(-remaining // rate) if rate > 0 else NEVER


def whole_days(days: float) -> int:
    """A length in whole days: the nearest, at least 1."""
    return max(1, math.floor(days + 0.5))


@by_draw
def weekly_rate(chance_per_week: float) -> int:
    """Units a day for a chance per week of exposure, constant within the week."""
    return units(-math.log1p(-chance_per_week) / DAYS_IN_WEEK)


@by_draw
def yearly_rate(rate_per_year: float) -> int:
    """Units a day for a rate (not a chance) per year."""
    return units(rate_per_year / DAYS_IN_YEAR)


def choice(uniform: float, cumulated: Sequence[float]) -> int:
    """The first place whose cumulated share passes the uniform, in declared order."""
    last = len(cumulated) - 1
    for place, share in enumerate(cumulated):
        if uniform < share or place == last:
            return place
    raise ValueError("a choice needs at least one share")


def cumulate(shares: Sequence[float]) -> tuple[float, ...]:
    """Running sums of shares, left to right."""
    total, sums = 0.0, []
    for share in shares:
        total = total + share  # a new one: a column would be changed where it stands
        sums.append(total)
    return tuple(sums)


class Spread(NamedTuple):
    """How a length differs between families or posts: a shape an engine can invert by itself."""

    shape: str  # constant | uniform | whole_numbers | triangular | exponential
    low: float
    mode: float
    high: float

    def at(self, uniform: float) -> float:
        """The value at this uniform: the inverse of the cumulative distribution.

        exponential keeps its mean in `mode`; whole_numbers gives low, low + 1 ... high.
        """
        if self.shape == "constant":
            return self.mode
        if self.shape == "uniform":
            return self.low + (self.high - self.low) * uniform
        if self.shape == "whole_numbers":
            return self.low + math.floor(uniform * (self.high - self.low + 1.0))
        if self.shape == "exponential":
            return -math.log(1.0 - uniform) * self.mode
        if self.shape == "triangular":
            return _triangular(uniform, self.low, self.mode, self.high)
        raise ValueError(f"there is no shape {self.shape!r} for a length")


def _triangular(uniform: float, low: float, mode: float, high: float) -> float:
    span = high - low
    if span == 0.0:
        return mode
    turn = (mode - low) / span
    if uniform < turn:
        return low + math.sqrt(uniform * span * (mode - low))
    return high - math.sqrt((1.0 - uniform) * span * (high - mode))
