"""Refuses what looks like personal data, by the names of columns and by what stands in cells.

The refusal says in which column and lines, and never repeats what stands there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from familyflow.problems import Problems
from familyflow.records.row_form import MOST_CHARACTERS

TO_DO: Final = (
    "Take it out of the file: case records come without names, dates of birth, addresses and "
    "numbers that others know."
)
_NAMES: Final = {  # of columns: parts between underscores, which may stand anywhere in the name
    "a name": r"\w*(sur|fore)name\w*|(first|last|middle|full|given|family|child|client|parent|"
              r"mother|father|carer|worker|keyworker)?_?(s_)?names?|nickname|alias|initials",
    "a date of birth": r"dob|d_o_b|\w*birth\w*|born",
    "an address": r"\w*address\w*|addr|\w*post_?code\w*|zip|street|road|uprn|house_(no|num\w*)",
    "an NHS number": r"\w*nhs\w*",
    "a number of a pupil or a child": r"upn|uln|\w*pupil\w*_?(no|num|number|ref|id)|child_?(s_)?id|"
                                      r"la?ac?_?id",
    "a National Insurance number": r"\w*national_insurance\w*|ni(no)?",
    "an e-mail address": r"\w*e_?mail\w*",
    "a telephone number": r"\w*phone\w*|\w*mobile\w*|tel|contact_(no|num|number)|landline",
}  # fmt: skip
_PREFIX: Final = r"(?:^[A-Z]{0,6}[ :._/-]?|(?<![\w.+-]))"  # a number may follow a few letters
_OWN: Final = r"(?<![\w.-])"
_ENDS: Final = r"(?![\w-])"
_CELLS: Final = {
    "a postcode": _OWN + r"[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][ABD-HJLNP-UW-Z]{2}" + _ENDS,
    "an e-mail address": r"[^@\s]@[^@\s]+\.[^@\s]",
    "a telephone number": _PREFIX + r"\(?(\+44|0044|0)[ -]?(\(0\))?[ -]?[1-9]([ ()-]{0,2}[0-9])"
                                    r"{8,9}" + _ENDS,
    "a National Insurance number": _OWN + r"(QQ|[A-CEGHJ-PR-TW-Z]{2})[ -]?([0-9]{2}[ -]?){3}[A-D]"
                                        + _ENDS,
    "a unique pupil number": _OWN + r"[A-Z][0-9]{11}[0-9A-Z]" + _ENDS,
}  # fmt: skip
_NAME_OF: Final = {what: re.compile(rf"(\w*_)?({made})(_\w*)?") for what, made in _NAMES.items()}
_CELL_OF: Final = {what: re.compile(made, re.IGNORECASE) for what, made in _CELLS.items()}
_TEN_DIGITS: Final = re.compile(
    _PREFIX + r"([0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}|[0-9]{4}[ -]?[0-9]{3}[ -]?[0-9]{3})" + _ENDS,
    re.IGNORECASE,
)
_NHS: Final = "an NHS number"
_MOBILE: Final = "a telephone number without its first 0"
# Of any ten digits one in eleven passes for an NHS number and one in ten for a mobile telephone:
# a column of them is refused where more do so than chance lets pass.
BY_CHANCE: Final = 4  # at most one in so many
# plain words, dates and numbers, which most cells are: nothing of them is personal by its form
_PLAIN: Final = re.compile(r"[a-z_+]*|[0-9]{1,4}([.][0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}|"
                           r"[0-9]{2}/[0-9]{2}/[0-9]{4}")  # fmt: skip
MOST_LINES: Final = 5  # shown of those that a column is refused for
Cells = set[tuple[int, int]]  # line, and column from 0


def refuse_columns(path: Path, names: Sequence[str], problems: Problems) -> set[int]:
    """Note each column whose name promises personal data; gives their places (from 0)."""
    refused = set()
    for place, name in enumerate(names):
        plain = re.sub(r"[^a-z0-9]+", "_", name[:MOST_CHARACTERS].casefold()).strip("_")
        what = next((what for what, one in _NAME_OF.items() if one.fullmatch(plain)), None)
        if what:
            told = f"column {place + 1} looks like {what}"
            problems.add_unread(str(path), 1, place + 1, told, TO_DO)
            refused.add(place)
    return refused


def refuse_cells(
    path: Path, rows: Sequence[tuple[int, list[str]]], spared: set[int], problems: Problems
) -> Cells:
    """Note each column in which cells look like personal data, with the first lines.

    spared: places of columns refused already. Gives the places of such cells, of which nothing
    more may be said.
    """
    found: dict[tuple[int, str], list[int]] = {}
    ten_digits: Counter[int] = Counter()
    for line, cells in rows:
        for place, cell in enumerate(cells):
            if place in spared or _PLAIN.fullmatch(cell):
                continue
            text = cell.strip()[:MOST_CHARACTERS]
            ten_digits[place] += _TEN_DIGITS.search(text) is not None
            what = what_it_looks_like(text)
            if what:
                found.setdefault((place, what), []).append(line)
    said: Cells = set()
    for (place, what), lines in sorted(found.items()):
        if what in (_NHS, _MOBILE) and len(lines) * BY_CHANCE <= ten_digits[place]:
            continue
        said |= tell_cells(path, place, what, lines, problems)
    return said


def tell_cells(
    path: Path, place: int, what: str, lines: Sequence[int], problems: Problems
) -> Cells:
    """Note that cells of a column look like something, with the first of their lines.

    It stands at the name of the column, so that it is shown before mistakes of single cells.
    """
    shown = ", ".join(map(str, lines[:MOST_LINES]))
    more = f" and {len(lines) - MOST_LINES} more" if len(lines) > MOST_LINES else ""
    told = f"cells of column {place + 1} look like {what}: line{'s' * (len(lines) > 1)} "
    problems.add(str(path), 1, place + 1, told + shown + more, TO_DO)
    return {(line, place) for line in lines}


def what_it_looks_like(text: str) -> str | None:
    """What kind of personal data a cell looks like, if any.

    >>> what_it_looks_like("M14 5TP"), what_it_looks_like("F0012")
    ('a postcode', None)
    """
    for what, one in _CELL_OF.items():
        if one.search(text):
            return what
    if found := _TEN_DIGITS.search(text):
        digits = re.sub("[ -]", "", found.group(1))
        return _NHS if _is_nhs_number(digits) else _MOBILE if digits.startswith("7") else None
    return None


def _is_nhs_number(digits: str) -> bool:
    """Its last digit checks the others, so one in eleven of other numbers passes too."""
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9])
