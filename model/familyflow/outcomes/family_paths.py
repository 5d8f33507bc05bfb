"""All paths of one family in one arm, and what both arms and all families share in making them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from familyflow.families.family import Family
from familyflow.luck import Luck
from familyflow.outcomes.clocks import Clocks, Cuts, Standing, Thresholds
from familyflow.outcomes.exposure import Exposure
from familyflow.outcomes.levels_path import LevelPath, Note
from familyflow.outcomes.other_outcomes import (
    OutcomePath,
    OutcomeRates,
    is_at_risk,
    is_simulated,
)
from familyflow.outcomes.step_rates import FamilyStepRates, StepRates
from familyflow.specification.decisions import STATE_AT_START
from familyflow.specification.journal import Entry, Event
from familyflow.specification.phases import Phase
from familyflow.specification.plan import CHILD_IN_NEED, UNIVERSAL, Outcome, Plan

_MOST_PREPARED = 64  # ringings of one clock drawn in advance; further ones are drawn when needed


class ChildStep(NamedTuple):
    """A child of the family steps from one level to another, in phase CHILDREN of the day."""

    day: int
    child: int
    from_level: int
    to_level: int


class Deed(NamedTuple):
    """What the service does that outcomes depend on: another exposure, or (None) it passes up."""

    day: int
    exposure: Exposure | None


class Shared:
    """What every path of one draw shares: rate tables and thresholds, in both arms.

    `followed` holds, by source and number, the rows of a family that the service never touched.
    The arm without the service leaves them there; the other takes them for families it never saw.
    """

    def __init__(self, plan: Plan, luck: Luck) -> None:
        self.step_rates = StepRates(plan.chain)
        self.outcomes = [
            OutcomeRates(outcome) for outcome in plan.outcomes if is_simulated(outcome)
        ]
        self.thresholds = Thresholds(luck)
        self.followed: dict[tuple[int, int], list[Entry]] = {}
        self._of_families: dict[float, FamilyStepRates] = {}

    def rates_of(self, family: Family) -> FamilyStepRates:
        """The rates of steps at this family's frailty."""
        rates = self._of_families.get(family.frailty)
        if rates is None:
            rates = FamilyStepRates(self.step_rates, family.frailty)
            self._of_families[family.frailty] = rates
        return rates


def share(plan: Plan, families: Iterable[Family], luck: Luck) -> Shared:
    """Make what the paths share, and draw in blocks the luck that most paths will ask for.

    The same numbers as without it, bit for bit; only sooner. Give it to `paths_of` in both arms.
    """
    shared = Shared(plan, luck)
    families = list(families)
    children = [child.word for family in families for child in family.children if child.in_scope]
    shared.thresholds.prepare(children, [(code, 0) for code in shared.step_rates.codes_in_use()])
    for rates in shared.outcomes:
        at_risk = [family for family in families if is_at_risk(rates.outcome, family)]
        if rates.outcome.of_child:
            words = [c.word for family in at_risk for c in family.children if c.in_scope]
        else:
            words = [family.word for family in at_risk]
        shared.thresholds.prepare(words, _likely_of(rates, plan.chain.follow_days))
    return shared


