"""A figure as every draw and replication gives it, until the last block of draws is in.

Blocks of draws are priced one after the other and forgotten; what stays of each are these small
arrays. From them come the mean, the percentiles, and the share of the spread that is chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from familyflow.economics.targets import combined
from familyflow.experiments.statistics import (
    NO_CHANCE,
    Chance,
    Floats,
    estimate,
    share_of_chance,
    undefined,
)

# Whose share of chance is taken out: its own, or that of all savings or costs of the page.
Share = Literal["own", "savings", "cost"]
NEVER = "it never happens in this scenario"


@dataclass(frozen=True)
class PerDraw:
    """One figure: arrays (draw, replication), one for a sum, two or three for a ratio.

    A ratio is the first over the second, times the third where there is one; where it is not
    defined there is a reason. What never happened in a draw is not a number.
    """

    parts: tuple[Floats, ...]
    unit: str
    share: Share = "own"
    reason: str = NEVER

    @property
    def is_ratio(self) -> bool:
        """Whether it divides."""
        return len(self.parts) > 1

    def by_replication(self) -> Floats:
        """The figure by draw and replication; NaN where it is not defined."""
        return combined(self.parts)

    def by_draw(self) -> Floats:
        """The figure by draw, replications averaged first (a ratio is one of averages)."""
        return combined(tuple(part.mean(axis=1) for part in self.parts))

    def mean(self) -> float:
        """The mean of all that is defined; a ratio is the ratio of means, NaN where undefined."""
        if self.is_ratio:
            return float(combined(tuple(np.asarray(part.mean()) for part in self.parts)))
        values = self.by_draw()
        known = values[np.isfinite(values)]
        return float(known.mean()) if len(known) else float("nan")


Figures = Mapping[str, PerDraw]


class Growing:
    """The figures of blocks of draws, in their order, as one.

    Each stands in its place from the start: joined at the end they would stand in two. Parts that
    are equal in every draw, as what many ratios divide by, are one array: half of all parts are.
    """

    def __init__(self, most_draws: int) -> None:
        self._most, self._filled = most_draws, 0
        self._first: Figures = {}
        self._columns: list[Floats] = []
        self._place_of: dict[tuple[str, int], int] = {}  # a part of a figure among the columns

    def add(self, block: Figures) -> None:
        """Add the figures of the next block, each of as many draws."""
        self._first = self._first or block
        filled, places = self._filled, dict[tuple[Any, ...], int]()
        for name, figure in block.items():
            for number, part in enumerate(figure.parts):
                before = self._place_of.get((name, number))
                # parts that were one column go apart as soon as they differ
                alike = (before, part.shape, part.dtype.str, part.tobytes())
                if alike not in places:
                    is_taken = before in places.values()
                    places[alike] = self._new(part, before) if is_taken else self._own(part, before)
                    self._columns[places[alike]][filled : filled + len(part)] = part
                self._place_of[name, number] = places[alike]
        self._filled += len(part)

    def figures(self) -> dict[str, PerDraw]:
        """All blocks together. Parts may be one array: nobody writes in them."""
        columns = [column[: self._filled] for column in self._columns]
        return {
            name: replace(one, parts=tuple(columns[self._place_of[name, number]]
                                           for number in range(len(one.parts))))
            for name, one in self._first.items()
        }  # fmt: skip

    def _own(self, part: Floats, before: int | None) -> int:
        return self._new(part, None) if before is None else before

    def _new(self, part: Floats, before: int | None) -> int:
        """A further column, filled so far as the one before."""
        self._columns.append(np.empty((self._most, *part.shape[1:]), part.dtype))
        if before is not None:
            self._columns[-1][: self._filled] = self._columns[before][: self._filled]
        return len(self._columns) - 1


def twice_of(main: Figures, again: Figures) -> dict[str, PerDraw]:
    """Two replications of each draw in `again`: that of the main sample, and one more."""
    both = {}
    for name, more in again.items():
        parts = zip(main[name].parts, more.parts, strict=True)
        both[name] = replace(
            more,
            parts=tuple(np.concatenate([one[: len(two), :1], two], axis=1) for one, two in parts),
        )
    return both


@dataclass(frozen=True)
class Gathered:
    """The figures of every draw, and those of the draws that were simulated twice.

    twice holds two replications of the first draws; None where no draw was simulated twice.
    """

    main: Figures
    twice: Figures | None

    def chance(self, name: str) -> Chance:
        """The share of chance in the variance of this figure between draws."""
        values = self.main[name].by_replication()
        pairs = values if self.twice is None else self.twice[name].by_replication()
        return _chance(values, pairs)

    def figure(self, name: str, shared: Mapping[Share, Chance]) -> dict[str, Any]:
        """The figure with its interval; `shared`: the chance of all savings and of all costs."""
        one = self.main[name]
        mean = one.mean()
        if np.isnan(mean):
            return undefined(one.unit, one.reason)
        values = one.by_draw()
        known = values[np.isfinite(values)]
        chance = shared[one.share] if one.share in shared else self.chance(name)
        figure = estimate(known, one.unit, chance, mean=mean)
        if one.is_ratio and len(known) < len(values):
            figure["draws_undefined"] = len(values) - len(known)
        return figure


def _chance(values: Floats, pairs: Floats) -> Chance:
    if pairs.shape[1] < 2:
        return NO_CHANCE
    middle = values.mean(axis=1)
    known, twice_known = np.isfinite(middle), np.isfinite(pairs[:, :2]).all(axis=1)
    twice_known &= known[: len(pairs)]
    # draws that were simulated twice first, as `share_of_chance` wants them
    order = np.argsort(~np.pad(twice_known, (0, len(middle) - len(pairs))), kind="stable")
    ordered = middle[order][known[order]]
    return share_of_chance(ordered, pairs[twice_known, 0], pairs[twice_known, 1], values.shape[1])
