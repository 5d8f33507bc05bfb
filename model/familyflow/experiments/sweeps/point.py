"""One point by itself: for a point that failed, to see why."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from familyflow.experiments.sensitivity.factors import LUCK
from familyflow.experiments.sweeps.asked import Asked
from familyflow.experiments.sweeps.sweep import Prepared, prepare
from familyflow.experiments.sweeps.varied import check_tables
from familyflow.experiments.sweeps.work import finite
from familyflow.problems import bad_input

MOST_REPLICATIONS: Final = 10_000


def sweep_point(asked: Asked, file: Path) -> dict[str, float | None]:
    """Every output at the point of this file; None where one is not defined.

    Whatever fails there fails here, with all that Python says of it. Raises InputError for a file
    that holds no point of this scenario. A file that is not there is looked for in ``asked.out``.
    """
    prepared = prepare(asked)
    found = _there(file, asked.folder)
    told = _read(found)
    _check(told, prepared, found)
    places: dict[str, float] = told["places"]
    model = prepared.model(alone=True)
    names = tuple(places) or model.names[:1]
    of_point = replace(
        model,
        names=names,
        settings=replace(model.settings, replications=told["replications"]),
        alone=told["alone"],
    )
    row = np.array([[places.get(name, np.nan) for name in names]])
    outputs = of_point(told["point"], row)[0, : len(model.outputs)]
    return {name: finite(value) for name, value in zip(model.outputs, outputs, strict=True)}


def _there(file: Path, out: Path) -> Path:
    """The file as it is named, or as it is named below the folder of all sweeps."""
    try:
        return file if file.exists() else out / file
    except OSError as error:  # links that go round in a circle
        raise bad_input(f"it cannot be read: {error.strerror}", where=str(file)) from None


def _check(told: dict[str, Any], prepared: Prepared, file: Path) -> None:
    """Refuse a point of another scenario, or that no sweep can come to."""
    if told["scenario"] != prepared.resolved.name:
        raise bad_input(
            f"the point is of {told['scenario']}, not of {prepared.resolved.name}",
            "Name the scenario of the sweep that it is from.",
            where=str(file),
        )
    unknown = set(told["places"]) - {*prepared.varied.names, LUCK}
    if unknown:
        raise bad_input(
            f"the point moves {min(unknown)}, which is not uncertain here",
            "Name the scenario and files of the sweep that it is from.",
            where=str(file),
        )
    moved = tuple(name for name in told["places"] if name != LUCK)
    check_tables(replace(prepared.varied, names=moved))


def _read(file: Path) -> dict[str, Any]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        sound = _is_sound(told)
    except (FileNotFoundError, NotADirectoryError):
        raise bad_input("there is no such file", where=str(file)) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, IsADirectoryError):
        sound = False
    if not sound:
        raise bad_input("this is not a point of a sweep", where=str(file))
    found: dict[str, Any] = told
    return found


def _is_sound(told: dict[str, Any]) -> bool:
    """Whether everything is there and of its kind."""
    places = told["places"].values()
    return (
        all(isinstance(place, float) and 0.0 < place < 1.0 for place in places)
        and isinstance(told["scenario"], str)
        and isinstance(told["alone"], bool)
        and type(told["replications"]) is int
        and 1 <= told["replications"] <= MOST_REPLICATIONS
        and type(told["point"]) is int
        and 0 <= told["point"] < 2**63
    )
