"""One writer at a time: a lock that the system frees by itself when its holder ends."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from familyflow.problems import RefusedError
from familyflow.store.machine import machine_errors

LOCKS: Final = ".locks"
_TRIES: Final = 3
_PAUSE_SECONDS: Final = 0.1
_BUSY: Final = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES})
_held: set[int] = set()


@contextmanager
def lock(out: Path, name: str) -> Iterator[bool]:
    """Hold the lock ``name`` under the folder ``out``; False when locks do not work there.

    Raises RefusedError, with the holder's process number and start, when another has it. The
    lock file stays for ever: deleting it would let two processes hold two locks of one name.
    """
    path = _path(out, name)
    with machine_errors(path.parent):
        path.parent.mkdir(exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    _held.add(handle)
    try:
        yield _take(handle, path, name)
    finally:
        if handle in _held:
            _held.remove(handle)
            os.close(handle)


def is_free(out: Path, name: str) -> bool:
    """Whether nobody holds the lock at this moment; False when that cannot be told."""
    path = _path(out, name)
    return path.exists() and another_may_take(path) is True


def _path(out: Path, name: str) -> Path:
    return out / LOCKS / f"{name}.lock"


def _take(handle: int, path: Path, name: str) -> bool:
    for attempt in range(_TRIES):
        taken = take_if_free(handle)
        if taken is None:
            return False
        if taken:
            _sign(handle)
            # Some shared folders let everybody in: then a lock means nothing.
            return another_may_take(path) is False
        # Another process may be looking only whether the lock is free.
        time.sleep(_PAUSE_SECONDS * (attempt + 1))
    raise RefusedError(_taken(handle, name))


def another_may_take(path: Path) -> bool | None:
    """Whether a second handle takes a lock that is held: in some shared folders, which say so.

    Raises FileNotFoundError where the file is gone.
    """
    second = os.open(path, os.O_RDWR)
    try:
        return take_if_free(second)
    finally:
        os.close(second)


def take_if_free(handle: int) -> bool | None:
    """Lock an open file; False where another holds it, None where there are no locks."""
    if sys.platform == "win32":
        return None
    else:
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return False if error.errno in _BUSY else None
        return True


def _sign(handle: int) -> None:
    started = datetime.now(UTC).isoformat(timespec="seconds")
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, f"{os.getpid()} {started}\n".encode())


def _taken(handle: int, name: str) -> str:
    os.lseek(handle, 0, os.SEEK_SET)
    words = os.read(handle, 200).decode("ascii", "replace").split()
    holder = f" (process {words[0]}, started {words[1]})" if len(words) == 2 else ""
    return f"another run holds {name}{holder}. Wait for it, or give another folder with --out DIR."


def _let_go_in_a_child() -> None:
    """A forked worker must not keep the lock alive after its parent is gone."""
    for handle in _held:
        os.close(handle)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go_in_a_child)
