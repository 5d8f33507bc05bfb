"""Referral and screening: accepted, signposted elsewhere, or passed up to social care."""

from __future__ import annotations

from familyflow.service.record import FamilyRecord
from familyflow.service.shared import Service
from familyflow.specification.journal import Event
from familyflow.specification.variates import choice

_ACCEPTED, _SIGNPOSTED, _PASSED_UP = range(3)  # the order of the shares
_EVENTS = (Event.ACCEPTED, Event.SIGNPOSTED, Event.PASSED_UP)


def is_accepted(record: FamilyRecord, service: Service) -> bool:
    """The family is referred today and screened; True when it joins the waiting list."""
    first = record.referral == 0
    service.note(Event.REFERRED, record)
    if not first:
        service.note(Event.RETURNED, record)
    elif record.family.usual_support:
        service.note(Event.USUAL_SUPPORT, record)
    decided = choice(record.uniform("screening"), service.plan.waiting.screening)
    service.note(_EVENTS[decided], record)
    if decided == _PASSED_UP:
        record.passed_up = True
        # a return is the doing of the service: one that would have been passed up without it is
        # in neither arm
        if first or not _would_have_been(record, service):
            record.paths.pass_up(service.clock.day)
    return decided == _ACCEPTED


def _would_have_been(record: FamilyRecord, service: Service) -> bool:
    return record.uniform("passed up anyway") < service.plan.waiting.passed_up_anyway
