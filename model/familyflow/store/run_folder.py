"""The folder of a run: made out of sight, put in place as one step, or not there at all."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Final

from familyflow.problems import InputError, MachineError, RefusedError
from familyflow.store.atomic import sync_file, sync_folder, write_file
from familyflow.store.lock import is_free, lock
from familyflow.store.machine import (
    ensure_writable,
    explain_error,
    is_about_the_machine,
    machine_errors,
)
from familyflow.store.manifest import (
    MANIFEST,
    Made,
    Manifest,
    describe,
    manifest_text,
    read_manifest,
    what_is_wrong,
)
from familyflow.store.passing import ENDING, TEMPORARY, is_abandoned

PARTIAL: Final = ".partial"
NO_LOCKS: Final = (
    "locks do not work in this folder (a shared or synchronised one?): run one thing at a time"
)


@dataclass
class RunFolder:
    """A run in the making. Files go into ``path``; ``finish`` puts the whole in place."""

    out: Path
    run_id: str
    path: Path
    warnings: list[str] = field(default_factory=list)

    def place(self, name: str) -> Path:
        """Where the file of this name is to be written, its folder made; e.g. 'tables/flow.csv'."""
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts or not parts.name:
            raise ValueError(f"{name!r} is not a file inside the run's folder")
        file = self.path / parts
        with machine_errors(self.out):
            file.parent.mkdir(exist_ok=True)  # not its parents: a run that went away stays away
        return file

    def write(self, name: str, data: str | bytes) -> Path:
        """Write one file; text as UTF-8, its line ends as they are."""
        held = data.encode("utf-8") if isinstance(data, str) else data
        file = self.place(name)
        with machine_errors(self.out, need=len(held)):
            file.write_bytes(held)
        return file

    def finish(self, made: Made) -> Path:
        """Write the manifest and put the folder in place; returns where it stands.

        A sound run of the same inputs already there keeps its files and gains those it lacks. A
        damaged one is set aside, never deleted. Raises RuntimeError when the same inputs gave
        other bytes than the run already there.
        """
        final = self.out / self.run_id
        made = replace(made, warnings=[*made.warnings, *self.warnings])
        with machine_errors(self.out, need=_bytes_in(self.path)):
            manifest = describe(self.path, self.run_id, made)
            self.write(MANIFEST, manifest_text(manifest))
            _sync_all(self.path)
            if find_run(self.out, self.run_id, made.content_hash) is not None:
                _add_what_is_lacking(self.path, final, manifest)
            else:
                _set_aside(final)
                os.rename(self.path, final)
            sync_folder(self.out)
        return final


@contextmanager
def open_run(out: Path, run_id: str) -> Iterator[RunFolder]:
    """A hidden folder to make the run in; gone again unless ``finish`` was reached.

    Tries the folder for writing before anything is computed (MachineError), refuses when another
    process makes the same run (RefusedError), and sweeps what dead processes left.
    """
    ensure_writable(out)
    sweep(out)
    with lock(out, run_id) as locks_work:
        own = "" if locks_work else f".{os.getpid()}"
        path = out / f".{run_id}{own}{PARTIAL}"
        with machine_errors(out):
            shutil.rmtree(path, ignore_errors=True)
            path.mkdir()
        folder = RunFolder(out, run_id, path, [] if locks_work else [NO_LOCKS])
        try:
            yield folder
        except OSError as error:
            if isinstance(error, MachineError) or not is_about_the_machine(error):
                raise
            # a library that writes by itself: the words are ours all the same
            raise MachineError(explain_error(error, out)) from error
        finally:
            shutil.rmtree(path, ignore_errors=True)


def find_run(
    out: Path, run_id: str, content_hash: str, wanted: Collection[str] = ()
) -> Manifest | None:
    """The manifest of a sound run of the same inputs that holds the ``wanted`` files, or None.

    Raises RefusedError when the folder of that name holds a run of other inputs.
    """
    folder = out / run_id
    try:
        manifest = read_manifest(folder)
    except InputError:
        return None
    if manifest.content_hash != content_hash:
        raise RefusedError(
            f"{folder} holds a run of other inputs under the same name. "
            "Move it away, or give another folder with --out DIR."
        )
    if what_is_wrong(folder, manifest) or not set(wanted) <= set(manifest.files):
        return None
    return manifest


def list_runs(out: Path) -> list[Path]:
    """The folders of finished runs, by name. Empty when the folder is not there."""
    if not out.is_dir():
        return []
    return sorted(path.parent for path in out.glob(f"*/{MANIFEST}") if path.parent.name[0] != ".")


def sweep(out: Path) -> list[Path]:
    """Remove the unfinished folders whose makers are dead; returns what was removed."""
    swept = [path for path in sorted(out.glob(f".*{PARTIAL}")) if is_free(out, _name_of(path))]
    for path in swept:
        shutil.rmtree(path, ignore_errors=True)
    return swept


def leftovers(out: Path, older_than_seconds: float) -> list[Path]:
    """Unfinished folders of the dead, and temporary files and folders nobody can be writing.

    The age counts only where no lock can tell whether the maker is alive.
    """
    old = time.time() - older_than_seconds
    partial = [path for path in out.glob(f".*{PARTIAL}") if is_free(out, _name_of(path))]
    unlocked = [path for path in out.glob(f".*.*{PARTIAL}") if path.stat().st_mtime < old]
    files = out.rglob(f"{TEMPORARY}*{ENDING}")
    left = [path for path in files if is_abandoned(path) or path.stat().st_mtime < old]
    return sorted({*partial, *unlocked, *left})


def unfinished(out: Path, older_than_seconds: float) -> list[Path]:
    """The folders of runs that were never finished, and that nobody is making any more."""
    return [path for path in leftovers(out, older_than_seconds) if path.name.endswith(PARTIAL)]


def _name_of(partial: Path) -> str:
    return partial.name.removeprefix(".").removesuffix(PARTIAL)


def _sync_all(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            sync_folder(path)
        else:
            sync_file(path)
    sync_folder(folder)


def _add_what_is_lacking(new: Path, final: Path, manifest: Manifest) -> None:
    """The same run is there already: prove it the same, then move in the files it lacks."""
    there = read_manifest(final)
    for name in sorted(set(manifest.files) & set(there.files)):
        if manifest.files[name] != there.files[name]:
            raise RuntimeError(f"the same inputs gave other bytes in {name} than in {final}")
    lacking = sorted(set(manifest.files) - set(there.files))
    for name in lacking:
        (final / name).parent.mkdir(exist_ok=True)
        os.replace(new / name, final / name)
        sync_folder((final / name).parent)
    if lacking:
        both = {**there.files, **manifest.files}
        rows = {**there.rows, **manifest.rows}
        merged = replace(manifest, files=dict(sorted(both.items())), rows=rows)
        write_file(final / MANIFEST, manifest_text(merged).encode("utf-8"))


def _set_aside(final: Path) -> None:
    """Move a damaged run, or whatever bears its name, out of the way under a free name."""
    number = 1
    while os.path.lexists(final):
        aside = final.with_name(f"{final.name}.damaged-{number}")
        if not os.path.lexists(aside):
            os.rename(final, aside)
        number += 1


def _bytes_in(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
