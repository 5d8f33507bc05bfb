"""One-way: the output at either end of each number's own 95 % range, all others as stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from familyflow.experiments.sensitivity.guards import checked_outputs
from familyflow.experiments.sensitivity.switching import LADDER, Evaluate

ENDS = (LADDER[0], LADDER[-1])  # 2.5 and 97.5 %


@dataclass(frozen=True)
class Bar:
    """The output with one factor at the lower and at the upper end of its range, in its unit."""

    factor: str
    at_lower: float
    at_upper: float

    @property
    def width(self) -> float:
        """How far apart the two ends are, whichever is higher."""
        return abs(self.at_upper - self.at_lower)


def tornado(evaluate: Evaluate, names: Sequence[str]) -> list[Bar]:
    """A bar for each factor, widest first, then by name; those that move nothing stand last.

    Raises InputError where an output is not finite.
    """
    uniforms = np.tile(ENDS, len(names))
    asked = np.repeat(list(names), len(ENDS)).tolist()
    outputs = checked_outputs(evaluate(asked, uniforms), len(uniforms)).reshape(-1, len(ENDS))
    bars = [Bar(name, *ends) for name, ends in zip(names, outputs.tolist(), strict=True)]
    return sorted(bars, key=lambda bar: (-bar.width, bar.factor))
