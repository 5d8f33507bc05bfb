"""An episode opens with a key worker, and goes on with another when the first one leaves."""

from __future__ import annotations

from familyflow.service.episode import Episode
from familyflow.service.record import FamilyRecord
from familyflow.service.shared import Service
from familyflow.service.team import KeyWorker
from familyflow.specification.journal import Event
from familyflow.specification.plan import CHILD_PROTECTION, LARGE_FAMILY, KeyWork
from familyflow.specification.variates import HIGHEST_RATE, days_until, threshold


def open_episode(record: FamilyRecord, worker: KeyWorker, service: Service) -> None:
    """The family is allocated today; its first meeting is tomorrow or later."""
    day, key_work = service.clock.day, service.plan.key_work
    service.groups.drop_lapsed(record)
    highest = record.paths.highest_level(day)
    disengaging = _disengaging(key_work, len(record.family.children), highest)
    disengages, ended = record.uniform("disengages"), record.uniform("ended by the service")
    record.episode = Episode(
        referral=record.referral,
        plan=record.meeting_plan(),
        allocated_on=day,
        worker=worker,
        disengages_on=day + days_until(threshold(disengages), disengaging),
        ended_by_service_on=day + days_until(threshold(ended), key_work.ended_by_service),
        settled=day,
    )
    worker.take_on(record)
    _displace_usual_support(record, service)


def go_on_with(worker: KeyWorker, record: FamilyRecord, service: Service) -> None:
    """A family whose key worker left has another from today."""
    assert record.episode is not None
    service.waiting.resume(record)
    worker.take_on(record)
    record.episode.worker, record.episode.settled = worker, service.clock.day
    service.note(Event.RE_ALLOCATED, record, worker=worker)


def _disengaging(key_work: KeyWork, children: int, highest_level: int) -> int:
    """Units a day at which this family stops engaging, from the day of allocation."""
    rate = float(key_work.disengaging)
    if children >= LARGE_FAMILY:
        rate *= key_work.disengaging_large_family
    if highest_level >= CHILD_PROTECTION:
        rate *= key_work.disengaging_on_plan
    return min(HIGHEST_RATE, int(rate + 0.5))


def _displace_usual_support(record: FamilyRecord, service: Service) -> None:
    """The service may take the place of usual support: once a family."""
    if not record.family.usual_support or record.displaced_before:
        return
    if record.uniform("usual support displaced") < service.plan.usual_support_displaced:
        record.displaced_before = True
        service.note(Event.USUAL_SUPPORT_DISPLACED, record)
