"""A process that does jobs: warm before the first, one at a time, gone with whoever started it.

It hears lines of JSON on its standard input and says lines of JSON on its standard output. What it
was given to read never reaches its standard error, which is the server's log.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TextIO

from familyflow.experiments.worker_process import as_a_worker
from familyflow.web.jobs.told import for_the_log, told_of

SECONDS_BETWEEN_LINES: Final = 0.2
Message = dict[str, Any]


def main(parent: int, niceness: int) -> None:
    """Do what is asked until nobody can ask any more. parent: the process that started this one."""
    as_a_worker(parent)
    says, hears = _own_streams()
    asked: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(hears, asked), daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(niceness)
    from familyflow import api

    api.warm(_to_the_log)
    _say(says, {"ready": True})
    while True:
        work = asked.get()
        _say(says, {"id": work["id"], **_answer(work, _Progress(says, work["id"]))})


def _own_streams() -> tuple[TextIO, TextIO]:
    """Where the server hears us and we hear it; nothing that prints gets between."""
    says = os.fdopen(os.dup(1), "w", encoding="utf-8")
    hears = os.fdopen(os.dup(0), encoding="utf-8")
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return says, hears


def _listen(hears: TextIO, asked: queue.SimpleQueue[Message]) -> None:
    for line in hears:
        asked.put(json.loads(line))
    _end()


def _end() -> None:
    """End at once, with every process that works for this one."""
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _answer(work: Mapping[str, Any], progress: _Progress) -> Message:
    """The end of a job: what it made, or why it made nothing."""
    try:
        return _done(work, progress)
    except Exception as error:  # the boundary of a job: told, and logged where it is not theirs
        problems, is_asked_for = told_of(error)
        if not is_asked_for:
            _to_the_log(for_the_log(error))
        return {"problems": problems, "is_asked_for": is_asked_for}


def _done(work: Mapping[str, Any], progress: _Progress) -> Message:
    from familyflow import api

    given, settings, out = work["given"], work["settings"], work["out"]
    if work["kind"] == "rough":
        return {"rough": api.rough(*given, **settings)}
    if work["kind"] == "report":
        files = api.report(given[0], out=out, **settings)
        return {"run": os.path.basename(given[0]), "already_there": not files}
    makers: dict[str, Callable[..., Any]] = {
        "run": api.run,
        "compare": api.compare,
        "staff": api.staff,
        "sweep": api.sweep,
        "voi": api.voi,
    }
    made = makers[work["kind"]](*given, **settings, out=out, progress=progress)
    return {"run": made.folder.name, "already_there": made.already_there}


@dataclass
class _Progress:
    """Tells the server how far the job is, a few times a second."""

    says: TextIO
    job: str
    told: float = field(default=float("-inf"))
    stage: str = ""

    def __call__(self, stage: str, done: int, of: int) -> None:
        now = time.monotonic()
        is_soon = now - self.told < SECONDS_BETWEEN_LINES
        if is_soon and stage == self.stage and 0 < done < of:
            return
        self.told, self.stage = now, stage
        _say(self.says, {"id": self.job, "stage": stage, "done": done, "of": of})


def _say(says: TextIO, message: Message) -> None:
    try:
        says.write(json.dumps(message) + "\n")
        says.flush()
    except BrokenPipeError:  # nobody hears us any more
        _end()


def _to_the_log(line: str) -> None:
    sys.stderr.write(f"worker {os.getpid()}: {line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
