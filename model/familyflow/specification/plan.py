"""The plan: everything an engine needs to know, frozen, with every number already resolved.

A plan is made once a draw from parameters and decisions; YAML never reaches an engine. Days are
engine days: 0 is the start of the warm-up (or of the term where there is none), `first_day` the
first day of the funding term, `last_day` the day on which the term ends. Rates are whole units a
day (`variates.units`); lengths drawn in the simulation are `Spread`s.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from familyflow.specification.variates import Spread

LARGE_FAMILY = 3  # children, as the published ratio has it
UNIVERSAL, EARLY_HELP, CHILD_IN_NEED, CHILD_PROTECTION, FOSTER, RESIDENTIAL = range(6)
LEVEL_NAMES = (
    "universal",
    "early_help",
    "child_in_need",
    "child_protection",
    "looked_after_foster",
    "looked_after_residential",
)
DOMESTIC_ABUSE, SUBSTANCE_MISUSE, MENTAL_ILL_HEALTH = range(3)
NEED_NAMES = ("domestic_abuse", "substance_misuse", "mental_ill_health")
WHOLE_FAMILY = -1  # the specialism of a post that takes any need
CARRIED_OVER = 8  # sources 8-15: the same sources, referred during the warm-up

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Source:
    """A referral source. Either `cumulative` units by day (len last_day + 1) or listed `days`."""

    name: str
    code: int  # 0-7, or + CARRIED_OVER for families referred during the warm-up
    cumulative: Ints | None
    days: tuple[int, ...] | None


@dataclass(frozen=True)
class Post:
    """One named post of the team."""

    agency: str
    specialism: int  # a need, or WHOLE_FAMILY
    fte_thousandths: int
    weekly_minutes: int  # minutes a week for families
    induction_minutes: int  # the same during induction
    cap: int  # most families at once


@dataclass(frozen=True)
class Team:
    """The posts and what happens to the people in them."""

    posts: tuple[Post, ...]
    leaving: int  # units a day
    refills: bool
    vacancy_days: Spread
    induction_days: int
    falls_ill: int  # units a day
    absence_days: Spread
    disengages_on_change: float


@dataclass(frozen=True)
class Waiting:
    """The list, the offer and the screening."""

    screening: tuple[float, ...]  # cumulated: accepted, signposted, passed up
    passed_up_anyway: float
    declines: float
    patience_days: Spread
    widen_after_days: int
    hold_after_days: int
    stop_offers_days: int
    return_chance: float
    days_until_return: Spread


@dataclass(frozen=True)
class KeyWork:
    """One episode. Minutes are for a family with complexity 1 and one child."""

    introductory_slots: Spread  # offered, whether the family comes or not
    sessions: Spread
    extra_sessions_by_level: tuple[int, ...]  # by level on arrival, 6 of them
    fewest_sessions: int
    most_sessions: int
    closing_weeks: Spread  # weeks that pass, in term or not
    minutes_introductory: int
    minutes_closing: int
    minutes_gap: int  # a week in holidays or without a meeting
    minutes_parent_support: int
    minutes_per_further_child: int
    attendance: float
    disengaging: int  # units a day
    disengaging_large_family: float  # ratio on that rate: three children or more
    disengaging_on_plan: float  # ratio: highest level at allocation is a plan or above
    ended_by_service: int
    ends_when_referred_up: float
    parent_support_share: float
    weeks_of_parent_support: Spread
    limit_of_parent_support_weeks: int
    outside_wait_share: float  # of families with parental mental ill health
    weeks_of_outside_wait: Spread
    family_budget_take_up: float
    spot_purchase_share: float
    interpreter_minutes: int  # a meeting held with a family that needs one


@dataclass(frozen=True)
class Programme:
    """A group programme: what runs as groups with fixed start days."""

    name: str
    need: int  # the need it is for, or WHOLE_FAMILY for every family
    start_days: tuple[int, ...]  # engine days
    meetings: int  # weekly, in term
    least: int
    greatest: int
    accepts: float
    attends: float
    completes: float
    facilitation_minutes: int  # of the team, a meeting
    linger_days: int


@dataclass(frozen=True)
class Activity:
    """A dated activity: peer support, radio, music, holiday activities."""

    name: str
    days: tuple[int, ...]
    attends: float
    staff_minutes: int  # of the team, a date
    volunteer_minutes: int  # a date
    linger_days: int  # a family whose episode closed as planned may still come


@dataclass(frozen=True)
class Chain:
    """Levels of need, child by child. Steps of a level stand in table order.

    rates[level][band][age] holds a float rate per day for each step of the level: the base rate
    with the calibrated multipliers, before frailty, effect and detection.
    """

    steps: tuple[tuple[int, ...], ...]  # for each level, the levels it may step to
    upward: tuple[tuple[bool, ...], ...]  # frailty, effect and detection act on these
    detected: tuple[tuple[bool, ...], ...]  # detection acts on these
    link: tuple[tuple[int, ...], ...]  # row of `effect` for each step; -1 for none
    rates: tuple[tuple[tuple[tuple[float, ...], ...], ...], ...]
    band_starts: tuple[int, ...]  # days in the level at which bands begin; the first is 0
    age_starts: tuple[int, ...]  # days of age at which age bands begin; the first is 0
    effect: Floats  # [link, sessions attended, years since the last session, completed a group]
    detection: tuple[float, ...]  # by step of the schedule; the last is 1.0
    detection_days: tuple[int, ...]  # days since the first session at which each begins
    follow_days: int  # how long each child is followed from the family's referral


@dataclass(frozen=True)
class Outcome:
    """Another outcome: a count of events, or a state that begins and ends. Rates a day."""

    name: str
    code: int
    of_child: bool  # else of the family
    is_state: bool
    needs: int  # bit mask of needs that put a family at risk; 0 for every family
    share_at_start: float
    happens: float  # per day: a count, or the state beginning
    ends: float  # per day: the state ending (0.0 for counts)
    effect: Floats  # [sessions attended, years since the last session]: taken off `happens`


@dataclass(frozen=True)
class Measures:
    """Scores at entry and exit: mean and spread at entry, mean change and spread of the change.

    Each is (mean, standard deviation, lowest, highest, mean change, sd of change); whole points.
    """

    risk_indicators: tuple[float, float, float, float, float, float]
    difficulties: tuple[float, float, float, float, float, float]
    wellbeing: tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class MakeUp:
    """Who the families are. Shares are cumulated in declared order."""

    children: tuple[float, ...]  # 1, 2, 3 ... children
    needs: tuple[float, ...]
    needs_masks: tuple[int, ...]  # for each share of `needs`, the needs as a bit mask
    needs_leading: tuple[int, ...]
    level: tuple[float, ...]  # universal ... child protection plan
    youngest_years: int
    oldest_years: int
    outside_age_range: float  # chance that a further child is no target of the service
    frailty_sd: float  # of the log; the mean frailty is 1
    weekdays: tuple[float, ...]
    moves_away: int  # units a day
    minority_ethnic: tuple[float, ...]  # share by year of the term (the last one holds on)
    interpreter: tuple[float, ...]  # share of all families, by year of the term
    usual_support: float
    minutes_per_week: Floats  # quantiles of the weekly minutes in the session phase, ascending
    complexity_per_need: float
    complexity_by_level: tuple[float, ...]
    complexity_per_year: float
    complexity_mean: float  # what complexity is divided by, so that its mean is 1 ...
    complexity_year: int  # ... in this year of the term, for which hours are stated


@dataclass(frozen=True)
class Plan:
    """One draw of one scenario, ready for either engine."""

    has_service: bool
    first_day: int
    last_day: int
    follow_up_days: int
    in_term: tuple[bool, ...]  # by engine day, up to last_day
    usual_support_displaced: float
    sources: tuple[Source, ...]
    make_up: MakeUp
    waiting: Waiting
    team: Team
    key_work: KeyWork
    programmes: tuple[Programme, ...]
    activities: tuple[Activity, ...]
    chain: Chain
    outcomes: tuple[Outcome, ...]
    measures: Measures
