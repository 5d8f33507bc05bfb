"""What a run says of itself: its inputs, its files and their fingerprints, and how it was made."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from familyflow.problems import InputError, bad_input
from familyflow.store import machine
from familyflow.store.atomic import file_hash
from familyflow.store.canonical import content_hash, json_text

MANIFEST: Final = "manifest.json"
SCHEMA: Final = 1


def identity(inputs: Mapping[str, object]) -> dict[str, object]:
    """What makes a run this run: its inputs, the model's code and the libraries that count.

    ``inputs`` leaves out whatever must not matter: the engine, the workers, what is written.
    Give the result to ``content_hash`` and its hash to ``run_id``.
    """
    return {
        "inputs": inputs,
        "source": machine.source_hash(),
        "libraries": machine.library_versions(machine.COUNTED),
    }


@dataclass(frozen=True)
class Made:
    """What only the maker of a run knows of it.

    asked   the arguments of ``familyflow.run`` that make this run again
    inputs  everything that settles the answer, as given to ``identity``: ``parameters`` maps each
            key to its value, or to a mapping with ``value``, ``unit`` and so on
    rows    rows in each table written, by file name
    """

    content_hash: str
    asked: Mapping[str, object]
    inputs: Mapping[str, object]
    engine: str
    workers: int = 1
    rows: Mapping[str, int] = field(default_factory=dict)
    warnings: Sequence[str] = ()
    began: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Manifest:
    """A run's manifest as it stands in its folder. ``files``: name -> {sha256, bytes}."""

    run_id: str
    content_hash: str
    asked: Mapping[str, Any]
    inputs: Mapping[str, Any]
    engine: str
    workers: int
    rows: Mapping[str, int]
    warnings: Sequence[str]
    files: Mapping[str, Mapping[str, Any]]
    source: str
    versions: Mapping[str, str | None]
    platform: str
    finished: str
    seconds: float
    schema: int = SCHEMA


def describe(folder: Path, run_id: str, made: Made) -> Manifest:
    """The manifest of the finished files in the folder."""
    return Manifest(
        run_id=run_id,
        content_hash=made.content_hash,
        asked=dict(made.asked),
        inputs=dict(made.inputs),
        engine=made.engine,
        workers=made.workers,
        rows=dict(made.rows),
        warnings=list(made.warnings),
        files=fingerprints(folder),
        source=machine.source_hash(),
        versions={
            "familyflow": machine.package_version(),
            "python": machine.python_version(),
            **machine.library_versions(),
        },
        platform=machine.platform_name(),
        finished=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - made.began, 3),
    )


def fingerprints(folder: Path) -> dict[str, dict[str, object]]:
    """The SHA-256 and length of every file in the folder but the manifest, by name."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {
        name: {"sha256": file_hash(file), "bytes": file.stat().st_size}
        for file in files
        if (name := file.relative_to(folder).as_posix()) != MANIFEST
    }


def manifest_text(manifest: Manifest) -> str:
    """The manifest as JSON, closed by a hash over the rest of it."""
    held = asdict(manifest)
    return json_text(held | {"sha256": content_hash(held)})


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a run folder.

    Raises InputError when there is none, or when it was altered since it was written.
    """
    path = folder / MANIFEST
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        told = held.pop("sha256", None)
        sound = told == content_hash(held)
        _must_be_known(held, path)
        manifest = Manifest(**held) if sound else None
    except (FileNotFoundError, NotADirectoryError):
        to_do = "See 'familyflow runs list'."
        raise bad_input("there is no run here", to_do, where=str(folder)) from None
    except InputError:
        raise
    except (ValueError, TypeError, AttributeError, IsADirectoryError, RecursionError):
        manifest = None
    if manifest is None:
        raise bad_input(
            "the manifest was altered or cut short since it was written",
            "Run the scenario again; the damaged run is kept beside the new one.",
            where=str(path),
        )
    return manifest


def what_is_wrong(folder: Path, manifest: Manifest) -> list[str]:
    """Every way the files differ from the manifest: missing, or other bytes. Empty when sound."""
    wrong = []
    for name, told in manifest.files.items():
        file = folder / name
        if not file.is_file():
            wrong.append(f"{name} is missing")
        elif file.stat().st_size != told["bytes"] or file_hash(file) != told["sha256"]:
            wrong.append(f"{name} is not as it was written")
    return wrong


def _must_be_known(held: Mapping[str, Any], path: Path) -> None:
    schema = held.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        raise bad_input(
            f"made by a newer familyflow (its form is {schema}; {SCHEMA} is known here)",
            "Install a newer familyflow to read it.",
            where=str(path),
        )
