"""The sheet of outcomes: without the service and with it, how sure, priced; and who is reached.

What the simulation found is values; differences, and what an outcome is worth, are formulas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from familyflow.reports.documents.bid_rows import LABELS
from familyflow.reports.documents.lines import WIDE, reach
from familyflow.reports.words import in_years, window
from familyflow.reports.workbook.cash_flow_sheet import FIRST_ROW, PRESENT, Money
from familyflow.reports.workbook.cash_flow_sheet import NAME as CASH_FLOW
from familyflow.reports.workbook.cells import Book, Cell, Sheet
from familyflow.reports.workbook.flows import Flows
from familyflow.reports.workbook.quantities_sheet import FIRST_YEAR
from familyflow.reports.workbook.reached_table import write_reached
from familyflow.reports.workbook.too_few import IN_ITS_PLACE, is_too_few, too_few

NAME = "Outcomes"
HEAD = 4
_WIDTHS = (62, 12, 14, 14, 14, 14, 14, 14, 14)
_HEADS = (
    "Outcome", "Unit", "Without the service", "With the service", "Fewer", "95% from", "95% to",
    "80% from", "80% to",
)  # fmt: skip
_PRICED_HEADS = ("Line of saving", "Unit", "Price of one unit", "Present value", "Kind", "Evidence")
_NOTE = (
    "Values of the simulation, means of all draws; the intervals are about the expected value "
    "(chance taken out). Below zero means more: a need that is noticed is met sooner."
)
_ENDS: Final = ("low", "high", "p10", "p90")


def write_outcomes(book: Book, money: Money, flows: Flows) -> None:
    """Write the sheet."""
    kept = money.kept
    results = kept.results
    sheet = book.sheet(NAME, f"Outcomes {window(results)}: without the service, and with it",
                       _WIDTHS)  # fmt: skip
    sheet.notes(1, _NOTE, f"Compared with {results['comparator']}. {too_few(results)}".rstrip())
    sheet.heads(HEAD, _HEADS, numbers=2)
    row = HEAD
    for outcome in results["outcomes"]:
        row += 1
        _write_outcome(sheet, row, outcome, few=is_too_few(results))
    row = _write_prices(sheet, row + 2, money, flows)
    row = _write_flow(sheet, row + 2, results)
    write_reached(sheet, row + 2, kept)
    sheet.freeze(0)


def label_of(quantity: str) -> str:
    """What an outcome is called."""
    plain = quantity.replace(".", ": ").replace("_", " ")
    return LABELS.get(quantity, plain[:1].upper() + plain[1:])


def _write_outcome(sheet: Sheet, row: int, outcome: Mapping[str, Any], *, few: bool) -> None:
    sheet.texts(row, (label_of(outcome["quantity"]), outcome["unit"]))
    without = sheet.number(row, 2, outcome["without"], "amount")
    served = sheet.number(row, 3, outcome["with"], "amount")
    difference = float(outcome["without"]) - float(outcome["with"])
    sheet.formula(row, 4, f"{without}-{served}", difference, "amount")
    _write_ends(sheet, row, outcome["fewer"], few=few)


def _write_ends(sheet: Sheet, row: int, figure: Mapping[str, Any], *, few: bool) -> None:
    """The ends of the two intervals, or why there are none."""
    if figure["mean"] is None:
        sheet.text(row, 5, figure["reason"])
        return
    for column, end in enumerate(_ENDS, start=5):
        if few:
            sheet.text(row, column, IN_ITS_PLACE, "right")
            continue
        sheet.number(row, column, figure[end], "amount")


def _write_prices(sheet: Sheet, row: int, money: Money, flows: Flows) -> int:
    """Every line of saving with its price in force and what it comes to; returns the last row."""
    kept = money.kept
    sheet.text(row, 0, f"What each line is worth ({kept.inputs.price_year} prices), live", "head")
    sheet.heads(row + 1, _PRICED_HEADS, numbers=2)
    row += 1
    for place, term in enumerate(kept.terms):
        if term.side != "saving":
            continue
        row += 1
        sheet.texts(row, (term.label, term.unit))
        price = Cell(CASH_FLOW, FIRST_ROW + place, FIRST_YEAR - 1)
        sheet.formula(row, 2, str(price), float(flows.prices[place]), "price")
        sheet.texts(row, (term.kind, term.evidence.replace("_", " ")), "beside", column=4)
        total = Cell(PRESENT, FIRST_ROW + place, FIRST_YEAR + kept.years)
        sheet.formula(row, 3, str(total), float(flows.present[place].sum()))
    return row


def _write_flow(sheet: Sheet, row: int, results: Mapping[str, Any]) -> int:
    """Families, waits and children over the term, each with its intervals; the last row."""
    term = in_years(results["term_years"])
    sheet.text(row, 0, f"Families, waits and children over {term}", "head")
    sheet.heads(row + 1, ("Figure", "Unit", "", "", "Mean", *_HEADS[5:], "Note"), numbers=2)
    place = row + 1
    for place, (label, figure) in enumerate(_flow(results), start=row + 2):
        sheet.texts(place, (label, figure["unit"]))
        if figure["mean"] is not None:
            sheet.number(place, 4, figure["mean"], "amount")
        _write_ends(sheet, place, figure, few=is_too_few(results))
        sheet.text(place, 9, figure.get("note", ""), "beside")
    return place


def _flow(results: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The figures of flow: those that the documents tell, by their words; then every other."""
    told = {one.path.removeprefix("flow."): one.label for one in reach(results, WIDE)}
    for name, label in told.items():
        yield label, results["flow"][name]
    for name, figure in results["flow"].items():
        if name not in told:
            yield name.replace("_", " ").capitalize(), figure
