"""Dated activities for families: peer support, radio, music, holiday activities."""

from __future__ import annotations

from familyflow.service.clock import Steps
from familyflow.service.record import FamilyRecord
from familyflow.service.shared import Service
from familyflow.specification.decisions import ATTENDS_ACTIVITY
from familyflow.specification.journal import Event
from familyflow.specification.phases import Phase
from familyflow.specification.plan import Activity


def run_activity(number: int, activity: Activity, service: Service) -> Steps:
    """Each date is held whoever comes; families within reach come by their own luck."""
    for day in sorted(set(activity.days)):
        if day >= service.plan.last_day:
            return
        yield service.clock.at(day, Phase.GROUPS)
        service.note(Event.ACTIVITY_HELD, group=number)
        if activity.staff_minutes:
            service.note(Event.FACILITATION, quantity=activity.staff_minutes)
        if activity.volunteer_minutes:
            service.note(Event.VOLUNTEER, quantity=activity.volunteer_minutes)
        for record in list(service.in_reach.values()):
            _offer(record, number, activity, service)
        _forget_those_out_of_reach(service)


def _offer(record: FamilyRecord, number: int, activity: Activity, service: Service) -> None:
    """Offer today's date to a family in its latest episode, after its first session."""
    episode, day = record.episode, service.clock.day
    assert episode is not None
    if not episode.sessions or not episode.lingers(day, activity.linger_days):
        return
    date = episode.dates_offered.get(number, 0)
    episode.dates_offered[number] = date + 1
    uniform = record.nth_uniform(ATTENDS_ACTIVITY + number, episode.referral, date)
    if uniform < activity.attends:
        service.note(Event.ACTIVITY_ATTENDED, record, group=number)


def _forget_those_out_of_reach(service: Service) -> None:
    """Drop families that no activity is open to, until the first session of another episode."""
    longest = max(activity.linger_days for activity in service.plan.activities)
    for key, record in list(service.in_reach.items()):
        if record.episode is None or not record.episode.lingers(service.clock.day, longest):
            del service.in_reach[key]
