"""A sheet that holds a table of values as it is: heads, rows, a filter, and what to know of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from familyflow.reports.documents.kept import Row
from familyflow.reports.workbook.cells import Book

HEAD: Final = 3
_WIDEST, _NARROWEST = 60, 12
_NUMBER: Final = re.compile(r"-?\d{1,15}(\.\d+)?(e-?\d\d)?")  # in a column that also holds words
_NAMES: Final = ("option", "less", "key")  # columns that hold names, whatever they look like


def write_table(
    book: Book, name: str, title: str, note: str, rows: Sequence[Row], called: Mapping[str, str]
) -> None:
    """Write the sheet; numbers as numbers, and an empty cell where a table has nothing.

    called: what options are called, by the names that the table has.
    """
    columns = list(dict.fromkeys(key for row in rows for key in row))
    cells = [[_shown(key, row[key], called) for key in columns] for row in rows]
    down = list(zip(*cells, strict=True))
    heads = [_head(key, called) for key in columns]
    widths = [_width(head, held) for head, held in zip(heads, down, strict=True)]
    sheet = book.sheet(name, title, widths)
    sheet.notes(1, note)
    sheet.heads(HEAD, heads, lines=3)
    for place, held in enumerate(down):
        if any(isinstance(value, float) for value in held):
            sheet.text(HEAD, place, heads[place], "head_number")
    for place, values in enumerate(cells, start=HEAD + 1):
        for column, value in enumerate(values):
            if isinstance(value, float):
                form = "thousands" if abs(value) >= 100 else "ratio"
                sheet.number(place, column, value, form)
            else:
                sheet.text(place, column, value, "beside")
    sheet.freeze(HEAD)
    sheet.worksheet.autofilter(HEAD, 0, HEAD + len(rows), len(columns) - 1)


def _shown(key: str, value: object, called: Mapping[str, str]) -> str | float:
    """A cell as it is shown: a number, an option's title, or words without underscores."""
    text = str(value)
    if text in called:
        return called[text]
    if key not in _NAMES and (isinstance(value, float | int) or _NUMBER.fullmatch(text)):
        return float(text) if not isinstance(value, bool) else text
    return text.replace("_", " ") if key not in _NAMES else text


def _head(key: str, called: Mapping[str, str]) -> str:
    """'best: core_offer' as 'Best: Core offer'."""
    start, colon, name = key.partition(": ")
    if colon and name in called:
        return f"{start.capitalize()}: {called[name]}"
    return called.get(key, key.replace("_", " ").capitalize())


def _width(head: str, held: Sequence[str | float]) -> int:
    longest = max((len(value) for value in held if isinstance(value, str)), default=0)
    return min(_WIDEST, max(_NARROWEST, longest + 3, len(head) // 2 + 4))
