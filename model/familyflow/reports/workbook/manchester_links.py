"""The links of a line in the layout of Greater Manchester, what they come to, and the saving."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from familyflow.reports.workbook import manchester_layout as at
from familyflow.reports.workbook.cells import Cell, Sheet
from familyflow.reports.workbook.manchester_layout import NAME, Column

NIL = "nil"
_NIL_NOTE = (
    "No number belongs here: the same families are simulated without the service, so what would "
    "have happened anyway is taken off already. Deadweight on top would count it twice."
)
_NOT_THERE = "this link is not defined in the run"
_NOT_MADE = "a link before it is not defined in the run"
_OF_THE_RUN = (
    "A value of the run, no formula: a link before it is not defined, as where nobody ends as "
    "planned. What the service does to others stands here all the same."
)


@dataclass
class Links:
    """What the links come to beside what the run found: label, cell, value, cell or number, value.

    flat: the run's saving of each line beside the sheet of flows, where no correction is in force.
    """

    pairs: list[tuple[str, Cell, float, Cell | float, float]] = field(default_factory=list)
    flat: list[tuple[str, Cell, float, Cell, float]] = field(default_factory=list)


def write_links(sheet: Sheet, row: int, line: Mapping[str, Any], links: Links) -> None:
    """The links of a line, what they come to, and the run's own saving."""
    for column in at.WORDS:
        sheet.text(row, column.place, str(line[column.key]).replace("_", " "))
    for column in at.LINKED:
        if line[column.key] == "":
            _write_missing(sheet, row, column, _NOT_THERE)
        else:
            sheet.number(row, column.place, float(line[column.key]), column.form)
    in_need = _write_product(sheet, row, line, at.AT_RISK, (at.POPULATION, at.PREVALENCE))
    affected = (at.AT_RISK, at.ENGAGEMENT, at.RETAINED)
    users = _write_product(sheet, row, line, at.AFFECTED, affected, in_need)
    _write_deadweight(sheet, row, line)
    units = _write_units(sheet, row, line, users)
    price = float(line["unit_value"])
    sheet.number(row, at.VALUE.place, price, at.VALUE.form)
    made = _product(sheet, row, at.LINKS, (at.UNITS, at.VALUE), units * price)
    _write_saving(sheet, row, line, made)
    found = float(line["saving_of_links"])
    cell = Cell(NAME, row, at.LINKS.place)
    links.pairs.append((f"the links of {line['line']}", cell, made, found, found))


def _write_units(sheet: Sheet, row: int, line: Mapping[str, Any], users: float | None) -> float:
    """Units avoided as the links make them, or the run's own where a link is not defined."""
    chain = (at.AFFECTED, at.NET, at.ATTRIBUTION, at.EACH, at.YEARS)
    units = _write_product(sheet, row, line, at.UNITS, chain, users)
    if units is None:
        units = float(line[at.UNITS.key])
        sheet.number(row, at.UNITS.place, units, at.UNITS.form)
        sheet.remark(row, at.UNITS.place, _OF_THE_RUN)
    return units


def _write_product(
    sheet: Sheet,
    row: int,
    line: Mapping[str, Any],
    column: Column,
    of: tuple[Column, ...],
    first: float | None = 1.0,
) -> float | None:
    """A column as the product of links; n/a and None where one of them is not defined.

    first: what the links without a key of their own, which stand before, have come to.
    """
    numbers = [line[one.key] for one in of if one.key]
    if first is None or "" in numbers:
        if not column.key:
            _write_missing(sheet, row, column, _NOT_MADE)
        return None
    return _product(sheet, row, column, of, first * math.prod(map(float, numbers)))


def _write_missing(sheet: Sheet, row: int, column: Column, why: str) -> None:
    sheet.text(row, column.place, "n/a")
    sheet.remark(row, column.place, why)


def _write_deadweight(sheet: Sheet, row: int, line: Mapping[str, Any]) -> None:
    """Nil with a note where the comparator is simulated; else its number, and what is left."""
    place = at.DEADWEIGHT.place
    before, dead = Cell(NAME, row, at.IMPACT.place), Cell(NAME, row, place)
    if line["route"] == "simulated":
        sheet.text(row, place, NIL, "right")
        sheet.remark(row, place, _NIL_NOTE)
    if line["net_impact"] == "":
        _write_missing(sheet, row, at.NET, _NOT_MADE)
        return
    net, impact = float(line["net_impact"]), float(line["impact"])
    if line["route"] == "simulated":
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


def _product(sheet: Sheet, row: int, column: Column, of: tuple[Column, ...], value: float) -> float:
    """A column as the product of others; returns its value."""
    cells = "*".join(str(Cell(NAME, row, one.place)) for one in of)
    sheet.formula(row, column.place, cells, value, column.form)
    return value
