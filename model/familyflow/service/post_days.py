"""The days of each post, added up by year: filled, vacant, and what the team could give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from familyflow.outcomes.clocks import Cuts, intervals
from familyflow.specification.journal import Entry, Event
from familyflow.specification.phases import Phase
from familyflow.specification.plan import Plan
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

if TYPE_CHECKING:
    from familyflow.service.team import KeyWorker

_FILLED, _VACANT, _MINUTES, _PLACES = range(4)
_EVENTS = (
    Event.POST_FILLED,
    Event.POST_VACANT,
    Event.HOURS_AVAILABLE,
    Event.PLACES_AVAILABLE,
)


class PostDays:
    """Sums over the days of one post, by year of the term."""

    def __init__(self, worker: KeyWorker, plan: Plan) -> None:
        self._worker = worker
        self._cuts = _years(plan)
        self._since = 0
        # by the first day of each (part of a) year: sums over its days, in the order of _EVENTS
        self._sums: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])

    def settle(self, day: int) -> None:
        """Count the days before `day` as the post was on them."""
        worker, post = self._worker, self._worker.post
        for first, days in intervals(self._since, day, self._cuts):
            sums = self._sums[self._first_of_year(first)]
            sums[_FILLED if worker.filled else _VACANT] += post.fte_thousandths * days
            if worker.is_free:
                sums[_MINUTES] += worker.minutes * days
                sums[_PLACES] += post.cap * days
        self._since = day

    def entries(self) -> Iterator[Entry]:
        """A line for each sum and year, dated at the year's first day."""
        for day, sums in self._sums.items():
            minutes = sums[_MINUTES] // DAYS_IN_WEEK  # a day is a seventh of a week's minutes
            quantities = sums[_FILLED], sums[_VACANT], minutes, sums[_PLACES]
            for event, quantity in zip(_EVENTS, quantities, strict=True):
                if quantity:
                    yield Entry(
                        day, int(Phase.CALENDAR), int(event),
                        worker=self._worker.number, quantity=quantity,
                    )  # fmt: skip

    def _first_of_year(self, day: int) -> int:
        into_year = (day - self._cuts.first_day) % DAYS_IN_YEAR
        return max(0, day - into_year)


def days_of_the_service(plan: Plan) -> Iterator[Entry]:
    """The days on which the service runs, by year."""
    for day, days in intervals(0, plan.last_day, _years(plan)):
        yield Entry(day, int(Phase.CALENDAR), int(Event.SERVICE_RUNS), quantity=days)


def settled(team: Iterable[KeyWorker], last_day: int) -> Iterator[Entry]:
    """The lines of every post once the term has ended."""
    for worker in team:
        worker.days.settle(last_day)
        yield from worker.days.entries()


def _years(plan: Plan) -> Cuts:
    return Cuts(plan.first_day, window_end=0)  # a post has no follow-up
