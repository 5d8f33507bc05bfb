"""Intervals over draws that are about the expected value, with the share of chance taken out.

A value of one draw is the expected value under that draw's numbers plus the chance of one
stretch of families. Chance widens the spread between draws without being doubt about the
expected value, so percentiles are drawn in by sqrt(1 - c), where c is the share of the variance
between draws that is chance, measured on draws that were simulated twice.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LOW, P10, P90, HIGH = 2.5, 10.0, 90.0, 97.5
_NORMAL_95 = 1.959963984540054


def share_of_chance(values: Floats, first: Floats, second: Floats, replications: int = 1) -> float:
    """c: the part of the variance of `values` over draws that is chance, between 0 and 1.

    values: one a draw, each a mean over `replications`; first and second: two single
    replications of some of the draws. Half the mean squared difference is the variance of chance.
    """
    if len(values) < 2 or len(first) < 2:
        return 0.0
    total = float(np.var(values, ddof=1))
    chance = float(np.mean((first - second) ** 2)) / 2.0 / replications
    return min(1.0, max(0.0, chance / total)) if total > 0 else 0.0


def shrunk(values: Floats, chance: float, middle: float | None = None) -> Floats:
    """The values drawn in towards their middle (their mean) by sqrt(1 - c)."""
    centre = float(np.mean(values)) if middle is None else middle
    drawn_in: Floats = centre + (values - centre) * np.sqrt(1.0 - chance)
    return drawn_in


def estimate(
    values: Floats, unit: str, chance: float = 0.0, mean: float | None = None
) -> dict[str, Any]:
    """mean, low, p10, p90 and high of the expected value, with its unit and share of chance.

    mean: given for a ratio, whose mean is the ratio of the means.
    """
    inner = shrunk(values, chance)
    low, p10, p90, high = (float(p) for p in np.percentile(inner, [LOW, P10, P90, HIGH]))
    middle = float(np.mean(values)) if mean is None else mean
    return {
        "mean": middle,
        "low": low,
        "p10": p10,
        "p90": p90,
        "high": high,
        "unit": unit,
        "share_of_chance": round(chance, 4),
    }


def undefined(unit: str, reason: str) -> dict[str, Any]:
    """A figure that has no meaning here, with the reason in words."""
    nothing = dict.fromkeys(("mean", "low", "p10", "p90", "high"))
    return {**nothing, "unit": unit, "reason": reason}


def probability(values: Floats, chance: float, unit: str = "probability") -> dict[str, Any]:
    """The share of draws above zero once chance is taken out, with its Monte Carlo interval."""
    share = float(np.mean(shrunk(values, chance) > 0))
    low, high = _wilson(share, len(values))
    return {
        "mean": share,
        "low": low,
        "p10": low,
        "p90": high,
        "high": high,
        "unit": unit,
        "share_of_chance": round(chance, 4),
        "note": "low and high are the Monte Carlo interval of the share",
    }


def _wilson(share: float, count: int) -> tuple[float, float]:
    """Wilson's 95 % score interval (Wilson, JASA 1927)."""
    z2 = _NORMAL_95**2
    centre = (share + z2 / (2 * count)) / (1 + z2 / count)
    spread = share * (1 - share) / count + z2 / (4 * count**2)
    half = _NORMAL_95 * np.sqrt(spread) / (1 + z2 / count)
    return float(max(0.0, centre - half)), float(min(1.0, centre + half))
