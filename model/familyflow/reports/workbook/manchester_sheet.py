"""The run in the layout of Greater Manchester's cost-benefit workbook: a row an outcome line.

What that model calls deadweight stands in the arm without the service where a line is simulated:
its cell says nil, with a note, and holds no made-up number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from familyflow.reports.workbook import manchester_layout as at
from familyflow.reports.workbook.agencies_sheet import Totals
from familyflow.reports.workbook.cash_flow_sheet import FIRST_ROW, PRESENT, Money
from familyflow.reports.workbook.cells import Book, Cell, Sheet
from familyflow.reports.workbook.flows import Flows
from familyflow.reports.workbook.manchester_headline import write_headline
from familyflow.reports.workbook.manchester_layout import NAME, Column
from familyflow.reports.workbook.quantities_sheet import FIRST_YEAR
from familyflow.reports.workbook.summary_sheet import Headline

NIL = "nil"
_NIL_NOTE = (
    "No number belongs here: the same families are simulated without the service, so what would "
    "have happened anyway is taken off already. Deadweight on top would count it twice."
)
_NOTES = (
    "The order and words of the Greater Manchester cost-benefit model. Links are values of the run "
    "(means of all draws); the arithmetic is formulas. Simulated lines: families referred are the "
    "population, and impact is the units avoided for each family who ends as planned.",
    "The links multiply means; the run averages products, draw by draw, so the two savings differ "
    "a little ('What the links miss'). Not discounted and before correction; the correction for "
    "optimism bias stands beside, as that model is deterministic. Present value is live.",
)
_NOT_THERE = "this link is not defined in the run"


@dataclass
class Links:
    """What the links come to beside what the run found: label, cell, value, cell or number, value.

    flat: the run's saving of each line beside the sheet of flows, where no correction is in force.
    """

    pairs: list[tuple[str, Cell, float, Cell | float, float]] = field(default_factory=list)
    flat: list[tuple[str, Cell, float, Cell, float]] = field(default_factory=list)


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
        _write_line(sheet, at.FIRST + number, row, links)
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


def _write_line(sheet: Sheet, row: int, line: Mapping[str, Any], links: Links) -> None:
    """The links of a line, what they come to, and the run's own saving."""
    for column in at.WORDS:
        sheet.text(row, column.place, str(line[column.key]).replace("_", " "))
    missing = False
    for column in at.LINKED:
        if line[column.key] == "":
            missing = True
            sheet.text(row, column.place, "n/a")
            sheet.remark(row, column.place, _NOT_THERE)
        else:
            sheet.number(row, column.place, float(line[column.key]), column.form)
    if missing:
        return
    population, risk, retained = (float(line[column.key]) for column in
                                  (at.POPULATION, at.PREVALENCE, at.RETAINED))  # fmt: skip
    in_need = _product(sheet, row, at.AT_RISK, (at.POPULATION, at.PREVALENCE), population * risk)
    affected = in_need * float(line["engagement"]) * retained
    _product(sheet, row, at.AFFECTED, (at.AT_RISK, at.ENGAGEMENT, at.RETAINED), affected)
    _write_deadweight(sheet, row, line)
    chain = (at.AFFECTED, at.NET, at.ATTRIBUTION, at.EACH, at.YEARS)
    units = affected
    for column in chain[1:]:
        units *= float(line[column.key])
    _product(sheet, row, at.UNITS, chain, units)
    price = float(line["unit_value"])
    sheet.number(row, at.VALUE.place, price, at.VALUE.form)
    made = _product(sheet, row, at.LINKS, (at.UNITS, at.VALUE), units * price)
    _write_saving(sheet, row, line, made)
    found = float(line["saving_of_links"])
    cell = Cell(NAME, row, at.LINKS.place)
    links.pairs.append((f"the links of {line['line']}", cell, made, found, found))


def _write_deadweight(sheet: Sheet, row: int, line: Mapping[str, Any]) -> None:
    """Nil with a note where the comparator is simulated; else its number, and what is left."""
    net = float(line["net_impact"])
    impact, place = float(line["impact"]), at.DEADWEIGHT.place
    before, dead = Cell(NAME, row, at.IMPACT.place), Cell(NAME, row, place)
    if line["route"] == "simulated":
        sheet.text(row, place, NIL, "right")
        sheet.remark(row, place, _NIL_NOTE)
        formula = str(before)
    elif str(line["deadweight"]).endswith("of achievers"):
        sheet.number(row, place, 1.0 - net / impact if impact else 0.0, "ratio")
        sheet.remark(row, place, "A share of those who achieve it.")
        formula = f"{before}*(1-{dead})"
    else:
        sheet.number(row, place, impact - net, "ratio")
        sheet.remark(row, place, "A share of all who take part, to be taken off the impact.")
        formula = f"{before}-{dead}"
    sheet.formula(row, at.NET.place, formula, net, at.NET.form)


def _write_saving(sheet: Sheet, row: int, line: Mapping[str, Any], made: float) -> None:
    """The run's saving, how far the links are from it, and the correction for optimism."""
    saving, cut = float(line["saving_undiscounted"]), float(line["optimism_bias"])
    run = sheet.number(row, at.RUN.place, saving, at.RUN.form)
    links = Cell(NAME, row, at.LINKS.place)
    sheet.formula(row, at.APART.place, f"{run}-{links}", saving - made, at.APART.form)
    bias = sheet.number(row, at.BIAS.place, cut, at.BIAS.form)
    sheet.formula(row, at.CORRECTED.place, f"{run}*(1-{bias})", saving * (1.0 - cut),
                  at.CORRECTED.form)  # fmt: skip


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


def _product(sheet: Sheet, row: int, column: Column, of: tuple[Column, ...], value: float) -> float:
    """A column as the product of others; returns its value."""
    cells = "*".join(str(Cell(NAME, row, one.place)) for one in of)
    sheet.formula(row, column.place, cells, value, column.form)
    return value