class FamilyPaths:
    """The paths of a family's children and of its other outcomes, in one arm."""

    def __init__(
        self, family: Family, levels: tuple[LevelPath, ...], outcomes: tuple[OutcomePath, ...],
        note: Note,
    ) -> None:  # fmt: skip
        self.family, self.levels, self.outcomes = family, levels, outcomes
        self._children = tuple(child.number for child in family.children if child.in_scope)
        self._note = note
        self.deeds: list[Deed] = []  # of the service, in order

    @property
    def touched(self) -> bool:
        """Whether the family was exposed to the service, or passed up by it."""
        return bool(self.deeds)

    def advance(self, until: int) -> list[ChildStep]:
        """Settle the children's levels before `until`: the steps up to and on that day, in order.

        Other outcomes touch nothing else, and are settled when exposure changes and at the end.
        """
        steps = [
            ChildStep(step.day, child, step.from_level, step.to_level)
            for child, path in zip(self._children, self.levels, strict=True)
            for step in path.advance(until)
        ]
        return sorted(steps) if len(steps) > 1 else steps

    def next_step(self, limit: int) -> int | None:
        """The first day by `limit` on which a child steps, if exposure does not change before."""
        first = None
        for path in self.levels:
            day = path.next_step(limit)
            if day is not None:
                first = limit = day
        return first

    def expose(self, day: int, exposure: Exposure) -> None:
        """From `day` on the family has this exposure; days before keep what they had."""
        self.deeds.append(Deed(day, exposure))
        for level_path in self.levels:
            level_path.expose(day, exposure)
        for outcome_path in self.outcomes:
            outcome_path.expose(day, exposure)

    def highest_level(self, day: int) -> int:
        """The highest level among the children followed on `day`, that day's steps included."""
        highest = UNIVERSAL
        for path in self.levels:
            path.settle(day)
            if day < path.stop and path.level > highest:
                highest = path.level
        return highest

    def pass_up(self, day: int) -> None:
        """Screening passes the family up: children below child in need step to it on `day`."""
        self.deeds.append(Deed(day, None))
        for path in self.levels:
            path.settle(day)
            if path.level < CHILD_IN_NEED:
                path.force(day, CHILD_IN_NEED)
        self._note(
            Entry(
                day,
                int(Phase.REFERRALS),
                int(Event.REFERRED_UP_AT_SCREENING),
                self.family.source,
                self.family.number,
            )
        )

    def do(self, deed: Deed) -> None:
        """Let the service do what it did."""
        if deed.exposure is None:
            self.pass_up(deed.day)
        else:
            self.expose(deed.day, deed.exposure)

    def standings(self, day: int) -> dict[tuple[int, int], Standing]:
        """How every clock of the family stands once the days before `day` are settled.

        By child or family (its word) and decision.
        """
        paths: list[LevelPath | OutcomePath] = [*self.levels, *self.outcomes]
        return {clock: how for path in paths for clock, how in path.standings(day).items()}

    def finish(self) -> None:
        """Follow everybody to the end and write the rows that remain."""
        for level_path in self.levels:
            level_path.finish()
        for outcome_path in self.outcomes:
            outcome_path.finish()


def paths_of(
    family: Family,
    plan: Plan,
    luck: Luck,
    note: Note,
    shared: Shared | None = None,
    clocks: Clocks | None = None,
) -> FamilyPaths:
    """The paths of a family from its referral day on, unexposed; rows go to `note`.

    `shared` is what `share` made for this plan and luck; without it the family stands alone.
    `clocks`: where given, thresholds come from there.
    """
    shared = shared or share(plan, [family], luck)
    cuts = Cuts(plan.first_day, family.referred + plan.follow_up_days)
    in_scope = [child for child in family.children if child.in_scope]
    rates, thresholds = shared.rates_of(family), clocks or shared.thresholds
    levels = tuple(LevelPath(rates, family, child, thresholds, cuts, note) for child in in_scope)
    outcomes = tuple(
        OutcomePath(rates, family, who, thresholds, cuts, note, plan.chain.follow_days)
        for rates in shared.outcomes
        if is_at_risk(rates.outcome, family)
        for who in (in_scope if rates.outcome.of_child else [None])
    )
    return FamilyPaths(family, levels, outcomes, note)


def _likely_of(rates: OutcomeRates, follow_days: int) -> list[tuple[int, int]]:
    """The decisions of an outcome, each with its occurrence, that most paths will ask for."""
    outcome, times = rates.outcome, _likely_ringings(rates.outcome, follow_days)
    of_state = [(STATE_AT_START + outcome.code, 0), (rates.ends_code, 0)]
    happens = [(rates.happens_code, time) for time in range(times)]
    return [*of_state, *happens] if outcome.is_state else happens


def _likely_ringings(outcome: Outcome, follow_days: int) -> int:
    """As many as most paths will need: the expected number and twice its spread."""
    if outcome.is_state:
        return 1
    expected = outcome.happens * follow_days
    return min(_MOST_PREPARED, math.ceil(expected + 2.0 * math.sqrt(expected)) + 1)
