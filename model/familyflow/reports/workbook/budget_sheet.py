"""The sheet of the budget, live: by year and heading in the funder's order, who pays, each post."""

from __future__ import annotations

from dataclasses import dataclass

from familyflow.economics.amounts import Floats
from familyflow.reports.documents.bid_rows import budget_headings, budget_parts
from familyflow.reports.documents.limits import TOTAL, total_row
from familyflow.reports.workbook.budget_lines import write_lines
from familyflow.reports.workbook.budget_plan import Plan
from familyflow.reports.workbook.budget_shares import Shares, write_shares
from familyflow.reports.workbook.budget_uplift import write_uplift
from familyflow.reports.workbook.cash_flow_sheet import Money
from familyflow.reports.workbook.cells import Book, Cell, Sheet, reference
from familyflow.reports.workbook.flows import Flows
from familyflow.reports.workbook.inputs_sheet import Inputs
from familyflow.reports.workbook.kept import Kept
from familyflow.reports.workbook.posts_table import write_posts
from familyflow.reports.workbook.quantities_sheet import Blocks

NAME = "Budget"
HEAD = 4
_WIDTHS = (50, 16, *(12,) * 8)  # ten columns, which on A4 on its side are printed to be read
_COLUMN = 12
_MARGIN = 0.4  # inches at each side of the printed sheet
_NOTES = (
    "Pounds as they are paid in each year (nominal), means of all draws, in the order of the "
    "funder's headings. Salaries hold on-costs; overheads are full cost recovery; no contingency.",
    "Every amount is a formula: it follows the yellow cells of Inputs (prices, pay, on-costs, "
    "overheads, growth, offers). Lines and posts stand below.",
)
_OWN = "Numbers of your own are in force: this is the budget with them."
AS_RUN = "No number of your own is in force: this is the budget of the run."
_REFUSED = " of your numbers cannot be used: see Inputs."
_FOUND = {"total": "Total cost", "asked": "What is asked", "unfunded": "What has no funder"}


@dataclass(frozen=True)
class BudgetSums:
    """Where the sums of the budget stand, over all years, and their values; by part.

    run: where those that the run found stand, and what they are.
    """

    sums: dict[str, Cell]
    values: dict[str, float]
    run: dict[str, tuple[Cell, float]]


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

    def cells(self, place: int) -> list[Cell]:
        """A heading by year; the sums stand in the place after the last."""
        return [Cell(NAME, self.first + place, 1 + y) for y in range(self.pounds.shape[1])]


def write_budget(
    book: Book, money: Money, flows: Flows, inputs: Inputs, planned: Blocks
) -> BudgetSums | None:
    """Write the sheet; returns where its sums are. Nothing where the run has no budget.

    planned: where quantities of cost without a correction for optimism stand, if there is one.
    """
    kept = money.kept
    if not kept.table("budget"):
        return None
    sheet = book.sheet(NAME, f"Budget: {kept.results['title']}", _WIDTHS)
    sheet.notes(1, *_NOTES)
    refused = f'IF({inputs.refused}>0," "&{inputs.refused}&"{_REFUSED}","")'
    follows = f'=IF({inputs.count}>0,"{_OWN}","{AS_RUN}")&{refused}'
    sheet.worksheet.write_formula(HEAD - 1, 0, follows, sheet.formats["strong"], AS_RUN)
    plan = Plan(kept, flows)
    sheet.worksheet.set_column(len(_WIDTHS), max(len(_WIDTHS), 2 + plan.years), _COLUMN)
    sheet.worksheet.set_margins(left=_MARGIN, right=_MARGIN, top=0.5, bottom=0.6)
    names = [name for name, row in budget_headings(kept.case) if row["heading"] != TOTAL]
    tables = [
        _Table(part, title, plan.pounds(part), HEAD + (place + 1) * (len(names) + 4))
        for place, (part, title) in enumerate(_titles(kept))
    ]
    run, row = _write_found(sheet, kept, tables[-1].last + 3)
    bill = tables[0].cells(len(names))
    shares, row = write_shares(sheet, plan, inputs, bill, row + 2)
    uplift = row + 2
    levels, row = write_uplift(sheet, plan, inputs, uplift)
    row = write_posts(sheet, kept, inputs, row + 2)
    # what the funder reads, who else pays, what posts cost, and how it is worked out
    sheet.worksheet.set_h_pagebreaks([tables[2].head, uplift, row + 2])
    costs = write_lines(sheet, plan, money, levels, planned, row + 2)
    formulas = _formulas(tables, list(costs.values()), shares)
    for table in tables:
        _write_years(sheet, names, table, formulas[table.name])
    sums, values = _write_whole(sheet, names, tables)
    sheet.freeze(0)
    return BudgetSums(sums, values, run)


