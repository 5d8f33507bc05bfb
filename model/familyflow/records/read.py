"""A file of case records read whole: every mistake told at once, or cases and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from familyflow.problems import COMMAND_LINE, Problems
from familyflow.records.cases import Case, Records, Words
from familyflow.records.cells import Reading
from familyflow.records.columns import BY_NAME, MOST_DAYS_OPEN, NEEDED
from familyflow.records.csv_table import SEPARATORS, Table, check_names, read_table
from familyflow.records.dates import check_strokes
from familyflow.records.ids import refuse_ids
from familyflow.records.personal import MOST_LINES, refuse_cells, refuse_columns
from familyflow.records.row_form import is_whole
from familyflow.records.rows import case_of
from familyflow.records.same_family import check_overlaps, in_order

MOST_MISTAKES: Final = 1_000


def read_records(
    path: Path, words: Words, problems: Problems, *, as_of: date | None = None, today: date
) -> Records | None:
    """The records of a file; None, with every mistake noted, where they cannot be used.

    as_of: the last day that the records tell of; without it the last day that stands in them.
    today: no record lies after it.
    """
    own = Problems()
    records = _read(path, words, own, as_of, today)
    problems.found += [one for one in own.found if one not in problems.found]
    return None if own.found else records


def _read(
    path: Path, words: Words, problems: Problems, as_of: date | None, today: date
) -> Records | None:
    if as_of is not None and as_of > today:
        problems.add(COMMAND_LINE, 0, 0, "--as-of lies in the future", "Give the last day known.")
    table = read_table(path, problems)
    if table is None:
        return None
    refused = refuse_columns(path, table.names, problems)
    check_names(path, table.names, tuple(BY_NAME), NEEDED, problems)
    said = refuse_cells(path, table.rows, refused, problems)
    folded = [name.casefold() for name in table.names]
    if any(name not in folded for name in NEEDED):
        return None
    said |= refuse_ids(path, table.rows, folded.index("family"), problems)
    reading = Reading(
        file=str(path),
        places={name: place for place, name in enumerate(folded) if name in BY_NAME},
        words=words,
        problems=problems,
        as_of=min(as_of or today, today),
        today=today,
        said=said,
    )
    found = _cases(table, reading)
    check_strokes(reading.file, reading.strokes, problems)
    cases = in_order(found)
    check_overlaps(cases, reading.file, MOST_MISTAKES, problems)
    if problems.found:
        return None
    return _records(cases, as_of, tuple(reading.places), table)


def _cases(table: Table, reading: Reading) -> list[Case]:
    """The case of every row that can be used; after very many mistakes no more."""
    found = []
    for line, cells in table.rows:
        if is_whole(reading.file, line, cells, len(table.names), reading.problems):
            case = case_of(line, cells, reading)
            found += [case] if case else []
        if len(reading.problems.found) >= MOST_MISTAKES:
            # without a line, so that it is shown before them
            reading.problems.add(
                reading.file, 0, 0,
                f"{MOST_MISTAKES:,} mistakes were found up to line {line}; what follows was not "
                "looked at",
                "Mend these first: many of one kind have one cause.",
            )  # fmt: skip
            break
    return found


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
    told = _told(until, columns, table, given=as_of is not None)
    counted = tuple(_counted(cases, until))
    return Records(tuple(cases), until, cases[0].referred, columns, tuple(told), counted)


def _counted(cases: Sequence[Case], until: date) -> Iterator[str]:
    """Exact counts and lines: for whoever has the file, since a small count names a family."""
    still_open = sum(case.ended is None for case in cases)
    families = len({case.family for case in cases})
    yield (
        f"Referrals: {len(cases):,}, of {families:,} families; {still_open:,} still open, which "
        "count for as long as they are known."
    )
    long = [case.row for case in cases
            if ((case.ended or until) - case.referred).days > MOST_DAYS_OPEN]  # fmt: skip
    if long:
        shown = ", ".join(map(str, sorted(long)[:MOST_LINES]))
        more = " and more" if len(long) > MOST_LINES else ""
        yield f"Longer than three years, so perhaps never closed: lines {shown}{more}."


def _told(until: date, columns: tuple[str, ...], table: Table, *, given: bool) -> list[str]:
    """What a reader should know of how the file was read."""
    told = [f"Columns are separated by {SEPARATORS[table.separator]}."]
    if not given:
        told.append(f"The records are taken to tell of all days to {until}, the last in them.")
    missing = [name for name in BY_NAME if name not in columns]
    if missing:
        told.append(
            f"Columns that are not there, so nothing is learnt of them: {', '.join(missing)}."
        )
    return told
