"""Allocation: key workers with a place take families on, in order, and nobody starves."""

from __future__ import annotations

from functools import partial

from familyflow.service.opening import go_on_with, open_episode
from familyflow.service.record import FamilyRecord
from familyflow.service.shared import Service
from familyflow.service.team import KeyWorker
from familyflow.service.waiting_list import EndOfWait, end_wait
from familyflow.specification.journal import Event
from familyflow.specification.phases import Phase

_WHOLE_LOAD = 1_000_000


class AllocationDesk:
    """Looks through the list at the end of each day on which anything has changed."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._asked: set[int] = set()

    def ask_today(self) -> None:
        """Something has changed for the list today: a place, a family, its priority."""
        self.ask(self._service.clock.day)

    def ask(self, day: int) -> None:
        """Look through the list in ALLOCATION of that day. Nobody is taken on after the term."""
        if day < self._service.plan.last_day and day not in self._asked:
            self._asked.add(day)
            moment = self._service.clock.at(day, Phase.ALLOCATION)
            moment.callbacks.append(lambda _: self._allocate())

    def _allocate(self) -> None:
        """Families in order; one that does not fit is passed over until it has waited enough.

        From then on the key workers able to take it are kept for it: nobody further down may
        take them today.
        """
        service, day = self._service, self._service.clock.day
        waiting = service.plan.waiting
        offers_end = service.plan.last_day - waiting.stop_offers_days
        free = [worker for worker in service.team if worker.is_free]
        kept: set[KeyWorker] = set()
        for record in service.waiting.in_order():
            if record.waits and day >= offers_end:
                break  # those whose key worker left stand before all who wait
            if not any(worker.has_place(0) for worker in free if worker not in kept):
                break  # nobody further down can be taken on today
            waited = day - record.referred_on
            widened = not record.waits or waited >= waiting.widen_after_days
            able = [worker for worker in free if widened or worker.match(record.family) >= 1]
            place = record.meeting_plan().place
            fit = [worker for worker in able if worker not in kept and worker.has_place(place)]
            if fit:
                self._offer(record, min(fit, key=partial(_preference, record)))
            elif not record.waits or waited >= waiting.hold_after_days:
                kept.update(able)

    def _offer(self, record: FamilyRecord, worker: KeyWorker) -> None:
        service = self._service
        if not record.waits:
            go_on_with(worker, record, service)
        elif record.uniform("declines") < service.plan.waiting.declines:
            service.note(Event.DECLINED, record)
            end_wait(record, EndOfWait.DECLINED, service)
        else:
            service.note(Event.ALLOCATED, record, worker=worker)
            end_wait(record, EndOfWait.ALLOCATED, service)
            open_episode(record, worker, service)
        record.stir()


def _preference(record: FamilyRecord, worker: KeyWorker) -> tuple[int, int, int]:
    """The best match first, then the least loaded for the hours there are, then by number."""
    load = worker.minutes_held * _WHOLE_LOAD // max(1, worker.minutes)
    return -worker.match(record.family), load, worker.number
