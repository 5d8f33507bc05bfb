"""The desk of first answers: about what a comparison comes to, before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from familyflow.web.jobs.book import Book, as_text
from familyflow.web.jobs.desk import Taken

ROUGH: Final = "rough"
# What a first answer reads of a comparison that is asked for.
_OF_ROUGH: Final = ("seed", "sets", "parameter_files", "price_year")
_ROUGH_SECONDS: Final = 60.0


class FirstAnswers:
    """First answers of comparisons. Where one fails the whole comparison still comes."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def take(self) -> Taken | None:
        """The comparison whose first answer is wanted longest."""
        book = self._book
        with book.held:
            job = book.table.next_first()
            given = None if job is None else book.given(job)
            if job is None or given is None:
                return None
            settings = {name: given["settings"].get(name) for name in _OF_ROUGH}
            some = {name: value for name, value in settings.items() if value is not None}
            book.table.change(job.id, first="at work")
            quick = {**given, "kind": ROUGH, "settings": some}
            return Taken(job.id, quick, min(_ROUGH_SECONDS, book.limits.seconds))

    def hear(self, taken: Taken, said: Mapping[str, Any]) -> bool:
        """The first answer, or what is wrong with what was asked: then nobody waits for more."""
        if "stage" in said:
            return False
        book = self._book
        with book.held:
            job = book.table.get(taken.job_id)
            if "rough" in said:
                book.table.change(taken.job_id, first="there", rough=as_text(said["rough"]))
                return True
            book.table.change(taken.job_id, first="none")
            if said["is_asked_for"] and job is not None and job.state == "waiting":
                book.fail(job.id, said["problems"])
        return True

    def lose(self, taken: Taken) -> None:
        """There will be none."""
        with self._book.held:
            self._book.table.change(taken.job_id, first="none")

    def give_up(self, taken: Taken) -> None:
        """There will be none."""
        self.lose(taken)

    def refuse(self) -> None:
        """The first answer that is wanted longest is given up."""
        with self._book.held:
            job = self._book.table.next_first()
            if job is not None:
                self._book.table.change(job.id, first="none")
