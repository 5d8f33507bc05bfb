"""Functions of known places, that workers can load by name, and the points they are asked at."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from familyflow.experiments.points import Evaluated, Points, evaluate_points
from familyflow.experiments.points.points import Evaluate, Floats

ROOT = Path(__file__).resolve().parents[3]
WORK = "ab" * 32
OUTPUTS = 2


def points(count: int = 47, block: int = 10, work: str = WORK) -> Points:
    """Fewer are the first of more."""
    return Points(work, np.random.default_rng(1).random((1_000, 3))[:count], block)


def smooth(first: int, places: Floats) -> Floats:
    """The index of a point and the sum of its places; not defined for every seventh point."""
    index = np.arange(first, first + len(places))
    return np.stack([index, np.where(index % 7 == 3, np.nan, places.sum(axis=1))], axis=1)


def slow(first: int, places: Floats) -> Floats:
    """The same, at a speed at which it can be caught."""
    time.sleep(0.004 * len(places))
    return smooth(first, places)


class Bad:
    """Smooth but for certain points: raises, ends its worker, or never ends."""

    def __init__(
        self, raises: tuple[int, ...] = (), kills: tuple[int, ...] = (), hangs: tuple[int, ...] = ()
    ) -> None:
        self.raises, self.kills, self.hangs = set(raises), set(kills), set(hangs)

    def __call__(self, first: int, places: Floats) -> Floats:
        index = set(range(first, first + len(places)))
        if index & self.kills:
            os.kill(os.getpid(), signal.SIGKILL)
        if index & self.hangs:
            time.sleep(3600)
        if index & self.raises:
            raise ZeroDivisionError("no families,\nso no mean")
        return smooth(first, places)


class Counted:
    """Counts the points it is asked at; for work in this process."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def __call__(self, first: int, places: Floats) -> Floats:
        self.asked.extend(range(first, first + len(places)))
        return smooth(first, places)


WANTED = smooth(0, points().places).tobytes()
FIRST, THIRD = "000000000-000000009.block", "000000020-000000029.block"


def evaluate(folder: Path, function: Evaluate = smooth) -> Evaluated:
    return evaluate_points(points(), function, OUTPUTS, folder)


def asked_again(folder: Path, *warnings: str) -> list[int]:
    """Take the work up again, to the outputs of undisturbed work; which points were asked."""
    counted = Counted()
    found = evaluate(folder, counted)
    assert found.outputs.tobytes() == WANTED
    assert found.warnings == warnings
    assert evaluate(folder).warnings == ()  # and it is whole again
    return counted.asked


def child(code: str, *arguments: str, **variables: str) -> str:
    paths = f"{ROOT}{os.pathsep}{ROOT / 'model'}"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": paths, **variables},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
