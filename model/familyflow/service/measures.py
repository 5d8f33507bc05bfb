"""Measures at entry and at exit, noted together when an episode closes as planned."""

from __future__ import annotations

from familyflow.families.make_up import score
from familyflow.service.record import FamilyRecord
from familyflow.service.shared import Service
from familyflow.specification.decisions import DECISIONS
from familyflow.specification.journal import Event

Scale = tuple[float, float, float, float, float, float]


def note_measures(record: FamilyRecord, service: Service) -> None:
    """Scores of the family, the parent and each child in scope: change, never effect.

    Only families with both measures are noted; entry scores are those of the first referral.
    """
    measures, family = service.plan.measures, record.family
    risk = family.risk_indicators
    risk_at_exit = _at_exit(
        record.uniform("change in risk indicators"), risk, measures.risk_indicators
    )
    service.note(Event.RISK_AT_ENTRY, record, quantity=risk)
    service.note(Event.RISK_AT_EXIT, record, quantity=risk_at_exit)
    if risk_at_exit < risk:
        service.note(Event.IMPROVED, record)
    wellbeing = _at_exit(
        record.uniform("change in wellbeing"), family.wellbeing, measures.wellbeing
    )
    service.note(Event.WELLBEING_AT_ENTRY, record, quantity=family.wellbeing)
    service.note(Event.WELLBEING_AT_EXIT, record, quantity=wellbeing)
    service.note(Event.MEASURED_PARENTS, record)
    _note_children(record, service)


def _note_children(record: FamilyRecord, service: Service) -> None:
    scale, change = service.plan.measures.difficulties, DECISIONS["change in difficulties"]
    for child in record.family.children:
        if child.in_scope:
            uniform = service.luck.of(child.word, change, record.referral)
            at_exit = _at_exit(uniform, child.difficulties, scale)
            entry, exit_ = Event.DIFFICULTIES_AT_ENTRY, Event.DIFFICULTIES_AT_EXIT
            service.note(entry, record, child=child.number, quantity=child.difficulties)
            service.note(exit_, record, child=child.number, quantity=at_exit)
    service.note(Event.MEASURED_CHILDREN, record, quantity=record.children_in_scope)


def _at_exit(uniform: float, at_entry: int, scale: Scale) -> int:
    _, _, lowest, highest, change, sd_of_change = scale
    return score(uniform, at_entry + change, sd_of_change, lowest, highest)
