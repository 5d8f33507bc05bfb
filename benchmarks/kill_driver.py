"""A small piece of work to be killed: main(FOLDER, WORKERS).

It is called from ``python -c``, not run as a script: workers load what they need of this module by
its name, and leave scripts alone. Prints how many points are done each time that changes and, if it
lives so long, a hash of the outputs. The points and the function are the same every time.
"""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import numpy as np

from familyflow.experiments.points import Evaluated, Points, evaluate_points
from familyflow.experiments.points.points import Evaluate, Floats

WORK = "1234abcd" * 8
POINTS, BLOCK, OUTPUTS = 60, 5, 2
SECONDS_A_POINT = 0.001


def ishigami(first: int, places: Floats) -> Floats:
    """Ishigami's function and the index of the point, slowly enough to be caught at it."""
    time.sleep(SECONDS_A_POINT * len(places))
    x = np.pi * (2 * places - 1)
    value = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    return np.stack([value, np.arange(first, first + len(places), dtype=np.float64)], axis=1)


def points() -> Points:
    """The same points every time."""
    return Points(WORK, np.random.default_rng(1).random((POINTS, 3)), BLOCK)


def evaluated(folder: Path, workers: int = 1, evaluate: Evaluate = ishigami) -> Evaluated:
    """The whole of the work, taken up wherever it stands."""
    return evaluate_points(points(), evaluate, OUTPUTS, folder, workers=workers, progress=tell)


def tell(stage: str, done: int, of: int) -> None:
    """Print how many are done."""
    print(done, flush=True)


def digest(found: Evaluated) -> str:
    """SHA-256 of the outputs and of what was quarantined."""
    data = found.outputs.tobytes() + repr(found.quarantined).encode()
    return hashlib.sha256(data).hexdigest()


def main(folder: str, workers: str) -> None:
    """Say that it is ready, do the work, and print its hash."""
    print("ready", flush=True)
    print(digest(evaluated(Path(folder), int(workers))), flush=True)
