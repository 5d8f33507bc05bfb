"""A file of records as rows of text with the lines they stand in; every mistake of its form told.

Nothing that stands in a cell is ever shown: a message may end in a log or an e-mail.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.problems import Problems
from familyflow.records.file_text import first_line, text_of

MOST_CHARACTERS: Final = 200  # of a cell: dates, words and numbers are shorter
MOST_ROWS: Final = 500_000
MOST_COLUMNS: Final = 200
SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}
_NOT_CLOSED: Final = "a quotation mark is not closed, or text stands after a closed one"


@dataclass(frozen=True)
class Table:
    """Names of columns as they stand, and rows with their lines (the header is line 1)."""

    names: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]
    separator: str


def read_table(path: Path, problems: Problems) -> Table | None:
    """The file as a table; None, with the mistakes noted, where it is none."""
    text = text_of(path, problems)
    if text is None:
        return None
    header = first_line(text)
    if not header.strip(" " + "".join(SEPARATORS)):
        problems.add(str(path), 1, 0, "the first line is empty", "Begin with the names of columns.")
        return None
    if header.casefold().startswith("sep="):
        problems.add(str(path), 1, 0, "'sep=' is for Excel alone", "Take the first line out.")
        return None
    table = _rows(path, text, _separator(header), problems)
    if table is not None and not table.rows:
        problems.add(
            str(path), 1, 0, "there is a header and no row", "Add a row for each referral."
        )
        return None
    return table


def _separator(header: str) -> str:
    """What separates columns: whichever stands in the header most often."""
    return max(SEPARATORS, key=header.count)


def _rows(path: Path, text: str, separator: str, problems: Problems) -> Table | None:
    name = str(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        names = tuple(cell.strip() for cell in next(reader))
        if len(names) > MOST_COLUMNS:
            told = f"there are more than {MOST_COLUMNS} columns"
            problems.add(name, 1, 0, told, "Keep those of the template.")
            return None
        line = reader.line_num + 1
        for cells in reader:
            if any(map(str.strip, cells)):  # a row of nothing is left by spreadsheets
                rows.append((line, cells))
            if len(rows) > MOST_ROWS:
                problems.add(name, line, 0, f"more than {MOST_ROWS:,} rows", "Give fewer years.")
                return None
            line = reader.line_num + 1
    except csv.Error as error:
        told = "a cell is too long" if "field larger" in str(error) else _NOT_CLOSED
        problems.add(name, line, 0, told, "Mend the row that begins here.")
        return None
    return Table(names, tuple(rows), separator)


def is_whole(name: str, line: int, cells: list[str], wanted: int, problems: Problems) -> bool:
    """Whether a row has a cell for each column, and none of free text; noted where not."""
    if len(cells) != wanted:
        problems.add(
            name, line, 0, f"{len(cells)} cells where the header has {wanted}",
            "Check for a separator too many or missing.",
        )  # fmt: skip
        return False
    long = [place for place, cell in enumerate(cells, start=1) if len(cell) > MOST_CHARACTERS]
    for place in long:
        problems.add(
            name, line, place, f"the cell holds more than {MOST_CHARACTERS} characters",
            "Free text is never read: leave that column out.",
        )  # fmt: skip
    return not long


def check_names(
    path: Path, names: tuple[str, ...], known: tuple[str, ...], needed: tuple[str, ...],
    problems: Problems,
) -> None:  # fmt: skip
    """Note columns that are missing, unknown or there twice; only names of the template shown."""
    file, folded = str(path), [name.casefold() for name in names]
    for name, times in Counter(folded).items():
        if times > 1 and name:
            shown = f"'{name}'" if name in known else "of one name"
            problems.add(file, 1, 0, f"{times} columns {shown}", "Leave one of them.")
    for place, name in enumerate(folded, start=1):
        if not name:
            problems.add(file, 1, place, f"column {place} has no name", "Name it or leave it out.")
        elif name not in known:
            # an unknown name may be a person's, where the header is missing
            to_do = did_you_mean(name[:MOST_CHARACTERS], known)
            to_do = to_do or f"Leave it out. Known are {listed(known)}."
            problems.add(file, 1, place, f"column {place} is not in the template", to_do)
    for name in needed:
        if name not in folded:
            problems.add(file, 1, 0, f"the column '{name}' is missing", "Add it, if need be empty.")
