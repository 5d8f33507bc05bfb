"""The sheet of inputs: yellow cells in which a reader may put a number of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from familyflow.reports.workbook.cells import Book, Cell, Sheet, reference
from familyflow.reports.workbook.kept import Kept

NAME = "Inputs"
FIRST_ROW = 5
_MEAN, _OWN, _IN_FORCE = 5, 6, 7
LONGEST_NAME = 240  # the file format allows 255 characters
LEVEL = 100.0  # of prices in the price year of the results
INTO_YEAR = {"start": 0.0, "mid": 0.5, "end": 1.0}
_HEADS = (
    *("Number", "Key", "Unit", "Price year", "Uncertain"),
    *("Of the run (mean)", "Your number", "In force"),
)
_NOTES = (
    "Leave a yellow cell empty to keep the run's own number with its doubt. A number in it holds "
    "in every draw, as in a run priced again with it (familyflow run --reprice).",
    "Money is in the price year beside it; the workbook brings it to that of the results. "
    "Corrections for optimism stay as in the run.",
    "To price the run again with a number, lay a file over it (--parameters FILE) that holds the "
    "entry of the key's first words as 'familyflow explain KEY' shows it; a number by itself also "
    "goes with --set KEY=NUMBER.",
)


@dataclass(frozen=True)
class Row:
    """A number of the run with what is said of it; least and most: what may be typed."""

    key: str
    about: tuple[str, ...]
    value: float
    least: float | None = None
    most: float | None = None


@dataclass
class Inputs:
    """Where the inputs are. own: the yellow cell; used: the number in force.

    rates: by schedule, each step's first year and the cell of its rate. levels: of prices by year.
    every_own, own_prices: the yellow cells, all of them and those that are no discount rate.
    """

    own: dict[str, Cell] = field(default_factory=dict)
    used: dict[str, Cell] = field(default_factory=dict)
    rates: dict[str, list[tuple[int, Cell]]] = field(default_factory=dict)
    levels: dict[str, Cell] = field(default_factory=dict)
    timing: Cell = field(init=False)
    threshold: Cell = field(init=False)
    every_own: str = ""
    own_prices: str = ""


def write_inputs(book: Book, kept: Kept) -> Inputs:
    """Write the sheet; returns where everything is."""
    sheet = book.sheet(NAME, "Inputs: put your own number in a yellow cell", (64, 76, 34, 10))
    sheet.worksheet.set_column(4, _IN_FORCE, 14)
    sheet.notes(1, *_NOTES)
    sheet.heads(FIRST_ROW - 1, _HEADS)
    inputs, names = Inputs(), set[str]()
    rows = [*_rows_of_factors(kept), *_rows_of_rates(kept)]
    for place, row in enumerate(rows, start=FIRST_ROW):
        _write(book, sheet, inputs, place, row)
        name = defined_name(row.key, names)
        book.name(f"own.{name}", str(inputs.own[row.key]))
        book.name(f"used.{name}", str(inputs.used[row.key]))
    for name, steps in _steps(kept).items():
        inputs.rates[name] = [(first, inputs.used[_rate_key(name, first)]) for first in steps]
    after = FIRST_ROW + len(rows)
    inputs.every_own = reference(NAME, (FIRST_ROW, _OWN), (after - 1, _OWN))
    last_price = FIRST_ROW + len(kept.factors) - 1
    inputs.own_prices = reference(NAME, (FIRST_ROW, _OWN), (last_price, _OWN))
    _write_fixed(sheet, inputs, after + 1, kept)
    sheet.freeze(FIRST_ROW - 1)
    return inputs


def _rows_of_factors(kept: Kept) -> list[Row]:
    return [
        Row(
            one.key,
            (one.label, one.key, one.unit, one.price_year, "yes" if one.is_uncertain else "no"),
            one.mean,
            one.least,
            one.most,
        )
        for one in kept.factors
    ]


def _rows_of_rates(kept: Kept) -> list[Row]:
    """The steps of every schedule in use that begin within the years shown."""
    rows = []
    for name, steps in _steps(kept).items():
        for first, rate in steps.items():
            key, label = _rate_key(name, first), f"Discount rate, {name}, from year {first}"
            rows.append(Row(key, (label, key, "share a year", "", "no"), rate))
    return rows


def _steps(kept: Kept) -> dict[str, dict[int, float]]:
    """By schedule: the first year of each step and its rate."""
    return {
        name: {
            first: rate for first, rate in kept.inputs.schedules[name].steps if first <= kept.years
        }
        for name in sorted({term.schedule for term in kept.terms})
    }


def _rate_key(schedule: str, first: int) -> str:
    return f"economy.discounting.{schedule}.from_year_{first}"


def _write(book: Book, sheet: Sheet, inputs: Inputs, place: int, row: Row) -> None:
    """A number of the run, the yellow cell beside it and which of the two is in force."""
    sheet.texts(place, row.about)
    mean = sheet.number(place, _MEAN, row.value)
    sheet.worksheet.write_blank(place, _OWN, None, sheet.formats["input"])
    own = Cell(NAME, place, _OWN)
    chosen = f"IF(ISNUMBER({own}),{own},{mean})"
    inputs.own[row.key] = own
    inputs.used[row.key] = sheet.formula(place, _IN_FORCE, chosen, row.value, "plain")
    if row.least is not None and row.most is not None:
        _allow(sheet, place, row.least, row.most)


def _allow(sheet: Sheet, place: int, least: float, most: float) -> None:
    """Refuse a number outside a range as it is typed."""
    rule = {
        "validate": "decimal",
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        "error_title": "Outside the range",
        "error_message": f"Give a number from {least:g} to {most:g}, or leave the cell empty.",
    }
    sheet.worksheet.data_validation(place, _OWN, place, _OWN, rule)


def _write_fixed(sheet: Sheet, inputs: Inputs, place: int, kept: Kept) -> None:
    """What formulas read and no yellow cell replaces: these are values of the run."""
    sheet.text(place, 0, "Values of the run that formulas read (not to be changed here)", "head")
    sheet.text(place + 1, 0, f"Part of a year until money moves ({kept.inputs.timing})")
    inputs.timing = sheet.number(place + 1, _MEAN, INTO_YEAR[kept.inputs.timing])
    sheet.text(place + 2, 0, "Yearly pay from which an employer's national insurance is due, GBP")
    inputs.threshold = sheet.number(place + 2, _MEAN, kept.insurance_threshold)
    base = kept.inputs.price_year
    years = {term.price_year for term in kept.terms} | {base}
    for row, year in enumerate(sorted(years), start=place + 3):
        sheet.text(row, 0, f"General price level of {year} ({base} = {LEVEL:g})")
        level = LEVEL / kept.inputs.deflators.factor(year, base)
        inputs.levels[year] = sheet.number(row, _MEAN, level)


def defined_name(key: str, taken: set[str]) -> str:
    """The key as a name that cells may have, unlike any taken (which it joins)."""
    plain = re.sub(r"[^A-Za-z0-9_.]", "_", key)[:LONGEST_NAME]
    name, more = plain, 1
    while name.lower() in taken:
        more += 1
        name = f"{plain}_{more}"
    taken.add(name.lower())
    return name
