"""The template told: its first line for a file, and its columns as a table for a reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from familyflow.records.columns import BEFORE_WORK, COLUMNS, OF_WORK, Column, Kind

_HEADINGS: Final = ("column", "must be there", "what stands in it", "meaning")


def header() -> str:
    """The first line of a file of case records: every column, parted by commas."""
    return ",".join(column.name for column in COLUMNS) + "\n"


def markdown() -> str:
    """Every column of the template as a table, a row a column."""
    rows = [
        (f"`{column.name}`", "yes" if column.needed else "", _kind(column), column.meaning)
        for column in COLUMNS
    ]
    return _table(_HEADINGS, rows)


def endings_markdown() -> str:
    """Every word for how a referral ends, as a table: before work with the family, then of it."""
    rows = [
        (f"`{word}`", when, meaning)
        for when, endings in (("before work begins", BEFORE_WORK), ("of the work", OF_WORK))
        for word, meaning in endings.items()
    ]
    return _table(("ending", "when", "meaning"), rows)


def _kind(column: Column) -> str:
    if column.kind in (Kind.WHOLE, Kind.NUMBER):
        return f"{column.kind.value}, 0 to {column.most:,.0f}"
    return column.kind.value


def _table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    told = "".join(_line(cells) for cells in rows)
    return _line(headings) + "|" + "---|" * len(headings) + "\n" + told


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |\n"
