"""What was simulated, summed over families and children: all that pricing reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from familyflow.experiments.quantities import Floats


@dataclass(frozen=True)
class Summed:
    """Sums and single figures of some draws.

    quantities: (draw, replication, arm, year, window, quantity); figures[name]: figures that no
    sum gives, (draw, replication).
    """

    quantities: Floats
    figures: Mapping[str, Floats]
