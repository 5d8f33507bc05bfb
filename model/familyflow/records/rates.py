"""Rates from events and the time watched: exact intervals, and beliefs with a prior."""

from __future__ import annotations

import math
from dataclasses import dataclass

from familyflow.parameters.distributions import Distribution, special
from familyflow.records.shares import JEFFREYS, LEVEL, Figure, moments


@dataclass(frozen=True)
class Seen:
    """Events and exposure: as seen, as a prior counts, or both together (a gamma of the rate)."""

    events: float
    exposure: float

    def __add__(self, other: Seen) -> Seen:
        return Seen(self.events + other.events, self.exposure + other.exposure)

    @property
    def rate(self) -> float:
        """Events per unit of exposure."""
        return self.events / self.exposure


def exact(seen: Seen) -> Figure:
    """The rate with its exact interval (Garwood): none outside makes the count as rare as 2.5 %."""
    tail, events = (1.0 - LEVEL) / 2.0, seen.events
    low = float(special().gammaincinv(events, tail)) if events > 0.0 else 0.0
    high = float(special().gammaincinv(events + 1.0, 1.0 - tail))
    return Figure(seen.rate, low / seen.exposure, high / seen.exposure)


def central(posterior: Seen) -> Figure:
    """Mean and central interval of the gamma of a rate."""
    tail, scale = (1.0 - LEVEL) / 2.0, 1.0 / posterior.exposure
    low, high = (special().gammaincinv(posterior.events, u) * scale for u in (tail, 1.0 - tail))
    return Figure(posterior.rate, float(low), float(high))


# How the shipped number counts: so many events in so much exposure, times the weight. Without a
# belief it weighs one event. Weight 0: Jeffreys, half an event in no time.


def prior_of_rate(value: float, belief: Distribution | None, weight: float) -> Seen:
    """Of a rate: the gamma with the belief's mean and sd."""
    mean, sd = moments(belief) if belief is not None else (value, value)
    return _weighed(mean, sd, weight)


def prior_of_chance(value: float, belief: Distribution | None, weight: float) -> Seen:
    """Of a chance per unit of time, by the rate that makes it: chance = 1 - exp(-rate)."""
    mean, sd = moments(belief) if belief is not None else (value, value)
    if not 0.0 < mean < 1.0:
        return Seen(JEFFREYS, 0.0)
    rate = -math.log1p(-mean)
    return _weighed(rate, sd / (1.0 - mean) if belief is not None else rate, weight)


def prior_of_mean_time(value: float, belief: Distribution | None, weight: float) -> Seen:
    """Of a mean time until an event: the inverse gamma with the belief's mean and sd.

    `events` are those of the gamma of the rate, one more than the events that the prior counts as:
    so the mean time is exposure / (events - 1), and more weight never moves it.
    """
    mean, sd = moments(belief) if belief is not None else (value, value)
    if weight == 0.0 or mean <= 0.0:
        return Seen(JEFFREYS, 0.0)
    events = weight * (1.0 + (mean / sd) ** 2)
    return Seen(1.0 + events, mean * events)


def _weighed(mean: float, sd: float, weight: float) -> Seen:
    if weight == 0.0 or mean <= 0.0:
        return Seen(JEFFREYS, 0.0)
    return Seen(weight * (mean / sd) ** 2, weight * mean / sd**2)


def chance(rate: float) -> float:
    """The chance of an event in a unit of time at a constant rate."""
    return -math.expm1(-rate)


def chance_figure(posterior: Seen) -> tuple[Figure, float]:
    """The chance per unit of time: mean with interval, and standard deviation."""
    one, two = (_survives(posterior, units) for units in (1.0, 2.0))
    of_rate = central(posterior)
    figure = Figure(1.0 - one, chance(of_rate.low), chance(of_rate.high))
    return figure, math.sqrt(max(0.0, two - one**2))


def mean_time_figure(posterior: Seen) -> Figure:
    """The mean time until an event, with its interval. Needs more than one event."""
    of_rate = central(posterior)
    mean = posterior.exposure / (posterior.events - 1.0)
    return Figure(mean, 1.0 / of_rate.high, 1.0 / of_rate.low)


def mean_time_median(posterior: Seen) -> float:
    """The median of the belief about the mean time."""
    return posterior.exposure / float(special().gammaincinv(posterior.events, 0.5))


def _survives(posterior: Seen, units: float) -> float:
    """The chance that so many units of time pass without an event, over the whole belief."""
    return math.exp(-posterior.events * math.log1p(units / posterior.exposure))
