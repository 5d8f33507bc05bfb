"""Intervals over draws that are about the expected value, with the share of chance taken out.

A value of one draw is the expected value under that draw's numbers plus the chance of one
stretch of families. Chance widens the spread between draws without being doubt about the
expected value, so percentiles are drawn in by sqrt(1 - c), where c is the share of the variance
between draws that is chance, measured on draws that were simulated twice.

c is itself measured with error e (jackknife over draws), and an interval drawn in by it holds less
of the belief, on average, than it says: what is lost where c came out too high is more than what is
won where it came out too low. To second order in e a normal belief gets back what it lost by taking
out c - (z^2 + 1)/4 e^2/(1 - c) instead. With few draws that is no guide, and c may even reach 1 and
leave a point: so no more than the lower end of the 90 % interval of c is given back. Measured by
`python -m benchmarks.coverage`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LOW, P10, P90, HIGH = 2.5, 10.0, 90.0, 97.5
_NORMAL_95 = 1.959963984540054
_NORMAL_LOWER_90 = 1.2815515655446004
_GIVEN_BACK = (_NORMAL_95**2 + 1.0) / 4.0


class Chance(NamedTuple):
    """The share of the variance between draws that is chance: as measured, and as used."""

    measured: float = 0.0
    used: float = 0.0


NO_CHANCE = Chance()


def share_of_chance(values: Floats, first: Floats, second: Floats, replications: int = 1) -> Chance:
    """The share of the variance of `values` over draws that is chance, between 0 and 1.

    values: one a draw, each a mean over `replications`; first and second: two single
    replications of the first draws. Half the mean squared difference is the variance of chance.
    """
    draws, pairs = len(values), len(first)
    if draws < 3 or pairs < 3:
        return NO_CHANCE
    squares = (first - second) ** 2 / 2.0 / replications
    measured = _ratio(float(squares.mean()), float(np.var(values, ddof=1)))
    # leave each draw out in turn, in the total and, where it was simulated twice, in the pairs
    off = values - values.mean()
    totals = (np.sum(off**2) - off**2 * draws / (draws - 1)) / (draws - 2)
    without = np.full(draws, squares.mean())
    without[:pairs] = (squares.sum() - squares) / (pairs - 1)
    left_out = np.divide(without, totals, out=np.zeros(draws), where=totals > 0)
    spread = np.sqrt((draws - 1) / draws * np.sum((left_out - left_out.mean()) ** 2))
    return Chance(_share(measured), _share(_given_back(measured, float(spread))))


def _given_back(measured: float, error: float) -> float:
    """The share that is taken out: as measured, less what its error would cost the interval."""
    lower = min(1.0, measured) - _NORMAL_LOWER_90 * error
    if measured >= 1.0:
        return lower
    return max(lower, measured - _GIVEN_BACK * error**2 / (1.0 - measured))


def _ratio(chance: float, total: float) -> float:
    return float(chance / total) if total > 0 else 0.0


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))


def shrunk(values: Floats, chance: Chance, middle: float | None = None) -> Floats:
    """The values drawn in towards their middle (their mean) by sqrt(1 - c)."""
    centre = float(np.mean(values)) if middle is None else middle
    drawn_in: Floats = centre + (values - centre) * np.sqrt(1.0 - chance.used)
    return drawn_in


def estimate(
    values: Floats, unit: str, chance: Chance = NO_CHANCE, mean: float | None = None
) -> dict[str, Any]:
    """mean, low, p10, p90 and high of the expected value, with its unit and share of chance.

    mean: given for a ratio, whose mean is the ratio of the means.
    """
    inner = shrunk(values, chance, mean)
    low, p10, p90, high = (float(p) for p in np.percentile(inner, [LOW, P10, P90, HIGH]))
    middle = float(np.mean(values)) if mean is None else mean
    return {
        "mean": middle,
        "low": low,
        "p10": p10,
        "p90": p90,
        "high": high,
        "unit": unit,
        **_told(chance),
    }


def _told(chance: Chance) -> dict[str, float]:
    return {
        "share_of_chance": round(chance.used, 4),
        "share_of_chance_measured": round(chance.measured, 4),
    }


def undefined(unit: str, reason: str) -> dict[str, Any]:
    """A figure that has no meaning here, with the reason in words."""
    nothing = dict.fromkeys(("mean", "low", "p10", "p90", "high"))
    return {**nothing, "unit": unit, "reason": reason}


def probability(values: Floats, chance: Chance, unit: str = "probability") -> dict[str, Any]:
    """The share of draws above zero once chance is taken out, with its Monte Carlo interval."""
    share = float(np.mean(shrunk(values, chance) > 0))
    low, high = wilson(share, len(values))
    return {
        "mean": share,
        "low": low,
        "p10": low,
        "p90": high,
        "high": high,
        "unit": unit,
        **_told(chance),
        "note": "low and high are the Monte Carlo interval of the share",
    }


def wilson(share: float, count: int) -> tuple[float, float]:
    """Wilson's 95 % score interval (Wilson, JASA 1927)."""
    z2 = _NORMAL_95**2
    centre = (share + z2 / (2 * count)) / (1 + z2 / count)
    spread = share * (1 - share) / count + z2 / (4 * count**2)
    half = _NORMAL_95 * np.sqrt(spread) / (1 + z2 / count)
    return float(max(0.0, centre - half)), float(min(1.0, centre + half))
