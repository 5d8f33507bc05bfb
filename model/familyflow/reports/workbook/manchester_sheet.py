"""The run in the layout of Greater Manchester's cost-benefit workbook: a row an outcome line.

What that model calls deadweight stands in the arm without the service where a line is simulated:
its cell says nil, with a note, and holds no made-up number.
"""

from __future__ import annotations

from familyflow.reports.workbook import manchester_layout as at
from familyflow.reports.workbook.agencies_sheet import Totals
from familyflow.reports.workbook.cash_flow_sheet import FIRST_ROW, PRESENT, Money
from familyflow.reports.workbook.cells import Book, Cell, Sheet
from familyflow.reports.workbook.flows import Flows
from familyflow.reports.workbook.manchester_headline import write_headline
from familyflow.reports.workbook.manchester_layout import NAME
from familyflow.reports.workbook.manchester_links import Links, write_links
from familyflow.reports.workbook.quantities_sheet import FIRST_YEAR
from familyflow.reports.workbook.summary_sheet import Headline

_NOTES = (
    "The order and words of the Greater Manchester cost-benefit model. Links are values of the run "
    "(means of all draws); the arithmetic is formulas. Simulated lines: families referred are the "
    "population, and impact is the units avoided for each family who ends as planned.",
    "The links multiply means; the run averages products, draw by draw, so the two savings differ "
    "a little ('What the links miss'). Not discounted and before correction; the correction for "
    "optimism bias stands beside, as that model is deterministic. Present value is live.",
)


def write_manchester(
    book: Book, money: Money, flows: Flows, headline: Headline, totals: Totals
) -> Links:
    """Write the sheet; returns what is checked."""
    kept = money.kept
    title = f"Greater Manchester layout: outcomes line by line, {kept.inputs.price_year} prices"
    sheet = book.sheet(NAME, title, (60, 9, 12, 17))
    sheet.worksheet.set_column(4, at.AGENCIES + 2 * len(money.agencies), 13)
    sheet.notes(1, *_NOTES)
    _write_heads(sheet, money)
    links, rows = Links(), kept.table("gmca_chain")
    places = [place for place, term in enumerate(kept.terms) if term.side == "saving"]
    for number, (row, place) in enumerate(zip(rows, places, strict=True)):
        write_links(sheet, at.FIRST + number, row, links)
        _write_value(sheet, at.FIRST + number, money, flows, place, links)
    write_headline(sheet, at.FIRST + len(rows) + 2, money, headline, totals)
    sheet.freeze(at.HEAD)
    sheet.pages_wide(3)
    return links


def _write_heads(sheet: Sheet, money: Money) -> None:
    titles = [money.kept.titles.get(name, name) for name in money.agencies]
    heads = [column.head for column in at.EVERY]
    heads += [f"Share: {title}" for title in titles] + [f"Pounds: {title}" for title in titles]
    sheet.heads(at.HEAD, heads, numbers=len(at.WORDS), lines=4)


def _write_value(
    sheet: Sheet, row: int, money: Money, flows: Flows, place: int, links: Links
) -> None:
    """The present value of the line and each agency's part of it, live."""
    kept, term = money.kept, money.kept.terms[place]
    last = FIRST_YEAR + kept.years
    total = float(flows.present[place].sum())
    source = Cell(PRESENT, FIRST_ROW + place, last)
    present = sheet.formula(row, at.PRESENT.place, str(source), total)
    for number, agency in enumerate(money.agencies):
        share = term.shares.get(agency, 0.0)
        part = sheet.number(row, at.AGENCIES + number, share, "share")
        pounds = at.AGENCIES + len(money.agencies) + number
        sheet.formula(row, pounds, f"{present}*{part}", total * share)
    if kept.results["optimism_bias"] == "none":
        found = float(kept.table("gmca_chain")[row - at.FIRST]["saving_undiscounted"])
        flat = money.total(place)
        run = Cell(NAME, row, at.RUN.place)
        links.flat.append((term.label, flat, float(flows.flow[place].sum()), run, found))
