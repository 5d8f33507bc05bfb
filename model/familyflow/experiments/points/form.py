"""How the outputs of a block stand in its file: a line about them, then the bytes of numpy."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass

import numpy as np

from familyflow.experiments.points.points import Floats, Quarantined
from familyflow.store.canonical import canonical_json


@dataclass(frozen=True)
class Held:
    """Outputs (point, output) of a block, the fingerprint of its places, and its failed points."""

    outputs: Floats
    places: str
    quarantined: tuple[Quarantined, ...]


def as_bytes(held: Held) -> bytes:
    """The same bytes for the same outputs on every machine: float64, little end first."""
    about = {
        "places": held.places,
        "quarantined": [[each.point, each.reason] for each in held.quarantined],
    }
    file = io.BytesIO()
    np.save(file, held.outputs.astype("<f8"), allow_pickle=False)
    return canonical_json(about).encode("utf-8") + b"\n" + file.getvalue()


def from_bytes(data: bytes) -> Held:
    """The inverse of ``as_bytes``, for bytes that are known to be whole."""
    line, _, saved = data.partition(b"\n")
    about = json.loads(line)
    outputs = np.load(io.BytesIO(saved), allow_pickle=False).astype(np.float64)
    quarantined = tuple(Quarantined(point, reason) for point, reason in about["quarantined"])
    return Held(outputs, about["places"], quarantined)


def fingerprint(places: Floats) -> str:
    """SHA-256 of the places (point, factor) of a block and of how many there are."""
    data = np.ascontiguousarray(places, dtype="<f8")
    return hashlib.sha256(f"{data.shape}\n".encode() + data.tobytes()).hexdigest()


def check_sum(outputs: Floats) -> str:
    """The sum of a column, to its last bit, leaving out what is not a number."""
    with np.errstate(invalid="ignore"):  # infinity less infinity
        return float(np.nansum(outputs)).hex()