def _titles(kept: Kept) -> list[tuple[str, str]]:
    """Each part of the budget, and what its table is called."""
    parts = [(part, label.removeprefix("of which ")) for part, label in budget_parts(kept.case)]
    return [("total", "total cost"), *parts]


def _formulas(
    tables: list[_Table], costs: list[list[str]], shares: Shares
) -> dict[str, list[list[str]]]:
    """What stands in each table (heading, year); other funders pay what the rest leaves."""
    by_name = {table.name: table for table in tables}
    found: dict[str, list[list[str]]] = {"total": costs, "asked": [], "unfunded": [], "other": []}
    for place in range(len(costs)):
        total, asked, left = (by_name[name].cells(place) for name in _FOUND)
        for name, by_year in (("asked", shares.asked), ("unfunded", shares.unfunded)):
            pairs = zip(total, by_year, strict=True)
            found[name].append([f"{cost}*{share}" for cost, share in pairs])
        parts = zip(total, asked, left, strict=True)
        found["other"].append([f"{whole}-{a}-{b}" for whole, a, b in parts])
    return found


def _write_years(sheet: Sheet, names: list[str], table: _Table, formulas: list[list[str]]) -> None:
    """A table by heading and year, with its sums."""
    years = table.pounds.shape[1]
    title = table.title[:1].upper() + table.title[1:]
    heads = [title, *(f"Year {year + 1}" for year in range(years)), "All years"]
    sheet.heads(table.head, heads, numbers=1)
    for place, name in enumerate(names):
        row = table.first + place
        sheet.text(row, 0, name)
        for year, formula in enumerate(formulas[place]):
            sheet.formula(row, 1 + year, formula, float(table.pounds[place, year]))
        across = reference(NAME, (row, 1), (row, years))
        sheet.formula(row, 1 + years, f"SUM({across})", float(table.pounds[place].sum()), "sum")
    sheet.text(table.last + 1, 0, TOTAL, "total")
    for column in range(1, years + 2):
        block = reference(NAME, (table.first, column), (table.last, column))
        down = table.pounds.sum() if column > years else table.pounds[:, column - 1].sum()
        sheet.formula(table.last + 1, column, f"SUM({block})", float(down), "total")


def _write_whole(
    sheet: Sheet, names: list[str], tables: list[_Table]
) -> tuple[dict[str, Cell], dict[str, float]]:
    """The first table: all years by heading and who pays; returns where its sums are."""
    heads = ("Heading, all years", *(table.title[:1].upper() + table.title[1:] for table in tables))
    sheet.heads(HEAD, [*heads, "Share asked"], numbers=1, lines=5)
    last = HEAD + len(names) + 1
    sums: dict[str, Cell] = {}
    for place, name in enumerate([*names, TOTAL]):
        row = HEAD + 1 + place
        sheet.text(row, 0, name, "total" if row == last else "text")
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


def _write_found(sheet: Sheet, kept: Kept, row: int) -> tuple[dict[str, tuple[Cell, float]], int]:
    """Sums as the run found them, to be set beside those above; returns them and the last row."""
    found = {}
    for place, (part, label) in enumerate(_FOUND.items(), start=row):
        pounds = float(total_row(kept.case)[part])
        sheet.text(place, 0, f"{label} over all years, as the run found it (a value)")
        found[part] = sheet.number(place, 1, pounds, "money"), pounds
    return found, row + len(_FOUND) - 1
