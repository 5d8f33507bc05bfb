"""A file of case records read whole: every mistake told at once, or cases and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final

from familyflow.problems import Problems
from familyflow.records.cases import Case, Records, Words
from familyflow.records.columns import BY_NAME, MOST_DAYS_OPEN, NEEDED
from familyflow.records.csv_table import SEPARATORS, Table, check_names, read_table
from familyflow.records.dates import check_strokes
from familyflow.records.personal import MOST_LINES, refuse_cells, refuse_columns
from familyflow.records.rows import Reading, case_of

MOST_MISTAKES: Final = 1_000


def read_records(
    path: Path, words: Words, problems: Problems, *, as_of: date | None = None, today: date
) -> Records | None:
    """The records of a file; None, with every mistake noted, where they cannot be used.

    as_of: the last day that the records tell of; without it the last day that stands in them.
    today: no record lies after it.
    """
    table = read_table(path, problems)
    if table is None:
        return None
    refused = refuse_columns(path, table.names, problems)
    check_names(path, table.names, tuple(BY_NAME), NEEDED, problems)
    said = refuse_cells(path, table.rows, refused, problems)
    folded = [name.casefold() for name in table.names]
    if any(name not in folded for name in NEEDED):
        return None
    reading = Reading(
        file=str(path),
        places={name: place for place, name in enumerate(folded) if name in BY_NAME},
        words=words,
        problems=problems,
        as_of=min(as_of or today, today),
        said=said,
    )
    found = _cases(table, reading)
    check_strokes(reading.file, reading.strokes, problems)
    cases = _returning([case for case in found if case is not None], reading)
    if problems.found:
        return None
    return _records(cases, as_of, tuple(reading.places), table)


def _cases(table: Table, reading: Reading) -> list[Case | None]:
    """The case of every row, None where it cannot be used; after very many mistakes no more."""
    found = []
    for line, cells in table.rows:
        found.append(case_of(line, cells, reading))
        if len(reading.problems.found) >= MOST_MISTAKES:
            reading.problems.add(
                reading.file, line + 1, 0,
                f"{MOST_MISTAKES} mistakes were found up to here; what follows was not looked at",
                "Mend these first: many of one kind have one cause.",
            )  # fmt: skip
            break
    return found


def _returning(cases: Sequence[Case], reading: Reading) -> list[Case]:
    """Cases in order of referral, each with how often its family was referred before."""
    by_family: dict[int, list[Case]] = defaultdict(list)
    for case in sorted(cases, key=lambda one: (one.referred, one.row)):
        by_family[case.family].append(case)
    for own in by_family.values():
        for before, after in pairwise(own):
            if before.ended is None or after.referred < before.ended:
                lines = sorted((before.row, after.row))
                reading.problems.add(
                    reading.file, lines[1], 0,
                    f"the family of line {lines[0]} is there again while that referral goes on",
                    "One row for each referral; end the first, or take out the copy.",
                )  # fmt: skip
    numbered = (
        replace(case, returns=n) for own in by_family.values() for n, case in enumerate(own)
    )
    return sorted(numbered, key=lambda one: (one.referred, one.row))


def _records(
    cases: Sequence[Case], as_of: date | None, columns: tuple[str, ...], table: Table
) -> Records:
    last = max(
        day
        for case in cases
        for day in (case.referred, case.allocated, case.started, case.ended)
        if day is not None
    )
    until = as_of or last
    told = [f"Columns are separated by {SEPARATORS[table.separator]}."]
    if as_of is None:
        told.append(f"The records are taken to tell of all days to {until}, the last in them.")
    long = [case.row for case in cases
            if ((case.ended or until) - case.referred).days > MOST_DAYS_OPEN]  # fmt: skip
    if long:
        shown = ", ".join(map(str, long[:MOST_LINES])) + (
            " and more" if len(long) > MOST_LINES else ""
        )
        told.append(f"Longer than three years, so perhaps never closed: lines {shown}.")
    missing = [name for name in BY_NAME if name not in columns]
    if missing:
        told.append(
            f"Columns that are not there, so nothing is learnt of them: {', '.join(missing)}."
        )
    return Records(tuple(cases), until, cases[0].referred, columns, tuple(told))
