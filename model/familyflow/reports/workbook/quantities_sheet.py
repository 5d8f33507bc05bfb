"""The sheet of quantities: what the simulation found, by year. All of it is values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from familyflow.economics.amounts import Floats
from familyflow.reports.workbook.cells import Book, Sheet, reference
from familyflow.reports.workbook.kept import Kept
from familyflow.reports.workbook.terms import Term

NAME = "Quantities"
FIRST_YEAR = 12  # column of year 0, here and wherever money stands by year
_HEAD = 5
_NOTES = (
    "Above: quantities that money is worked out from. A line whose numbers are uncertain has one "
    "row for each choice of which of them you replace: a mean of products is not the product of "
    "means.",
    "Costs count what the service uses; savings the quantity without the service less with it, "
    "after the line's share; cash the units that can be released, in the year they can.",
    "Below: the two arms as simulated.",
)
AS_RUN = "no number of your own"
_PLANNED = "What the budget counts: quantities of cost with no correction for optimism"

Blocks = list[list[str]]  # for each term, a block of choices for every year


@dataclass(frozen=True)
class QuantityBlocks:
    """Where quantities stand: of each term, and of each term of cost as a budget plans it.

    planned is empty where there is no correction for optimism: the two are then the same.
    """

    counted: Blocks
    planned: Blocks


def write_quantities(book: Book, kept: Kept) -> QuantityBlocks:
    """Write the sheet; returns for each term and year its block of choices."""
    title = "Quantities: values of the simulation, means of all draws"
    sheet = book.sheet(NAME, title, (64, 46, 20, 76))
    sheet.worksheet.set_column(4, FIRST_YEAR - 1, 2)
    sheet.worksheet.set_column(FIRST_YEAR, FIRST_YEAR + kept.years, 12)
    sheet.notes(1, *_NOTES)
    heads = ("Line", "Part", "Unit", "Row in use when you replace")
    sheet.heads(_HEAD, heads)
    year_heads(sheet, _HEAD, kept.years)
    row, counted = _write_terms(sheet, kept, _HEAD + 1, kept.quantities)
    row, planned = _write_arms(sheet, row + 2, kept), Blocks()
    if kept.inputs.optimism_bias.mode != "none":
        sheet.text(row + 2, 0, _PLANNED, "head")
        _, planned = _write_terms(sheet, kept, row + 3, kept.planned)
    sheet.freeze(_HEAD)
    sheet.pages_wide(2)
    return QuantityBlocks(counted, planned)


def _write_terms(
    sheet: Sheet, kept: Kept, row: int, quantities: Sequence[Floats]
) -> tuple[int, Blocks]:
    """A row for each choice of each term; returns the row after them, and where they are."""
    blocks = Blocks()
    for term, by_choice in zip(kept.terms[: len(quantities)], quantities, strict=True):
        for choice in range(term.choices):
            about = (term.label, term.part, term.unit, _in_words(term, choice))
            sheet.texts(row + choice, about)
            for year, amount in enumerate(by_choice[choice]):
                sheet.number(row + choice, FIRST_YEAR + year, amount, "amount")
        blocks.append(_blocks(row, term, kept.years))
        row += term.choices
    return row, blocks


def year_heads(sheet: Sheet, row: int, years: int, first: int = FIRST_YEAR) -> None:
    """Year 1, Year 2 ... over the columns of years; first: that of year 1."""
    for year in range(years):
        sheet.text(row, first + year, f"Year {year + 1}", "head_number")


def _blocks(row: int, term: Term, years: int) -> list[str]:
    last = row + term.choices - 1
    columns = range(FIRST_YEAR, FIRST_YEAR + years)
    return [reference(NAME, (row, column), (last, column)) for column in columns]


def _in_words(term: Term, choice: int) -> str:
    return " and ".join(term.replaced(choice)) or AS_RUN


def _write_arms(sheet: Sheet, row: int, kept: Kept) -> int:
    """What happened with the service and without it, in the headline's window; the last row."""
    sheet.text(row, 0, f"The two arms, in the headline's window ({kept.inputs.window})", "head")
    sheet.heads(row + 1, ("Quantity", "Arm", "Unit"))
    year_heads(sheet, row + 1, kept.years)
    for place, what in enumerate(kept.happened, start=row + 2):
        sheet.texts(place, (what.name, what.arm, what.unit))
        for year, amount in enumerate(what.by_year[: kept.years]):
            sheet.number(place, FIRST_YEAR + year, amount, "amount")
    return row + 1 + len(kept.happened)
