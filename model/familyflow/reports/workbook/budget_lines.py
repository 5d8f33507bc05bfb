"""The workings of a budget: each line of cost under its heading, in the pounds of each year."""

from __future__ import annotations

from familyflow.reports.workbook.budget_plan import Line, Plan
from familyflow.reports.workbook.budget_uplift import Levels
from familyflow.reports.workbook.cash_flow_sheet import Money
from familyflow.reports.workbook.cells import Sheet, reference
from familyflow.reports.workbook.quantities_sheet import Blocks

_NOTE = (
    "Quantity x price (Cash flow) x uplift (above): salaries and overheads grow as pay, all else "
    "as prices. With no correction for optimism: a budget is a plan."
)


def write_lines(
    sheet: Sheet, plan: Plan, money: Money, levels: Levels, planned: Blocks, row: int
) -> dict[str, list[str]]:
    """Write the lines from a row on; returns the formula of each heading's sum by year."""
    years = plan.years
    heads = ["How it is worked out: each line", *(f"Year {year + 1}" for year in range(years))]
    sheet.heads(row, [*heads, "All years"], numbers=1)
    sheet.text(row + 1, 0, _NOTE, "note")
    row, sums = row + 1, dict[str, list[str]]()
    for heading, lines in plan.lines.items():
        if not lines:
            sums[heading] = ["0"] * years
            continue
        row += 1
        sheet.text(row, 0, heading.replace("_", " "), "strong")
        first, last = row + 1, row + len(lines)
        for place, line in enumerate(lines, start=first):
            _write_line(sheet, money, levels, planned, place, line)
        blocks = [reference(sheet.name, (first, 1 + y), (last, 1 + y)) for y in range(years)]
        sums[heading] = [f"SUM({block})" for block in blocks]
        row = last
    return sums


def _write_line(
    sheet: Sheet, money: Money, levels: Levels, planned: Blocks, row: int, line: Line
) -> None:
    """A line by year, and over all years."""
    years = len(line.pounds)
    sheet.text(row, 0, line.label, "beside")
    for year in range(years):
        grown: dict[str, list[str]] = {}  # by what it grows with
        for place, term in line.terms.items():
            block = planned[place][year] if planned else ""
            pounds = money.pounds_of(place, block) if block else str(money.pounds(place, year))
            grown.setdefault(str(levels.of(term)[year]), []).append(pounds)
        formula = "+".join(f"({'+'.join(parts)})*{level}" for level, parts in grown.items())
        sheet.formula(row, 1 + year, formula, float(line.pounds[year]))
    across = reference(sheet.name, (row, 1), (row, years))
    sheet.formula(row, 1 + years, f"SUM({across})", float(line.pounds.sum()), "sum")
