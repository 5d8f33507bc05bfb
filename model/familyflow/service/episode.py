"""One episode: what is planned with a family at allocation, and how far it has come."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from familyflow.families.family import Family
from familyflow.specification.plan import MENTAL_ILL_HEALTH, KeyWork
from familyflow.specification.variates import DAYS_IN_WEEK, NEVER, Spread

if TYPE_CHECKING:
    from familyflow.service.team import KeyWorker

Uniform = Callable[[str], float]  # of a decision of this family, in this referral


class Meeting(IntEnum):
    """What a weekly meeting is for, in the order of the plan."""

    INTRODUCTORY = 0
    SESSION = 1
    PARENT_SUPPORT = 2
    CLOSING = 3


class MeetingPlan(NamedTuple):
    """How much of each kind of meeting, and how long a week of each takes.

    Counted are slots offered in the introductory period, meetings held with sessions and parent
    support, and weeks that pass at the closing.
    """

    counts: tuple[int, int, int, int]  # by Meeting
    outside_weeks: int  # between the last session and the next meeting
    minutes: tuple[int, int, int, int]  # by Meeting
    place: int  # the greatest weekly minutes of the plan: what a key worker must have free

    @property
    def steps(self) -> int:
        """Steps to be done before the episode closes as planned."""
        return sum(self.counts)

    def kind(self, done: int) -> Meeting:
        """What the next meeting is for once `done` steps of the plan are done."""
        for kind, count in zip(Meeting, self.counts, strict=True):
            if done < count:
                return kind
            done -= count
        raise ValueError("the plan has no further meeting")


def plan_meetings(key_work: KeyWork, family: Family, uniform: Uniform) -> MeetingPlan:
    """The plan of one referral of a family, from its own luck."""
    sessions = _weeks(key_work.sessions, uniform("weeks of sessions"))
    sessions += key_work.extra_sessions_by_level[family.level]
    sessions = min(key_work.most_sessions, max(key_work.fewest_sessions, sessions))
    counts = (
        _weeks(key_work.introductory_slots, uniform("introductory weeks")),
        sessions,
        _weeks_of_parent_support(key_work, uniform),
        _weeks(key_work.closing_weeks, uniform("closing weeks")),
    )
    minutes = _minutes(key_work, family)
    needed = [each for each, count in zip(minutes, counts, strict=True) if count]
    return MeetingPlan(
        counts=counts,
        outside_weeks=_weeks_of_outside_wait(key_work, family, uniform),
        minutes=minutes,
        place=max(key_work.minutes_gap, *needed, 0),
    )


def _weeks(spread: Spread, uniform: float) -> int:
    return max(0, math.floor(spread.at(uniform) + 0.5))


def _weeks_of_parent_support(key_work: KeyWork, uniform: Uniform) -> int:
    if uniform("parent support") >= key_work.parent_support_share:
        return 0
    weeks = _weeks(key_work.weeks_of_parent_support, uniform("weeks of parent support"))
    return min(weeks, key_work.limit_of_parent_support_weeks)


def _weeks_of_outside_wait(key_work: KeyWork, family: Family, uniform: Uniform) -> int:
    if not family.needs >> MENTAL_ILL_HEALTH & 1:
        return 0
    if uniform("outside mental health support") >= key_work.outside_wait_share:
        return 0
    return _weeks(key_work.weeks_of_outside_wait, uniform("weeks of outside wait"))


def _minutes(key_work: KeyWork, family: Family) -> tuple[int, int, int, int]:
    further = key_work.minutes_per_further_child * (len(family.children) - 1)
    introductory, session, parent_support, closing = (
        math.floor((minutes + further) * family.complexity + 0.5)
        for minutes in (
            key_work.minutes_introductory,
            family.session_minutes,
            key_work.minutes_parent_support,
            key_work.minutes_closing,
        )
    )
    return introductory, session, parent_support, closing


@dataclass(slots=True)
class Episode:
    """From allocation to closing, once. Days are engine days."""

    referral: int  # which referral of the family it answers: 0, 1, 2 ...
    plan: MeetingPlan
    allocated_on: int
    worker: KeyWorker | None  # None while paused: the key worker left
    disengages_on: int
    ended_by_service_on: int
    settled: int  # the last day whose meeting and endings are done
    worker_left_on: int = -1
    changes: int = 0  # of key worker
    slots: int = 0  # offered
    done: int = 0  # steps of the plan
    started: bool = False  # a first meeting was held
    sessions: int = 0
    outside_until: int = -1
    referred_up: bool = False
    ends_referred_up_on: int = NEVER
    closed_on: int | None = None
    closed_as_planned: bool = False
    dates_offered: dict[int, int] = field(default_factory=dict)  # by activity

    def lingers(self, day: int, linger_days: int) -> bool:
        """Whether groups and activities are open to the family: open, or closed as planned."""
        if self.closed_on is None:
            return True
        return self.closed_as_planned and day < self.closed_on + linger_days

    def next_weekday(self, weekday: int) -> int:
        """The family's next weekday (0 Monday ... 4 Friday) that is not settled yet."""
        tomorrow = self.settled + 1
        return tomorrow + (weekday - tomorrow) % DAYS_IN_WEEK

    def meeting_due(self, day: int) -> Meeting | None:
        """What today's meeting is for; None in a week of waiting for support from outside."""
        if self.done == self.plan.steps:
            return None  # a plan without meetings: the family disengages or moves
        kind = self.plan.kind(self.done)
        return None if kind > Meeting.SESSION and day <= self.outside_until else kind
