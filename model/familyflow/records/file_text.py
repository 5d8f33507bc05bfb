"""The text of a file of records; what is no text that can be read as CSV is told with its line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from familyflow.problems import Problems

MOST_BYTES: Final = 100 * 2**20
MOST_OF_A_LINE: Final = 20_000  # characters; a row of the template has a few hundred
_BEGINS: Final = {b"PK\x03\x04": "an Excel workbook", b"\xd0\xcf\x11\xe0": "an old Excel workbook",
                  b"\xff\xfe": "UTF-16 text", b"\xfe\xff": "UTF-16 text"}  # fmt: skip
SAVE_AS: Final = "Save it as CSV UTF-8 (in Excel: Save as, CSV UTF-8)."
_LINE_END: Final = re.compile("\r\n|\r|\n")


def text_of(path: Path, problems: Problems, row: str = "referral") -> str | None:
    """The text without its byte order mark; None, with the mistake noted, where it has none.

    row: what a row is of, for messages.
    """
    held = _bytes_of(path, problems)
    if held is None:
        return None
    name = str(path)
    kind = next((told for begin, told in _BEGINS.items() if held.startswith(begin)), None)
    if kind:
        problems.add(name, 0, 0, f"this is {kind}, not CSV", SAVE_AS)
        return None
    try:
        text = held.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        # before what cannot be decoded stands only what can
        line = _line_at(held[: error.start].decode("utf-8"))
        problems.add(name, line, 0, "a character is not UTF-8", SAVE_AS)
        return None
    if not text.strip():
        problems.add(name, 0, 0, "the file is empty", f"Add a header and a row for each {row}.")
        return None
    return text if _is_readable(name, text, problems) else None


def _bytes_of(path: Path, problems: Problems) -> bytes | None:
    name = str(path)
    try:
        if path.exists() and not path.is_file():
            problems.add(name, 0, 0, "this is no file", "Give the file of records itself.")
            return None
        if path.stat().st_size > MOST_BYTES:
            problems.add(name, 0, 0, f"larger than {MOST_BYTES // 2**20} MB", "Give fewer years.")
            return None
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or "it cannot be read"
        problems.add(name, 0, 0, f"cannot be read: {why.lower()}", "Check the name of the file.")
        return None


def _is_readable(name: str, text: str, problems: Problems) -> bool:
    if (at := text.find("\0")) >= 0:
        problems.add(name, _line_at(text[:at]), 0, "a character NUL stands in the file", SAVE_AS)
        return False
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if len(line) > MOST_OF_A_LINE:
            problems.add(
                name, number, 0, f"the line is longer than {MOST_OF_A_LINE:,} characters",
                "Take free text out, and check that lines end where rows do.",
            )  # fmt: skip
            return False
    return True


def _line_at(before: str) -> int:
    """The line in which a text ends."""
    return len(_LINE_END.findall(before)) + 1


def first_line(text: str) -> str:
    """The text up to its first line end, of whichever kind."""
    return _LINE_END.split(text, 1)[0]


def column_names(path: Path) -> set[str]:
    """The names in a file's first line, whatever separates them; none where it cannot be read."""
    if not path.is_file():
        return set()
    try:
        with path.open("rb") as file:
            begin = file.read(MOST_OF_A_LINE)
    except OSError:
        return set()
    header = first_line(begin.decode("utf-8-sig", errors="replace"))
    return {name.strip(' "').casefold() for name in re.split("[,;\t]", header)}
