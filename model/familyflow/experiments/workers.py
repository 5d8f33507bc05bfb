"""Does many draws in order, here or in several processes; the answer never depends on which."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from familyflow.experiments.worker_process import as_a_worker, callers_script_left_out
from familyflow.problems import MachineError

Task = TypeVar("Task")
Done = TypeVar("Done")
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
        initializer=as_a_worker,
        initargs=(os.getpid(),),
    )
    try:
        ahead: deque[Future[Done]] = deque()
        for task in tasks:
            with callers_script_left_out():  # processes start as work is handed in
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
