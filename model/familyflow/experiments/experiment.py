"""An experiment of many simulations, found again in its folder or made there, as a run is."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from familyflow.experiments.keep import csv_text, read_tables
from familyflow.experiments.spare_memory import give_back
from familyflow.store import (
    Made,
    RunFolder,
    content_hash,
    find_run,
    identity,
    json_text,
    open_run,
    run_id,
)

RESULTS = "results.json"
Tables = Mapping[str, pd.DataFrame]
Finish = Callable[[RunFolder, Mapping[str, Any], Tables], None]


@dataclass(frozen=True)
class Experiment:
    """A finished experiment: where it is kept and what it found."""

    folder: Path
    results: Mapping[str, Any]
    warnings: tuple[str, ...] = ()
    already_there: bool = False
    tables: Tables = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """What an experiment is called, what it is made of, and the arguments that make it again.

    made_of settles the answer and nothing else; loaded: warnings of the scenarios themselves.
    """

    name: str
    made_of: Mapping[str, Any]
    arguments: Mapping[str, Any]
    engine: str
    workers: int
    loaded: Sequence[str] = ()


@dataclass(frozen=True)
class Found:
    """What an experiment found: results.json, tables, and the rows of each file it wrote."""

    results: Mapping[str, Any]
    tables: Tables
    rows: Mapping[str, int]


def made_or_found(
    asked: Asked,
    out: Path,
    files: Sequence[str],
    make: Callable[[RunFolder, str], Found],
    finish: Finish | None,
) -> Experiment:
    """The experiment as it stands in its folder, or made there.

    files: those that must be there for it to be whole. make: does the work, in the folder that it
    is given, under the id that it is given. finish: adds charts.
    """
    began, fingerprint = time.monotonic(), content_hash(identity(asked.made_of))
    name = run_id(asked.name, fingerprint)
    if find_run(out, name, fingerprint, [RESULTS, *files]) is not None:
        return _kept(out / name, asked)
    with open_run(out, name) as folder:
        found = make(folder, name)
        folder.write(RESULTS, json_text(found.results))
        for table, frame in found.tables.items():
            folder.write(f"tables/{table}.csv", csv_text(frame))
        give_back()
        if finish is not None:
            finish(folder, found.results, found.tables)
        warnings = found.results["warnings"]
        made = Made(
            fingerprint, asked.arguments, asked.made_of, asked.engine, asked.workers, found.rows,
            warnings, began,
        )  # fmt: skip
        place = folder.finish(made)
    return Experiment(place, found.results, _all(asked, warnings), False, found.tables)


def _kept(folder: Path, asked: Asked) -> Experiment:
    results = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
    tables = read_tables(folder)
    return Experiment(folder, results, _all(asked, results["warnings"]), True, tables)


def _all(asked: Asked, warnings: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*asked.loaded, *warnings)))
