"""Finds the beta that has given percentiles: for shares published with a range."""

from __future__ import annotations

import math
from collections.abc import Callable

from familyflow.parameters.incomplete_beta import share_below

_LOW, _HIGH = 0.025, 0.975
_ROUNDS = 80


def beta_from_percentiles(p2_5: float, p97_5: float) -> tuple[float, float] | None:
    """A and b of the beta whose 2.5th and 97.5th percentiles are these; None where none is near."""

    def mean_for(strength: float) -> float | None:
        def miss(mean: float) -> float:
            return _below(p2_5, mean, strength) - _LOW

        return _root(miss, 1e-9, 1.0 - 1e-9)

    def miss(log_strength: float) -> float:
        mean = mean_for(math.exp(log_strength))
        return math.nan if mean is None else _HIGH - _below(p97_5, mean, math.exp(log_strength))

    return _fitted(miss, mean_for)


def beta_about(
    centre: float, p2_5: float, p97_5: float, *, is_median: bool
) -> tuple[float, float] | None:
    """A and b of the beta with this mean (or median) that holds 95 % between the two ends."""

    def mean_for(strength: float) -> float | None:
        if not is_median:
            return centre

        def miss(mean: float) -> float:
            return _below(centre, mean, strength) - 0.5

        return _root(miss, 1e-9, 1.0 - 1e-9)

    def miss(log_strength: float) -> float:
        strength = math.exp(log_strength)
        mean = mean_for(strength)
        if mean is None:
            return math.nan
        inside = _below(p97_5, mean, strength) - _below(p2_5, mean, strength)
        return (_HIGH - _LOW) - inside

    return _fitted(miss, mean_for)


def _fitted(
    miss: Callable[[float], float], mean_for: Callable[[float], float | None]
) -> tuple[float, float] | None:
    log_strength = _root(miss, math.log(1e-1), math.log(1e7))
    if log_strength is None:
        return None
    strength = math.exp(log_strength)
    mean = mean_for(strength)
    return None if mean is None else (mean * strength, (1.0 - mean) * strength)


def _below(x: float, mean: float, strength: float) -> float:
    return share_below(x, mean * strength, (1.0 - mean) * strength)


def _root(miss: Callable[[float], float], low: float, high: float) -> float | None:
    """Where a falling or rising function passes 0, by halving; None where it does not."""
    at_low, at_high = miss(low), miss(high)
    if math.isnan(at_low) or math.isnan(at_high) or (at_low > 0.0) == (at_high > 0.0):
        return None
    for _ in range(_ROUNDS):
        middle = (low + high) / 2.0
        if (miss(middle) > 0.0) == (at_low > 0.0):
            low = middle
        else:
            high = middle
        if high - low <= 1e-14 * max(1.0, abs(high)):
            break
    return (low + high) / 2.0
