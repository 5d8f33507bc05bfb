"""A run that was kept, and in a line what state it is in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from familyflow.problems import InputError, bad_input
from familyflow.store import Manifest, read_manifest, what_is_wrong
from familyflow.store.atomic import file_hash
from familyflow.store.machine import in_words

RESULTS = "results.json"


@dataclass(frozen=True)
class Kept:
    """A run's folder with its manifest, or with what is wrong with it."""

    folder: Path
    manifest: Manifest | None
    wrong: tuple[str, ...] = ()
    fault: InputError | None = None

    @property
    def finished(self) -> str:
        """When it was finished, as ISO text; empty when the manifest cannot be read."""
        return self.manifest.finished if self.manifest else ""

    @property
    def state(self) -> str:
        """'sound' or 'damaged', as far as was looked."""
        return "damaged" if self.fault or self.wrong else "sound"

    def manifest_or_refuse(self) -> Manifest:
        """The manifest; the InputError that reading it gave when there is none."""
        if self.manifest is None:
            raise self.fault or bad_input("there is no manifest", where=str(self.folder))
        return self.manifest

    def size_in_words(self) -> str:
        """How much room its files take."""
        files = self.manifest.files if self.manifest else {}
        return in_words(sum(told["bytes"] for told in files.values()))

    def set_by_hand(self) -> str:
        """What `--set` and parameter files changed; of a run priced again, before it too."""
        return ", ".join(_sets_of(self.manifest.asked)) if self.manifest else ""

    def told(self) -> dict[str, object]:
        """For machines: the folder, the state and the manifest."""
        held = {} if self.manifest is None else vars(self.manifest)
        return {"folder": str(self.folder), "state": self.state, "wrong": [*self.wrong], **held}


def _sets_of(asked: Mapping[str, Any]) -> list[str]:
    """Everything set and every file of parameters, that of the run that was priced first."""
    first, sets, files = (asked.get(name) for name in ("first", "sets", "parameter_files"))
    found = _sets_of(first) if isinstance(first, Mapping) else []
    found += [str(one) for one in sets] if isinstance(sets, list) else []
    return found + ([Path(str(one)).name for one in files] if isinstance(files, list) else [])


def keep_of(folder: Path, *, look_at_files: bool = False) -> Kept:
    """The run in the folder. ``look_at_files`` also compares every file with its fingerprint."""
    try:
        manifest = read_manifest(folder)
    except InputError as fault:
        return Kept(folder, None, (fault.problems[0].what,), fault)
    if look_at_files:
        return Kept(folder, manifest, tuple(what_is_wrong(folder, manifest)))
    return Kept(folder, manifest, tuple(_at_a_glance(folder, manifest)))


def _at_a_glance(folder: Path, manifest: Manifest) -> Iterator[str]:
    """What is wrong with the files as far as is seen without reading all of them."""
    for name, told in manifest.files.items():
        file = folder / name
        if not file.is_file():
            yield f"{name} is missing"
        elif file.stat().st_size != told["bytes"]:
            yield f"{name} is not as long as it was written"
        elif name == RESULTS and not isinstance(_json_of(file), dict):
            yield f"{name} is not as it was written"


def _json_of(path: Path) -> object:
    """What the file holds as JSON; None where it holds none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, IsADirectoryError, RecursionError, ValueError):
        return None


def results_of(folder: Path) -> Mapping[str, Any]:
    """The run's results.json. Raises InputError when it is missing or no longer JSON."""
    path = folder / RESULTS
    told = read_manifest(folder).files.get(path.name, {})
    if path.is_file() and file_hash(path) != told.get("sha256"):
        raise bad_input(
            "the results are not as they were written, so none of them is shown",
            "Run it again; the altered run is kept beside the new one.",
            where=str(path),
        )
    held = _json_of(path)
    if not isinstance(held, dict):
        raise bad_input("the results are missing or damaged", "Run it again.", where=str(path))
    return held
