"""Files under a passing name: their writer holds a lock on each, so that only the dead's are swept.

The system lets go of the lock when the writer ends, however it ends. Where there are no such locks
nothing is swept here: `leftovers` finds by its age what stands there.
"""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from familyflow.store.lock import another_may_take, take_if_free

TEMPORARY: Final = ".familyflow-"
ENDING: Final = ".tmp"


def passing_file(folder: Path, held: ExitStack) -> Path:
    """A new, empty file that is this process's until `held` ends; then it is gone, or renamed."""
    while True:
        path = folder / f"{TEMPORARY}{os.getpid()}-{secrets.token_hex(6)}{ENDING}"
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        held.callback(path.unlink, missing_ok=True)
        if sys.platform == "win32":  # which renames no file that is open
            os.close(handle)
            return path
        held.callback(os.close, handle)
        # somebody who sweeps may have seen it in the moment before it was locked: then another
        if take_if_free(handle) is not False and path.exists():
            return path


def is_abandoned(path: Path) -> bool:
    """Whether its writer is dead; False where that cannot be told, as of a file still empty.

    Nothing is written before the lock is held, so what holds something has a writer with a lock.
    """
    try:
        is_empty = not path.stat().st_size
    except FileNotFoundError:  # renamed meanwhile
        return False
    return not is_empty and _while_locked(path, remove=False)


def sweep_passing(folder: Path) -> list[Path]:
    """Remove the files in this folder that dead writers left; returns what was removed."""
    found = sorted(folder.glob(f"{TEMPORARY}*{ENDING}"))
    return [path for path in found if _while_locked(path, remove=True)]


def _while_locked(path: Path, *, remove: bool) -> bool:
    """Whether nobody writes the file; it is removed while that is certain, if it is to be."""
    try:
        handle = os.open(path, os.O_RDWR)
    except (FileNotFoundError, PermissionError):  # renamed meanwhile, or somebody else's
        return False
    try:
        # some shared folders let everybody in: then a lock means nothing
        if take_if_free(handle) is not True or another_may_take(path) is not False:
            return False
        if remove:
            path.unlink()
        return True
    except FileNotFoundError:  # renamed or removed meanwhile
        return False
    finally:
        os.close(handle)
