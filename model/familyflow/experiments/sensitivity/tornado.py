"""One-way: the output at either end of each number's own 95 % range, all others as stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from familyflow.experiments.sensitivity.switching import LADDER, Evaluate

ENDS = (LADDER[0], LADDER[-1])  # 2.5 and 97.5 %


@dataclass(frozen=True)
class Bar:
    """The output with one factor at either end of its range, in its unit; NaN where not known."""

    factor: str
    at_lower: float
    at_upper: float

    @property
    def width(self) -> float:
        """How far apart the two ends are, whichever is higher."""
        return abs(self.at_upper - self.at_lower) if self.is_known else 0.0

    @property
    def is_known(self) -> bool:
        """Whether there is an output at both ends."""
        return bool(np.isfinite([self.at_lower, self.at_upper]).all())


def tornado(evaluate: Evaluate, names: Sequence[str]) -> list[Bar]:
    """A bar for each factor, widest first, then by name; then those that move nothing.

    An end at which the output is not finite is NaN, and such bars stand last. Raises ValueError
    for another number of outputs than of points.
    """
    uniforms = np.tile(ENDS, len(names))
    asked = np.repeat(list(names), len(ENDS)).tolist()
    outputs = np.asarray(evaluate(asked, uniforms), dtype=np.float64)
    if outputs.shape != uniforms.shape:
        raise ValueError(f"outputs have the shape {outputs.shape}; points want {uniforms.shape}")
    bars = [
        Bar(name, *ends) for name, ends in zip(names, outputs.reshape(-1, 2).tolist(), strict=True)
    ]
    return sorted(bars, key=lambda bar: (not bar.is_known, -bar.width, bar.factor))
