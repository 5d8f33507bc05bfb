"""Reads an edition of a unit cost database: a CSV file with a code, a value and a price year a row.

    code,value,price_year,kind,edition
    SS6.0,2200,2024/25,fiscal,Unit Cost Database v3.0

`kind` tells apart the columns in which a database gives one code several values; without it a
figure is fiscal. Every row that cannot be used is refused with its line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from familyflow.parameters import numerals
from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.parameters.origin import check_year
from familyflow.parameters.yaml_text import UNSEEN, read_text, shown_path
from familyflow.parameters.yaml_tree import Place, Scalar, Wrong
from familyflow.problems import Problems

NEEDED = ("code", "value", "price_year")
KNOWN = (*NEEDED, "kind", "edition", "title", "year", "unit", "label", "note")
KINDS = ("fiscal", "economic", "social")
_EXAMPLE = "The first line names the columns: code,value,price_year"
Cells = dict[str, Scalar]


@dataclass(frozen=True)
class Figure:
    """One row: pounds of the price year, and where the value stands."""

    code: str
    kind: str
    value: float
    price_year: str
    edition: str
    year: str
    unit: str
    place: Place


def read_edition(path: Path, problems: Problems) -> dict[tuple[str, str], Figure]:
    """The figures by code and kind; every row that cannot be used is noted."""
    figures: dict[tuple[str, str], Figure] = {}
    for cells in _rows(path, problems):
        figure = _figure(cells, path.stem, problems)
        if figure is None:
            continue
        before = figures.setdefault((figure.code, figure.kind), figure)
        if before is not figure:
            what = f"{figure.code} ({figure.kind}) stands twice: here and in line"
            place = cells["code"].place
            problems.add(*place, f"{what} {before.place.line}", "Keep one.")
    return figures


def _rows(path: Path, problems: Problems) -> Iterator[Cells]:
    """Each row's cells by the name of their column, where they are as many as the columns."""
    text, shown = read_text(path, problems), shown_path(path)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: list[str] = []
    line, rows = 1, 0
    try:
        for row in reader:
            if not columns:
                if not any(cell.strip() for cell in row):
                    continue  # blank lines before the names
                columns = [name.strip().lower() for name in row]
                if not _columns_known(columns, Place(shown, line, 1), problems):
                    return
            elif any(cell.strip() for cell in row):
                rows += 1
                cells = _cells(columns, row, Place(shown, line, 1), problems)
                if cells:
                    yield cells
            line = reader.line_num + 1
    except csv.Error as error:
        problems.add(shown, line, 1, f"this is no CSV: {error}", "Save it again as CSV (UTF-8).")
        return
    if not columns:
        problems.add(shown, 1, 1, "the file is empty", _EXAMPLE)
    elif not rows:
        to_do = "Give a row for each unit cost, under the names of the columns."
        problems.add(shown, 1, 1, "there is no row below the names of the columns", to_do)


def _columns_known(columns: Sequence[str], place: Place, problems: Problems) -> bool:
    before = len(problems.found)
    lacking = [name for name in NEEDED if name not in columns]
    if lacking:
        separated = next((mark for mark in (";", "\t") if mark in columns[0]), "")
        to_do = "Columns are separated by commas." if separated else _EXAMPLE
        what = f"no edition of a unit cost database: there is no column {listed(lacking)}"
        problems.add(*place, what, to_do)
        return False
    for name in dict.fromkeys(columns):
        if name not in KNOWN:
            to_do = did_you_mean(name, KNOWN, otherwise=f"Columns are {listed(KNOWN)}.")
            problems.add(*place, f"there is no column '{name}'", to_do)
        elif columns.count(name) > 1:
            problems.add(*place, f"the column '{name}' stands twice", "Keep one.")
    return len(problems.found) == before


def _cells(
    columns: Sequence[str], row: Sequence[str], place: Place, problems: Problems
) -> Cells | None:
    if len(row) != len(columns):
        what = f"the row has {len(row)} cells and the first line {len(columns)}"
        to_do = "A comma inside a number begins a new cell: write 1515, not 1,515."
        problems.add(*place, what, to_do)
        return None
    cells: Cells = {}
    column = 1
    for name, cell in zip(columns, row, strict=True):
        cells[name] = Scalar(cell.strip(), True, place._replace(column=column))
        column += len(cell) + 1
    return cells


def _figure(cells: Cells, file: str, problems: Problems) -> Figure | None:
    try:
        code, kind = _text(cells, "code"), _text(cells, "kind") or KINDS[0]
        _refuse_unseen(cells)
        if not code:
            raise _At("code", Wrong("missing value", "Give the code of the database."))
        if "+" in code:
            raise _At("code", Wrong(f"'{code}' is no single code", "Give each figure its row."))
        if kind not in KINDS:
            to_do = did_you_mean(kind, KINDS, otherwise=f"Kinds are {listed(KINDS)}.")
            raise _At("kind", Wrong(f"'{kind}' is no kind", to_do))
        return Figure(
            code=code,
            kind=kind,
            value=_value(cells["value"]),
            price_year=_price_year(cells["price_year"]),
            edition=_text(cells, "edition") or _text(cells, "title") or file,
            year=_text(cells, "year"),
            unit=_text(cells, "unit"),
            place=cells["value"].place,
        )
    except _At as wrong:
        problems.add(*cells[wrong.column].place, f"{wrong.column}: {wrong.what}", wrong.to_do)
        return None


def _refuse_unseen(cells: Cells) -> None:
    for column, cell in cells.items():
        if unseen := UNSEEN.search(cell.text):
            what = f"a character that cannot be shown (U+{ord(unseen.group()):04X})"
            raise _At(column, Wrong(what, "Take it away."))


class _At(Exception):
    """A wrong cell."""

    def __init__(self, column: str, wrong: Wrong) -> None:
        super().__init__(wrong.what)
        self.column, self.what, self.to_do = column, wrong.what, wrong.to_do


def _value(cell: Scalar) -> float:
    try:
        value = float(numerals.number(cell))
        if value <= 0.0:
            raise Wrong("a unit cost is above 0", "Leave the row out where there is none.")
    except Wrong as wrong:
        raise _At("value", Wrong(f"'{cell.text}': {wrong.what}", wrong.to_do)) from wrong
    return value


def _price_year(cell: Scalar) -> str:
    try:
        check_year(cell.text)
    except Wrong as wrong:
        raise _At("price_year", Wrong(f"'{cell.text}' {wrong.what}", wrong.to_do)) from wrong
    return cell.text


def _text(cells: Cells, name: str) -> str:
    return " ".join(cells[name].text.split()) if name in cells else ""
