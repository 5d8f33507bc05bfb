"""Brings money of later years to today's value, with rates that fall over time (Green Book, A6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.problems import bad_input

Timing = Literal["start", "mid", "end"]
_YEARS_INTO: dict[str, float] = {"start": 0.0, "mid": 0.5, "end": 1.0}


@dataclass(frozen=True)
class Schedule:
    """Yearly discount rates: (from_year, rate) in order, the first from year 0.

    A rate holds for the step *into* its year: with (31, 0.03) the step from year 30 to year 31
    is the first at 3 %.
    """

    name: str
    steps: tuple[tuple[int, float], ...]

    def __post_init__(self) -> None:
        years = [year for year, _ in self.steps]
        if not years or years[0] != 0 or any(a >= b for a, b in pairwise(years)):
            raise bad_input(
                f"the years of a discount schedule must rise from 0; got {years}",
                where=f"discounting {self.name}",
            )
        for year, rate in self.steps:
            if not -1 < rate < float("inf"):
                raise bad_input(
                    f"the rate from year {year} is {rate}",
                    "A rate is a share a year, e.g. 0.035.",
                    where=f"discounting {self.name}",
                )

    def rate(self, year: int) -> float:
        """The rate of the step into this year."""
        return [rate for first, rate in self.steps if first <= year][-1]


def flat(rate: float) -> Schedule:
    """One rate for ever."""
    return Schedule(f"flat {rate}", ((0, rate),))


def discount_factors(schedule: Schedule, years: int, timing: str = "start") -> Floats:
    """Value today of a pound in year 0, 1, ... years-1 (shape (years,)).

    Factors are cumulative: a lower rate starts from the factor already reached. `timing` says
    when in the year money moves: at its start (year 0 counts in full), mid-way, or at its end.

    >>> [round(float(factor), 6) for factor in discount_factors(flat(0.035), 3)]
    [1.0, 0.966184, 0.933511]
    """
    if timing not in get_args(Timing):
        raise bad_input(f"there is no timing {timing!r}", "It is start, mid or end.")
    steps = np.array([1.0] + [1.0 + schedule.rate(year) for year in range(1, years + 1)])
    at_start: Floats = 1.0 / np.cumprod(steps)
    return at_start[:-1] * steps[1:] ** -_YEARS_INTO[timing]


def present_value(flow: Floats | Sequence[float], factors: Floats) -> Floats:
    """Sum of a flow by year (last axis, from year 0) at the given discount factors."""
    flow = np.asarray(flow, dtype=np.float64)
    return np.asarray((flow * factors[: flow.shape[-1]]).sum(axis=-1))


def annuity_factor(schedule: Schedule, years: int, timing: str = "start") -> float:
    """Value today of a pound a year for so many years; with no discounting, the years."""
    return float(discount_factors(schedule, years, timing).sum())
