"""A sheet that holds a table of values as it is: heads, rows, a filter, and what to know of it."""

from __future__ import annotations

from collections.abc import Sequence

from familyflow.reports.documents.kept import Row
from familyflow.reports.workbook.cells import Book

HEAD = 3
_WIDEST, _NARROWEST = 60, 12


def write_table(book: Book, name: str, title: str, note: str, rows: Sequence[Row]) -> None:
    """Write the sheet; numbers as numbers, and an empty cell where a table has nothing."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    sheet = book.sheet(name, title, [_width(column, rows) for column in columns])
    sheet.notes(1, note)
    heads = [column.replace("_", " ").capitalize() for column in columns]
    numbers = [all(isinstance(row[column], float | int) or row[column] == "" for row in rows)
               for column in columns]  # fmt: skip
    sheet.heads(HEAD, heads, lines=2)
    for place, numeric in enumerate(numbers):
        if numeric:
            sheet.text(HEAD, place, heads[place], "head_number")
    for place, row in enumerate(rows, start=HEAD + 1):
        for column, key in enumerate(columns):
            value = row[key]
            if isinstance(value, float | int) and not isinstance(value, bool):
                sheet.number(place, column, value, "thousands" if abs(value) >= 100 else "plain")
            else:
                sheet.text(place, column, value)
    sheet.freeze(HEAD)
    if rows:
        sheet.worksheet.autofilter(HEAD, 0, HEAD + len(rows), len(columns) - 1)


def _width(column: str, rows: Sequence[Row]) -> int:
    longest = max((len(str(row[column])) for row in rows if isinstance(row[column], str)),
                  default=0)  # fmt: skip
    return min(_WIDEST, max(_NARROWEST, longest + 2, len(column) // 2 + 4))
