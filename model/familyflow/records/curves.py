"""What is seen of times beside the constant chance that the model has, at a few stated weeks.

A curve with a step for each event would show single families; at stated weeks, each with events
enough before it and families enough still watched, it shows none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from familyflow.records.arrays import CaseArrays, arrays_of
from familyflow.records.cases import Records
from familyflow.records.estimate import DISENGAGING, ONE, PATIENCE, Estimates
from familyflow.records.suppress import FEWEST_CASES, LEAST
from familyflow.records.survival import kaplan_meier
from familyflow.records.times_watched import Watched, at_work, waiting
from familyflow.specification.variates import DAYS_IN_WEEK

WEEKS: Final = (2, 4, 8, 13, 20, 26, 39, 52)


@dataclass(frozen=True)
class Point:
    """A week, the share without the event by then, and the ends of its 95 % interval."""

    week: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class FitCurve:
    """What was seen, and the weekly rate of the model: with the shipped number, and with both."""

    name: str
    title: str
    still: str  # what those without the event still do
    points: tuple[Point, ...]
    shipped: float
    both: float


def curves_of(records: Records, estimates: Estimates) -> tuple[FitCurve, ...]:
    """The curves that these records tell, none of few families."""
    cases = arrays_of(records)
    found = estimates.by_key
    made = []
    if PATIENCE in found:
        one = found[PATIENCE]
        watched = waiting(cases)
        rates = 1.0 / one.prior[ONE], 1.0 / one.posterior[ONE].value
        points = _points(watched, cases, "gave_up_waiting")
        made.append(FitCurve("waiting", "Families who wait on", "waiting on", points, *rates))
    if DISENGAGING in found:
        one = found[DISENGAGING]
        watched = at_work(cases)
        rates = -math.log1p(-one.prior[ONE]), -math.log1p(-one.posterior[ONE].value)
        points = _points(watched, cases, "disengaged")
        made.append(FitCurve("coming", "Families who keep coming", "still coming", points, *rates))
    return tuple(one for one in made if one.points)


def _points(watched: Watched, cases: CaseArrays, ending: str) -> tuple[Point, ...]:
    happened = watched.happened(cases, ending)[watched.whole]
    days = watched.days[watched.whole]
    curve = kaplan_meier(days, happened)
    points, before = [], 0
    for week in WEEKS:
        day = float(week * DAYS_IN_WEEK)
        events, at_risk = int((happened & (days <= day)).sum()), int((days >= day).sum())
        if events - before < LEAST or at_risk < FEWEST_CASES:
            continue
        share, low, high = curve.at(day)
        points.append(Point(week, share, low, high))
        before = events
    return tuple(points)
