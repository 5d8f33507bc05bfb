"""Finished runs by their ids: a name from a browser is looked up, never followed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from familyflow.reports.documents.kept import COMPARISON, Kept, kind_of, read_comparison
from familyflow.store import MANIFEST, Manifest, list_runs, read_manifest
from familyflow.web.errors import NothingHereError

_ID: Final = re.compile(r"(?!\.)[A-Za-z0-9_.-]{1,120}", re.ASCII)
KEPT_READ: Final = 8  # comparisons that stand ready in memory


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
    found = _read(folder, (folder / MANIFEST).stat().st_mtime_ns)
    if found is None:
        raise NothingHereError
    return found


@lru_cache(KEPT_READ)
def _read(folder: Path, _: int) -> Finished | None:
    """Checked and read once: a finished run does not change. None: no comparison."""
    manifest = read_manifest(folder)
    if kind_of(manifest) != COMPARISON:
        return None
    return Finished(folder, manifest, read_comparison(folder))
