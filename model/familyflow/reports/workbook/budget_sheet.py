"""The sheet of the budget: by year and heading in the funder's order, who pays, and each post."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.reports.documents.bid_rows import budget_headings, budget_parts
from familyflow.reports.documents.limits import TOTAL, total_row
from familyflow.reports.documents.lines import whole_pounds
from familyflow.reports.workbook.cells import Book, Cell, Sheet, reference
from familyflow.reports.workbook.inputs_sheet import Inputs
from familyflow.reports.workbook.kept import Kept
from familyflow.reports.workbook.posts_table import write_posts

NAME = "Budget"
HEAD = 4
PARTS = ("total", "asked", "other", "unfunded")
_WIDTHS = (50,)
_NOTES = (
    "Pounds as they are paid in each year (nominal), means of all draws, in the order of the "
    "funder's headings. Salaries hold on-costs; overheads are full cost recovery; no contingency.",
    "Parts are values of the run, as in the cost case; sums are formulas.",
)
_STALE = (
    "Numbers of your own are on Inputs, and this sheet does not follow them: price the run again "
    "with them (familyflow run --reprice) and make its documents."
)
_FRESH = "No number of your own is on Inputs: this is the budget of the run."


@dataclass(frozen=True)
class BudgetSums:
    """Where the sums of the budget stand, over all years, and their values; by part."""

    sums: dict[str, Cell]
    values: dict[str, float]
    run: Cell
    run_value: float


@dataclass(frozen=True)
class _Table:
    """One table of the sheet: pounds (heading, year) in rows below its heads."""

    name: str
    title: str
    pounds: Floats
    head: int

    @property
    def first(self) -> int:
        """The row of the first heading."""
        return self.head + 1

    @property
    def last(self) -> int:
        """The row of the last heading."""
        return self.head + len(self.pounds)


def write_budget(book: Book, kept: Kept, inputs: Inputs) -> BudgetSums | None:
    """Write the sheet; returns where its sums are. Nothing where the run has no budget."""
    if not kept.table("budget"):
        return None
    sheet = book.sheet(NAME, f"Budget: {kept.results['title']}", _WIDTHS)
    sheet.notes(1, *_NOTES)
    follows = f'=IF({inputs.count}>0,"{_STALE}","{_FRESH}")'
    sheet.worksheet.write_formula(HEAD - 1, 0, follows, sheet.formats["head"], _FRESH)
    term = int(kept.results["term_years"])
    sheet.worksheet.set_column(1, max(9, 2 + term), 16)
    sheet.worksheet.set_portrait()
    names = [name for name, row in budget_headings(kept.case) if row["heading"] != TOTAL]
    rows = [row for _, row in budget_headings(kept.case) if row["heading"] != TOTAL]
    tables = []
    for place, (part, title) in enumerate(_titles(kept)):
        pounds = [[float(row[f"{part}_year_{year + 1}"]) for year in range(term)] for row in rows]
        head = HEAD + (place + 1) * (len(names) + 4)
        tables.append(_Table(part, title, np.array(pounds), head))
    for table in tables:
        _write_years(sheet, names, table, _other(tables) if table.name == "other" else None)
    sums, values = _write_whole(sheet, names, tables)
    after = tables[-1].last + 3
    run = sheet.number(after, 1, float(total_row(kept.case)["total"]), "money")
    sheet.text(after, 0, "Total cost as the run found it (a value)")
    after = _write_uplift(sheet, kept, after + 2)
    write_posts(sheet, kept.results["posts"], after + 2)
    sheet.freeze(0)
    return BudgetSums(sums, values, run, float(total_row(kept.case)["total"]))


def _titles(kept: Kept) -> list[tuple[str, str]]:
    """Each part of the budget, and what its table is called."""
    parts = [(part, label.removeprefix("of which ")) for part, label in budget_parts(kept.case)]
    return [("total", "total cost"), *parts]


def _other(tables: list[_Table]) -> list[_Table]:
    """The tables whose difference the other funders pay: all of it, what is asked, what nobody."""
    by_name = {table.name: table for table in tables}
    return [by_name["total"], by_name["asked"], by_name["unfunded"]]


def _write_years(sheet: Sheet, names: list[str], table: _Table, less: list[_Table] | None) -> None:
    """A table by heading and year, its sums as formulas; `less`: the first less all the others."""
    years = table.pounds.shape[1]
    title = table.title[:1].upper() + table.title[1:]
    heads = [title, *(f"Year {year + 1}" for year in range(years)), "All years"]
    sheet.heads(table.head, heads, numbers=1)
    for place, name in enumerate(names):
        row = table.first + place
        sheet.text(row, 0, name)
        for year in range(years):
            pounds = float(table.pounds[place, year])
            if less is None:
                sheet.number(row, 1 + year, pounds, "money")
            else:
                cells = [str(Cell(NAME, one.first + place, 1 + year)) for one in less]
                sheet.formula(row, 1 + year, "-".join(cells), pounds)
        across = reference(NAME, (row, 1), (row, years))
        sheet.formula(row, 1 + years, f"SUM({across})", float(table.pounds[place].sum()), "sum")
    sheet.text(table.last + 1, 0, TOTAL, "head")
    for column in range(1, years + 2):
        block = reference(NAME, (table.first, column), (table.last, column))
        down = table.pounds.sum() if column > years else table.pounds[:, column - 1].sum()
        sheet.formula(table.last + 1, column, f"SUM({block})", float(down), "total")


def _write_whole(
    sheet: Sheet, names: list[str], tables: list[_Table]
) -> tuple[dict[str, Cell], dict[str, float]]:
    """The first table: all years by heading and who pays; returns where its sums are."""
    heads = ("Heading, all years", *(table.title[:1].upper() + table.title[1:] for table in tables))
    sheet.heads(HEAD, [*heads, "Share asked"], numbers=1, lines=3)
    last = HEAD + len(names) + 1
    sums: dict[str, Cell] = {}
    for place, name in enumerate([*names, TOTAL]):
        row = HEAD + 1 + place
        sheet.text(row, 0, name, "head" if name == TOTAL else "text")
        for column, table in enumerate(tables, start=1):
            years = table.pounds.shape[1]
            pounds = table.pounds.sum() if row == last else table.pounds[place].sum()
            cell = Cell(NAME, table.first + place, 1 + years)
            form = "total" if row == last else "money"
            sums[table.name] = sheet.formula(row, column, str(cell), float(pounds), form)
        _write_share(sheet, row, tables, place)
    values = {table.name: float(table.pounds.sum()) for table in tables}
    return sums, values


def _write_share(sheet: Sheet, row: int, tables: list[_Table], place: int) -> None:
    """What part of a heading is asked of the funder; nothing of nothing."""
    part, whole = (
        table.pounds.sum() if place == len(table.pounds) else table.pounds[place].sum()
        for table in (tables[1], tables[0])
    )
    total, asked = Cell(NAME, row, 1), Cell(NAME, row, 2)
    value = float(part / whole) if whole > 0 else 0.0
    sheet.formula(row, 1 + len(tables), f"IF({total}>0,{asked}/{total},0)", value, "share")


def _write_uplift(sheet: Sheet, kept: Kept, row: int) -> int:
    """How pay and prices grow from year to year; returns the last row."""
    uplift = kept.inputs.uplift
    growth = float(kept.case.parameters["economy.growth.pay_per_year"]["value"])
    title = f"Annual uplift, from {kept.inputs.price_year} prices"
    years = range(uplift.term_years)
    sheet.heads(row, [title, *(f"Year {year + 1}" for year in years)], numbers=1)
    sheet.text(row + 1, 0, "Prices: pounds of the year for one of the price year")
    for year, level in enumerate(uplift.prices_by_year()):
        sheet.number(row + 1, 1 + year, float(level), "factor")
    sheet.text(row + 2, 0, "Growth of pay in a year (stated value)")
    for year in years:
        sheet.number(row + 2, 1 + year, growth, "share")
    sheet.text(row + 3, 0, "Pay: pounds of the year for one of the first year")
    pay = sheet.number(row + 3, 1, 1.0, "factor")
    for year in years[1:]:
        grown = Cell(NAME, row + 2, 1 + year)
        level = (1.0 + growth) ** year
        pay = sheet.formula(row + 3, 1 + year, f"{pay}*(1+{grown})", level, "factor")
    asked = whole_pounds(float(total_row(kept.case)["asked"]))
    sheet.text(row + 4, 0, f"Asked over all years, rounded for the form: {asked}", "note")
    return row + 4
