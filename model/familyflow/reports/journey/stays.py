"""From the journal to families: where each referral is, from day to day, until it has ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, NamedTuple

import numpy as np

from familyflow.experiments.quantities import DAY, EVENT, FAMILY, SOURCE, WORKER, Rows
from familyflow.specification.journal import NOBODY, Event
from familyflow.specification.plan import CARRIED_OVER

Key = tuple[int, int]  # source and number of a family


class Stage(IntEnum):
    """Where a referral is; from SIGNPOSTED on it has ended."""

    WAITING = 0
    INTRODUCTORY = 1  # a key worker has taken the family on, no weekly session is held yet
    SESSIONS = 2
    PARENT_SUPPORT = 3
    CLOSING = 4
    BETWEEN = 5  # the key worker left, and no other has taken over yet
    SIGNPOSTED = 6
    PASSED_UP = 7
    GAVE_UP = 8
    DECLINED = 9
    MOVED_WAITING = 10
    LIST_CLOSED = 11
    PLANNED = 12
    DISENGAGED = 13
    BY_SERVICE = 14
    MOVED = 15
    REFERRED_UP = 16
    TERM_ENDED = 17


HELD: Final = (Stage.INTRODUCTORY, Stage.SESSIONS, Stage.PARENT_SUPPORT, Stage.CLOSING)
WITHOUT_SUPPORT: Final = tuple(Stage(code) for code in range(Stage.SIGNPOSTED, Stage.PLANNED))
AFTER_SUPPORT: Final = tuple(Stage(code) for code in range(Stage.PLANNED, Stage.TERM_ENDED + 1))
ENDED: Final = (*WITHOUT_SUPPORT, *AFTER_SUPPORT)

_MEETINGS: Final = {
    Event.INTRODUCTORY_MEETING: Stage.INTRODUCTORY,
    Event.SESSION: Stage.SESSIONS,
    Event.PARENT_SUPPORT_MEETING: Stage.PARENT_SUPPORT,
    Event.CLOSING_MEETING: Stage.CLOSING,
}
_ENDINGS: Final = {
    Event.SIGNPOSTED: Stage.SIGNPOSTED,
    Event.PASSED_UP: Stage.PASSED_UP,
    Event.GAVE_UP_WAITING: Stage.GAVE_UP,
    Event.DECLINED: Stage.DECLINED,
    Event.LEFT_LIST: Stage.MOVED_WAITING,
    Event.CLOSED_PLANNED: Stage.PLANNED,
    Event.CLOSED_DISENGAGED: Stage.DISENGAGED,
    Event.CLOSED_DISENGAGED_ON_CHANGE: Stage.DISENGAGED,
    Event.CLOSED_BY_SERVICE: Stage.BY_SERVICE,
    Event.CLOSED_MOVED_AWAY: Stage.MOVED,
    Event.CLOSED_REFERRED_UP: Stage.REFERRED_UP,
    Event.CLOSED_TERM_ENDED: Stage.TERM_ENDED,
}
_TOLD: Final = (
    Event.REFERRED, Event.ACCEPTED, Event.ALLOCATED, Event.RE_ALLOCATED, Event.LEFT_POST,
    *_MEETINGS, *_ENDINGS,
)  # fmt: skip


class Stay(NamedTuple):
    """From this day on the referral is at this stage, with this key worker's post (or nobody)."""

    day: int
    stage: Stage
    worker: int = NOBODY


@dataclass
class Referral:
    """One referral of a family; a family that is referred again has another one.

    referred: day of the funding term. stays: in order of days, the last one an ending.
    """

    family: Key
    referred: int
    stays: list[Stay] = field(default_factory=list)

    @property
    def last(self) -> Stay:
        """Where it is by what was read so far."""
        return self.stays[-1]

    @property
    def taken_on(self) -> int | None:
        """The day on which a key worker first took the family on; None where none did."""
        return next((stay.day for stay in self.stays if stay.worker != NOBODY), None)

    def at(self, day: int) -> Stay | None:
        """Where it is at the end of a day; None before it is referred."""
        return next((stay for stay in reversed(self.stays) if stay.day <= day), None)

    def move(self, day: int, stage: Stage, worker: int = NOBODY) -> None:
        """From this day on it is there."""
        if not self.stays or (self.last.stage, self.last.worker) != (stage, worker):
            self.stays.append(Stay(day, stage, worker))


def referrals_of(rows: Rows, last_day: int) -> list[Referral]:
    """Every referral of the funding term, in the order in which they came.

    rows: the journal with the service, in order. last_day: the day on which the term ends, which
    closes the list. Families carried over from before the term are none of it.
    """
    made: list[Referral] = []
    latest: dict[Key, Referral] = {}
    held: dict[int, dict[Key, Referral]] = {}  # by post
    told = rows[np.isin(rows[:, EVENT], _TOLD) & (rows[:, SOURCE] < CARRIED_OVER)]
    for day, code, worker, *key in told[:, [DAY, EVENT, WORKER, SOURCE, FAMILY]].tolist():
        event, family = Event(code), (key[0], key[1])
        if event == Event.LEFT_POST:
            for one in held.pop(worker, {}).values():
                one.move(day, Stage.BETWEEN)
        elif event == Event.REFERRED:
            latest[family] = Referral(family, day)
            made.append(latest[family])
        else:
            _follow(latest[family], day, event, worker, last_day, held)
    return made


def _follow(
    one: Referral,
    day: int,
    event: Event,
    worker: int,
    last_day: int,
    held: dict[int, dict[Key, Referral]],
) -> None:
    """What an event of the family does to its latest referral."""
    if event == Event.ACCEPTED:
        one.move(day, Stage.WAITING)
    elif event in (Event.ALLOCATED, Event.RE_ALLOCATED):
        held.setdefault(worker, {})[one.family] = one
        one.move(day, _stage_reached(one), worker)
    elif event in _MEETINGS:
        one.move(day, _MEETINGS[event], worker)
    else:
        held.get(one.last.worker if one.stays else NOBODY, {}).pop(one.family, None)
        closed = event == Event.LEFT_LIST and day >= last_day
        one.move(day, Stage.LIST_CLOSED if closed else _ENDINGS[event])


def _stage_reached(one: Referral) -> Stage:
    """How far the work had come when a key worker takes the family on."""
    return next(
        (stay.stage for stay in reversed(one.stays) if stay.stage in HELD), Stage.INTRODUCTORY
    )
