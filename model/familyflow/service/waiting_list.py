"""Who waits for a key worker, and in which order they are looked at."""

from __future__ import annotations

from enum import IntEnum

from familyflow.service.record import FamilyRecord
from familyflow.service.shared import Service
from familyflow.specification.journal import Event

Key = tuple[int, int]


class EndOfWait(IntEnum):
    """How a wait ended: the column `group` of WAITED."""

    ALLOCATED = 0
    DECLINED = 1
    GAVE_UP = 2
    LEFT = 3


class WaitingList:
    """Families accepted and not yet allocated, and families whose key worker has left."""

    def __init__(self) -> None:
        self._waiting: dict[Key, FamilyRecord] = {}
        self._lost: dict[Key, FamilyRecord] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def join(self, record: FamilyRecord) -> None:
        """An accepted family begins to wait."""
        record.waits = True
        self._waiting[record.key] = record

    def leave(self, record: FamilyRecord) -> None:
        """The wait ends, whatever ends it."""
        record.waits = False
        del self._waiting[record.key]

    def pause(self, record: FamilyRecord) -> None:
        """A family in its episode has lost its key worker, and goes on with another."""
        self._lost[record.key] = record

    def resume(self, record: FamilyRecord) -> None:
        """The family has a key worker again, or its episode ends without."""
        self._lost.pop(record.key, None)

    def in_order(self) -> list[FamilyRecord]:
        """Families whose key worker left, by that day; then by level of need and referral day."""
        lost = sorted(self._lost.values(), key=_by_day_left)
        return lost + sorted(self._waiting.values(), key=_by_priority)


def end_wait(record: FamilyRecord, how: EndOfWait, service: Service) -> None:
    """The family leaves the list, and the days that it waited are noted."""
    service.waiting.leave(record)
    days = service.clock.day - record.referred_on
    service.note(Event.WAITED, record, group=how, quantity=days)


def _by_day_left(record: FamilyRecord) -> tuple[int, Key]:
    assert record.episode is not None
    return record.episode.worker_left_on, record.key


def _by_priority(record: FamilyRecord) -> tuple[int, int, Key]:
    return -record.level, record.referred_on, record.key
