"""What every method of a sweep is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from familyflow.experiments.sweeps.evaluating import Evaluator, OneAtATime
from familyflow.experiments.sweeps.targets import Target
from familyflow.experiments.sweeps.varied import Varied
from familyflow.parameters.drawn_values import Floats

Found = dict[str, Any]  # of one target, as results.json has it


@dataclass(frozen=True)
class Work:
    """A sweep under way.

    together: evaluates points at which everything moves; alone: those at which one number does.
    n: the size that the method counts by. luck: as one of the factors.
    """

    together: Evaluator
    alone: OneAtATime
    varied: Varied
    targets: Sequence[Target]
    n: int
    seed: int
    luck: bool

    def of(self, target: Target, outputs: Floats) -> Floats:
        """The column of a target (point,) from outputs (point, output)."""
        return outputs[:, self.together.model.outputs.index(target.name)]

    def one_way(self, target: Target, names: Sequence[str], uniforms: Floats) -> Floats:
        """A target where these names stand at their uniforms, one a point."""
        return self.of(target, self.alone.rows(names, uniforms))

    def by_luck(self, target: Target, outputs: Floats) -> Floats:
        """A target at every single stretch of luck (point, replication), of points alone."""
        model = self.alone.evaluator.model
        many, place = model.settings.replications, model.outputs.index(target.name)
        first = len(model.outputs) + place * many
        return outputs[:, first : first + many]

    def places(self, factors: Sequence[str], points: Floats) -> Floats:
        """Points (point, factor) in the order of the model's names."""
        order = [list(factors).index(name) for name in self.together.model.names]
        return np.ascontiguousarray(points[:, order])


def finite(number: float) -> float | None:
    """The number, or None where there is none."""
    return float(number) if np.isfinite(number) else None
