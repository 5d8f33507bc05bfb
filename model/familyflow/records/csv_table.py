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

MOST_BYTES: Final = 100 * 2**20
MOST_CHARACTERS: Final = 200  # of a cell: dates, words and numbers are shorter
SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}
_BEGINS: Final = {b"PK\x03\x04": "an Excel workbook", b"\xd0\xcf\x11\xe0": "an old Excel workbook",
                  b"\xff\xfe": "UTF-16 text", b"\xfe\xff": "UTF-16 text"}  # fmt: skip
SAVE_AS: Final = "Save it as CSV UTF-8 (in Excel: Save as, CSV UTF-8)."


@dataclass(frozen=True)
class Taken:
    """The only columns to take from a file, by name in any case; all others are stripped unread.

    numbered: a column of ids, each replaced at once by a number, the same wherever it returns.
    """

    names: tuple[str, ...]
    numbered: str


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


def read_table(path: Path, problems: Problems, taken: Taken | None = None) -> Table | None:
    """The file as a table; None, with the mistakes noted, where it is none.

    With `taken`, the names and cells of other columns go no further than this file.
    """
    text = _text_of(path, problems)
    if text is None:
        return None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        problems.add(str(path), line, 0, "a character NUL stands in the file", SAVE_AS)
        return None
    separator = _separator(text.split("\n", 1)[0])
    table = _rows(path, text, separator, problems, taken)
    if table is not None and not table.rows:
        row = "referral" if taken is None else "episode"
        problems.add(str(path), 1, 0, "there is a header and no row", f"Add a row for each {row}.")
    return table


def _text_of(path: Path, problems: Problems) -> str | None:
    name = str(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            problems.add(name, 0, 0, f"larger than {MOST_BYTES // 2**20} MB", "Give fewer years.")
            return None
        held = path.read_bytes()
    except OSError as error:
        why = error.strerror or "it cannot be read"
        problems.add(name, 0, 0, f"cannot be read: {why.lower()}", "Check the name of the file.")
        return None
    kind = next((told for begin, told in _BEGINS.items() if held.startswith(begin)), None)
    if kind:
        problems.add(name, 0, 0, f"this is {kind}, not CSV", SAVE_AS)
        return None
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = held[: error.start].count(b"\n") + 1
        problems.add(name, line, 0, "a character is not UTF-8", SAVE_AS)
        return None
    if not text.strip():
        problems.add(name, 0, 0, "the file is empty", "familyflow calibrate --template shows one.")
        return None
    return text


def _separator(header: str) -> str:
    """What separates columns: whichever stands in the header most often."""
    return max(SEPARATORS, key=header.count)


def _rows(
    path: Path, text: str, separator: str, problems: Problems, taken: Taken | None
) -> Table | None:
    name = str(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    picked: _Picked | None = None
    line = 1
    try:
        for cells in reader:
            if picked is None:
                picked = _Picked.of(cells, taken)
            else:
                count, cells = len(cells), picked.from_row(cells)
                if any(map(str.strip, cells)):  # a row of nothing is left by spreadsheets
                    _check_row(name, line, cells, count, picked.width, problems)
                    rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        told = (
            "a cell is too long"
            if "field larger" in str(error)
            else "a quotation mark is not closed"
        )
        problems.add(name, line, 0, told, "Mend the row that begins here.")
        return None
    assert picked is not None  # the text is not blank
    stripped = picked.width - len(picked.places)
    return Table(picked.names, tuple(rows), separator, picked.places, stripped)


@dataclass(frozen=True)
class _Picked:
    """Which cells of a row are taken. numbers: what stands for each id of the numbered column."""

    names: tuple[str, ...]
    places: tuple[int, ...]
    width: int
    numbered: int | None
    numbers: dict[str, str]

    @classmethod
    def of(cls, header: list[str], taken: Taken | None) -> _Picked:
        every = [cell.strip() for cell in header]
        if taken is None:
            return cls(tuple(every), tuple(range(len(every))), len(every), None, {})
        wanted = {name.casefold() for name in taken.names}
        places = tuple(place for place, name in enumerate(every) if name.casefold() in wanted)
        names = tuple(every[place] for place in places)
        ids = [name.casefold() for name in names]
        numbered = taken.numbered.casefold()
        at = ids.index(numbered) if numbered in ids else None
        return cls(names, places, len(every), at, {})

    def from_row(self, cells: list[str]) -> list[str]:
        picked = [cells[place] for place in self.places if place < len(cells)]
        if self.numbered is not None and self.numbered < len(picked):
            held = picked[self.numbered].strip()
            number = self.numbers.setdefault(held, str(len(self.numbers))) if held else ""
            picked[self.numbered] = number
        return picked


def _check_row(
    name: str, line: int, cells: list[str], count: int, wanted: int, problems: Problems
) -> None:
    if count != wanted:
        problems.add(
            name, line, 0, f"{count} cells where the header has {wanted}",
            "Check for a separator too many or missing.",
        )  # fmt: skip
    if any(len(cell) > MOST_CHARACTERS for cell in cells):
        problems.add(
            name, line, 0, f"a cell holds more than {MOST_CHARACTERS} characters",
            "Free text is never read: leave that column out.",
        )  # fmt: skip


def check_names(
    path: Path, names: tuple[str, ...], known: tuple[str, ...], needed: tuple[str, ...],
    problems: Problems,
) -> None:  # fmt: skip
    """Note columns that are missing, unknown or there twice. Names of columns are shown."""
    file, folded = str(path), [name.casefold() for name in names]
    for name, times in Counter(folded).items():
        if times > 1:
            shown = f"'{name}'" if name in known else "of one name"
            problems.add(file, 1, 0, f"{times} columns {shown}", "Leave one of them.")
    for place, name in enumerate(folded, start=1):
        if name not in known:
            # an unknown name may be a person's, where the header is missing
            to_do = did_you_mean(name, known) or f"Leave it out. Known are {listed(known)}."
            problems.add(file, 1, place, f"column {place} is not in the template", to_do)
    for name in needed:
        if name not in folded:
            problems.add(file, 1, 0, f"the column '{name}' is missing", "Add it, if need be empty.")
