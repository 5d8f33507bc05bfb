"""When families are referred: each source its own stream, family k the same family at any rate.

The cumulative rate is inverted over unit-exponential gaps (Çinlar's method), never thinned, so a
change of rate, team or season moves a family's day and nothing else about it.
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from familyflow.luck import Luck, family_word
from familyflow.specification.decisions import DECISIONS
from familyflow.specification.plan import Source
from familyflow.specification.variates import threshold

_BLOCK = 256


def referral_days(source: Source, luck: Luck) -> list[int]:
    """The engine days on which families 0, 1, 2 ... of this source are first referred."""
    if source.days is not None:
        return sorted(source.days)
    assert source.cumulative is not None
    cumulative = np.asarray(source.cumulative).tolist()  # plain whole numbers
    days: list[int] = []
    spent = 0
    while True:
        for uniform in _gaps(source.code, len(days), luck):
            spent += threshold(uniform)
            if spent > cumulative[-1]:
                return days
            # the event falls within the day whose end is the first to have spent as much
            days.append(bisect_left(cumulative, spent) - 1)


def _gaps(source: int, first: int, luck: Luck) -> list[float]:
    # numbers follow one another, and a block that begins where there is room ends there
    words = family_word(source, first) + family_word(0, 1) * np.arange(_BLOCK, dtype=np.uint64)
    uniforms: list[float] = luck.block(words, DECISIONS["gap before the family"]).tolist()
    return uniforms
