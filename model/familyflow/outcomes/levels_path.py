"""A child's levels of need, day by day, in one arm: semi-Markov, by clocks that are spent.

Every ordered step is a clock of the child. It runs only while the child is at the level it leaves,
and keeps what is left when the child goes another way: the exponential has no memory, so the law
is exact and both arms read the same clocks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from familyflow.families.family import Child, Family
from familyflow.outcomes.clocks import (
    ALL_IS_TOLD,
    Clocks,
    Cuts,
    Standing,
    days_to_first,
    earliest,
    intervals,
    spend,
    spend_part,
)
from familyflow.outcomes.exposure import NOT_EXPOSED, Exposure
from familyflow.outcomes.step_rates import FamilyStepRates, Stretch
from familyflow.specification.journal import NOBODY, Entry, Event
from familyflow.specification.phases import Phase
from familyflow.specification.plan import FOSTER
from familyflow.specification.variates import DAYS_IN_YEAR, NEVER

ADULT_DAYS = 18 * DAYS_IN_YEAR
_CALENDAR, _CHILDREN = int(Phase.CALENDAR), int(Phase.CHILDREN)
_STEP, _CHILD_DAYS = int(Event.STEP), int(Event.CHILD_DAYS)
_DETECTED, _ENTERED_CARE = int(Event.DETECTED), int(Event.ENTERED_CARE_FIRST)

Note = Callable[[Entry], object]


class Step(NamedTuple):
    """A child steps from one level to another, in phase CHILDREN of the day."""

    day: int
    from_level: int
    to_level: int


def followed_until(family: Family, child: Child | None, follow_days: int) -> int:
    """The day before which follow-up ends: after `follow_days`, or on the 18th birthday."""
    days = follow_days if child is None else min(follow_days, ADULT_DAYS - child.age_days)
    return family.referred + days


class LevelPath:
    """One child's path. Everything before `day` is settled, and the child is at `level`.

    A step that rings in day t happens in phase CHILDREN of t + 1, and one that would happen on or
    after `stop` does not. What is settled, and when, changes no step and no row.
    """

    __slots__ = (
        "_age_on_day_0", "_ahead", "_change", "_child", "_cuts", "_entered", "_exposure", "_family",
        "_found", "_in_care", "_left", "_note", "_owed", "_rates", "_rings", "_running", "_since",
        "_thresholds", "_times", "day", "level", "stop",
    )  # fmt: skip

    def __init__(
        self,
        rates: FamilyStepRates,
        family: Family,
        child: Child,
        thresholds: Clocks,
        cuts: Cuts,
        note: Note,
    ) -> None:
        self._rates, self._thresholds, self._cuts, self._note = rates, thresholds, cuts, note
        self._family, self._child = family, child
        self.stop = followed_until(family, child, rates.table.chain.follow_days)
        self._exposure = NOT_EXPOSED
        levels = range(len(rates.table.steps))
        # what is left of each clock, by level and step; 0: rung, and not yet drawn again
        self._left: list[list[int] | None] = [None for _ in levels]
        # how much of what is spent of each clock is owed to detection, from when it first acts
        self._ahead: list[list[int] | None] = [None for _ in levels]
        self._times: list[list[int]] = [[0] * len(rates.table.steps[n]) for n in levels]
        self._found: list[Step] = []
        self._age_on_day_0 = child.age_days - family.referred
        self._in_care = False  # has been, since the referral
        self.day = family.referred
        self._enter(family.level, family.referred)

    def advance(self, until: int) -> list[Step]:
        """Settle all days before `until`; the steps found, up to and on that day."""
        self.settle(until)
        found, self._found = self._found, []
        return found

    def next_step(self, limit: int) -> int | None:
        """The day of the next step, if one comes by `limit` under today's exposure."""
        limit = min(limit, self.stop - 1)
        change, rings, since = self._change, self._rings, self._since
        if change < rings and change < limit:
            left, rates = list(self._clocks()), self._running
            while change < rings and change < limit:
                spend(left, rates, change - since)
                since = change
                rates, _, days = self._look_up(since)
                change = since + days
                rings = since + days_to_first(left, rates)
        return rings if rings <= limit else None

    def expose(self, day: int, exposure: Exposure) -> None:
        """From `day` on the family has this exposure. Steps found are kept for `advance`."""
        assert day >= self.day, "the days before are settled under the exposure they had"
        self.settle(day)
        if day >= self.stop:
            return
        self._exposure = exposure
        stretch = self._look_up(day)
        if stretch[:2] == (self._running, self._owed):
            self._change = day + stretch[2]  # nothing but how long these rates hold
        else:
            self._spend_to(day)
            self._begin(day, stretch)

    def force(self, day: int, to_level: int) -> None:
        """Put the child at `to_level` from `day`: a step that no clock of its own has rung."""
        assert day >= self.day, "a child is not moved on days that are settled"
        self.settle(day)
        if to_level != self.level and day < self.stop:
            self._spend_to(day)
            self._go(day, to_level)

    def finish(self) -> None:
        """Settle everything to the end of follow-up and note the last stretch of days."""
        self.settle(self.stop)
        self._note_days(self.stop)
        self._entered = self.stop

    def standings(self, day: int) -> dict[tuple[int, int], Standing]:
        """How each clock stands once the days before `day` are settled, by child and decision."""
        word, draw, every_code = self._child.word, self._thresholds.of, self._rates.table.codes
        if day >= self.stop:
            return {(word, code): ALL_IS_TOLD for codes in every_code for code in codes}
        self.settle(day)
        self._spend_to(day)
        found = {}
        for level, codes in enumerate(every_code):
            left = self._left[level] or [0] * len(codes)
            for code, units_left, times in zip(codes, left, self._times[level], strict=True):
                spent = draw(word, code, times) - units_left if units_left else 0
                found[word, code] = Standing(times, spent)
        return found

    def settle(self, until: int) -> None:
        """Settle all days before `until`; steps found are kept for the next `advance`."""
        if until > self.stop:
            until = self.stop
        while True:
            if self._rings <= self._change:
                if self._rings > until:
                    break
                self._step(self._rings)
            elif self._change < until:
                self._spend_to(self._change)
                self._begin(self._change, self._look_up(self._change))
            else:
                break
        if until > self.day:
            self.day = until

    def _step(self, day: int) -> None:
        """The clock that rings on the day before `day` takes the child to another level."""
        level, left, rates = self.level, self._clocks(), self._running
        self._spend_to(day - 1)
        place, part = earliest(left, rates)
        detected = self._is_detected(place)
        spend_part(left, rates, part)
        self._spend_part_ahead(part)
        left[place] = 0
        self._times[level][place] += 1
        to_level = self._rates.table.steps[level][place]
        self._found.append(Step(day, level, to_level))
        if detected:
            self._row(day, _DETECTED, NOBODY, to_level)
        self._go(day, to_level)

    def _is_detected(self, place: int) -> bool:
        """Whether this clock, ringing today, would not have rung by today without detection."""
        ahead, owed = self._ahead[self.level], self._owed
        if ahead is None:
            return False
        left, rate = self._clocks()[place] + ahead[place], self._running[place]
        return left > (rate - owed[place] if owed is not None else rate)

    def _go(self, day: int, to_level: int) -> None:
        self._note_days(day)
        self._row(day, _STEP, self.level, to_level)
        if to_level >= FOSTER > self.level and not self._in_care:
            self._in_care = True
            self._row(day, _ENTERED_CARE, NOBODY, to_level)
        self._enter(to_level, day)

    def _enter(self, level: int, day: int) -> None:
        """Be at this level from `day` on; its clocks go on from what was left of them."""
        self.level, self._entered = level, day
        codes, word, times = self._rates.table.codes[level], self._child.word, self._times[level]
        draw = self._thresholds.of
        left, ahead = self._left[level], self._ahead[level]
        if left is None:
            self._left[level] = [draw(word, code, 0) for code in codes]
        else:
            for place, units_left in enumerate(left):
                if units_left == 0:
                    left[place] = draw(word, codes[place], times[place])
                    if ahead is not None:
                        ahead[place] = 0
        self._begin(day, self._look_up(day))

    def _begin(self, day: int, stretch: Stretch) -> None:
        """Run the clocks at these rates from `day` on: when does one ring if they hold?"""
        left = self._clocks()
        self._running, self._owed, days = stretch
        if self._owed is not None and self._ahead[self.level] is None:
            self._ahead[self.level] = [0] * len(left)
        self._since, self._change = day, day + days
        rings = day + days_to_first(left, self._running)
        self._rings = rings if rings < self.stop else NEVER  # nothing happens once it ends

    def _look_up(self, day: int) -> Stretch:
        return self._rates.at(
            self.level, day - self._entered, self._age_on_day_0 + day, self._exposure, day
        )

    def _spend_to(self, day: int) -> None:
        """Spend the days of the stretch before `day` that are not spent yet."""
        days, ahead, owed = day - self._since, self._ahead[self.level], self._owed
        spend(self._clocks(), self._running, days)
        if owed is not None and ahead is not None:
            ahead[:] = [units + more * days for units, more in zip(ahead, owed, strict=True)]
        self._since = day

    def _spend_part_ahead(self, part: float) -> None:
        ahead, owed = self._ahead[self.level], self._owed
        if owed is not None and ahead is not None:
            for place, rate in enumerate(self._running):
                without = int(part * float(rate - owed[place]))
                ahead[place] += int(part * float(rate)) - without

    def _clocks(self) -> list[int]:
        left = self._left[self.level]
        assert left is not None, "a child's clocks are drawn when it enters the level"
        return left

    def _note_days(self, end: int) -> None:
        """Note the days at this level, up to the day before `end`."""
        source, family, child = self._family.source, self._family.number, self._child.number
        note, level = self._note, self.level
        for day, days in intervals(self._entered, end, self._cuts):
            note(Entry(day, _CALENDAR, _CHILD_DAYS, source, family, child, NOBODY, level, days))

    def _row(self, day: int, event: int, before: int, level: int) -> None:
        family, child = self._family, self._child.number
        self._note(Entry(day, _CHILDREN, event, family.source, family.number, child, before, level))
