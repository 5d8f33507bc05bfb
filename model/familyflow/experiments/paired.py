"""One figure of two scenarios compared draw by draw: both met the same luck, so it falls out."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from familyflow.experiments.intervals import (
    NOMINAL,
    Floats,
    Interval,
    mean_interval,
    ratios_interval,
)
from familyflow.experiments.per_draw import PerDraw


@dataclass(frozen=True)
class Paired:
    """A figure of A less that of B, in their unit.

    by_draw: (draw,), not a number where one of the two is not defined. mean: over the draws where
    both are defined; of a ratio the difference of the two ratios of means; not a number where there
    is none. monte_carlo_interval: how well these draws tell that mean. It is not the interval of
    doubt about the expected difference, which `statistics.estimate` makes of `by_draw`.
    """

    by_draw: Floats
    mean: float
    monte_carlo_interval: Interval
    unit: str

    @property
    def draws_undefined(self) -> int:
        """In how many draws there is no difference."""
        return int(np.count_nonzero(np.isnan(self.by_draw)))


def paired_difference(one: PerDraw, other: PerDraw, share: float = NOMINAL) -> Paired:
    """The figure of `one` less that of `other`, which are of the same draws.

    share: of the Monte Carlo interval; `intervals.simultaneous_share` gives it for several.
    """
    _check_alike(one, other)
    by_draw = one.by_draw() - other.by_draw()
    if one.is_ratio:
        mean = one.mean() - other.mean()
        interval = ratios_interval(_means(one), _means(other), share)
    else:
        known = by_draw[np.isfinite(by_draw)]
        mean = float(known.mean()) if len(known) else math.nan
        interval = mean_interval(known, share)
    return Paired(by_draw, mean, interval, one.unit)


def _means(figure: PerDraw) -> tuple[Floats, ...]:
    """The parts by draw, replications averaged."""
    return tuple(np.asarray(part.mean(axis=1)) for part in figure.parts)


def _check_alike(one: PerDraw, other: PerDraw) -> None:
    if one.unit != other.unit or len(one.parts) != len(other.parts):
        raise ValueError(f"{one.unit} and {other.unit} are not of one kind: nothing to subtract")
    if len(one.parts[0]) != len(other.parts[0]):
        raise ValueError(
            f"{len(one.parts[0])} draws and {len(other.parts[0])}: paired figures are of the same"
        )
