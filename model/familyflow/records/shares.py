"""Shares from counts: the interval of a share, and what is believed of it with a prior."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from familyflow.parameters.distributions import Beta, Distribution, special

LEVEL: Final = 0.95  # of every interval
JEFFREYS: Final = 0.5
_GRID: Final = 20_000


@dataclass(frozen=True)
class Figure:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


def z_of(level: float = LEVEL) -> float:
    """The standard normal quantile that leaves half of the rest above."""
    return float(special().ndtri(0.5 + level / 2.0))


def wilson(events: float, cases: float) -> Figure:
    """The share of cases with its Wilson interval. Counts may be parts of whole ones.

    >>> print("{0.low:.4f} to {0.high:.4f}".format(wilson(12, 80)))
    0.0879 to 0.2441
    """
    if not 0.0 <= events <= cases or cases <= 0.0:
        raise ValueError(f"{events} of {cases} is no share")
    share, z = events / cases, z_of()
    scale = 1.0 + z**2 / cases
    middle = (share + z**2 / (2.0 * cases)) / scale
    half = z / scale * math.sqrt(share * (1.0 - share) / cases + (z / (2.0 * cases)) ** 2)
    return Figure(share, max(0.0, middle - half), min(1.0, middle + half))


@lru_cache(maxsize=64)  # the same numbers for every file of records
def moments(belief: Distribution) -> tuple[float, float]:
    """Mean and standard deviation of a belief, the latter from its quantiles."""
    quantiles = belief.quantile((np.arange(_GRID) + 0.5) / _GRID)
    return belief.mean, float(np.std(quantiles))


def beta_prior(value: float, belief: Distribution | None, weight: float) -> tuple[float, float]:
    """Cases with and without, as which the shipped share counts.

    With a belief: those of the beta with its mean and sd, times the weight. Without one the number
    weighs one case. Weight 0, or a number that is 0 or 1 for certain: Jeffreys, half a case each.
    """
    mean, cases = value, 1.0
    if belief is not None:
        mean, sd = moments(belief)
        cases = mean * (1.0 - mean) / sd**2 - 1.0
    if weight == 0.0 or not 0.0 < mean < 1.0 or cases <= 0.0:
        return JEFFREYS, JEFFREYS
    return weight * cases * mean, weight * cases * (1.0 - mean)


def beta_posterior(events: float, cases: float, prior: tuple[float, float]) -> Beta:
    """What is believed of a share once `events` of `cases` were seen."""
    return Beta(prior[0] + events, prior[1] + cases - events)


def beta_figure(belief: Beta) -> Figure:
    """The mean and the central interval."""
    low, high = belief.interval(LEVEL)
    return Figure(belief.mean, float(low), float(high))


def beta_sd(belief: Beta) -> float:
    """The standard deviation."""
    return math.sqrt(belief.mean * (1.0 - belief.mean) / (belief.a + belief.b + 1.0))


def dirichlet_prior(shares: Sequence[float], cases: float, weight: float) -> tuple[float, ...]:
    """Cases of each row, as which a table of shares counts; weight 0: Jeffreys, half a case each.

    cases: the concentration of the shipped belief, or the number of rows where it has none.
    """
    if weight == 0.0:
        return tuple(JEFFREYS for _ in shares)
    return tuple(weight * cases * share for share in shares)


def dirichlet_posterior(counts: Sequence[float], prior: Sequence[float]) -> tuple[float, ...]:
    """Cases of each row, prior and seen; the shares are these over their sum, the concentration."""
    return tuple(before + seen for before, seen in zip(prior, counts, strict=True))


def dirichlet_figures(posterior: Sequence[float]) -> tuple[Figure, ...]:
    """Of each row the mean and its own interval (a beta); a row that cannot be has 0."""
    total = math.fsum(posterior)
    return tuple(
        beta_figure(Beta(row, total - row))
        if 0.0 < row < total
        else Figure(row / total, *(2 * [row / total]))
        for row in posterior
    )


def spread_evenly(
    counts: Sequence[float], hidden: Sequence[bool], shares: Sequence[float]
) -> tuple[float, ...]:
    """Counts in which hidden rows have only their sum, split as the shipped shares are.

    A small count could else be worked out from the table that is written.
    """
    seen = math.fsum(n for n, out in zip(counts, hidden, strict=True) if out)
    known = math.fsum(s for s, out in zip(shares, hidden, strict=True) if out)
    rows = sum(hidden)
    return tuple(
        (seen * (share / known if known > 0.0 else 1.0 / rows)) if out else float(n)
        for n, out, share in zip(counts, hidden, shares, strict=True)
    )
