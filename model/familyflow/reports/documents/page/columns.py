"""Where the options of a comparison, or the one run, stand in results.json."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from familyflow.reports.documents.lines import WIDE, found
from familyflow.reports.documents.page.parts import Cell

Results = Mapping[str, Any]


class Column(NamedTuple):
    """A column of a table. title: what the option is called. where: '' for a run, 'options.0'."""

    title: str
    where: str

    def path(self, path: str) -> str:
        """Where a figure of this option stands.

        >>> Column("Core offer", "options.0").path("money.cost"), Column("", "").path("money.cost")
        ('options.0.money.cost', 'money.cost')
        """
        return f"{self.where}.{path}" if self.where else path

    def rows(self, results: Results, table: str) -> list[Results]:
        """The rows of a table of this option, such as by_agency."""
        return list(found(results, self.path(table)))


ONE_RUN = (Column("", ""),)


def heads(columns: Sequence[Column]) -> tuple[str, ...]:
    """The titles of the options; where there is one alone, its interval has a column of its own."""
    titles = tuple(column.title or "Mean" for column in columns)
    return titles if len(titles) != 1 else (*titles, WIDE.words)


def spread(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """The cells of a row: one with its interval in a cell of its own, several without theirs."""
    told = tuple(cells)
    if len(told) != 1:
        return tuple(replace(cell, note="") for cell in told)
    return replace(told[0], note=""), Cell(told[0].note)
