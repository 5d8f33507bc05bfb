"""Where the sheet that says how sure it is has its cells, which the draws refer to."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from familyflow.economics.amounts import Floats
from familyflow.reports.workbook.cells import Cell
from familyflow.reports.workbook.draws_layout import COST, NET, SAVING, WITH_CARE, DrawsLayout

NAME: Final = "How sure"
OWN, WEEK, YEAR, EXCEED, IN_USE = 4, 7, 8, 9, 10  # rows of single cells
SINGLE: Final = 1  # their column
TYPED_IN_USE: Final = 2  # what of the cells to set is in use
WORTH_IN_USE: Final = 4  # the same along the axis
PERCENTILES: Final = {"low": 0.025, "p10": 0.1, "median": 0.5, "p90": 0.9, "high": 0.975}
FIGURES: Final = {  # column of the draws -> what it is called, and its name in the results
    COST: ("Cost", "cost"),
    SAVING: ("Fiscal saving", "fiscal_saving"),
    NET: ("Net saving", "net_saving"),
    WITH_CARE: ("Net saving with care weeks", ""),
}
STATISTICS: Final = 12  # row of the heads; the mean and the percentiles of the draws below
MEAN: Final = STATISTICS + 1
SHARE: Final = MEAN + len(PERCENTILES) + 1
KEEPS: Final = SHARE + 1
INNER: Final = KEEPS + 2  # row of the heads; the percentiles with chance taken out below
FOUND: Final = INNER + len(PERCENTILES) + 2  # row of the heads; what the run found below
CHANCES: Final = FOUND + len(PERCENTILES) + 3
AXIS: Final = CHANCES + 6


@dataclass(frozen=True)
class Doubt:
    """Cells of the sheet that the draws need, and what they hold for the run.

    week: what a week in care avoided is worth in itself, in use. keeps: the square root of 1 less
    the share of chance. share: of chance in the savings.
    """

    week: Cell
    keeps: Cell
    mean_net: Cell
    mean_with_care: Cell
    share: float

    def shrunk(self, values: Floats) -> Floats:
        """Values (draw,) drawn in towards their mean."""
        middle = float(values.mean())
        drawn_in: Floats = middle + (values - middle) * math.sqrt(1.0 - self.share)
        return drawn_in


def doubt_of(layout: DrawsLayout) -> Doubt:
    """Where the cells will stand."""
    return Doubt(
        Cell(NAME, IN_USE, SINGLE),
        Cell(NAME, KEEPS, column_of(NET)),
        Cell(NAME, MEAN, column_of(NET)),
        Cell(NAME, MEAN, column_of(WITH_CARE)),
        layout.shown.chance["fiscal_saving"].used,
    )


def column_of(of_draws: int) -> int:
    """The column of the sheet that tells of a column of the draws."""
    return SINGLE + list(FIGURES).index(of_draws)
