"""The jobs of a server: asked for by pages, done by two workers, found again after a restart."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from familyflow.problems import RefusedError
from familyflow.store import sweep
from familyflow.store.lock import lock
from familyflow.store.machine import ensure_writable
from familyflow.web.jobs import plans
from familyflow.web.jobs.asked import check_asked
from familyflow.web.jobs.book import Book, now
from familyflow.web.jobs.first import FirstAnswers
from familyflow.web.jobs.job import GOING_ON, Job
from familyflow.web.jobs.lanes import Lane
from familyflow.web.jobs.table import Table
from familyflow.web.jobs.whole import WholeJobs
from familyflow.web.settings import KEPT, LOCK, Limits

# Whole jobs give way to first answers, which somebody waits for, and to the pages themselves.
# Three parts in four, not all: other programs must not starve them on a busy machine.
NICE: Final = 5


class TooManyError(Exception):
    """As many jobs wait as may, for this browser or for everybody."""


class Jobs:
    """The jobs of one folder of runs. Every method may be called from any thread.

    Two lanes: one for the first answers of comparisons, so that they never wait for somebody's
    long job; one for whole jobs.
    """

    def __init__(self, out: Path, limits: Limits) -> None:
        self._out, self._limits = out, limits
        self._open: ExitStack | None = None
        self._book: Book | None = None
        self._lanes: tuple[Lane, ...] = ()

    def start(self) -> None:
        """Open the table, ask again for what was cut off, and let workers get ready.

        Raises RefusedError where another server works in this folder, MachineError where it cannot
        be written. Started already, it stays as it is.
        """
        if self._open is not None:
            return
        ensure_writable(self._out)
        with ExitStack() as opened:
            _alone(self._out, opened)
            opened.callback(sweep, self._out)  # last: what its workers had begun to write
            sweep(self._out)
            table = Table(self._out / KEPT)
            opened.callback(table.close)
            opened.callback(table.put_back)
            table.put_back()
            self._book = Book(table, self._out, self._limits)
            self._lanes = (
                Lane("quick", FirstAnswers(self._book), 0),
                Lane("main", WholeJobs(self._book), NICE),
            )
            for lane in self._lanes:
                lane.start()
                opened.callback(lane.end)
            self._open = opened.pop_all()

    def stop(self) -> None:
        """End the workers; what they were at waits until `start`."""
        if self._open is not None:
            held, self._open, self._book = self._open, None, None
            held.close()

    def ask(self, kind: str, asked: Mapping[str, Any], session: str, then: str) -> str:
        """Ask for a job; its id.

        kind, asked: as `asked.SETTINGS` has them. session: whose browser asks. then: the address
        to go to when it is done, with {run} for the run's id. Raises InputError for what is over
        the limits, TooManyError where enough waits already.
        """
        check_asked(kind, asked, self._limits)
        book, job_id = self._opened(), secrets.token_hex(16)
        with book.held:
            going_on = book.table.going_on()
            own = [job for job in going_on if job.session == session]
            if len(own) >= self._limits.waiting_each or len(going_on) >= self._limits.waiting:
                raise TooManyError
            book.table.add(Job(job_id, kind, dict(asked), session, then, "waiting", now()))
        for lane in self._lanes:
            lane.look()
        return job_id

    def get(self, job_id: str) -> Job | None:
        """The job of this id, as it stands now."""
        book = self._opened()
        with book.held:
            job = book.table.get(job_id)
            return None if job is None else book.told(job)

    @property
    def is_warm(self) -> bool:
        """Whether a worker stands ready, so that work can begin at once."""
        workers = [lane.worker for lane in self._lanes]
        return any(worker is not None and worker.is_ready for worker in workers)

    def cancel(self, job_id: str) -> None:
        """Stop a job, at once where it is at work; nothing half-made stays. Others go on."""
        book = self._opened()
        try:
            with book.held:
                job = book.table.get(job_id)
                if job is None or job.state not in GOING_ON:
                    return
                book.end(job_id, "stopped")
        except BaseException:  # the work ends even where a full disk keeps it from being noted
            self._drop(job_id)
            raise
        self._drop(job_id)
        sweep(self._out)

    def _drop(self, job_id: str) -> None:
        # never while the book is held: a lane holds itself first and the book within
        for lane in self._lanes:
            lane.drop(job_id)

    def before(self, job_id: str) -> int:
        """How many jobs wait or are at work before this one."""
        book = self._opened()
        with book.held:
            job, going_on = book.table.get(job_id), book.table.going_on()
        if job is None or job.state != "waiting":
            return 0
        return sum(other.number < job.number for other in going_on)

    def estimate(self, kind: str, asked: Mapping[str, Any]) -> float:
        """About how many seconds such a job takes, once it is its turn."""
        book = self._opened()
        with book.held:
            return plans.guess(kind, asked) * book.slower(kind, asked)

    def recent(self, most: int = 20) -> list[Job]:
        """The newest jobs of everybody, the newest first."""
        book = self._opened()
        with book.held:
            return [book.told(job) for job in book.table.recent(most)]

    def of_run(self, run: str) -> Job | None:
        """The newest job that made this run, or found it made already."""
        book = self._opened()
        with book.held:
            return book.table.of_run(run)

    def _opened(self) -> Book:
        if self._book is None:
            raise RuntimeError("jobs are asked of a server that has not been started")
        return self._book


def _alone(out: Path, opened: ExitStack) -> None:
    """Hold the folder for this server."""
    try:
        opened.enter_context(lock(out, LOCK))
    except RefusedError as error:
        raise RefusedError(
            f"another server works in {out} already. Stop it, or give another folder "
            "with --out DIR."
        ) from error
