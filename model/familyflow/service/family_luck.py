"""The luck of all families, drawn a decision at a time: the same numbers as one by one, sooner."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from familyflow.families.family import Family
from familyflow.luck import Luck

FEW = 16  # families for whom a number at a time is sooner drawn than a block


class FamilyLuck:
    """Draws a decision for every family when the first one asks for it; for few, for whom asks."""

    def __init__(self, luck: Luck, families: Sequence[Family]) -> None:
        self._luck = luck
        self._words = [family.word for family in families]
        self._block = np.array(self._words, dtype=np.uint64)
        self._drawn: dict[tuple[int, int], dict[int, float]] = {}

    def of(self, word: int, decision: int, occurrence: int = 0) -> float:
        """The uniform that settles this decision for the family with this word 0."""
        if len(self._words) <= FEW:
            return self._luck.of(word, decision, occurrence)
        drawn = self._drawn.get((decision, occurrence))
        if drawn is None:
            uniforms = self._luck.block(self._block, decision, occurrence).tolist()
            drawn = dict(zip(self._words, uniforms, strict=True))
            self._drawn[decision, occurrence] = drawn
        return drawn[word]
