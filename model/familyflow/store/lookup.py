"""Finding a run that was kept by its folder, its id or the start of its id."""

from __future__ import annotations

from pathlib import Path

from familyflow.problems import bad_input
from familyflow.store.manifest import MANIFEST
from familyflow.store.run_folder import list_runs


def find(run: str, out: Path) -> Path:
    """The folder of a run given as a path, an id, or the start of an id that fits only one.

    out: the folder in which ids are looked up. Raises InputError when none fits, or several do.
    """
    if not run.strip() or "\0" in run:
        raise bad_input(f"{run!r} names no run", "See 'familyflow runs list'.")
    as_path = Path(run)
    if (as_path / MANIFEST).is_file():
        return as_path
    folders = {folder.name: folder for folder in list_runs(out)}
    if run in folders:
        return folders[run]
    fitting = [name for name in folders if name.startswith(run)]
    if len(fitting) == 1:
        return folders[fitting[0]]
    names = ", ".join((fitting or list(folders))[:10])
    what = f"{len(fitting)} runs begin with {run!r}"
    if not fitting:
        what = f"there is no run {run!r} in {out}"
    raise bad_input(what, f"Runs: {names}." if names else "No run has been kept there yet.")
