"""A family's journey: referred, screened, waiting, working together, closed, perhaps back again."""

from __future__ import annotations

from familyflow.service.clock import Steps
from familyflow.service.endings import close, unplanned_ending
from familyflow.service.episode import Episode
from familyflow.service.key_work import work_this_week
from familyflow.service.record import FamilyRecord
from familyflow.service.returning import day_of_return
from familyflow.service.screening import is_accepted
from familyflow.service.shared import Service
from familyflow.service.waiting_list import EndOfWait, end_wait
from familyflow.specification.journal import Event
from familyflow.specification.phases import Phase
from familyflow.specification.plan import CHILD_IN_NEED
from familyflow.specification.variates import whole_days


def journey(record: FamilyRecord, service: Service) -> Steps:
    """One family, from its first referral to the end of the term."""
    day: int | None = record.family.referred
    while day is not None and day < service.plan.last_day:
        yield service.clock.at(day, Phase.REFERRALS)
        record.refer()
        if is_accepted(record, service):
            yield from _wait_for_a_key_worker(record, service)
            if record.episode is not None and record.episode.closed_on is None:
                yield from _work_together(record, record.episode, service)
        record.ended_on = service.clock.day
        day = day_of_return(record, service)


def _wait_for_a_key_worker(record: FamilyRecord, service: Service) -> Steps:
    """On the list until allocated or declining (at the desk), giving up, or leaving."""
    clock, waiting = service.clock, service.plan.waiting
    gives_up = clock.day + whole_days(waiting.patience_days.at(record.uniform("patience")))
    leaves = min(record.family.moves_on, service.plan.last_day)
    _see_children(record, service)
    service.waiting.join(record)
    for days in (0, waiting.widen_after_days, waiting.hold_after_days):
        service.desk.ask(clock.day + days)
    while True:
        until = (leaves, Phase.ENDINGS) if leaves <= gives_up else (gives_up, Phase.GIVING_UP)
        step = record.paths.next_step(until[0])
        yield record.until(*((step, Phase.CHILDREN) if step is not None else until))
        if not record.waits:
            return
        if clock.phase == Phase.CHILDREN:
            _see_children(record, service)
            service.desk.ask_today()
        elif clock.phase == Phase.ENDINGS:
            return _stop_waiting(record, Event.LEFT_LIST, EndOfWait.LEFT, service)
        elif clock.phase == Phase.GIVING_UP:
            return _stop_waiting(record, Event.GAVE_UP_WAITING, EndOfWait.GAVE_UP, service)


def _stop_waiting(record: FamilyRecord, event: Event, how: EndOfWait, service: Service) -> None:
    service.note(event, record)
    end_wait(record, how, service)
    service.desk.ask_today()  # key workers may have been kept for this family


def _work_together(record: FamilyRecord, episode: Episode, service: Service) -> Steps:
    """The episode, weekday by weekday, until it ends."""
    clock = service.clock
    while episode.closed_on is None:
        yield record.until(*_next_moment(record, episode, service))
        if clock.phase == Phase.CHILDREN:
            _notice_referral_up(record, episode, service)
        elif clock.phase == Phase.ENDINGS:
            _settle_the_day(record, episode, service)


def _next_moment(record: FamilyRecord, episode: Episode, service: Service) -> tuple[int, Phase]:
    """When something happens in this episode next, if nobody stirs the family before."""
    day = min(
        episode.ends_referred_up_on,
        record.family.moves_on,
        service.plan.last_day,
        episode.disengages_on,
        episode.ended_by_service_on,
    )
    if episode.worker is not None:
        day = min(day, episode.next_weekday(record.family.weekday))
    elif episode.worker_left_on > episode.settled:
        day = min(day, episode.worker_left_on)  # today: the family settles it in ENDINGS
    if not episode.referred_up:
        step = record.paths.next_step(day)
        if step is not None:
            return step, Phase.CHILDREN
    return day, Phase.ENDINGS


def _notice_referral_up(record: FamilyRecord, episode: Episode, service: Service) -> None:
    """The first step of a child to a statutory level in the episode is a referral up."""
    steps = record.paths.advance(service.clock.day)
    if not any(step.from_level < CHILD_IN_NEED <= step.to_level for step in steps):
        return
    service.note(Event.REFERRED_UP, record, worker=episode.worker)
    episode.referred_up = True
    if record.uniform("ends when referred up") < service.plan.key_work.ends_when_referred_up:
        episode.ends_referred_up_on = service.clock.day


def _settle_the_day(record: FamilyRecord, episode: Episode, service: Service) -> None:
    """Today's ending, or the loss of the key worker, or the week's meeting."""
    day = service.clock.day
    ending = unplanned_ending(record, episode, service)
    if ending is None and episode.worker is None:
        service.waiting.pause(record)
        service.desk.ask_today()
    elif ending is None and work_this_week(record, episode, service):
        ending = Event.CLOSED_PLANNED
    if ending is not None:
        close(ending, record, episode, service)
    episode.settled = day


def _see_children(record: FamilyRecord, service: Service) -> None:
    """The highest level among the children today is the family's place in the list."""
    record.paths.advance(service.clock.day)
    record.level = record.paths.highest_level(service.clock.day)
