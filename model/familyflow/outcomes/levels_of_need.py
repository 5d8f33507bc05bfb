"""Levels of need: which steps a child may take, how fast, and what the service may change.

Levels run from universal services to care (`specification.plan`). How fast a child steps depends
on the time in the level (child in need, protection plan) or on current age (in care).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import partial
from typing import Any, TypeVar

import numpy as np

from familyflow.outcomes.effect_table import (
    DAYS_IN_MONTH,
    EFFECTS,
    detection_schedule,
    effect_table,
)
from familyflow.outcomes.readings import number, table
from familyflow.problems import bad_input
from familyflow.specification.by_draw import each, settled
from familyflow.specification.plan import (
    CHILD_IN_NEED,
    CHILD_PROTECTION,
    EARLY_HELP,
    FOSTER,
    RESIDENTIAL,
    UNIVERSAL,
    Chain,
)
from familyflow.specification.variates import DAYS_IN_YEAR

CARE_LINK, PLAN_LINK, CHILD_IN_NEED_LINK = range(3)
NO_LINK = -1

STEPS: tuple[tuple[int, ...], ...] = (
    (EARLY_HELP, CHILD_IN_NEED),
    (CHILD_IN_NEED, UNIVERSAL),
    (CHILD_PROTECTION, FOSTER, RESIDENTIAL, EARLY_HELP),
    (FOSTER, RESIDENTIAL, CHILD_IN_NEED, EARLY_HELP),
    (CHILD_IN_NEED, UNIVERSAL),
    (CHILD_IN_NEED, UNIVERSAL),
)
BANDS = ("0-3", "3-6", "6-12", "12-24", "24+")  # months in the level
BAND_STARTS = (0, 91, 182, 365, 730)
AGES = ("5-9", "10-15", "16-17")
AGE_STARTS = (0, 10 * DAYS_IN_YEAR, 16 * DAYS_IN_YEAR)

ESCALATION = "outcomes.escalation."

ByBand = tuple[float, ...]
Answer = TypeVar("Answer", bool, int)


@dataclass(frozen=True)
class Solved:
    """What is solved once a draw, so that the chain gives the published totals.

    stay_scale multiplies the rate of leaving child in need, care_multiplier the two links into
    care. The links are hazard ratios at full dose: below 1 the service slows the step.
    """

    stay_scale: float
    care_multiplier: float
    care_link: float
    plan_link: float
    child_in_need_link: float

    @property
    def links(self) -> tuple[float, float, float]:
        """The hazard ratios in the order of the rows of `Chain.effect`."""
        return (self.care_link, self.plan_link, self.child_in_need_link)


def in_columns(solved: Sequence[Solved]) -> Solved:
    """What is solved for each draw of a block, as columns (draw,)."""
    columns: Any = np.array([astuple(one) for one in solved]).T
    return Solved(*columns)


@dataclass(frozen=True)
class DailyRates:
    """The published rates of one draw, per day, and the shares in which leavers divide."""

    universal_to_early_help: float
    universal_to_child_in_need: float
    early_help_to_child_in_need: float
    early_help_ends: float
    child_in_need_leaving: ByBand
    plan_leaving: ByBand
    care_leaving: ByBand  # by age
    child_in_need_to_plan: float
    child_in_need_to_care: float
    plan_to_care: float
    plan_to_child_in_need: float
    residential_share: float
    care_leaves_home: float


def is_up(start: int, end: int) -> bool:
    """Whether a step goes up: frailty, effect and detection act on these alone."""
    return end > start


def link_of(start: int, end: int) -> int:
    """The row of the effect table that acts on a step, or NO_LINK."""
    if not is_up(start, end) or end == EARLY_HELP:
        return NO_LINK
    if end >= FOSTER:
        return CARE_LINK
    return PLAN_LINK if end == CHILD_PROTECTION else CHILD_IN_NEED_LINK


def is_detected(start: int, end: int) -> bool:
    """Whether a worker who sees more can hasten a step: up to child in need or to a plan."""
    return link_of(start, end) in (PLAN_LINK, CHILD_IN_NEED_LINK)


def _of_steps(rule: Callable[[int, int], Answer]) -> tuple[tuple[Answer, ...], ...]:
    return tuple(tuple(rule(start, end) for end in ends) for start, ends in enumerate(STEPS))


_UPWARD, _DETECTED, _LINKS = _of_steps(is_up), _of_steps(is_detected), _of_steps(link_of)


def daily_rates(values: Mapping[str, object]) -> DailyRates:
    """The rates of one draw, before the solved multipliers. Raises InputError."""
    rates = DailyRates(
        universal_to_early_help=_chance_a_year(values, "universal_to_early_help"),
        universal_to_child_in_need=_chance_a_year(values, "universal_to_child_in_need"),
        early_help_to_child_in_need=_chance_a_year(values, "early_help_to_child_in_need"),
        early_help_ends=number(values, ESCALATION + "early_help_ends") / DAYS_IN_YEAR,
        child_in_need_leaving=_by_name(values, "child_in_need_leaving", BANDS, DAYS_IN_MONTH),
        plan_leaving=_by_name(values, "plan_leaving", BANDS, DAYS_IN_MONTH),
        care_leaving=_by_name(values, "care_leaving", AGES, DAYS_IN_YEAR),
        child_in_need_to_plan=number(values, ESCALATION + "child_in_need_to_plan"),
        child_in_need_to_care=number(values, ESCALATION + "child_in_need_to_care"),
        plan_to_care=number(values, ESCALATION + "plan_to_care"),
        plan_to_child_in_need=number(values, ESCALATION + "plan_to_child_in_need"),
        residential_share=number(values, ESCALATION + "residential_share"),
        care_leaves_home=number(values, ESCALATION + "care_leaves_home"),
    )
    _shares_leave_room("child in need", rates.child_in_need_to_plan, rates.child_in_need_to_care)
    _shares_leave_room("plan", rates.plan_to_care, rates.plan_to_child_in_need)
    return rates


def make_chain(
    values: Mapping[str, object], solved: Solved, *, most_sessions: int | None = None
) -> Chain:
    """The chain of one draw, for the engines: every table frozen, rates per day.

    most_sessions is the last row of the effect table (later sessions add nothing); by default
    the number at which the dose is full, in every draw of a block.
    """
    if most_sessions is None:
        most_sessions = int(np.ceil(np.max(number(values, EFFECTS + "dose_reference"))))
    years = int(number(values, "appraisal.watched_years"))
    detection, detection_days = detection_schedule(values)
    return Chain(
        steps=STEPS,
        upward=_UPWARD,
        detected=_DETECTED,
        link=_LINKS,
        rates=_step_rates(daily_rates(values), solved),
        band_starts=BAND_STARTS,
        age_starts=AGE_STARTS,
        effect=effect_table(values, solved.links, most_sessions, years),
        detection=detection,
        detection_days=detection_days,
        follow_days=years * DAYS_IN_YEAR,
    )


def _step_rates(rates: DailyRates, solved: Solved) -> tuple[tuple[tuple[ByBand, ...], ...], ...]:
    """[level][band][age][step], the steps of a level in the order of STEPS."""
    ages = range(len(AGES))
    by_level: list[tuple[tuple[ByBand, ...], ...]] = []
    for level in range(len(STEPS)):
        # only care depends on age, and care and the lowest levels not on the time in them
        by_age = level >= FOSTER
        by_band: list[tuple[ByBand, ...]] = []
        for band in range(len(BANDS)):
            if band and (by_age or level < CHILD_IN_NEED):
                by_band.append(by_band[0])
                continue
            if by_age:
                of_ages = [_rates_of_level(rates, solved, level, band, age) for age in ages]
            else:
                of_ages = [_rates_of_level(rates, solved, level, band, 0)] * len(ages)
            by_band.append(tuple(of_ages))
        by_level.append(tuple(by_band))
    return tuple(by_level)


def _rates_of_level(
    rates: DailyRates, solved: Solved, level: int, band: int, age: int
) -> tuple[float, ...]:
    foster = 1.0 - rates.residential_share
    multiplier = solved.care_multiplier
    if level == UNIVERSAL:
        return rates.universal_to_early_help, rates.universal_to_child_in_need
    if level == EARLY_HELP:
        return rates.early_help_to_child_in_need, rates.early_help_ends
    if level == CHILD_IN_NEED:
        leaving = rates.child_in_need_leaving[band] * solved.stay_scale
        into_care = leaving * rates.child_in_need_to_care * multiplier
        closing = 1.0 - rates.child_in_need_to_plan - rates.child_in_need_to_care
        return (
            leaving * rates.child_in_need_to_plan,
            into_care * foster,
            into_care * rates.residential_share,
            leaving * closing,
        )
    if level == CHILD_PROTECTION:
        leaving = rates.plan_leaving[band]
        into_care = leaving * rates.plan_to_care * multiplier
        closing = 1.0 - rates.plan_to_care - rates.plan_to_child_in_need
        return (
            into_care * foster,
            into_care * rates.residential_share,
            leaving * rates.plan_to_child_in_need,
            leaving * closing,
        )
    leaving = rates.care_leaving[age]
    return leaving * rates.care_leaves_home, leaving * (1.0 - rates.care_leaves_home)


def _chance_a_year(values: Mapping[str, object], name: str) -> float:
    """The daily rate whose chance over a year of exposure is the published one."""
    where = ESCALATION + name
    rate: float = each(partial(_rate_of_chance, where), number(values, where))
    return rate


def _rate_of_chance(where: str, chance: float) -> float:
    if not 0.0 <= chance < 1.0:
        raise bad_input(f"{where} is {chance}", "A chance per year lies in 0 to 1.", where=where)
    return float(-np.log1p(-chance)) / DAYS_IN_YEAR


def _by_name(
    values: Mapping[str, object], name: str, names: tuple[str, ...], days: float
) -> ByBand:
    key = ESCALATION + name
    found = table(values, key)
    missing = [band for band in names if band not in found]
    if missing:
        raise bad_input(f"{key} has no {', '.join(missing)}", "Give every band.", where=key)
    return tuple(found[band] / days for band in names)


def _shares_leave_room(level: str, one: float, other: float) -> None:
    if not settled((one >= 0.0) & (other >= 0.0) & (one + other <= 1.0)):
        raise bad_input(
            f"the shares of those who leave {level} are {one:g}, {other:g}",
            "They must be positive and leave room for closing: at most 1 together.",
            where=ESCALATION.rstrip("."),
        )
