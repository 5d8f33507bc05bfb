"""Clocks that are spent: when something next happens, in whole days and whole units.

A clock has thresholds E_0, E_1 ... from the luck of the child or family. It spends its rate every
day that it runs, keeps what is left while it stands still, and rings on the first day by which a
threshold is spent. Whole numbers make the law exact: n days spend n times the rate however they
are cut up, so neither the engine nor the days on which it looks can move an event.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np

from familyflow.luck import Luck
from familyflow.specification.variates import DAYS_IN_YEAR, NEVER, threshold


class Clocks(Protocol):
    """Where paths get their luck from."""

    def uniform(self, entity: int, decision: int, occurrence: int = 0) -> float:
        """The uniform that settles this decision for this entity."""

    def of(self, entity: int, decision: int, occurrence: int) -> int:
        """The units that this clock spends before it rings, the occurrence-th time (0, 1 ...)."""


class Standing(NamedTuple):
    """How a clock stands: how often it has rung, and the units spent of the threshold after that.

    Nothing is spent of a threshold that is not drawn yet.
    """

    rung: int
    spent: int


NOT_STARTED = Standing(0, 0)
ALL_IS_TOLD = Standing(NEVER, 0)  # the follow-up has ended: nothing of the clock is open any more


class Thresholds:
    """The thresholds of all clocks of one draw: drawn when asked for, shared by both arms."""

    def __init__(self, luck: Luck) -> None:
        self._luck = luck
        self._drawn: dict[tuple[int, int], dict[int, float]] = {}

    def prepare(self, entities: Sequence[int], decisions: Sequence[tuple[int, int]]) -> None:
        """Draw decisions (each with its occurrence) for many entities at once: only sooner."""
        if not (entities and decisions):
            return
        blocks = self._luck.blocks(np.array(entities, dtype=np.uint64), decisions)
        for decision, uniforms in zip(decisions, blocks.tolist(), strict=True):
            self._drawn.setdefault(decision, {}).update(zip(entities, uniforms, strict=True))

    def uniform(self, entity: int, decision: int, occurrence: int = 0) -> float:
        """The uniform that settles this decision for this entity."""
        drawn = self._drawn.setdefault((decision, occurrence), {})
        uniform = drawn.get(entity)
        if uniform is None:
            uniform = drawn[entity] = self._luck.of(entity, decision, occurrence)
        return uniform

    def of(self, entity: int, decision: int, occurrence: int) -> int:
        """The units that this clock spends before it rings, the occurrence-th time (0, 1 ...)."""
        return threshold(self.uniform(entity, decision, occurrence))

    def afresh(self, entity: int, decision: int, occurrence: int, inner: int) -> int:
        """Another threshold of the same clock and time: that of inner index 1, 2 ... 15."""
        return threshold(self._luck.of(entity, decision, occurrence, inner))


def days_to_first(left: Sequence[int], rates: Sequence[int]) -> int:
    """The days until the first of these clocks rings, at least 1; NEVER when none runs."""
    first = NEVER
    for units_left, rate in zip(left, rates, strict=True):
        if rate:
            days = -(-units_left // rate)
            if days < first:
                first = days
    return first


def spend(left: list[int], rates: Sequence[int], days: int) -> None:
    """Take `days` days off every clock, in place."""
    left[:] = [units_left - rate * days for units_left, rate in zip(left, rates, strict=True)]


def earliest(left: Sequence[int], rates: Sequence[int]) -> tuple[int, float]:
    """Which clock rings first within the day, and at what part of it (a tie: the first listed).

    Clocks that ring on the same day are settled by the instant. It makes whole-day paths exact
    competing risks; taking the first in the table would favour it.
    """
    winner, instant = -1, float(NEVER)
    for place, rate in enumerate(rates):
        if rate:
            part = float(left[place]) / float(rate)
            if part < instant:
                winner, instant = place, part
    return winner, instant


def spend_part(left: list[int], rates: Sequence[int], part: float) -> None:
    """Take this part of a day off every clock, in place; none of them rings by it."""
    for place, rate in enumerate(rates):
        left[place] = max(1, left[place] - int(part * float(rate)))


class Cuts(NamedTuple):
    """Where intervals in the journal are cut, so that years and follow-up can be added up."""

    first_day: int  # years of the term are counted from here, before it and after it
    window_end: int  # the family's follow-up window ends before this day


def intervals(start: int, end: int, cuts: Cuts) -> list[tuple[int, int]]:
    """The days start ... end - 1 as (first day, number of days), cut at years and the window."""
    found = []
    first_day, window_end = cuts
    while start < end:
        stop = start + DAYS_IN_YEAR - (start - first_day) % DAYS_IN_YEAR
        if stop > end:
            stop = end
        if start < window_end < stop:
            stop = window_end
        found.append((start, stop - start))
        start = stop
    return found
