"""What was simulated, summed over families and children: all that pricing reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from familyflow.experiments.quantities import Floats


@dataclass(frozen=True)
class Summed:
    """Sums and single figures of every draw.

    quantities: (draw, replication, arm, year, window, quantity); figures[name]: figures that no
    sum gives, (draw, replication). twice: the same of the draws that were simulated twice to
    measure chance, with two replications each; None where no draw was.
    """

    quantities: Floats
    figures: Mapping[str, Floats]
    twice: Summed | None = None
