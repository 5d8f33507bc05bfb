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
from familyflow.records.row_form import MOST_CHARACTERS
from familyflow.records.taken import Picked, Taken

MOST_ROWS: Final = 500_000
MOST_COLUMNS: Final = 200
SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}
_NOT_CLOSED: Final = "a quotation mark is not closed, or text stands after a closed one"


@dataclass(frozen=True)
class Table:
    """Names of columns as they stand, and rows with their lines (the header is line 1).

    places: where each column stands in the file, from 0; stripped: columns that were not read.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]
    separator: str
    places: tuple[int, ...]
    stripped: int = 0


def read_table(
    path: Path, problems: Problems, taken: Taken | None = None, row: str = "referral"
) -> Table | None:
    """The file as a table; None, with the mistakes noted, where it is none.

    row: what a row is of, for messages.

    With `taken`, the names and cells of other columns go no further than this file, and every row
    is looked at for its width; without it that is left to whoever reads the rows.
    """
    text = text_of(path, problems, row)
    if text is None:
        return None
    header = first_line(text)
    if not header.strip(" " + "".join(SEPARATORS)):
        problems.add(str(path), 1, 0, "the first line is empty", "Begin with the names of columns.")
        return None
    if header.casefold().startswith("sep="):
        problems.add(str(path), 1, 0, "'sep=' is for Excel alone", "Take the first line out.")
        return None
    table = _rows(path, text, _separator(header), problems, taken)
    if table is not None and not table.rows:
        problems.add(str(path), 1, 0, "there is a header and no row", f"Add a row for each {row}.")
        return None
    return table


def _separator(header: str) -> str:
    """What separates columns: whichever stands in the header most often."""
    return max(SEPARATORS, key=header.count)


def _rows(
    path: Path, text: str, separator: str, problems: Problems, taken: Taken | None
) -> Table | None:
    name = str(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        picked = Picked.of(next(reader), taken)
        if picked.width > MOST_COLUMNS:
            told = f"there are more than {MOST_COLUMNS} columns"
            problems.add(name, 1, 0, told, "Keep those of the template.")
            return None
        line = reader.line_num + 1
        for cells in reader:
            count, cells = len(cells), cells if taken is None else picked.from_row(cells)
            is_blank = not any(map(str.strip, cells))  # a row of nothing is left by spreadsheets
            if not is_blank and (taken is None or picked.fits(name, line, count, cells, problems)):
                rows.append((line, cells))
            if len(rows) > MOST_ROWS:
                problems.add(name, line, 0, f"more than {MOST_ROWS:,} rows", "Give fewer years.")
                return None
            line = reader.line_num + 1
    except csv.Error as error:
        told = "a cell is too long" if "field larger" in str(error) else _NOT_CLOSED
        problems.add(name, line, 0, told, "Mend the row that begins here.")
        return None
    stripped = picked.width - len(picked.places)
    return Table(picked.names, tuple(rows), separator, picked.places, stripped)


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
