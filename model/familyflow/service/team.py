"""The posts of the team, each a process: people leave, are replaced, settle in and fall ill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from familyflow.luck import post_word
from familyflow.problems import bad_input
from familyflow.service.clock import Steps
from familyflow.service.post_days import PostDays
from familyflow.service.shared import Service
from familyflow.specification.decisions import DECISIONS, within_episode
from familyflow.specification.journal import Event
from familyflow.specification.phases import Phase
from familyflow.specification.plan import WHOLE_FAMILY, Post
from familyflow.specification.variates import NEVER, days_until, threshold, whole_days

if TYPE_CHECKING:
    from familyflow.families.family import Family
    from familyflow.service.record import FamilyRecord


MOST_PEOPLE = 16  # in one post within the term: what the luck of absences has room for


class KeyWorker:
    """A post and whoever is in it, with the families held."""

    def __init__(self, number: int, post: Post, service: Service) -> None:
        self.number, self.post, self._service = number, post, service
        self.filled = self.absent = False
        self.minutes = 0  # a week, for families
        self.families: dict[tuple[int, int], FamilyRecord] = {}
        self.minutes_held = 0
        self.days = PostDays(self, service.plan)

    @property
    def is_free(self) -> bool:
        """Present and not absent: families can meet this key worker today."""
        return self.filled and not self.absent

    def has_place(self, minutes: int) -> bool:
        """Whether a family that takes so many minutes a week fits in."""
        return len(self.families) < self.post.cap and self.minutes_held + minutes <= self.minutes

    def match(self, family: Family) -> int:
        """2: the family's leading need; 1: whole-family, or another of its needs; 0: neither."""
        specialism = self.post.specialism
        if specialism == WHOLE_FAMILY:
            return 1
        if specialism == family.leading_need:
            return 2
        return family.needs >> specialism & 1

    def take_on(self, record: FamilyRecord) -> None:
        """Hold a place for the family: the peak weekly minutes of its plan, to the ending."""
        self.families[record.key] = record
        self.minutes_held += record.meeting_plan().place

    def release(self, record: FamilyRecord) -> None:
        """Free the family's place."""
        del self.families[record.key]
        self.minutes_held -= record.meeting_plan().place

    def change(self, *, filled: bool, absent: bool = False, minutes: int = 0) -> None:
        """Today the post is filled or not, and its key worker here or not."""
        self.days.settle(self._service.clock.day)
        self.filled, self.absent, self.minutes = filled, absent, minutes
        self._service.desk.ask_today()

    def uniform(self, decision: str, occurrence: int) -> float:
        """The luck of this post."""
        return self._service.luck.of(post_word(self.number), DECISIONS[decision], occurrence)


def life_of(worker: KeyWorker, service: Service) -> Steps:
    """A post from the first day to the last: one person after another."""
    team, clock, last_day = service.plan.team, service.clock, service.plan.last_day
    person, starts = 0, 0
    while True:
        leaves = starts + days_until(threshold(worker.uniform("tenure", person)), team.leaving)
        yield from _time_of(worker, person, leaves, service)
        if leaves >= last_day:
            return
        service.note(Event.LEFT_POST, worker=worker)
        _leave(worker, service)
        # the plan holds the months as days, not yet rounded: a month is a twelfth of a year
        starts = leaves + whole_days(team.vacancy_days.at(worker.uniform("vacancy", person)))
        if not team.refills or starts >= last_day:
            return
        yield clock.at(starts, Phase.POSTS)
        service.note(Event.RECRUITED, worker=worker)
        person += 1
        if person >= MOST_PEOPLE:
            raise bad_input(
                f"one post had more than {MOST_PEOPLE} people within the term",
                "Lower service.team.turnover_per_year, or lengthen service.team.months_to_recruit.",
                where="service.team",
            )


def _time_of(worker: KeyWorker, person: int, leaves: int, service: Service) -> Steps:
    """One person's time in the post, up to the day of leaving."""
    team, clock, post = service.plan.team, service.clock, worker.post
    # the first people are recruited and inducted before the term
    inducted = clock.day + team.induction_days if person and team.induction_days else NEVER
    minutes = post.weekly_minutes if inducted == NEVER else post.induction_minutes
    worker.change(filled=True, minutes=minutes)
    absences, ill, back = 0, _falls_ill(worker, person, 0, clock.day, service), NEVER
    while True:
        day = min(leaves, inducted, ill, back)
        if day >= service.plan.last_day:
            return
        yield clock.at(day, Phase.POSTS)
        if day == leaves:
            return
        if day == inducted:
            minutes, inducted = post.weekly_minutes, NEVER
        if day == ill:
            days = _length_of_absence(worker, person, absences, service)
            ill, back = NEVER, day + days
            lost = min(back, leaves, service.plan.last_day) - day
            service.note(Event.ABSENT, worker=worker, quantity=lost)
        elif day == back:
            absences += 1
            ill, back = _falls_ill(worker, person, absences, day, service), NEVER
        worker.change(filled=True, absent=back != NEVER, minutes=minutes)


def _falls_ill(worker: KeyWorker, person: int, absences: int, day: int, service: Service) -> int:
    uniform = worker.uniform("absence", within_episode(person, absences))
    return day + days_until(threshold(uniform), service.plan.team.falls_ill)


def _length_of_absence(worker: KeyWorker, person: int, absences: int, service: Service) -> int:
    uniform = worker.uniform("length of absence", within_episode(person, absences))
    return whole_days(service.plan.team.absence_days.at(uniform))


def _leave(worker: KeyWorker, service: Service) -> None:
    """The key worker's families lose them: places are freed now, and each family settles it."""
    left_behind = list(worker.families.values())
    worker.families.clear()
    worker.minutes_held = 0
    worker.change(filled=False)
    for record in left_behind:
        assert record.episode is not None
        record.episode.worker = None
        record.episode.worker_left_on = service.clock.day
        record.stir()
