"""Rows of a table whose counts are too small to be shown: their sum is used, and nothing finer.

How the sum is split between them is then known by the shipped table alone, so they are held less
surely than the counts themselves would allow: else what is written would give the counts away.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from familyflow.parameters.distributions import Beta
from familyflow.records.shares import LEVEL, Figure

_GRID: Final = 400  # quantiles of each of two shares, whose products are then looked at


def split_figures(
    counts: Sequence[float], hidden: Sequence[bool], prior: Sequence[float]
) -> dict[int, tuple[Figure, float]]:
    """By its place each hidden row's figure, and the sd of what is believed of it.

    counts: cases seen by row. prior: cases of each row as which the shipped table counts. The share
    of all hidden rows together is a beta of their sum, seen and prior; each one's part of it is a
    beta of the prior alone, independent of it; the row's share is their product.
    """
    places = [place for place, out in enumerate(hidden) if out]
    of_prior = math.fsum(prior[place] for place in places)
    # counts are added up by themselves: not even a last bit tells how they were split
    group = of_prior + math.fsum(counts[place] for place in places)
    rest = math.fsum(prior) - of_prior + math.fsum(counts) - math.fsum(counts[p] for p in places)
    return {place: _product((group, rest), (prior[place], of_prior - prior[place]))
            for place in places}  # fmt: skip


def _product(whole: tuple[float, float], part: tuple[float, float]) -> tuple[Figure, float]:
    """Mean with interval, and sd, of the product of two independent betas by their a and b."""
    mean = whole[0] / sum(whole) * part[0] / sum(part)
    square = _square(*whole) * _square(*part)
    if min(*whole, *part) <= 0.0:  # a row that cannot be, or the only one hidden
        return Figure(mean, mean, mean), 0.0
    shares = (np.arange(_GRID) + 0.5) / _GRID
    products = np.outer(Beta(*whole).quantile(shares), Beta(*part).quantile(shares))
    low, high = np.quantile(products, [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0])
    return Figure(mean, float(low), float(high)), math.sqrt(square - mean**2)


def _square(a: float, b: float) -> float:
    """The mean of the square of a beta share."""
    return a / (a + b) * (a + 1.0) / (a + b + 1.0)


def surely(concentration: float, figures: Sequence[tuple[Figure, float]]) -> float:
    """The concentration by which no hidden row is held more surely than it is known.

    One concentration holds for a whole table, so its other rows are then held less surely too.
    """
    allowed = [
        figure.value * (1.0 - figure.value) / sd**2 - 1.0 for figure, sd in figures if sd > 0.0
    ]
    return min([concentration, *allowed])
