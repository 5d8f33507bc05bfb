"""How a process that works for another one behaves: it starts clean, and never outlives it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS_TO_END = 3.0


def as_a_worker(parent: int) -> None:
    """In a worker: leave Ctrl-C to the parent, and end when the parent is gone, however it went.

    A request to end that reaches parent and workers together is given the parent's few seconds
    first: workers that vanish while it cancels their work would leave it waiting.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # see interrupts_held
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
def callers_script_left_out() -> Iterator[None]:
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


@contextmanager
def interrupts_held() -> Iterator[None]:
    """A Ctrl-C waits until the end of the block; processes started in it do not hear it at all.

    They inherit that it waits, until ``as_a_worker`` says that it is not meant for them: one that
    is only just starting would otherwise write a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Processes started in the block use one thread each for compiled loops."""
    name = "NUMBA_NUM_THREADS"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
