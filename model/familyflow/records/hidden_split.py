"""Rows of a table whose counts are too small to be shown: their sum is used, and nothing finer.

How the sum is split between them is then known by the shipped table alone, so they are held less
surely than the counts themselves would allow: else what is written would give the counts away.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from familyflow.parameters.distributions import Beta
from familyflow.records.shares import Figure, beta_figure


def split_figures(
    counts: Sequence[float], hidden: Sequence[bool], prior: Sequence[float]
) -> dict[int, tuple[Figure, float]]:
    """By its place each hidden row's figure, and the sd of what is believed of it.

    counts: cases seen by row. prior: cases of each row as which the shipped table counts. The share
    of all hidden rows together is a beta of their sum, seen and prior; each one's part of it is a
    beta of the prior alone, independent of it; their product is told by the beta of its moments.
    """
    places = [place for place, out in enumerate(hidden) if out]
    whole = math.fsum(prior) + math.fsum(counts)
    group = math.fsum(prior[place] + counts[place] for place in places)
    of_prior = math.fsum(prior[place] for place in places)
    found = {}
    for place in places:
        mean_square = _square(group, whole) * _square(prior[place], of_prior)
        mean = group / whole * prior[place] / of_prior
        variance = mean_square - mean**2
        if variance <= 0.0:  # a row that cannot be, or the only one hidden
            found[place] = (Figure(mean, mean, mean), 0.0)
            continue
        cases = mean * (1.0 - mean) / variance - 1.0
        found[place] = (beta_figure(Beta(mean * cases, (1.0 - mean) * cases)), math.sqrt(variance))
    return found


def _square(part: float, whole: float) -> float:
    """The mean of the square of a beta share of `part` cases in `whole`."""
    return part / whole * (part + 1.0) / (whole + 1.0)


def surely(concentration: float, figures: Sequence[tuple[Figure, float]]) -> float:
    """The concentration by which no hidden row is held more surely than it is known.

    One concentration holds for a whole table, so its other rows are then held less surely too.
    """
    allowed = [
        figure.value * (1.0 - figure.value) / sd**2 - 1.0 for figure, sd in figures if sd > 0.0
    ]
    return min([concentration, *allowed])
