"""The names that a table may have: the columns of its rows, or the names it must have."""

from __future__ import annotations

from typing import Any

from familyflow.parameters import numerals
from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.parameters.validation import Report
from familyflow.parameters.yaml_tree import Items, Node, Scalar, Section, Wrong, kind_of


def columns_of(section: Section) -> list[str]:
    """The columns that an entry states; none when any are allowed."""
    stated = section.entries.get("columns")
    if not isinstance(stated, Items):
        return []
    return [item.text for item in stated.items if isinstance(item, Scalar)]


def check_columns(section: Section, table: Node, report: Report) -> None:
    """Note what stands in a table under no name of its columns, and in a table of names what lacks.

    Rows may leave a column out; where it is needed is known where the row is used.
    """
    columns = columns_of(section)
    if not columns:
        return
    if isinstance(table, Section):
        _check_names(columns, table, report)
    elif isinstance(table, Items):
        for row in table.items:
            _check_row(columns, row, report)


def in_order(section: Section, table: Any) -> Any:
    """A table of names in the order of its columns: shares are drawn and cumulated in it."""
    columns = columns_of(section)
    if not isinstance(table, dict) or set(columns) != set(table):
        return table
    return {name: table[name] for name in columns}


def _check_row(columns: list[str], row: Node, report: Report) -> None:
    if isinstance(row, Section):
        _refuse_unknown(columns, row, report, "column")
        return
    wrong = Wrong(f"a row is due here, not {kind_of(row)}", f"Columns are {listed(columns)}.")
    report.value(row, wrong, "table")


def _check_names(columns: list[str], table: Section, report: Report) -> None:
    before = report.count
    _refuse_unknown(columns, table, report, "name")
    lacking = [name for name in columns if name not in table.entries]
    # a name that is misspelt lacks as well: that is said once
    if lacking and report.count == before:
        report.at(table.place, f": the table has no {listed(lacking)}", "Give every name.")
    for name, cell in table.entries.items():
        try:
            numerals.number(cell)
        except Wrong as wrong:
            report.value(cell, wrong, f"table[{name}]")


def _refuse_unknown(columns: list[str], named: Section, report: Report, what: str) -> None:
    known = "Columns" if what == "column" else "Names"
    for given in (given for given in named.entries if given not in columns):
        to_do = did_you_mean(given, columns, otherwise=f"{known} are {listed(columns)}.")
        report.at(named.names[given], f": there is no {what} '{given}'", to_do)
