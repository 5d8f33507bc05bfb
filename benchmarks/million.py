"""A million points from evaluation to Sobol's indices: seconds and memory.

python -m benchmarks.million [ROWS [WORKERS]]

One fresh process asks Sobol's G function (six factors of known shares, three outputs) at the points
of a design, keeps every block, and reads the indices of each output.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks.measure import Row, machine, show, skipped
from benchmarks.memory import _BYTES, _TELL
from familyflow.experiments.points import Points, evaluate_points
from familyflow.experiments.points.points import Floats
from familyflow.experiments.sensitivity.factors import factors_of
from familyflow.experiments.sensitivity.sobol import indices, points

ROWS = 2**17  # times eight: six factors and two
MEGABYTES = 500.0
WEIGHTS = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0])
NAMES = "abcdef"
BLOCK, OUTPUTS, SEED = 1_000, 3, 1
KEPT = Path(__file__).parent / "results" / "million.json"


def sobol_g(first: int, places: Floats) -> Floats:
    """Sobol's G function, ten times as much, and one more."""
    value = np.prod((np.abs(4 * places - 2) + WEIGHTS) / (1 + WEIGHTS), axis=1)
    return np.stack([value, 10 * value, 1 + value], axis=1)


def truth() -> tuple[Floats, Floats]:
    """S1 and ST: each part has the variance 1 / (3 (1 + weight)^2), and parts multiply."""
    parts = 1 / (3 * (1 + WEIGHTS) ** 2)
    whole = np.prod(1 + parts) - 1
    return parts / whole, parts * np.prod(1 + parts) / (1 + parts) / whole


def work(rows: int, workers: int, folder: str) -> None:
    """Evaluate and analyse; raises AssertionError where a share is off by over three intervals."""
    factors = factors_of(NAMES)
    asked = Points("9" * 64, points(factors, rows, SEED), BLOCK)
    found = evaluate_points(asked, sobol_g, OUTPUTS, Path(folder) / "sweep", workers=workers)
    for column in range(OUTPUTS):
        told = indices(factors, rows, found.outputs[:, column], SEED)
        assert told is not None
        for value, half_width, true in (
            (told.first, told.first_half_width, truth()[0]),
            (told.total, told.total_half_width, truth()[1]),
        ):
            assert (np.abs(value - true) <= 3 * half_width + 1e-4).all(), (value, true)


def measure(rows: int = ROWS, workers: int = 1) -> list[Row]:
    """Seconds and megabytes of the process, and of the largest of its workers."""
    count = rows * (len(NAMES) + 2)
    name = f"sweep: {count:,} points by {workers}, to Sobol's indices"
    if sys.platform == "win32":
        return [skipped(name, "this system does not tell how much memory a process held")]
    with tempfile.TemporaryDirectory() as folder:
        call = f"from benchmarks.million import work; work({rows}, {workers}, {folder!r})"
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", _TELL, sys.executable, "-c", call],
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - began
    if done.returncode != 0:
        raise AssertionError(f"it failed:\n{done.stderr}")
    most = float(done.stdout.split()[1]) * _BYTES / 1e6
    return [Row(name, seconds, "s"), Row(f"{name}, memory", most, "MB", most=MEGABYTES)]


def main(rows: int, workers: int) -> None:
    """Measure and print; a full measurement is kept."""
    made = measure(rows, workers)
    show(made)
    if rows >= ROWS:
        told = [asdict(row) | {"goal": row.goal, "met": row.met} for row in made]
        kept = {"machine": machine(), "measures": told}
        KEPT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    asked_rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    main(asked_rows, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
