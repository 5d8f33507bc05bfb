"""Other outcomes of a family or child: events that are counted, and states that come and go."""

from __future__ import annotations

from familyflow.families.family import Child, Family
from familyflow.outcomes.clocks import ALL_IS_TOLD, Clocks, Cuts, Standing, intervals
from familyflow.outcomes.exposure import NOT_EXPOSED, Exposure, years_faded
from familyflow.outcomes.levels_path import Note, followed_until
from familyflow.specification.by_draw import settled
from familyflow.specification.decisions import (
    COUNT_OUTCOME,
    STATE_AT_START,
    STATE_BEGINS,
    STATE_ENDS,
)
from familyflow.specification.journal import NOBODY, Entry, Event
from familyflow.specification.phases import Phase
from familyflow.specification.plan import Outcome
from familyflow.specification.variates import NEVER, days_until, units

_CALENDAR, _CHILDREN = int(Phase.CALENDAR), int(Phase.CHILDREN)
_COUNT, _DAYS = int(Event.OUTCOME_COUNT), int(Event.OUTCOME_DAYS)


def is_simulated(outcome: Outcome) -> bool:
    """Whether anything can ever happen: an outcome without a number is only listed."""
    numbers = [outcome.happens]
    if outcome.is_state:
        numbers += [outcome.ends, outcome.share_at_start]
    return any(settled(number > 0.0) for number in numbers)


def is_at_risk(outcome: Outcome, family: Family) -> bool:
    """Whether the family has one of the needs that this outcome goes with."""
    return outcome.needs == 0 or (outcome.needs & family.needs) != 0


class OutcomeRates:
    """One outcome's rates in whole units a day; the service acts on its happening alone."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.ends = units(outcome.ends) if outcome.is_state else 0
        self.happens_code = (STATE_BEGINS if outcome.is_state else COUNT_OUTCOME) + outcome.code
        self.ends_code = STATE_ENDS + outcome.code
        self.feels_effect = bool(outcome.effect.any())
        self._most_sessions = outcome.effect.shape[0] - 1
        self._most_years = outcome.effect.shape[1] - 1
        self._happens = [
            [units(outcome.happens * (1.0 - effect)) for effect in row]
            for row in outcome.effect.tolist()
        ]

    def happens(self, exposure: Exposure, day: int) -> tuple[int, int]:
        """The rate of happening on this day, and for how many days it holds."""
        if not self.feels_effect:
            return self._happens[0][0], NEVER
        sessions = min(exposure.sessions, self._most_sessions)
        years, days = years_faded(exposure, day, self._most_years)
        return self._happens[sessions][years], days


class OutcomePath:
    """One outcome of one family or child in one arm. Everything before `day` is settled.

    One clock runs at a time: until the event, or until the state begins, or until it ends. An
    event that rings in day t is noted on t + 1; there is one a day at most.
    """

    __slots__ = (
        "_change", "_count", "_cuts", "_endings", "_entity", "_exposure", "_family", "_happenings",
        "_left", "_note", "_on", "_rate", "_rates", "_rings", "_since", "_thresholds", "_who",
        "day", "stop",
    )  # fmt: skip

    def __init__(
        self,
        rates: OutcomeRates,
        family: Family,
        child: Child | None,
        thresholds: Clocks,
        cuts: Cuts,
        note: Note,
        follow_days: int,
    ) -> None:
        self._rates, self._thresholds, self._cuts, self._note = rates, thresholds, cuts, note
        self._family = family
        self._who = NOBODY if child is None else child.number
        self._entity = family.word if child is None else child.word
        self.day, self.stop = family.referred, followed_until(family, child, follow_days)
        self._exposure = NOT_EXPOSED
        self._happenings = self._endings = 0
        self._on = -1  # the day since which the state holds; -1: it does not, or a count
        outcome = rates.outcome
        if outcome.is_state:
            start = thresholds.uniform(self._entity, STATE_AT_START + outcome.code)
            if start < outcome.share_at_start:
                self._on = self.day
        self._wind(self.day)

    def advance(self, until: int) -> None:
        """Settle all days before `until`."""
        if until > self.stop:
            until = self.stop
        while True:
            if self._rings <= self._change:
                if self._rings > until:
                    break
                self._ring(self._rings)
            elif self._change < until:
                self._change_rate(self._change)
            else:
                break
        if until > self.day:
            self.day = until

    def expose(self, day: int, exposure: Exposure) -> None:
        """From `day` on the family has this exposure."""
        if not self._rates.feels_effect:
            return
        assert day >= self.day, "the days before are settled under the exposure they had"
        self.advance(day)
        if day < self.stop:
            self._exposure = exposure
            self._change_rate(day)

    def finish(self) -> None:
        """Settle everything to the end of follow-up and note the days of a state that holds."""
        self.advance(self.stop)
        if self._on >= 0:
            self._note_days(self.stop)
            self._on = self.stop

    def standings(self, day: int) -> dict[tuple[int, int], Standing]:
        """How each clock stands once the days before `day` are settled, by entity and decision.

        One of them runs; of the other one, nothing is spent since it last rang.
        """
        self.advance(day)
        rung = {self._rates.happens_code: self._happenings}
        if self._rates.outcome.is_state:
            rung[self._rates.ends_code] = self._endings
        if day >= self.stop:
            return {(self._entity, code): ALL_IS_TOLD for code in rung}
        running, times = self._running()
        left = self._left - self._rate * (day - self._since)
        spent = self._thresholds.of(self._entity, running, times) - left
        return {
            (self._entity, code): Standing(count, spent if code == running else 0)
            for code, count in rung.items()
        }

    def _running(self) -> tuple[int, int]:
        """The decision of the clock that runs, and how often it has rung."""
        if self._on >= 0:
            return self._rates.ends_code, self._endings
        return self._rates.happens_code, self._happenings

    def _ring(self, day: int) -> None:
        if not self._rates.outcome.is_state:
            self._happenings += 1
            family, code = self._family, self._rates.outcome.code
            self._note(
                Entry(day, _CHILDREN, _COUNT, family.source, family.number, self._who, NOBODY, code)
            )
        elif self._on < 0:
            self._happenings += 1
            self._on = day
        else:
            self._endings += 1
            self._note_days(day)
            self._on = -1
        self._wind(day)

    def _wind(self, day: int) -> None:
        """Draw the threshold of the clock that runs from `day` on."""
        self._left = self._thresholds.of(self._entity, *self._running())
        self._begin(day, *self._rate_on(day))

    def _change_rate(self, day: int) -> None:
        """Spend the days before `day` that are not spent yet, and go on at that day's rate."""
        rate, days = self._rate_on(day)
        if rate == self._rate:
            self._change = day + days
        else:
            self._left -= self._rate * (day - self._since)
            self._begin(day, rate, days)

    def _rate_on(self, day: int) -> tuple[int, int]:
        if self._on >= 0:
            return self._rates.ends, NEVER
        return self._rates.happens(self._exposure, day)

    def _begin(self, day: int, rate: int, days: int) -> None:
        """Run the clock at this rate from `day` on: when does it ring if the rate holds?"""
        self._rate, self._since, self._change = rate, day, day + days
        rings = day + days_until(self._left, rate)
        self._rings = rings if rings < self.stop else NEVER  # nothing happens once it ends

    def _note_days(self, end: int) -> None:
        """Note the days of the state, up to the day before `end`."""
        source, family, code = self._family.source, self._family.number, self._rates.outcome.code
        for day, days in intervals(self._on, end, self._cuts):
            self._note(Entry(day, _CALENDAR, _DAYS, source, family, self._who, NOBODY, code, days))
