"""The desk of whole jobs: each is done to its end, the next one after it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from familyflow.store import sweep
from familyflow.web.jobs import plans
from familyflow.web.jobs.book import Book
from familyflow.web.jobs.desk import Taken
from familyflow.web.jobs.job import Told
from familyflow.web.jobs.told import DIED, NO_WORKER

_TRIES: Final = 2
_log = logging.getLogger(__name__)


class WholeJobs:
    """Whole jobs, one after the other."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._lost: Counter[str] = Counter()

    def take(self) -> Taken | None:
        """The job that has waited longest."""
        book = self._book
        with book.held:
            while (job := book.table.next_waiting()) is not None:
                given = book.given(job)
                if given is None:
                    continue
                book.table.change(job.id, state="at work")
                steps = plans.steps_of(job.kind, job.asked)
                book.courses[job.id] = plans.Course(steps, book.slower(job.kind, job.asked))
                return Taken(job.id, given, book.limits.seconds)
        return None

    def hear(self, taken: Taken, said: Mapping[str, Any]) -> bool:
        """Progress, or the end: a run, or problems."""
        book = self._book
        with book.held:
            job = book.table.get(taken.job_id)
            course = book.courses.get(taken.job_id)
            if job is None or course is None or job.state != "at work":
                return "stage" not in said  # stopped meanwhile
            if "stage" in said:
                course.tell(said["stage"], said["done"], said["of"])
                return False
            if "run" in said:
                if not said["already_there"]:
                    guessed = plans.guess(job.kind, job.asked)
                    name = plans.named(job.kind, job.asked)
                    book.table.note_time(name, guessed, course.seconds)
                book.end(job.id, "done", run=said["run"])
            else:
                book.fail(job.id, said["problems"])
            self._lost.pop(job.id, None)
        return True

    def lose(self, taken: Taken) -> None:
        """It is done once more; if that ends in the same way, it has failed."""
        book = self._book
        sweep(book.out)  # what it had begun to write
        with book.held:
            job = book.table.get(taken.job_id)
            if job is None or job.state != "at work":
                return
            self._lost[job.id] += 1
            book.courses.pop(job.id, None)
            if self._lost[job.id] < _TRIES:
                _log.warning("a worker ended at job %s, which is done once more", job.id)
                book.table.change(job.id, state="waiting")
            else:
                _log.error("a worker ended at job %s again, which has failed", job.id)
                book.fail(job.id, [DIED])
                del self._lost[job.id]

    def give_up(self, taken: Taken) -> None:
        """It took too long."""
        minutes = taken.seconds / 60.0
        told: Told = {
            "what": f"It took more than {minutes:,.3g} minutes, the most that is allowed here",
            "to_do": "Ask for fewer futures or options.",
        }
        with self._book.held:
            self._book.fail(taken.job_id, [told])

    def refuse(self) -> None:
        """The job that has waited longest fails."""
        with self._book.held:
            job = self._book.table.next_waiting()
            if job is not None:
                self._book.fail(job.id, [NO_WORKER])
