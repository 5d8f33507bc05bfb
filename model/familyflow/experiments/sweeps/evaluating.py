"""Evaluates the points of a sweep: kept as they are made, so that nothing is ever made twice."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from familyflow.experiments.inputs import Progress
from familyflow.experiments.points import Points, Quarantined, evaluate_points
from familyflow.experiments.sweeps.model import Model
from familyflow.parameters.drawn_values import Floats
from familyflow.store import content_hash, json_text, write_file

FOLDER: Final = ".sweeps"  # beside the runs: the points of every sweep, by what they are made of
# Simulations in a block: a second's work. Never changed at run time: a block is found again
# by the points that it holds.
BLOCK: Final = 256
# Simulations below which processes of their own are not worth the seconds they take to begin.
_FEW: Final = 6_000
_SECONDS_A_SIMULATION: Final = 60.0  # after which a point is taken to hang: a thousand times longer


@dataclass(frozen=True)
class Failed:
    """A point that gave no outputs, and the file, below the folder of all, that says where."""

    point: int
    reason: str
    file: str


@dataclass
class Evaluator:
    """A scenario's model with a place to keep its points.

    made_of: everything that settles an output at given places. stage: what a person who waits is
    told. points: evaluated so far.
    """

    model: Model
    made_of: Mapping[str, Any]
    out: Path
    workers: int
    progress: Progress
    stage: str = "simulating"
    cluster: str | None = None
    seconds_a_point: float | None = None
    retry: bool = False
    points: int = 0
    failed: list[Failed] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def batch(self, places: Floats) -> Floats:
        """Outputs (point, output) at these places (point, name); NaN where there are none."""
        bits = np.ascontiguousarray(places, dtype="<f8").tobytes()
        return self._evaluate({"places": hashlib.sha256(bits).hexdigest()}, places, self._block)

    def growing(self, places: Floats, about: Mapping[str, Any], group: int) -> Floats:
        """As `batch`, of points that begin with those of every smaller sweep of the same kind.

        about: what settles the places but for how many there are. group: points that are read
        together; a block holds a power of two of them, as the whole does.
        """
        groups = 2 ** int(np.log2(max(1, self._block // group)))
        return self._evaluate({"about": about}, places, groups * group)

    @property
    def _block(self) -> int:
        return max(1, BLOCK // self.model.settings.replications)

    def _evaluate(self, about: Mapping[str, Any], places: Floats, block: int) -> Floats:
        work = content_hash({"of": self.made_of, "block": block, **about})
        simulations = len(places) * self.model.settings.replications
        here = (
            self.model.engine == "compiled"
            and simulations < _FEW
            and self.cluster is None
            and self.seconds_a_point is None
        )
        usual = _SECONDS_A_SIMULATION * self.model.settings.replications
        found = evaluate_points(
            Points(work, places, block),
            replace(self.model, threads=self.workers if here else 1),
            self.model.columns,
            self.out / FOLDER / work[:16],
            workers=1 if here else self.workers,
            cluster=self.cluster,
            progress=lambda _, done, total: self.progress(self.stage, done, total),
            seconds_a_point=None if here or self.cluster else self.seconds_a_point or usual,
            reset_quarantine=self.retry,
        )
        self.points += len(places)
        self.failed += [self._failed(one, work, places[one.point]) for one in found.quarantined]
        self.warnings += found.warnings
        return found.outputs

    def _failed(self, one: Quarantined, work: str, places: Floats) -> Failed:
        """Keep where a failed point stands, so that one command can evaluate it by itself."""
        moved = zip(self.model.names, places.tolist(), strict=True)
        told = {
            "scenario": self.model.resolved.name,
            "point": one.point,
            "alone": self.model.alone,
            "replications": self.model.settings.replications,
            "places": {name: place for name, place in moved if np.isfinite(place)},
        }
        file = f"{FOLDER}/{work[:16]}/point-{one.point}.json"
        write_file(self.out / file, json_text(told).encode("utf-8"))
        return Failed(one.point, one.reason, file)


@dataclass
class OneAtATime:
    """Points that move one number each, all others as stated; each is evaluated once."""

    evaluator: Evaluator
    _known: dict[tuple[str, float], Floats] = field(default_factory=dict)

    def rows(self, names: Sequence[str], uniforms: Floats) -> Floats:
        """Outputs (point, output) where each of these names stands at its uniform."""
        asked = list(zip(names, uniforms.tolist(), strict=True))
        new = [pair for pair in dict.fromkeys(asked) if pair not in self._known]
        if new:
            places = np.full((len(new), len(self.evaluator.model.names)), np.nan)
            columns = {name: place for place, name in enumerate(self.evaluator.model.names)}
            for point, (name, uniform) in enumerate(new):
                places[point, columns[name]] = uniform
            self._known.update(zip(new, self.evaluator.batch(places), strict=True))
        return np.array([self._known[pair] for pair in asked])

    def seen(self, name: str) -> list[tuple[float, Floats]]:
        """Every uniform at which a number was looked at, with the outputs there."""
        return sorted((place, row) for (one, place), row in self._known.items() if one == name)
