"""Times until an event where some are not seen to their end: curves, and competing endings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from familyflow.records.arrays import Bools, Floats, Ints
from familyflow.records.shares import z_of


@dataclass(frozen=True)
class Curve:
    """A step function by Kaplan and Meier: arrays (step,), one step a day on which events fell.

    times: the days. share: those without the event after that day, with low and high, the ends of
    a pointwise 95 % interval (log-log, by Greenwood's variance; NaN where the share is 0).
    at_risk and events: how many were watched up to that day, and how many had the event on it.
    """

    times: Floats
    share: Floats
    low: Floats
    high: Floats
    at_risk: Ints
    events: Ints

    def at(self, day: float) -> tuple[float, float, float]:
        """Share and interval on a day; all 1 before the first event."""
        place = int(np.searchsorted(self.times, day, side="right")) - 1
        if place < 0:
            return 1.0, 1.0, 1.0
        return float(self.share[place]), float(self.low[place]), float(self.high[place])


def kaplan_meier(times: Floats, happened: Bools) -> Curve:
    """The share still without the event, by day; a time without it is censored there.

    Those censored on a day were still watched on it.
    """
    days, at_risk, events = _steps(times, happened.astype(np.int64), 1)
    died = events[:, 0]
    share = np.asarray(np.cumprod(1.0 - died / at_risk), dtype=np.float64)
    low, high = _interval(share, at_risk, died)
    return Curve(days, share, low, high, at_risk, died)


def _interval(share: Floats, at_risk: Ints, events: Ints) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(events / (at_risk * (at_risk - events).astype(np.float64)))
        centre = np.log(-np.log(share))
        half = z_of() * np.sqrt(greenwood) / np.abs(np.log(share))
        ends = np.exp(-np.exp(centre + half)), np.exp(-np.exp(centre - half))
    inside = (share > 0.0) & (share < 1.0)
    low, high = (np.where(inside, end, np.nan) for end in ends)
    return low, high


@dataclass(frozen=True)
class Incidence:
    """The share that has ended in each way by each day, by Aalen and Johansen.

    times: (step,). share: (step, way); with the share still going on they sum to 1.
    """

    times: Floats
    share: Floats

    def at(self, day: float) -> Floats:
        """The share of each way by a day."""
        place = int(np.searchsorted(self.times, day, side="right")) - 1
        return self.share[place] if place >= 0 else np.zeros(self.share.shape[1])


def aalen_johansen(times: Floats, way: Ints, ways: int) -> Incidence:
    """How competing endings add up. way: 1 to `ways`; 0 where the end was not seen."""
    days, at_risk, events = _steps(times, way, ways)
    going_on = np.cumprod(1.0 - events.sum(axis=1) / at_risk)
    before = np.concatenate([[1.0], going_on[:-1]])[: len(days)]
    return Incidence(days, np.cumsum(before[:, np.newaxis] * events / at_risk[:, np.newaxis], 0))


def _steps(times: Floats, way: Ints, ways: int) -> tuple[Floats, Ints, Ints]:
    """Days with an event, how many were at risk on each, and the events of each way on it."""
    days, place = np.unique(times[way > 0], return_inverse=True)
    counts = np.bincount(place * ways + way[way > 0] - 1, minlength=len(days) * ways)
    at_risk = len(times) - np.searchsorted(np.sort(times), days, side="left")
    return days, at_risk.astype(np.int64), counts.reshape(len(days), ways)
