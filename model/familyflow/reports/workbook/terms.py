"""Money as products: a mean quantity by year times the numbers that a reader may replace.

A mean of products is not the product of means: where a price is uncertain, dear draws may be those
with many weeks. So each term keeps its mean quantity once for every choice of which of its
uncertain numbers are replaced: weighted by those that are not. Money is then exact either way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.reports.workbook.factors import AnyFactor


@dataclass(frozen=True, eq=False)
class Term:
    """One row of money: quantity x `each` x factors x uplift, by year, undiscounted.

    side: cost, saving or cash. column: of its line among those of its side. multiplier (draw,):
    what the quantity is multiplied by in each draw that no cell holds (a line's share, hours that
    were decided, a correction for optimism). price_year: of the money among the factors.
    shares: each agency's. fiscal, public_value, headline: 1 where the line counts, else 0.
    heading: of a budget; is_pay: whether it grows there as pay does.
    """

    side: str
    column: int
    name: str
    label: str
    part: str
    unit: str
    factors: tuple[AnyFactor, ...]
    each: float
    price_year: str
    schedule: str
    multiplier: Floats
    kind: str
    evidence: str = ""
    in_kind: bool = False
    fiscal: int = 0
    public_value: int = 0
    headline: int = 0
    shares: Mapping[str, float] = field(default_factory=dict)
    heading: str = ""
    is_pay: bool = False

    @cached_property
    def uncertain(self) -> tuple[str, ...]:
        """Keys of the numbers that differ between draws, in the order of the choices."""
        return tuple(dict.fromkeys(one.key for one in self.factors if one.is_uncertain))

    @property
    def choices(self) -> int:
        """How many choices there are of which uncertain numbers are replaced."""
        return 1 << len(self.uncertain)

    def replaced(self, choice: int) -> tuple[str, ...]:
        """Keys of the numbers that are replaced in a choice: bit i is the i-th uncertain one."""
        return tuple(key for bit, key in enumerate(self.uncertain) if choice >> bit & 1)

    def weights(self, draws: slice) -> Floats:
        """What a draw's quantity weighs (choice, draw): its numbers over their means."""
        weights = np.tile(self.multiplier[draws], (self.choices, 1))
        for choice in range(self.choices):
            replaced = self.replaced(choice)
            for one in self.factors:
                # where the mean is 0 so is the money of this choice, whatever the weights
                if one.is_uncertain and one.key not in replaced and one.mean:
                    weights[choice] *= one.values[draws] / one.mean
        return weights


class MeanQuantities:
    """Adds up quantities of blocks of draws: for each term its means (choice, year)."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self._terms = terms
        self._sums: list[Floats] = []
        self._draws = 0

    def add(self, first: int, by_side: Mapping[str, Floats]) -> None:
        """Add the block that begins with draw `first`: for each side (draw, year, line)."""
        draws = len(next(iter(by_side.values())))
        at = slice(first, first + draws)
        sums = [term.weights(at) @ by_side[term.side][:, :, term.column] for term in self._terms]
        self._sums = [a + b for a, b in zip(self._sums, sums, strict=True)] if self._sums else sums
        self._draws += draws

    def means(self) -> Iterator[Floats]:
        """The mean over all draws, term by term."""
        return (total / self._draws for total in self._sums)
