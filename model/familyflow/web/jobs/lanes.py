"""A lane: one standing worker, the work it is at, and another worker when that one ends."""

from __future__ import annotations

import logging
import math
import queue
import threading
import time
from collections.abc import Mapping
from typing import Any, Final

from familyflow.web.jobs.desk import Desk, Taken
from familyflow.web.jobs.process import Process

START_SECONDS: Final = 300.0  # that a worker may take to be warm: kernels may have to be compiled
MOST_FALSE_STARTS: Final = 3
_LONGEST_PAUSE: Final = 30.0
Event = tuple[Process, Mapping[str, Any] | None] | None
_log = logging.getLogger(__name__)


class Lane:
    """Does the work of a desk, one thing at a time, in a process that stands ready for it."""

    def __init__(self, name: str, desk: Desk, niceness: int) -> None:
        self._name, self._desk, self._niceness = name, desk, niceness
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        # over which work the worker is at; the book is asked within it, never the other way about
        self._held = threading.Lock()
        self._worker: Process | None = None
        self._taken: Taken | None = None
        self._until = math.inf  # when the worker must have said that it is ready, or done
        self._is_ended = False
        self._false_starts, self._not_before = 0, 0.0
        self._thread = threading.Thread(target=self._go_on, name=f"lane {name}", daemon=True)

    @property
    def worker(self) -> Process | None:
        """The worker that stands in this lane now."""
        return self._worker

    def start(self) -> None:
        """Let a worker get ready at once, before anybody asks for anything."""
        self._thread.start()

    def look(self) -> None:
        """There is something new to do."""
        self._events.put(None)

    def drop(self, job_id: str) -> None:
        """End the work at this job now, if it is the one, by ending the worker."""
        with self._held:
            if self._taken is not None and self._taken.job_id == job_id and self._worker:
                self._worker.kill()

    def end(self) -> None:
        """End the worker and the lane; what it was at stays as it is."""
        with self._held:
            self._is_ended = True
            if self._worker is not None:
                self._worker.kill()
        self._events.put(None)
        self._thread.join()

    def _go_on(self) -> None:
        while not self._is_ended:
            try:
                self._stand()
                self._give()
                self._wait()
            except Exception:
                # the lane outlives a fault of ours; the work is told as lost when the worker ends
                _log.exception("lane %s", self._name)
                self._kill()
                time.sleep(1.0)

    def _stand(self) -> None:
        """Start a worker where there is none, not too soon after one that ended at once."""
        with self._held:
            if self._worker is None and not self._is_ended and time.monotonic() >= self._not_before:
                self._worker = Process(self._niceness, lambda *event: self._events.put(event))
                self._until = time.monotonic() + START_SECONDS

    def _give(self) -> None:
        """Let an idle worker do what waits."""
        if self._false_starts >= MOST_FALSE_STARTS:
            self._desk.refuse()
        with self._held:
            worker = self._worker
            if self._taken or worker is None or not worker.is_ready or self._is_ended:
                return
            self._taken = self._desk.take()
            if self._taken is not None:
                self._until = time.monotonic() + self._taken.seconds
                worker.give(self._taken.given)

    def _wait(self) -> None:
        """Hear what comes next, or note that time is up."""
        now = time.monotonic()
        until = min(self._until, self._not_before if self._worker is None else math.inf)
        try:
            event = self._events.get(timeout=None if until == math.inf else max(0.0, until - now))
        except queue.Empty:
            self._time_is_up()
            return
        if event is not None and event[0] is self._worker:
            self._hear(event[1])

    def _time_is_up(self) -> None:
        if time.monotonic() < self._until:
            return
        if self._taken is not None:
            self._desk.give_up(self._taken)
        self._until = math.inf
        self._kill()

    def _hear(self, said: Mapping[str, Any] | None) -> None:
        if said is None:
            self._gone()
        elif "ready" in said:
            assert self._worker is not None
            self._worker.is_ready, self._false_starts, self._until = True, 0, math.inf
        elif self._taken is not None and self._desk.hear(self._taken, said):
            self._idle()

    def _gone(self) -> None:
        """The worker has ended: another takes its place."""
        if self._is_ended:
            return
        assert self._worker is not None
        if not self._worker.is_ready:
            self._false_starts += 1
            pause = min(_LONGEST_PAUSE, 2.0 ** (self._false_starts - 1))
            self._not_before = time.monotonic() + pause
            _log.error("a worker of lane %s ended before it was ready", self._name)
        taken = self._taken
        self._idle()
        self._worker = None
        if taken is not None:
            self._desk.lose(taken)

    def _idle(self) -> None:
        with self._held:
            self._taken, self._until = None, math.inf

    def _kill(self) -> None:
        with self._held:
            if self._worker is not None:
                self._worker.kill()
