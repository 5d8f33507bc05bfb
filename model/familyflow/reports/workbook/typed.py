"""What may be typed into a yellow cell: refused as it is typed, not used, and told by a check.

A number outside its range, or a text, leaves the number of the run in force: pasted cells pass
what a program refuses as one types.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from familyflow.parameters.units import Unit
from familyflow.reports.workbook.cells import Cell, Sheet

USED, EMPTY, REFUSED = 1, 0, -1  # what has become of a yellow cell


@dataclass(frozen=True)
class Range:
    """The least and the most that a number may be; is_share: shown as a percentage."""

    least: float
    most: float
    is_share: bool = False

    @property
    def words(self) -> str:
        """'0% to 100%', '0 to 1,000,000,000,000'."""
        if self.is_share:
            return f"{100 * self.least:g}% to {100 * self.most:g}%"
        return f"{self.least:,.15g} to {self.most:,.15g}"

    def holds(self, cell: Cell) -> str:
        """A formula that says whether the cell holds a number within the range."""
        within = f"AND({cell}>={self.least!r},{cell}<={self.most!r})"
        return f"IF(ISNUMBER({cell}),{within},FALSE)"

    def state(self, cell: Cell) -> str:
        """A formula that gives USED, EMPTY or REFUSED."""
        return f"IF(COUNTA({cell})=0,{EMPTY},IF({self.holds(cell)},{USED},{REFUSED}))"

    def in_use(self, cell: Cell, otherwise: Cell | float) -> str:
        """A formula that gives the cell's number where it may be used, and else another."""
        kept = otherwise if isinstance(otherwise, Cell) else repr(float(otherwise))
        return f"IF({self.holds(cell)},{cell},{kept})"

    def allow(self, sheet: Sheet, cell: Cell) -> None:
        """Refuse a number outside the range as it is typed."""
        rule = {
            "validate": "decimal",
            "criteria": "between",
            "minimum": self.least,
            "maximum": self.most,
            "error_title": "Outside the range",
            "error_message": f"Give a number from {self.words}, or leave the cell empty.",
        }
        sheet.worksheet.data_validation(cell.row, cell.column, cell.row, cell.column, rule)


SHARE: Final = Range(0.0, 1.0, is_share=True)


def range_of(unit: Unit) -> Range:
    """The range that a parameter file may give a number of this unit."""
    return SHARE if unit.is_share else Range(unit.lowest, unit.highest)
