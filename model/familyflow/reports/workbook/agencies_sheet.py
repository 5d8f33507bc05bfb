"""The sheet of present values by year and agency: who saves, what is cash, who gives in kind."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from familyflow.reports.workbook.cash_flow_sheet import Money, sides_shown
from familyflow.reports.workbook.cells import Book, Cell, Sheet, reference
from familyflow.reports.workbook.flows import Flows, weights_of
from familyflow.reports.workbook.quantities_sheet import FIRST_YEAR, year_heads

NAME = "By year and agency"
_TOTAL_OF = {"saving": "Fiscal saving", "cash": "Cash released", "cost": "Given in kind"}
_MARKS = {"saving": ("fiscal", "headline"), "cash": ("fiscal", "headline"), "cost": ("in_kind",)}
_NOTE = (
    "Evidence with a comparison group, as in the headline. What each funder pays is not here: it "
    "is settled draw by draw, and stands in the run's by_funder.csv."
)
COUNTS = {"saving": "fiscal", "cash": "fiscal", "cost": "in_kind"}


@dataclass
class Totals:
    """Where the totals stand: of agencies by side, and of cost over all years."""

    of_agencies: dict[str, Cell] = field(default_factory=dict)
    of_agencies_value: dict[str, float] = field(default_factory=dict)
    cost: Cell = field(init=False)
    cost_value: float = 0.0


def write_agencies(book: Book, money: Money, flows: Flows) -> Totals:
    """Write the sheet; returns where its totals stand."""
    kept = money.kept
    title = f"Present value by year and agency, {kept.inputs.price_year} prices"
    sheet = book.sheet(NAME, title, (40, 18))
    sheet.worksheet.set_column(2, FIRST_YEAR - 1, 2)
    sheet.worksheet.set_column(FIRST_YEAR, FIRST_YEAR + kept.years, 13)
    sheet.notes(1, _NOTE)
    totals, row = Totals(), 3
    row = _write_years(sheet, money, flows, totals, row)
    for side in sides_shown(kept):
        row = _write_side(sheet, money, flows, totals, row + 2, side)
    sheet.worksheet.freeze_panes(3, 1)
    return totals


def _write_years(sheet: Sheet, money: Money, flows: Flows, totals: Totals, row: int) -> int:
    """Cost, saving, their difference and what has added up so far; returns the last row."""
    kept = money.kept
    sheet.text(row, 0, "All agencies", "head")
    year_heads(sheet, row, kept.years)
    sheet.text(row, FIRST_YEAR + kept.years, "Total", "head")
    for place, label in enumerate(("Cost", "Fiscal saving", "Net saving", "So far"), start=1):
        sheet.text(row + place, 0, label)
    cost = flows.present_of(weights_of(kept, "cost"))
    saving = flows.present_of(weights_of(kept, "saving", "fiscal"))
    for year in range(kept.years):
        column = FIRST_YEAR + year
        cells = [Cell(NAME, row + line, column) for line in range(1, 5)]
        sheet.formula(row + 1, column, _sum(money, "cost", year, ()), cost[year])
        marks = _MARKS["saving"]
        sheet.formula(row + 2, column, _sum(money, "saving", year, marks), saving[year])
        sheet.formula(row + 3, column, f"{cells[1]}-{cells[0]}", saving[year] - cost[year])
        before = f"{Cell(NAME, row + 4, column - 1)}+" if year else ""
        so_far = float((saving - cost)[: year + 1].sum())
        sheet.formula(row + 4, column, f"{before}{cells[2]}", so_far)
    for line, by_year in ((1, cost), (2, saving), (3, saving - cost)):
        total = _across(sheet, row + line, kept.years, float(by_year.sum()))
        if line == 1:
            totals.cost, totals.cost_value = total, float(by_year.sum())
    return row + 4


def _write_side(
    sheet: Sheet, money: Money, flows: Flows, totals: Totals, row: int, side: str
) -> int:
    """A row for each agency, and their sum; returns the last row."""
    kept = money.kept
    sheet.text(row, 0, f"{_TOTAL_OF[side]} by agency", "head")
    year_heads(sheet, row, kept.years)
    sheet.text(row, FIRST_YEAR + kept.years, "Total", "head")
    first, together = row + 1, np.zeros(kept.years)
    for agency in money.agencies:
        row += 1
        by_year = flows.present_of(weights_of(kept, side, COUNTS[side], agency))
        together = together + by_year
        sheet.text(row, 0, kept.titles.get(agency, agency))
        for year in range(kept.years):
            formula = _sum(money, side, year, _MARKS[side], agency)
            sheet.formula(row, FIRST_YEAR + year, formula, by_year[year])
        _across(sheet, row, kept.years, float(by_year.sum()))
    sheet.text(row + 1, 0, "Sum of agencies", "head")
    for year in range(kept.years + 1):
        column = FIRST_YEAR + year
        block = reference(NAME, (first, column), (row, column))
        value = together.sum() if year == kept.years else together[year]
        cell = sheet.formula(row + 1, column, f"SUM({block})", value, "total")
    totals.of_agencies[side], totals.of_agencies_value[side] = cell, float(together.sum())
    return row + 1


def _sum(money: Money, side: str, year: int, marks: tuple[str, ...], agency: str = "") -> str:
    """Present values of a side in a year, times marks and an agency's shares."""
    blocks = [money.present(side, year), *(money.mark(side, name) for name in marks)]
    blocks += [money.shares(side, agency)] if agency else []
    return f"SUMPRODUCT({','.join(blocks)})"


def _across(sheet: Sheet, row: int, years: int, value: float) -> Cell:
    """The sum of the years of a row."""
    block = reference(NAME, (row, FIRST_YEAR), (row, FIRST_YEAR + years - 1))
    return sheet.formula(row, FIRST_YEAR + years, f"SUM({block})", value, "total")
