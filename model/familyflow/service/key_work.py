"""A week of key work: the meeting is held, missed, or there is none, and minutes are noted."""

from __future__ import annotations

from familyflow.outcomes.exposure import Exposure
from familyflow.service.episode import Episode, Meeting
from familyflow.service.record import FamilyRecord
from familyflow.service.shared import Service
from familyflow.specification.decisions import DECISIONS
from familyflow.specification.journal import Event
from familyflow.specification.variates import DAYS_IN_WEEK

_MEETING_EVENTS = {
    Meeting.INTRODUCTORY: Event.INTRODUCTORY_MEETING,
    Meeting.SESSION: Event.SESSION,
    Meeting.PARENT_SUPPORT: Event.PARENT_SUPPORT_MEETING,
    Meeting.CLOSING: Event.CLOSING_MEETING,
}
_MISSES = DECISIONS["misses a session"]


def work_this_week(record: FamilyRecord, episode: Episode, service: Service) -> bool:
    """On the family's weekday: True when the last step of the plan is done today.

    Nothing is offered, or noted, on a day on which the key worker is absent. In holidays, in
    weeks of waiting for support from outside and when the family misses the meeting, the key
    worker gives the minutes of a gap.
    """
    worker, day = episode.worker, service.clock.day
    if worker is None or day != episode.next_weekday(record.family.weekday):
        return False
    kind = episode.meeting_due(day)
    offered = kind is not None and service.plan.in_term[day] and not worker.absent
    held = offered and not _misses(record, episode, service)
    if kind is not None and held:
        _meet(kind, record, episode, service)
    elif not worker.absent:
        minutes = service.plan.key_work.minutes_gap
        service.note(Event.KEY_WORK, record, worker=worker, quantity=minutes)
    if kind is None or not _is_done(kind, offered=offered, held=held):
        return False
    episode.done += 1
    return episode.done == episode.plan.steps


def _is_done(kind: Meeting, *, offered: bool, held: bool) -> bool:
    """Whether this week counts as a step of the plan.

    Sessions and parent support are made up until they are held; introductory slots count once
    they are offered, and closing weeks as they pass.
    """
    if kind == Meeting.CLOSING:
        return True
    return offered if kind == Meeting.INTRODUCTORY else held


def _misses(record: FamilyRecord, episode: Episode, service: Service) -> bool:
    slot = episode.slots
    episode.slots += 1
    uniform = record.nth_uniform(_MISSES, episode.referral, slot)
    missed = uniform >= service.plan.key_work.attendance
    if missed:
        service.note(Event.MISSED_SESSION, record, worker=episode.worker)
    return missed


def _meet(kind: Meeting, record: FamilyRecord, episode: Episode, service: Service) -> None:
    worker, plan = episode.worker, service.plan.key_work
    if not episode.started:
        episode.started = True
        _start(record, service)
    service.note(_MEETING_EVENTS[kind], record, worker=worker)
    service.note(Event.KEY_WORK, record, worker=worker, quantity=episode.plan.minutes[kind])
    if record.family.interpreter:
        service.note(Event.INTERPRETER, record, worker=worker, quantity=plan.interpreter_minutes)
    if kind == Meeting.SESSION:
        _hold_session(record, episode, service)


def _start(record: FamilyRecord, service: Service) -> None:
    """The first meeting of an episode: the family has started."""
    service.note(Event.STARTED, record)
    if not record.supported_before:
        record.supported_before = True
        service.note(Event.CHILD_SUPPORTED, record, quantity=record.children_in_scope)


def _hold_session(record: FamilyRecord, episode: Episode, service: Service) -> None:
    """A session: play work with each child, and a dose that outcomes feel from today."""
    day, first = service.clock.day, episode.sessions == 0
    episode.sessions += 1
    service.note(
        Event.PLAY_SESSION, record, worker=episode.worker, quantity=record.children_in_scope
    )
    exposure = record.exposure
    # detection counts from the first session of the latest episode
    first_session = day if first else exposure.first_session
    record.expose(Exposure(exposure.sessions + 1, first_session, day, exposure.group_done))
    if episode.sessions == episode.plan.counts[Meeting.SESSION]:
        episode.outside_until = day + DAYS_IN_WEEK * episode.plan.outside_weeks
    if first:
        _open_other_help(record, service)


def _open_other_help(record: FamilyRecord, service: Service) -> None:
    """With the first session of an episode come the family's budget, spot purchase and groups."""
    key_work = service.plan.key_work
    if record.uniform("takes up the family budget") < key_work.family_budget_take_up:
        service.note(Event.FAMILY_BUDGET, record)
    if record.uniform("spot purchase") < key_work.spot_purchase_share:
        service.note(Event.SPOT_PURCHASE, record)
    service.groups.invite(record)
    service.in_reach[record.key] = record
