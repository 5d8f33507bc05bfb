"""``familyflow purge``: remove caches and what interrupted work left; finished runs stay."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from familyflow.cli import crash, options, reproduce
from familyflow.cli.output import one_line, say, say_json
from familyflow.problems import RefusedError
from familyflow.store.lock import LOCKS
from familyflow.store.machine import machine_errors
from familyflow.web.settings import KEPT, LOCK

# A temporary file this old belongs to nobody who is still writing it.
OLD_SECONDS = 3600
KEY = ".records_key"  # as in records, like the names of what is learnt from them
LEARNT = ("calibration", "care", "monitoring")
POINTS = ".sweeps"  # as in experiments.sweeps.evaluating, which is slow to load


def purge(
    out: options.Out = options.OUTPUTS,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be removed.")
    ] = False,
    compiled: Annotated[
        bool, typer.Option("--compiled", help="Remove the present compiled engine too.")
    ] = False,
    sweeps: Annotated[
        bool, typer.Option("--sweeps", help="Remove the points of sweeps too; findings stay.")
    ] = False,
    web: Annotated[
        bool,
        typer.Option("--web", help="Remove what the web page keeps too: options, jobs, files."),
    ] = False,
    records: Annotated[
        bool,
        typer.Option("--records", help="Remove what was learnt from case records, and its key."),
    ] = False,
    as_json: options.AsJson = False,
) -> None:
    """Remove caches and temporary files; finished runs stay.

    Unfinished folders of stopped runs, crash reports, and compiled code that no present version
    reads.
    """
    found = [*_leftovers(out), *_in_the_temporary_folder(), *_compiled_code(present=compiled)]
    found += _points(out) if sweeps else []
    found += _of_the_web_page(out) if web else []
    found += _of_records(out) if records else []
    if not dry_run:
        for path in found:
            _remove(path)
    if as_json:
        say_json({"removed": [] if dry_run else [*map(str, found)], "found": [*map(str, found)]})
        return
    for path in found:
        say(f"{'would remove' if dry_run else 'removed'} {one_line(str(path))}")
    say(f"{len(found)} removed." if not dry_run else f"{len(found)} would be removed.")


def _leftovers(out: Path) -> Iterator[Path]:
    from familyflow.store.run_folder import leftovers

    yield from leftovers(out, older_than_seconds=OLD_SECONDS)


def _points(out: Path) -> list[Path]:
    """The points of sweeps, but for those of one that is at work now."""
    from familyflow.store.lock import is_free

    folders = sorted(path for path in (out / POINTS).glob("*") if path.is_dir())
    return [path for path in folders if is_free(path.parent, path.name)]


def _of_records(out: Path) -> list[Path]:
    """What was learnt from records, and the key by which a file of them is known again."""
    learnt = sorted(
        path
        for kind in LEARNT
        for path in out.glob(f"{kind}_*")
        if (path / f"{kind}.json").is_file()
    )
    return [*learnt, *(path for path in (out / KEY,) if path.is_file())]


def _of_the_web_page(out: Path) -> list[Path]:
    """What the web page keeps beside the runs. Raises RefusedError while a server works there."""
    from familyflow.store.lock import is_free

    kept = out / KEPT
    if not kept.is_dir():
        return []
    if (out / LOCKS / f"{LOCK}.lock").exists() and not is_free(out, LOCK):
        raise RefusedError(f"a server of the web page works in {out}. Stop it first.")
    return [kept]


def _in_the_temporary_folder() -> Iterator[Path]:
    folder = Path(tempfile.gettempdir())
    yield from sorted(folder.glob(f"{crash.PREFIX}*.txt"))
    old = time.time() - OLD_SECONDS
    yield from sorted(p for p in folder.glob(f"{reproduce.PREFIX}*") if p.stat().st_mtime < old)


def _compiled_code(*, present: bool) -> Iterator[Path]:
    from familyflow.compiled import kept_code

    yield from kept_code.outdated()
    folder = kept_code.lasting_folder()
    if present and folder is not None and folder.exists():
        yield folder


def _remove(path: Path) -> None:
    with machine_errors(path.parent):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
