"""The jobs of a folder of runs: what their table keeps, and how far those at work are."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from familyflow.problems import InputError, MachineError
from familyflow.web.jobs import plans
from familyflow.web.jobs.asked import work_of
from familyflow.web.jobs.job import Job, Told
from familyflow.web.jobs.table import Table
from familyflow.web.jobs.told import for_the_log, told_of
from familyflow.web.settings import Limits

_log = logging.getLogger(__name__)


class Book:
    """The jobs of a folder of runs, in their table, and how far those at work are."""

    def __init__(self, table: Table, out: Path, limits: Limits) -> None:
        self.table, self.out, self.limits = table, out, limits
        self.held = threading.RLock()
        self.courses: dict[str, plans.Course] = {}

    def told(self, job: Job) -> Job:
        """The job with how far it is."""
        course = self.courses.get(job.id)
        if course is None or job.state != "at work":
            return job
        return replace(job, stage=course.stage, done=course.done, of=course.of,
                       seconds_left=course.seconds_left())  # fmt: skip

    def slower(self, kind: str, asked: Mapping[str, Any]) -> float:
        """Seconds that jobs such as this took here for each one guessed."""
        times = self.table.times(plans.named(kind, asked), plans.LATEST)
        return plans.corrected(1.0, times)

    def end(self, job_id: str, state: str, **columns: str | None) -> None:
        """The job is over."""
        self.table.change(job_id, state=state, ended_at=now(), **columns)
        self.courses.pop(job_id, None)

    def fail(self, job_id: str, problems: Sequence[Told]) -> None:
        """The job is over, and this is why."""
        self.end(job_id, "failed", problems=as_text(list(problems)))

    def given(self, job: Job) -> dict[str, Any] | None:
        """What a worker is told to do for this job; None where it failed at once."""
        try:
            work = work_of(job.kind, job.asked, self.out)
        except (InputError, MachineError) as error:
            problems, is_asked_for = told_of(error)
            if not is_asked_for:
                _log.error("%s", for_the_log(error))
            self.fail(job.id, problems)
            return None
        return {"id": job.id, "out": str(self.out), **asdict(work)}


def as_text(value: object) -> str:
    """As the table keeps it."""
    return json.dumps(value)


def now() -> str:
    """This moment, as the table keeps it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
