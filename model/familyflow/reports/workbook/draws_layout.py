"""Where each draw stands: columns of its results, and of its pounds by year, which are values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.reports.workbook.by_draw import ByDraw
from familyflow.reports.workbook.cells import reference
from familyflow.reports.workbook.kept import Kept

NAME: Final = "Draws"
HEAD: Final = 4
FIRST: Final = HEAD + 1  # row of the first draw
MOST: Final = 1000  # draws of a run that are shown: its first
DRAW, COST, SAVING, NET, CARE, WITH_CARE, NET_SHRUNK, CARE_SHRUNK = range(8)
FIRST_FLOW: Final = CARE_SHRUNK + 1


@dataclass(frozen=True)
class Flow:
    """Pounds of every draw shown by year (draw, year); column: of year 0. schedule: discounting."""

    label: str
    schedule: str
    column: int
    pounds: Floats

    @property
    def years(self) -> int:
        """How many years have a column."""
        return int(self.pounds.shape[1])


@dataclass(frozen=True)
class DrawsLayout:
    """The draws of a run as its sheet shows them: the first, and where their columns are."""

    kept: Kept
    shown: ByDraw = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shown", self.kept.by_draw.first(MOST))

    @property
    def is_whole(self) -> bool:
        """Whether every draw of the run is shown."""
        return self.shown.draws == self.kept.by_draw.draws

    @cached_property
    def costs(self) -> tuple[Flow, Flow]:
        """Cost in money, and given in kind."""
        schedule, shown = self.kept.inputs.schedule, self.shown
        money = Flow("Cost in money", schedule, FIRST_FLOW, _until_last(shown.money))
        after = FIRST_FLOW + money.years
        return money, Flow("Cost in kind", schedule, after, _until_last(shown.in_kind))

    @cached_property
    def savings(self) -> tuple[Flow, ...]:
        """Fiscal saving, by discount schedule."""
        flows, column = [], self.costs[-1].column + self.costs[-1].years
        for schedule, pounds in self.shown.saving.items():
            flows.append(Flow("Fiscal saving", schedule, column, _until_last(pounds)))
            column += flows[-1].years
        return tuple(flows)

    @property
    def flows(self) -> tuple[Flow, ...]:
        """Every flow, in the order of the columns."""
        return (*self.costs, *self.savings)

    def column(self, column: int) -> str:
        """A column of all draws shown, as a formula of any sheet names it."""
        return reference(NAME, (FIRST, column), (FIRST + self.shown.draws - 1, column))

    def present(self, flows: tuple[Flow, ...], discount: Mapping[str, Floats]) -> Floats:
        """Present value of flows (draw,)."""
        total = np.zeros(self.shown.draws)
        for flow in flows:
            total = total + flow.pounds @ discount[flow.schedule][: flow.years]
        return total


def _until_last(pounds: Floats) -> Floats:
    """Years up to the last in which any draw has a pound; one at least."""
    years = np.flatnonzero(pounds.any(axis=0))
    return pounds[:, : int(years[-1]) + 1 if len(years) else 1]
