"""The journal: one line for everything that happens, in quantities, never in pounds.

Column order and event codes are frozen; both engines write them and a test holds the table.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]

NOBODY: Final = -1
_MOST_BITS: Final = 62  # of a whole number that rows are sorted by


class Event(IntEnum):
    """What happened. The unit of its quantity stands in UNITS."""

    # families and the waiting list
    REFERRED = 0
    ACCEPTED = 1
    SIGNPOSTED = 2
    PASSED_UP = 3
    DECLINED = 4
    GAVE_UP_WAITING = 5
    LEFT_LIST = 6  # moved away while waiting, or the list closed at the end of the term
    ALLOCATED = 7
    RE_ALLOCATED = 8
    RETURNED = 9  # referred again (also counted in REFERRED)
    WAITED = 10  # days waited, written when the wait ends, whatever ended it
    # episodes
    STARTED = 11  # first meeting held
    INTRODUCTORY_MEETING = 12
    SESSION = 13  # a weekly session held
    PLAY_SESSION = 14  # children seen in it
    MISSED_SESSION = 15
    PARENT_SUPPORT_MEETING = 16
    CLOSING_MEETING = 17
    KEY_WORK = 18  # minutes worked with or for a family
    INTERPRETER = 19  # minutes
    FAMILY_BUDGET = 20
    SPOT_PURCHASE = 21
    CLOSED_PLANNED = 22
    CLOSED_DISENGAGED = 23
    CLOSED_DISENGAGED_ON_CHANGE = 24
    CLOSED_BY_SERVICE = 25
    CLOSED_MOVED_AWAY = 26
    CLOSED_REFERRED_UP = 27
    CLOSED_TERM_ENDED = 28
    REFERRED_UP = 29  # first step-up of a child of the family to a statutory level in an episode
    EPISODE_DAYS = 30  # written at closing: days from allocation
    CHILD_SUPPORTED = 31  # children of a family that starts, once a child
    # posts
    POST_FILLED = 32  # thousandths of a full-time day, by year
    POST_VACANT = 33  # thousandths of a full-time day, by year
    LEFT_POST = 34
    RECRUITED = 35
    ABSENT = 36  # days
    SERVICE_RUNS = 37  # days of the term, by year
    HOURS_AVAILABLE = 38  # minutes for families that filled, present posts had, by year
    PLACES_AVAILABLE = 39  # place-days: caseload cap of filled, present posts, by year
    # groups and activities
    GROUP_INVITED = 40
    GROUP_ACCEPTED = 41
    GROUP_STARTED = 42
    GROUP_MEETING = 43
    GROUP_ATTENDED = 44
    GROUP_COMPLETED = 45
    GROUP_NOT_RUN = 46
    ACTIVITY_HELD = 47
    ACTIVITY_ATTENDED = 48
    VOLUNTEER = 49  # minutes
    FACILITATION = 50  # minutes of the team's own time in groups and activities
    # measures: sums of scores, for those measured at entry and at exit
    RISK_AT_ENTRY = 52
    RISK_AT_EXIT = 53
    DIFFICULTIES_AT_ENTRY = 54
    DIFFICULTIES_AT_EXIT = 55
    WELLBEING_AT_ENTRY = 56
    WELLBEING_AT_EXIT = 57
    IMPROVED = 58  # a planned ending and fewer risk indicators at exit than at entry
    MEASURED_PARENTS = 59  # families with both measures
    MEASURED_CHILDREN = 60
    # children, both arms; the level stands in `group`, the level before in `worker` for a step
    STEP = 64
    CHILD_DAYS = 65  # days at the level, cut at years, follow-up ends and turning 18
    DETECTED = 66  # a step up that would not have rung yet without detection
    REFERRED_UP_AT_SCREENING = 67
    ENTERED_CARE_FIRST = 68  # a child's first entry to care since its referral
    # usual support and other outcomes; the outcome stands in `group`
    USUAL_SUPPORT = 72
    USUAL_SUPPORT_DISPLACED = 73
    OUTCOME_COUNT = 74
    OUTCOME_DAYS = 75
    # observation: sums over days, one line a week
    WAITING = 80  # families on the list at the end of the observed day
    CASELOAD = 81  # families held
    POSTS_PRESENT = 82


UNITS: Final[dict[Event, str]] = dict.fromkeys(Event, "times") | {
    Event.WAITED: "days",
    Event.KEY_WORK: "minutes",
    Event.INTERPRETER: "minutes",
    Event.PLAY_SESSION: "children",
    Event.EPISODE_DAYS: "days",
    Event.CHILD_SUPPORTED: "children",
    Event.POST_FILLED: "thousandths of a full-time day",
    Event.POST_VACANT: "thousandths of a full-time day",
    Event.ABSENT: "days",
    Event.SERVICE_RUNS: "days",
    Event.HOURS_AVAILABLE: "minutes",
    Event.PLACES_AVAILABLE: "place-days",
    Event.VOLUNTEER: "minutes",
    Event.FACILITATION: "minutes",
    Event.RISK_AT_ENTRY: "points",
    Event.RISK_AT_EXIT: "points",
    Event.DIFFICULTIES_AT_ENTRY: "points",
    Event.DIFFICULTIES_AT_EXIT: "points",
    Event.WELLBEING_AT_ENTRY: "points",
    Event.WELLBEING_AT_EXIT: "points",
    Event.MEASURED_PARENTS: "families",
    Event.MEASURED_CHILDREN: "children",
    Event.CHILD_DAYS: "days",
    Event.OUTCOME_DAYS: "days",
    Event.WAITING: "families",
    Event.CASELOAD: "families",
    Event.POSTS_PRESENT: "thousandths of a full-time post",
}


# Work with a family, and what is bought for it: paid for in the term, whoever the family is.
WORK: Final = frozenset(
    {
        Event.INTRODUCTORY_MEETING, Event.SESSION, Event.PLAY_SESSION, Event.MISSED_SESSION,
        Event.PARENT_SUPPORT_MEETING, Event.CLOSING_MEETING, Event.KEY_WORK, Event.INTERPRETER,
        Event.FAMILY_BUDGET, Event.SPOT_PURCHASE,
    }
)  # fmt: skip


# How children and families fare: written by their paths, in both arms, and by nothing else.
FARING: Final = frozenset(
    {
        Event.STEP, Event.CHILD_DAYS, Event.DETECTED, Event.REFERRED_UP_AT_SCREENING,
        Event.ENTERED_CARE_FIRST, Event.OUTCOME_COUNT, Event.OUTCOME_DAYS,
    }
)  # fmt: skip


class Entry(NamedTuple):
    """One line of the journal: whole numbers only; -1 where a column does not apply."""

    day: int
    phase: int
    event: int
    source: int = NOBODY
    family: int = NOBODY
    child: int = NOBODY
    worker: int = NOBODY
    group: int = NOBODY
    quantity: int = 1


COLUMNS: Final = Entry._fields


def as_rows(entries: Iterable[Entry]) -> Rows:
    """Entries as an array (rows, 9), sorted by all columns: what equality is checked on."""
    return in_order(np.array(list(entries), dtype=np.int64).reshape(-1, len(COLUMNS)))


def in_order(rows: Rows) -> Rows:
    """Rows sorted by all columns, the first one first."""
    return rows[np.lexsort(_keys(rows)[::-1])] if len(rows) else rows


def _keys(rows: Rows) -> list[Rows]:
    """Whole numbers that rows sort by as by all columns: as few as hold them, to be quick."""
    keys: list[Rows] = []
    room = -1  # bits
    for column, low, high in zip(rows.T, rows.min(0).tolist(), rows.max(0).tolist(), strict=True):
        bits = (high - low).bit_length()
        if bits <= room:
            keys[-1] = keys[-1] << bits | (column - low)
            room -= bits
        else:
            keys.append(column - low if bits <= _MOST_BITS else column)
            room = _MOST_BITS - bits
    return keys
