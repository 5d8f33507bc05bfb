"""Group programmes run as groups on fixed dates; a group costs the same whoever comes."""

from __future__ import annotations

from familyflow.service.clock import Steps
from familyflow.service.record import FamilyRecord, ProgrammePlace
from familyflow.service.shared import Service
from familyflow.specification.decisions import (
    ACCEPTS_PROGRAMME,
    ATTENDS_GROUP,
    COMPLETES_PROGRAMME,
)
from familyflow.specification.journal import Event
from familyflow.specification.phases import Phase
from familyflow.specification.plan import WHOLE_FAMILY, Plan, Programme
from familyflow.specification.variates import DAYS_IN_WEEK

Member = tuple[FamilyRecord, ProgrammePlace]


class GroupWork:
    """Who has been invited to which programme and keeps a place for its next group."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self.accepted: list[dict[tuple[int, int], FamilyRecord]] = [
            {} for _ in service.plan.programmes
        ]  # by programme: families that wait for a group

    def invite(self, record: FamilyRecord) -> None:
        """Invite the family to each programme for its needs that it has no part in yet."""
        service = self._service
        for number, programme in enumerate(service.plan.programmes):
            is_for_it = programme.need == WHOLE_FAMILY or record.family.needs >> programme.need & 1
            if not is_for_it or number in record.places or number in record.completed:
                continue
            service.note(Event.GROUP_INVITED, record, group=number)
            code, referral = ACCEPTS_PROGRAMME + number, record.referral
            if service.family_luck.of(record.family.word, code, referral) < programme.accepts:
                service.note(Event.GROUP_ACCEPTED, record, group=number)
                record.places[number] = ProgrammePlace(referral, service.clock.day)
                self.accepted[number][record.key] = record

    def drop_lapsed(self, record: FamilyRecord) -> None:
        """Take from the family the places that it no longer keeps."""
        for number in list(record.places):
            if not self.keeps(record, number):
                del record.places[number]
                self.accepted[number].pop(record.key, None)

    def keeps(self, record: FamilyRecord, number: int) -> bool:
        """Whether a place is kept today: the episode is open, or closed as planned not long ago."""
        linger = self._service.plan.programmes[number].linger_days
        episode = record.episode
        return episode is not None and episode.lingers(self._service.clock.day, linger)

    def gather(self, number: int) -> list[Member]:
        """The families that start a group today; none if they are too few, who keep their place."""
        for record in list(self.accepted[number].values()):
            self.drop_lapsed(record)
        programme, accepted = self._service.plan.programmes[number], self.accepted[number]
        members = [(record, record.places[number]) for record in accepted.values()]
        if len(members) < programme.least:
            return []
        members.sort(key=lambda member: (member[1].accepted_on, member[0].key))
        members = members[: programme.greatest]
        for record, _ in members:
            del accepted[record.key]
        return members


def run_programme(number: int, programme: Programme, service: Service) -> Steps:
    """On each of its dates a group starts, if there are families for it and time to finish."""
    for day in sorted(set(programme.start_days)):
        if day >= service.plan.last_day:
            return
        yield service.clock.at(day, Phase.GROUPS)
        days = _meeting_days(day, programme.meetings, service.plan)
        members = service.groups.gather(number) if len(days) == programme.meetings else []
        if members:
            service.note(Event.GROUP_STARTED, group=number)
            service.clock.process(_run_group(number, programme, members, days, service))
        else:
            service.note(Event.GROUP_NOT_RUN, group=number)


def _run_group(
    number: int, programme: Programme, members: list[Member], days: list[int], service: Service
) -> Steps:
    """One group, meeting by meeting. A family that loses its place leaves the group."""
    for index, day in enumerate(days):
        if day > service.clock.day:
            yield service.clock.at(day, Phase.GROUPS)
        service.note(Event.GROUP_MEETING, group=number)
        service.note(Event.FACILITATION, quantity=programme.facilitation_minutes)
        members = [member for member in members if _has_its_place(number, member, service)]
        for record, place in members:
            uniform = record.nth_uniform(ATTENDS_GROUP + number, place.referral, index)
            if uniform < programme.attends:
                service.note(Event.GROUP_ATTENDED, record, group=number)
    for record, place in members:
        del record.places[number]
        code, word = COMPLETES_PROGRAMME + number, record.family.word
        if service.family_luck.of(word, code, place.referral) < programme.completes:
            _complete(record, number, service)


def _has_its_place(number: int, member: Member, service: Service) -> bool:
    record, place = member
    service.groups.drop_lapsed(record)
    return record.places.get(number) is place


def _complete(record: FamilyRecord, number: int, service: Service) -> None:
    service.note(Event.GROUP_COMPLETED, record, group=number)
    record.completed.add(number)
    record.expose(record.exposure._replace(group_done=True))
    record.stir()


def _meeting_days(start: int, meetings: int, plan: Plan) -> list[int]:
    """The weekly meetings from the start day, in term and before the end: at most so many."""
    weekly = range(start, plan.last_day, DAYS_IN_WEEK)
    return [day for day in weekly if plan.in_term[day]][:meetings]
