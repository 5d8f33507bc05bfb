"""Finished runs by their ids: a name from a browser is looked up, never followed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from familyflow.parameters.nearest import listed
from familyflow.problems import bad_input
from familyflow.reports.documents.kept import COMPARISON, Kept, kind_of, read_comparison
from familyflow.store import MANIFEST, Manifest, list_runs, read_manifest
from familyflow.store.manifest import what_is_wrong
from familyflow.web.errors import NothingHereError

_ID: Final = re.compile(r"(?!\.)[A-Za-z0-9_.-]{1,120}", re.ASCII)
KEPT_READ: Final = 8  # comparisons that stand ready in memory
RESULTS: Final = "results.json"
MOST_NAMED: Final = 5  # of damaged files


@dataclass(frozen=True)
class Finished:
    """A finished comparison. kept: what it holds, every text in it made harmless."""

    folder: Path
    manifest: Manifest
    kept: Kept

    @property
    def run(self) -> str:
        """Its id."""
        return self.folder.name

    @property
    def results(self) -> Any:
        """What its results.json holds."""
        return self.kept.results


def folder_of(out: Path, run: str) -> Path:
    """The folder of a finished run of that very id. Raises NothingHereError."""
    if not _ID.fullmatch(run):
        raise NothingHereError
    for folder in list_runs(out):
        if folder.name == run and not folder.is_symlink():
            return folder
    raise NothingHereError


def comparison(out: Path, run: str) -> Finished:
    """The finished comparison of that id.

    Raises NothingHereError where there is none, InputError where its files were changed.
    """
    folder = folder_of(out, run)
    found = _read(folder, tuple(_state(folder / name) for name in (MANIFEST, RESULTS)))
    if found is None:
        raise NothingHereError
    return found


def whole(found: Finished) -> Finished:
    """The comparison, once every file of it was compared with what was written.

    Raises InputError where one was removed or altered.
    """
    wrong = what_is_wrong(found.folder, found.manifest)
    if wrong:
        raise bad_input(
            f"the run is damaged: {listed(wrong, MOST_NAMED)}",
            "Compare the options again; the damaged run is kept beside the new one.",
            where=found.run,
        )
    return found


def _state(file: Path) -> tuple[int, int] | None:
    """By which it is seen that a file was altered; None where it is gone."""
    try:
        told = file.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size


@lru_cache(KEPT_READ)
def _read(folder: Path, _: object) -> Finished | None:
    """Checked and read once, as long as nobody alters it. None: no comparison."""
    manifest = read_manifest(folder)
    if kind_of(manifest) != COMPARISON:
        return None
    return Finished(folder, manifest, read_comparison(folder))
