"""Does many draws in order, here or in several processes; the answer never depends on which."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from familyflow.problems import MachineError

Task = TypeVar("Task")
Done = TypeVar("Done")
SECONDS_TO_END = 3.0
AHEAD = 4  # tasks handed in for each process


def default_workers() -> int:
    """One process for each processor that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def each(work: Callable[[Task], Done], tasks: Iterable[Task], workers: int) -> Iterator[Done]:
    """The results in the order of the tasks. workers: processes; 1 works in this one.

    Tasks are taken a few ahead of the results, so that many draws need no more memory than few.
    """
    if workers == 1:
        yield from map(work, tasks)
        return
    # spawn, not fork: a forked child inherits locks of threads that it does not have
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(
        workers,
        mp_context=context,
        initializer=_as_a_worker,
        initargs=(os.getpid(),),
    )
    try:
        ahead: deque[Future[Done]] = deque()
        for task in tasks:
            with _callers_script_left_out():  # processes start as work is handed in
                ahead.append(pool.submit(work, task))
            if len(ahead) > AHEAD * workers:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    except BrokenProcessPool:
        raise MachineError(
            "a worker process was ended from outside, perhaps because memory ran out. "
            "Run again with fewer --workers."
        ) from None
    finally:
        # nobody is waited for: a worker ends after the draw it is at
        pool.shutdown(wait=False, cancel_futures=True)


def _as_a_worker(parent: int) -> None:
    """In a worker: leave Ctrl-C to the parent, and end when the parent is gone, however it went.

    A request to end that reaches parent and workers together is given the parent's few seconds
    first: workers that vanish while it cancels their work would leave it waiting.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None:
            signal.signal(number, _end_soon)
    _end_with_parent(parent)


def _end_soon(number: int, frame: FrameType | None) -> None:
    timer = threading.Timer(SECONDS_TO_END, os._exit, (1,))
    timer.daemon = True
    timer.start()


def _end_with_parent(parent: int) -> None:
    """Look once a second whether the process that started this one is still there."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1.0)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def _callers_script_left_out() -> Iterator[None]:
    """New processes do not run the caller's script again: they need nothing that stands in it.

    Without this a script or notebook that calls ``familyflow.run`` outside an
    ``if __name__ == "__main__"`` would start itself anew in every worker.
    """
    main = sys.modules["__main__"]
    spec, file = main.__spec__, main.__dict__.pop("__file__", None)
    main.__spec__ = None
    try:
        yield
    finally:
        main.__spec__ = spec
        if file is not None:
            main.__file__ = file
