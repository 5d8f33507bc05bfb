"""How an episode ends: which ending counts when several fall on one day, and what follows."""

from __future__ import annotations

from familyflow.service.episode import Episode
from familyflow.service.measures import note_measures
from familyflow.service.record import FamilyRecord
from familyflow.service.shared import Service
from familyflow.specification.decisions import DECISIONS
from familyflow.specification.journal import Event

_ON_CHANGE = DECISIONS["disengages on change of worker"]


def unplanned_ending(record: FamilyRecord, episode: Episode, service: Service) -> Event | None:
    """The ending that counts today, if any but a planned one: the first in this order."""
    day = service.clock.day
    if episode.ends_referred_up_on <= day:
        return Event.CLOSED_REFERRED_UP
    if record.family.moves_on <= day:
        return Event.CLOSED_MOVED_AWAY
    if service.plan.last_day <= day:
        return Event.CLOSED_TERM_ENDED
    if episode.worker_left_on == day and _disengages_on_change(record, episode, service):
        return Event.CLOSED_DISENGAGED_ON_CHANGE
    if episode.disengages_on <= day:
        return Event.CLOSED_DISENGAGED
    if episode.ended_by_service_on <= day:
        return Event.CLOSED_BY_SERVICE
    return None


def close(ending: Event, record: FamilyRecord, episode: Episode, service: Service) -> None:
    """The episode ends today, and its place is free."""
    day, worker = service.clock.day, episode.worker
    planned = ending == Event.CLOSED_PLANNED
    service.note(ending, record, worker=worker)
    service.note(Event.EPISODE_DAYS, record, quantity=day - episode.allocated_on)
    if planned:
        note_measures(record, service)
    if worker is not None:
        worker.release(record)
    episode.worker, episode.closed_on, episode.closed_as_planned = None, day, planned
    service.waiting.resume(record)
    service.desk.ask_today()


def _disengages_on_change(record: FamilyRecord, episode: Episode, service: Service) -> bool:
    change = episode.changes
    episode.changes += 1
    uniform = record.nth_uniform(_ON_CHANGE, episode.referral, change)
    return uniform < service.plan.team.disengages_on_change
