"""The sheet of money by line and year, undiscounted; where money stands here and discounted."""

from __future__ import annotations

from dataclasses import dataclass

from familyflow.reports.workbook.cells import Book, Cell, Sheet, reference
from familyflow.reports.workbook.factors import AboveThreshold, Factor
from familyflow.reports.workbook.flows import SIDES, Flows
from familyflow.reports.workbook.inputs_sheet import Inputs
from familyflow.reports.workbook.kept import Kept
from familyflow.reports.workbook.prices_sheet import Prices, above_name
from familyflow.reports.workbook.quantities_sheet import FIRST_YEAR, Blocks, year_heads
from familyflow.reports.workbook.terms import Term
from familyflow.reports.workbook.typed import USED

NAME, PRESENT = "Cash flow", "Present value"
HEAD = 3
FIRST_ROW = HEAD + 1
MARKS = {"fiscal": 6, "public_value": 7, "headline": 8, "in_kind": 9}
_CHOICE, _PRICE = 10, 11
_WIDTHS = (14, 64, 46, 16, 12, 18, 8, 8, 8, 8, 8, 14)
_COLUMNS = (
    *("Side", "Line", "Part", "Unit", "Kind", "Evidence"),
    *("Fiscal", "Public value", "Headline evidence", "In kind", "Choice", "Price"),
)
_NOTE = (
    "Money = quantity in use (Quantities) x price. 'Choice' is the row of Quantities in use. 1 in "
    "a mark: the line counts there."
)
TITLES = {"cost": "Cost", "saving": "Saving", "cash": "Cash released"}


@dataclass(frozen=True)
class Money:
    """Where money stands: a row for each term on both sheets, and each agency's share of it."""

    kept: Kept
    agencies: tuple[str, ...]

    @property
    def share_column(self) -> int:
        """The column of the first agency's shares on the sheet of flows."""
        return FIRST_YEAR + self.kept.years + 2

    def rows(self, side: str) -> tuple[int, int]:
        """First and last row of a side; there is at least one term of each that is shown."""
        places = [place for place, term in enumerate(self.kept.terms) if term.side == side]
        return FIRST_ROW + places[0], FIRST_ROW + places[-1]

    def present(self, side: str, year: int) -> str:
        """Present values of a side in a year."""
        return self._block(PRESENT, side, FIRST_YEAR + year)

    def total(self, place: int) -> Cell:
        """Pounds of a term over all years, not discounted."""
        return Cell(NAME, FIRST_ROW + place, FIRST_YEAR + self.kept.years)

    def pounds(self, place: int, year: int) -> Cell:
        """Pounds of a term in a year, not discounted."""
        return Cell(NAME, FIRST_ROW + place, FIRST_YEAR + year)

    def pounds_of(self, place: int, block: str) -> str:
        """Pounds of a term for other quantities: block holds one for each of its choices."""
        chosen, priced = (Cell(NAME, FIRST_ROW + place, at) for at in (_CHOICE, _PRICE))
        return f"INDEX({block},{chosen})*{priced}"

    def flow(self, side: str, year: int) -> str:
        """Pounds of a side in a year, not discounted."""
        return self._block(NAME, side, FIRST_YEAR + year)

    def mark(self, side: str, name: str) -> str:
        """Where 1 says that a line counts, and 0 that it does not."""
        return self._block(NAME, side, MARKS[name])

    def shares(self, side: str, agency: str) -> str:
        """An agency's shares of the lines of a side."""
        return self._block(NAME, side, self.share_column + self.agencies.index(agency))

    def _block(self, sheet: str, side: str, column: int) -> str:
        first, last = self.rows(side)
        return reference(sheet, (first, column), (last, column))


def write_money(
    book: Book, kept: Kept, flows: Flows, inputs: Inputs, prices: Prices, blocks: Blocks
) -> Money:
    """Write the sheet; returns where money stands."""
    agencies = tuple(dict.fromkeys(name for term in kept.terms for name in term.shares))
    money = Money(kept, agencies)
    title = f"Cash flow by year and line, {kept.inputs.price_year} prices, not discounted"
    sheet = book.sheet(NAME, title, _WIDTHS)
    sheet.notes(1, _NOTE)
    sheet.heads(HEAD, _COLUMNS)
    year_heads(sheet, HEAD, kept.years)
    sheet.text(HEAD, FIRST_YEAR + kept.years, "Total", "head")
    titles = [f"Share: {kept.titles.get(name, name)}" for name in agencies]
    sheet.heads(HEAD, titles, column=money.share_column)
    sheet.worksheet.set_column(FIRST_YEAR, money.share_column + len(agencies), 13)
    for place, term in enumerate(kept.terms):
        _write_about(sheet, money, FIRST_ROW + place, term)
        cells = _Formulas(_choice(term, inputs), _price(term, inputs, prices), blocks[place])
        _write_flow(sheet, flows, place, cells)
    sheet.freeze(HEAD, 2)
    sheet.pages_wide(2)
    return money


def _write_about(sheet: Sheet, money: Money, row: int, term: Term) -> None:
    texts = (TITLES[term.side], term.label, term.part, term.unit, term.kind, term.evidence)
    sheet.texts(row, texts)
    for name, column in MARKS.items():
        sheet.number(row, column, float(getattr(term, name)), "whole")
    for place, agency in enumerate(money.agencies, start=money.share_column):
        sheet.number(row, place, term.shares.get(agency, 0.0))


@dataclass(frozen=True)
class _Formulas:
    """Of a term: the row of its quantities in use, its price, and its quantities by year."""

    choice: str
    price: str
    blocks: list[str]


def _write_flow(sheet: Sheet, flows: Flows, place: int, formulas: _Formulas) -> None:
    """A term's choice, price and pounds by year; as the run left it the first row is in use."""
    row, last = FIRST_ROW + place, FIRST_YEAR + len(formulas.blocks)
    chosen = sheet.formula(row, _CHOICE, formulas.choice, 1, "whole")
    priced = sheet.formula(row, _PRICE, formulas.price, float(flows.prices[place]), "price")
    for year, block in enumerate(formulas.blocks):
        pounds = float(flows.flow[place, year])
        sheet.formula(row, FIRST_YEAR + year, f"INDEX({block},{chosen})*{priced}", pounds)
    years = reference(NAME, (row, FIRST_YEAR), (row, last - 1))
    sheet.formula(row, last, f"SUM({years})", float(flows.flow[place].sum()), "total")


def _choice(term: Term, inputs: Inputs) -> str:
    """The row of the term's quantities: bit i is set where the i-th uncertain number is yours."""
    bits = [f"{1 << bit}*({inputs.state[key]}={USED})" for bit, key in enumerate(term.uncertain)]
    return "+".join(["1", *bits])


def _price(term: Term, inputs: Inputs, prices: Prices) -> str:
    """The term's price: money from the sheet of unit costs, all else from the inputs."""
    cells = [str(_of(factor, inputs, prices)) for factor in term.factors]
    return "*".join([*cells, repr(term.each)] if term.each != 1 else cells)


def _of(factor: Factor | AboveThreshold, inputs: Inputs, prices: Prices) -> Cell:
    if isinstance(factor, AboveThreshold):
        return prices.cell[above_name(factor)]
    return prices.cell[factor.key] if factor.price_year else inputs.used[factor.key]


def sides_shown(kept: Kept) -> tuple[str, ...]:
    """The sides of which there is a term."""
    return tuple(side for side in SIDES if any(term.side == side for term in kept.terms))
