"""How long periods of care last: stays in them, rates of leaving by time in care, and survival.

Only periods whose first day is known are used. One that began before the file tells of everybody
enters late, at that day: whoever had left by then is not in the file.
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

import numpy as np

from familyflow.records.care import CarePeriod, CareRecords
from familyflow.records.hidden_counts import FEWEST
from familyflow.specification.variates import DAYS_IN_YEAR

BANDS: Final = (0, 3, 6, 12, 24)  # months in care from which a band runs, the last without end
DAYS_IN_MONTH: Final = DAYS_IN_YEAR / 12


@dataclass(frozen=True, slots=True)
class Stay:
    """A period of care under watch: days in care from `enter` to `leave`, and whether it ended."""

    child: int
    enter: int
    leave: int
    ended: bool


@dataclass(frozen=True)
class Band:
    """Leaving within a band of months in care. most: None without end; years: child-years in it.

    ended: periods; children: different children of whom they are.
    """

    least: int
    most: int | None
    ended: int
    children: frozenset[int]
    years: float

    @property
    def name(self) -> str:
        """As '3-6' or '24+', in months."""
        return f"{self.least}+" if self.most is None else f"{self.least}-{self.most}"


@dataclass(frozen=True)
class Survival:
    """Share of periods of care longer than so many months, with the central 95 % interval."""

    months: int
    share: float
    low: float
    high: float


def stays_of(records: CareRecords) -> list[Stay]:
    """Every period of care of which something is seen after `since`, if its first day is known."""
    return [
        _stay(period, records.since)
        for period in records.periods
        if period.from_start and period.last > records.since
    ]


def _stay(period: CarePeriod, since: date) -> Stay:
    enter = max((since - period.began).days, 0)
    leave = (period.last - period.began).days
    return Stay(period.child, enter, leave, period.ended is not None)


def bands_of(stays: Iterable[Stay], starts: Sequence[int] = BANDS) -> list[Band]:
    """Ends and child-years in each band of months in care."""
    every = list(stays)
    ends = [*starts[1:], None][: len(starts)]
    return [_band(every, least, most) for least, most in zip(starts, ends, strict=True)]


def _band(stays: Sequence[Stay], least: int, most: int | None) -> Band:
    low = round(least * DAYS_IN_MONTH)
    high = None if most is None else round(most * DAYS_IN_MONTH)
    left = [one for one in stays if one.ended and _is_within(one.leave, low, high)]
    days = sum(max(min(one.leave, high or one.leave) - max(one.enter, low), 0) for one in stays)
    children = frozenset(one.child for one in left)
    return Band(least, most, len(left), children, days / DAYS_IN_YEAR)


def _is_within(day: int, low: int, high: int | None) -> bool:
    """The last day of a band belongs to it; so does the first of the first band."""
    return (low < day or day == low == 0) and (high is None or day <= high)


def pooled(bands: Sequence[Band]) -> list[Band]:
    """Bands joined with the next until FEWEST children left care in each; none if too few did."""
    joined: list[Band] = []
    for band in bands:
        if joined and len(joined[-1].children) < FEWEST:
            band = _joined(joined.pop(), band)
        joined.append(band)
    if len(joined) > 1 and len(joined[-1].children) < FEWEST:
        last = joined.pop()
        joined.append(_joined(joined.pop(), last))
    return joined if joined and len(joined[-1].children) >= FEWEST else []


def _joined(one: Band, following: Band) -> Band:
    return Band(
        one.least,
        following.most,
        one.ended + following.ended,
        one.children | following.children,
        one.years + following.years,
    )


def survival_at(stays: Sequence[Stay], months: Sequence[int]) -> list[Survival]:
    """Kaplan-Meier survival at so many months, from stays that are seen from their first day."""
    whole = [one for one in stays if one.enter == 0]
    if not any(one.ended for one in whole):
        return []
    stats = _stats()
    lengths = stats.CensoredData(
        uncensored=[one.leave for one in whole if one.ended],
        right=[one.leave for one in whole if not one.ended],
    )
    curve = stats.ecdf(lengths).sf
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # it has no interval before the first who leave and after the last: then it is 0 to 1
        warnings.simplefilter("ignore", RuntimeWarning)
        ends = curve.confidence_interval(confidence_level=0.95, method="log-log")
    days = [round(month * DAYS_IN_MONTH) for month in months]
    shares, lows, highs = (one.evaluate(days) for one in (curve, ends.low, ends.high))
    limits = np.nan_to_num(lows, nan=0.0), np.nan_to_num(highs, nan=1.0)
    return [
        Survival(month, *map(float, found))
        for month, *found in zip(months, shares, *limits, strict=True)
    ]


@cache
def _stats() -> Any:
    """scipy.stats, imported when first needed: the command line must start fast."""
    return importlib.import_module("scipy.stats")
