"""Opens the folder of a piece of work: for one writer, swept of what the dead left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from familyflow.experiments.points.kept import Kept
from familyflow.experiments.points.points import Points
from familyflow.store.atomic import sync_folder
from familyflow.store.lock import lock
from familyflow.store.machine import ensure_writable, machine_errors
from familyflow.store.passing import TEMPORARY
from familyflow.store.run_folder import NO_LOCKS


@contextmanager
def open_kept(
    points: Points, outputs: int, folder: Path, *, reset_quarantine: bool = False
) -> Iterator[Kept]:
    """What the folder holds of these points, with nobody else writing there.

    Raises MachineError before any work when nothing can be written, and RefusedError when another
    process holds the folder, or it holds other work or other places.
    """
    _make(folder)
    with lock(folder.parent, folder.name) as locks_work:
        if locks_work:
            _sweep(folder)
        kept = Kept(points, outputs, folder)
        if not locks_work:
            kept.warnings.append(NO_LOCKS)
        with machine_errors(folder):
            kept.find(reset_quarantine=reset_quarantine)
        yield kept


def _make(folder: Path) -> None:
    """Try the folder for writing; one that is new, with its parents, is there after a power cut."""
    with machine_errors(folder):
        new = [path for path in (folder, *folder.parents) if not path.exists()]
        ensure_writable(folder)
        for path in new:
            sync_folder(path.parent)


def _sweep(folder: Path) -> None:
    """Remove half-written files of the dead: nobody else can be writing here now."""
    with machine_errors(folder):
        for path in folder.glob(f"{TEMPORARY}*.tmp"):
            path.unlink(missing_ok=True)
