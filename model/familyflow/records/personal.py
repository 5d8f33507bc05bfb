"""Refuses what looks like personal data, by the names of columns and by what stands in cells.

The refusal says in which column and lines, and never repeats what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from familyflow.problems import Problems

TO_DO: Final = (
    "Take it out of the file: case records come without names, dates of birth, addresses and "
    "numbers that others know."
)
_NAMES: Final = {
    "a name": r"(fore|sur|first|last|full|given|family|child|client|parent|mother|father|worker)"
              r"_?names?|names?|initials",
    "a date of birth": r"dob|.*birth.*|.*\bborn\b.*",
    "an address": r".*address.*|.*post_?code.*|.*\bzip\b.*|street|uprn|house.*",
    "an NHS number": r".*nhs.*",
    "a number of a pupil or a child": r"upn|uln|.*pupil.*(no|num|number|id)|child_?id|laa?c?_?id|"
                                      r".*national_insurance.*|ni(no)?|nin",
    "an e-mail address": r".*e_?mail.*",
    "a telephone number": r".*(tele)?phone.*|.*mobile.*|tel",
}  # fmt: skip
_CELLS: Final = {
    "a postcode": r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}",
    "an e-mail address": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    "a telephone number": r"(\+44|0044|0)[ -]?(\(0\))?[1-9]([ -]?[0-9]){8,9}",
    "a National Insurance number": r"[A-CEGHJ-PR-TW-Z]{2} ?([0-9]{2} ?){3}[A-D]",
    "a unique pupil number": r"[A-Z][0-9]{11}[0-9A-Z]",
}
_NAME_OF: Final = {what: re.compile(made) for what, made in _NAMES.items()}
_CELL_OF: Final = {what: re.compile(made, re.IGNORECASE) for what, made in _CELLS.items()}
_TEN_DIGITS: Final = re.compile(r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}")
# plain words, dates and numbers, which most cells are: nothing of them is personal by its form
_PLAIN: Final = re.compile(r"[a-z_+]*|[0-9]{1,4}([.][0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}|"
                           r"[0-9]{2}/[0-9]{2}/[0-9]{4}")  # fmt: skip
MOST_LINES: Final = 5  # shown of those that a column is refused for


def refuse_columns(path: Path, names: Sequence[str], problems: Problems) -> set[int]:
    """Note each column whose name promises personal data; gives their places (from 0)."""
    refused = set()
    for place, name in enumerate(names):
        plain = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
        what = next((what for what, one in _NAME_OF.items() if one.fullmatch(plain)), None)
        if what:
            told = f"column {place + 1} looks like {what}"
            problems.add_unread(str(path), 1, place + 1, told, TO_DO)
            refused.add(place)
    return refused


def refuse_cells(
    path: Path, rows: Sequence[tuple[int, list[str]]], spared: set[int], problems: Problems
) -> set[tuple[int, int]]:
    """Note each column in which cells look like personal data, with the first lines.

    spared: places of columns refused already. Gives the places (line, column from 0) of such
    cells, of which nothing more may be said.
    """
    found: dict[tuple[int, str], list[int]] = {}
    for line, cells in rows:
        for place, cell in enumerate(cells):
            text = cell.strip()
            if place in spared or _PLAIN.fullmatch(text):
                continue
            what = what_it_looks_like(text)
            if what:
                found.setdefault((place, what), []).append(line)
    for (place, what), lines in sorted(found.items()):
        shown = ", ".join(map(str, lines[:MOST_LINES]))
        more = f" and {len(lines) - MOST_LINES} more" if len(lines) > MOST_LINES else ""
        told = f"cells of column {place + 1} look like {what}: line{'s' * (len(lines) > 1)} "
        problems.add(str(path), lines[0], place + 1, told + shown + more, TO_DO)
    return {(line, place) for (place, _), lines in found.items() for line in lines}


def what_it_looks_like(text: str) -> str | None:
    """What kind of personal data a cell looks like, if any.

    >>> what_it_looks_like("M14 5TP"), what_it_looks_like("F0012")
    ('a postcode', None)
    """
    for what, one in _CELL_OF.items():
        if one.fullmatch(text):
            return what
    if _TEN_DIGITS.fullmatch(text) and _is_nhs_number(re.sub("[ -]", "", text)):
        return "an NHS number"
    return None


def _is_nhs_number(digits: str) -> bool:
    """Its last digit checks the others, so one in eleven of other numbers passes too."""
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9])
