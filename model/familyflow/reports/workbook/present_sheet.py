"""The sheet of present values by line and year, and the discount factors that make them."""

from __future__ import annotations

from dataclasses import dataclass

from familyflow.economics.amounts import Floats
from familyflow.reports.workbook.cash_flow_sheet import FIRST_ROW, HEAD, PRESENT, TITLES
from familyflow.reports.workbook.cash_flow_sheet import NAME as CASH_FLOW
from familyflow.reports.workbook.cells import Book, Cell, Sheet, reference
from familyflow.reports.workbook.flows import Flows
from familyflow.reports.workbook.inputs_sheet import Inputs
from familyflow.reports.workbook.kept import Kept
from familyflow.reports.workbook.quantities_sheet import FIRST_YEAR, year_heads


@dataclass(frozen=True)
class Discount:
    """Where the discount factors stand, and their values for the run; by schedule and year."""

    cells: dict[str, list[Cell]]
    value: dict[str, Floats]

    def block(self, schedule: str, years: int) -> str:
        """The factors of the first years, side by side."""
        first, last = self.cells[schedule][0], self.cells[schedule][years - 1]
        return reference(PRESENT, (first.row, first.column), (last.row, last.column))


def write_present(book: Book, kept: Kept, flows: Flows, inputs: Inputs) -> Discount:
    """Every row of the cash flow times the discount factor of its schedule; returns the factors."""
    title = f"Present value by year and line, {kept.inputs.price_year} prices"
    sheet = book.sheet(PRESENT, title, (14, 64, 46, 36))
    sheet.worksheet.set_column(4, FIRST_YEAR - 1, 2)
    sheet.worksheet.set_column(FIRST_YEAR, FIRST_YEAR + kept.years, 13)
    sheet.heads(HEAD, ("Side", "Line", "Part", "Discount schedule"))
    year_heads(sheet, HEAD, kept.years)
    sheet.text(HEAD, FIRST_YEAR + kept.years, "Present value", "head")
    factors = _write_discount(sheet, kept, flows, inputs, FIRST_ROW + len(kept.terms) + 2)
    titles = {name: kept.title_of_rates(name) for name in flows.discount}
    for place, term in enumerate(kept.terms):
        row = FIRST_ROW + place
        sheet.texts(row, (TITLES[term.side], term.label, term.part, titles[term.schedule]))
        for year in range(kept.years):
            flow = Cell(CASH_FLOW, row, FIRST_YEAR + year)
            pounds = float(flows.present[place, year])
            sheet.formula(row, FIRST_YEAR + year, f"{flow}*{factors[term.schedule][year]}", pounds)
        years = reference(PRESENT, (row, FIRST_YEAR), (row, FIRST_YEAR + kept.years - 1))
        total = float(flows.present[place].sum())
        sheet.formula(row, FIRST_YEAR + kept.years, f"SUM({years})", total, "total")
    sheet.freeze(HEAD, 2)
    sheet.pages_wide(2)
    return Discount(factors, flows.discount)


def _write_discount(
    sheet: Sheet, kept: Kept, flows: Flows, inputs: Inputs, row: int
) -> dict[str, list[Cell]]:
    """Discount factors by year of each schedule, below the lines: cumulative, from the rates."""
    found: dict[str, list[Cell]] = {}
    for name, factors in flows.discount.items():
        title = kept.title_of_rates(name)
        sheet.texts(row, ("", "Worth today of a pound at the start of the year", "", title))
        sheet.texts(row + 1, ("", "The same when money moves in the year", "", title))
        found[name] = []
        at_start, before = 1.0, Cell(PRESENT, row, FIRST_YEAR)
        for year, factor in enumerate(factors):
            column = FIRST_YEAR + year
            if year:
                rate = _rate(inputs, name, year)
                at_start /= 1.0 + kept.inputs.schedules[name].rate(year)
                before = sheet.formula(row, column, f"{before}/(1+{rate})", at_start, "factor")
            else:
                sheet.number(row, column, at_start, "factor")
            into = f"{before}*(1+{_rate(inputs, name, year + 1)})^(-{inputs.timing})"
            found[name].append(sheet.formula(row + 1, column, into, float(factor), "factor"))
        row += 3
    return found


def _rate(inputs: Inputs, schedule: str, year: int) -> Cell:
    """The rate of the step into a year."""
    return [cell for first, cell in inputs.rates[schedule] if first <= year][-1]
