"""When a service has earned its cost back, and at what rate of return."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from familyflow.economics.amounts import Floats

NOT_WITHIN_HORIZON = "not within the years followed"
_LOWEST_RATE, _HIGHEST_RATE = -0.99, 100.0


@dataclass(frozen=True)
class Found:
    """A number, or the reason why there is none."""

    value: float | None
    reason: str = ""


def payback(flow: Floats) -> Found:
    """Years until the cumulative net flow reaches zero for good, straight lines inside a year.

    `flow` is net (savings less cost) by year, from year 0. Where the total crosses zero more than
    once the last crossing counts; never below zero is 0.

    >>> payback(np.array([-100.0, 40.0, 40.0, 40.0])).value
    2.5
    """
    total = np.cumsum(flow)
    rounding = 1e-12 * float(np.abs(flow).sum())
    below = np.flatnonzero(total < -rounding)
    if below.size == 0:
        return Found(0.0)
    last = int(below[-1])
    if last == len(flow) - 1:
        return Found(None, NOT_WITHIN_HORIZON)
    return Found(last + float(-total[last] / flow[last + 1]))


def never_pays_back(flows: Floats) -> Floats:
    """For each net flow (flow, year): 1.0 where it has not paid back for good by its last year."""
    total = flows.sum(axis=-1)
    rounding = 1e-12 * np.abs(flows).sum(axis=-1)
    return np.asarray(total < -rounding, dtype=np.float64)


def internal_rate_of_return(flow: Floats) -> Found:
    """The yearly rate at which the flow (from year 0, money at year starts) is worth nothing.

    Only where the flow changes sign once is the rate unique; otherwise there is none, with reason.
    """
    signs = np.sign(flow[flow != 0])
    changes = int((signs[1:] != signs[:-1]).sum())
    if changes != 1:
        return Found(None, f"the flow changes sign {changes} times, not once")
    low, high = _LOWEST_RATE, _HIGHEST_RATE
    rises = _worth(flow, low) < 0
    if (_worth(flow, high) < 0) == rises:
        return Found(None, f"none between {low:.0%} and {high:.0%}")
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if (_worth(flow, middle) < 0) == rises else (low, middle)
    return Found((low + high) / 2)


def _worth(flow: Floats, rate: float) -> float:
    years = np.arange(len(flow))
    return float((flow * (1 + rate) ** -years).sum())
