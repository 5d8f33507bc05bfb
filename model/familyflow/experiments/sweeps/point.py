"""One point by itself: for a point that failed, to see why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from familyflow.experiments.sensitivity.factors import LUCK
from familyflow.experiments.sweeps.asked import Asked
from familyflow.experiments.sweeps.model import Model
from familyflow.experiments.sweeps.sweep import prepare
from familyflow.experiments.sweeps.work import finite
from familyflow.problems import bad_input


def sweep_point(asked: Asked, file: Path) -> dict[str, float | None]:
    """Every output at the point of this file; None where one is not defined.

    Whatever fails there fails here, with all that Python says of it. Raises InputError for a file
    that holds no point of this scenario.
    """
    prepared = prepare(asked)
    told = _read(file)
    places: dict[str, float] = told["places"]
    model = prepared.model(alone=True)
    unknown = set(places) - {*model.names, LUCK}
    if unknown:
        raise bad_input(
            f"the point moves {min(unknown)}, which is not uncertain here",
            "Name the scenario and files of the sweep that it is from.",
            where=str(file),
        )
    of_point = Model(
        resolved=model.resolved,
        names=tuple(places) or model.names[:1],
        settings=prepared.settings(told["replications"]),
        engine=model.engine,
        outputs=model.outputs,
    )
    row = np.array([[places.get(name, np.nan) for name in of_point.names]])
    outputs = of_point(int(told["point"]), row)[0, : len(model.outputs)]
    return {name: finite(value) for name, value in zip(model.outputs, outputs, strict=True)}


def _read(file: Path) -> dict[str, Any]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        sound = (
            all(0.0 < float(place) < 1.0 for place in told["places"].values())
            and int(told["replications"]) >= 1
            and int(told["point"]) >= 0
        )
    except FileNotFoundError:
        raise bad_input("there is no such file", where=str(file)) from None
    except (ValueError, KeyError, TypeError, AttributeError, IsADirectoryError):
        sound = False
    if not sound:
        raise bad_input("this is not a point of a sweep", where=str(file))
    found: dict[str, Any] = told
    return found
