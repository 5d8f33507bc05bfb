"""The table of jobs: one file beside the runs, that a server which is killed leaves whole."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from familyflow.problems import MachineError
from familyflow.store.machine import machine_errors
from familyflow.web.jobs.job import COMPARE, GOING_ON, Job

NAME: Final = "jobs.sqlite"
MOST_KEPT: Final = 300
MOST_TIMES: Final = 20  # how long jobs of each kind took, lately
# first: of a comparison's first answer, whether it is wanted, at work, there, or nobody's any more.
_MADE: Final = """
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    asked TEXT NOT NULL, session TEXT NOT NULL, "then" TEXT NOT NULL, state TEXT NOT NULL,
    asked_at TEXT NOT NULL, ended_at TEXT, run TEXT, rough TEXT, problems TEXT NOT NULL,
    first TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS by_state ON jobs (state);
CREATE INDEX IF NOT EXISTS by_run ON jobs (run);
CREATE TABLE IF NOT EXISTS times (
    number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, guessed REAL NOT NULL,
    took REAL NOT NULL);
"""
_COLUMNS: Final = ("number, id, kind, asked, session, \"then\", state, asked_at, ended_at, run, "
                   "rough, problems")  # fmt: skip
_GOING_ON: Final = ", ".join(f"'{state}'" for state in GOING_ON)


class Table:
    """Jobs by their ids, and how long they took. Whoever uses it lets one thread in at a time."""

    def __init__(self, kept: Path) -> None:
        """kept: the server's own folder. Raises MachineError where it cannot be written."""
        with machine_errors(kept):
            kept.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = kept / NAME
            # SQLite gives the files beside it the same permissions
            os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        self._held = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        for made in ("PRAGMA journal_mode=WAL", *_MADE.split(";")):
            self._do(made)

    def close(self) -> None:
        """Let go of the file."""
        self._held.close()

    def add(self, job: Job) -> None:
        """A job that was asked for just now; those long ended are forgotten."""
        first = "wanted" if job.kind == COMPARE else "none"
        row = (job.id, job.kind, json.dumps(job.asked), job.session, job.then, job.state,
               job.asked_at, json.dumps(job.problems), first)  # fmt: skip
        self._do(
            'INSERT INTO jobs (id, kind, asked, session, "then", state, asked_at, problems, first) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        self._do(
            "DELETE FROM jobs WHERE number <= (SELECT max(number) FROM jobs) - ? "
            f"AND state NOT IN ({_GOING_ON})",
            (MOST_KEPT,),
        )

    def get(self, job_id: str) -> Job | None:
        """The job of this id."""
        return self._one("WHERE id = ?", job_id)

    def of_run(self, run: str) -> Job | None:
        """The newest job that made this run; making documents of it is no making of it."""
        return self._one("WHERE run = ? AND kind <> 'report' ORDER BY number DESC", run)

    def recent(self, most: int) -> list[Job]:
        """The newest jobs, the newest first; without their files, which may be large."""
        columns = _COLUMNS.replace("asked,", "json_remove(asked, '$.files'),", 1)
        found = self._do(f"SELECT {columns} FROM jobs ORDER BY number DESC LIMIT ?", (most,))
        return [_job(row) for row in found]

    def going_on(self) -> list[Job]:
        """Those that wait or are at work, in the order in which they were asked for."""
        return self._several(f"WHERE state IN ({_GOING_ON}) ORDER BY number")

    def next_waiting(self) -> Job | None:
        """The one that has waited longest."""
        return self._one("WHERE state = 'waiting' ORDER BY number")

    def next_first(self) -> Job | None:
        """The comparison whose first answer has been wanted longest."""
        return self._one(f"WHERE first = 'wanted' AND state IN ({_GOING_ON}) ORDER BY number")

    def change(self, job_id: str, **columns: str | None) -> None:
        """Write these columns of a job."""
        names = ", ".join(f'"{name}" = ?' for name in columns)
        self._do(f"UPDATE jobs SET {names} WHERE id = ?", (*columns.values(), job_id))

    def put_back(self) -> None:
        """What was cut off waits again."""
        self._do("UPDATE jobs SET state = 'waiting' WHERE state = 'at work'")
        self._do("UPDATE jobs SET first = 'wanted' WHERE first = 'at work'")

    def note_time(self, kind: str, guessed: float, took: float) -> None:
        """A job of this kind was guessed to take so many seconds, and took so many."""
        self._do("INSERT INTO times (kind, guessed, took) VALUES (?, ?, ?)", (kind, guessed, took))
        self._do(
            "DELETE FROM times WHERE kind = ? AND number NOT IN "
            "(SELECT number FROM times WHERE kind = ? ORDER BY number DESC LIMIT ?)",
            (kind, kind, MOST_TIMES),
        )

    def times(self, kind: str, most: int) -> Sequence[tuple[float, float]]:
        """Seconds guessed and taken by the latest jobs of this kind."""
        found = self._do(
            "SELECT guessed, took FROM times WHERE kind = ? ORDER BY number DESC LIMIT ?",
            (kind, most),
        )
        return [(float(guessed), float(took)) for guessed, took in found]

    def _do(self, words: str, given: Sequence[object] = ()) -> sqlite3.Cursor:
        try:
            return self._held.execute(words, given)
        except sqlite3.DatabaseError as error:
            raise MachineError(f"the table of jobs ({NAME}) cannot be used: {error}.") from error

    def _one(self, which: str, *given: object) -> Job | None:
        return next(iter(self._several(f"{which} LIMIT 1", *given)), None)

    def _several(self, which: str, *given: object) -> list[Job]:
        found = self._do(f"SELECT {_COLUMNS} FROM jobs {which}", given)
        return [_job(row) for row in found]


def _job(row: Sequence[Any]) -> Job:
    number, job_id, kind, asked, session, then, state, asked_at, ended_at, run, rough, told = row
    first: Mapping[str, Any] | None = None if rough is None else json.loads(rough)
    return Job(
        job_id, kind, json.loads(asked), session, then, state, asked_at, ended_at, run, first,
        tuple(json.loads(told)), number=number,
    )  # fmt: skip
