"""The sheet of inputs: yellow cells in which a reader may put a number of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from familyflow.economics.uplift import later_year, years_between
from familyflow.reports.workbook.cells import Book, Cell, Sheet, reference
from familyflow.reports.workbook.input_rows import Row, rate_key, rows_of_inputs, steps_of
from familyflow.reports.workbook.kept import PRICE_GROWTH, Kept
from familyflow.reports.workbook.typed import EMPTY, REFUSED, USED, Range

NAME = "Inputs"
FIRST_ROW = 6
_MEAN, _OWN, _IN_FORCE, _MAY_BE, _STATE = 5, 6, 7, 8, 9
LONGEST_NAME = 240  # the file format allows 255 characters
LEVEL = 100.0  # of prices in the price year of the results
INTO_YEAR = {"start": 0.0, "mid": 0.5, "end": 1.0}
_HEADS = (
    *("Number", "Key", "Unit", "Price year", "Uncertain"),
    *("Of the run (mean)", "Your number", "In force", "Yours may be", "What became of yours"),
)
_NOTES = (
    "Leave a yellow cell empty to keep the run's own number with its doubt. A number in it holds "
    "in every draw, as in a run priced again with it (familyflow run --reprice).",
    "Money is in the price year beside it; the workbook brings it to that of the results. "
    "Corrections for optimism stay as in the run. A share or a rate is a percentage: type 3.5%.",
    "A number outside its range, or a text, is not used: the number of the run stays in force, and "
    "the sheet Checks says so.",
    "To price the run again with a number, lay a file over it (--parameters FILE) that holds the "
    "entry of the key's first words as 'familyflow explain KEY' shows it; a number by itself also "
    "goes with --set KEY=NUMBER.",
)


@dataclass
class Inputs:
    """Where the inputs are. own: the yellow cell; used: the number in force.

    rates: by schedule, each step's first year and the cell of its rate. levels: of prices by year.
    paid: what a pound of the price year is in the pounds of each year of the term.
    state: what has become of the yellow cell; label, allowed: what it is and may be.
    count, count_prices: how many numbers of one's own are in force, of all, and of those that are
    no discount rate. refused: how many were typed and cannot be used.
    """

    own: dict[str, Cell] = field(default_factory=dict)
    used: dict[str, Cell] = field(default_factory=dict)
    state: dict[str, Cell] = field(default_factory=dict)
    label: dict[str, str] = field(default_factory=dict)
    allowed: dict[str, Range] = field(default_factory=dict)
    rates: dict[str, list[tuple[int, Cell]]] = field(default_factory=dict)
    levels: dict[str, Cell] = field(default_factory=dict)
    paid: list[Cell] = field(default_factory=list)
    timing: Cell = field(init=False)
    threshold: Cell = field(init=False)
    count: str = ""
    count_prices: str = ""
    refused: str = ""


def write_inputs(book: Book, kept: Kept) -> Inputs:
    """Write the sheet; returns where everything is."""
    sheet = book.sheet(NAME, "Inputs: put your own number in a yellow cell", (64, 76, 34, 10))
    sheet.worksheet.set_column(4, _IN_FORCE, 14)
    sheet.worksheet.set_column(_MAY_BE, _MAY_BE, 24)
    sheet.worksheet.set_column(_STATE, _STATE, 40)
    sheet.notes(1, *_NOTES)
    sheet.heads(FIRST_ROW - 1, _HEADS)
    inputs, names = Inputs(), set[str]()
    rows = list(rows_of_inputs(kept))
    for place, row in enumerate(rows, start=FIRST_ROW):
        _write(book, sheet, inputs, place, row)
        name = defined_name(row.key, names)
        book.name(f"own.{name}", str(inputs.own[row.key]))
        book.name(f"used.{name}", str(inputs.used[row.key]))
    for name, steps in steps_of(kept).items():
        inputs.rates[name] = [(first, inputs.used[rate_key(name, first)]) for first in steps]
    after = FIRST_ROW + len(rows)
    inputs.count = _count(len(rows))
    inputs.count_prices = _count(len(kept.factors))
    inputs.refused = _count(len(rows), REFUSED)
    _write_fixed(sheet, inputs, after + 1, kept)
    sheet.freeze(FIRST_ROW - 1)
    return inputs


def _count(rows: int, state: int = USED) -> str:
    """How many of the first so many yellow cells hold a number that is used, or is refused."""
    block = reference(NAME, (FIRST_ROW, _STATE), (FIRST_ROW + rows - 1, _STATE))
    return f"COUNTIF({block},{state})"


def _write(book: Book, sheet: Sheet, inputs: Inputs, place: int, row: Row) -> None:
    """A number of the run, the yellow cell beside it and which of the two is in force."""
    sheet.texts(place, row.about)
    mean = sheet.number(place, _MEAN, row.value, row.form)
    sheet.worksheet.write_blank(place, _OWN, None, sheet.formats[f"input_{row.form}"])
    own, allowed = Cell(NAME, place, _OWN), row.allowed
    state = sheet.formula(place, _STATE, allowed.state(own), EMPTY, "state")
    chosen = f"IF({state}={USED},{own},{mean})"
    inputs.own[row.key], inputs.state[row.key] = own, state
    inputs.label[row.key], inputs.allowed[row.key] = row.about[0], allowed
    inputs.used[row.key] = sheet.formula(place, _IN_FORCE, chosen, row.value, row.form)
    sheet.text(place, _MAY_BE, allowed.words, "beside")
    allowed.allow(sheet, own)


def _write_fixed(sheet: Sheet, inputs: Inputs, place: int, kept: Kept) -> None:
    """What formulas read and no yellow cell replaces: these are values of the run."""
    sheet.text(
        place, 0, "What formulas read beside the numbers above (not to be changed here)", "head"
    )
    sheet.text(place + 1, 0, f"Part of a year until money moves ({kept.inputs.timing})")
    inputs.timing = sheet.number(place + 1, _MEAN, INTO_YEAR[kept.inputs.timing], "figure")
    sheet.text(place + 2, 0, "Yearly pay from which an employer's national insurance is due, GBP")
    inputs.threshold = sheet.number(place + 2, _MEAN, kept.insurance_threshold, "price")
    base, years = kept.inputs.price_year, _years_with_a_level(kept)
    for row, year in enumerate(years, start=place + 3):
        sheet.text(row, 0, f"General price level of {year} ({base} = {LEVEL:g})")
        level = LEVEL / kept.inputs.deflators.factor(year, base)
        inputs.levels[year] = sheet.number(row, _MEAN, level, "figure")
    _write_paid(sheet, inputs, place + 3 + len(years), kept)


def _years_with_a_level(kept: Kept) -> list[str]:
    """Price years of money, of offers and of the term, as far as the index goes."""
    years = {term.price_year for term in kept.terms} | {kept.inputs.price_year}
    years |= {funder.price_year for funder in kept.inputs.funders if not funder.in_cash}
    return sorted(years | {year for year, _ in _levels_of_term(kept)})


def _levels_of_term(kept: Kept) -> list[tuple[str, int]]:
    """For each year of the term: the last year with a level up to it, and the years beyond."""
    uplift = kept.inputs.uplift
    years = [later_year(uplift.first_year, year) for year in range(uplift.term_years)]
    beyond = [max(0, years_between(uplift.last_covered, year)) for year in years]
    return [
        (uplift.last_covered if by else year, by) for year, by in zip(years, beyond, strict=True)
    ]


def _write_paid(sheet: Sheet, inputs: Inputs, place: int, kept: Kept) -> None:
    """How prices grow to each year of the term: by their index, and from its end by a rate."""
    base, uplift = kept.inputs.price_year, kept.inputs.uplift
    values = uplift.prices_by_year()
    for year, (known, beyond) in enumerate(_levels_of_term(kept)):
        row, named = place + year, later_year(uplift.first_year, year)
        sheet.text(row, 0, f"Pounds of year {year + 1} ({named}) for one of {base}")
        levels = f"{inputs.levels[known]}/{inputs.levels[base]}"
        grown = f"{levels}*(1+{inputs.used[PRICE_GROWTH]})^{beyond}" if beyond else levels
        cell = sheet.formula(row, _MEAN, grown, float(values[year]), "factor")
        inputs.paid.append(cell)


def defined_name(key: str, taken: set[str]) -> str:
    """The key as a name that cells may have, unlike any taken (which it joins)."""
    plain = re.sub(r"[^A-Za-z0-9_.]", "_", key)[:LONGEST_NAME]
    name, more = plain, 1
    while name.lower() in taken:
        more += 1
        name = f"{plain}_{more}"
    taken.add(name.lower())
    return name
