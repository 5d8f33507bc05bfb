"""Ids of families: what may be one, and columns of them that are names or dates of birth in hiding.

A name with a number behind it cannot be told from a service's own prefix by itself, nor eight
digits from a date; a whole column of them can.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from familyflow.problems import Problems
from familyflow.records.personal import BY_CHANCE, Cells, tell_cells

_ID: Final = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")
_APART: Final = re.compile(
    r"(?<![0-9])([0-9]{4})([._/-])([0-9]{2})\2([0-9]{2})(?![0-9])|"
    r"(?<![0-9])([0-9]{1,2})([._/-])([0-9]{1,2})\6((?:19|20)[0-9]{2}|(?<=[0-9]{2}.[0-9]{2}.)[0-9]{2})"
    r"(?![0-9])"
)
_EIGHT: Final = re.compile(r"(?<![0-9])[0-9]{8}(?![0-9])")
# A word, or words, before or after a short number: of three letters before a longer one it is
# more likely a code.
_WORD: Final = r"[a-z]{4,}|[a-z]{2,}(?:[._/-][a-z]+)+|[a-z](?:[._/-][a-z]{2,})+"
_NAMED: Final = (
    re.compile(rf"(?:[0-9]{{1,4}}[._/-]?)?({_WORD})(?:[._/-]?[0-9]{{1,4}})?"),
    re.compile(r"(?:[0-9]{1,2}[._/-]?)?([a-z]{3})(?:[._/-]?[0-9]{1,2})?"),
)
FEWEST_NAMES: Final = 3  # fewer words may be the names of teams


def is_id(text: str) -> bool:
    """Whether a text may be the id of a family: letters and digits, no date.

    >>> is_id("F0012"), is_id("Smith"), is_id("12/03/2015")
    (True, False, False)
    """
    return bool(_ID.fullmatch(text)) and not _holds_a_date(text)


def refuse_ids(
    path: Path, rows: Sequence[tuple[int, list[str]]], place: int, problems: Problems
) -> Cells:
    """Note a column of ids that are names with numbers, or dates; gives the places of such."""
    lines: dict[str, list[int]] = defaultdict(list)
    for line, cells in rows:
        text = cells[place].strip().casefold() if place < len(cells) else ""
        if _ID.fullmatch(text):
            lines[text].append(line)
    said: Cells = set()
    for what, found in (("a name and a number", _named(lines)), ("a date", _dated(lines))):
        if found:
            told = sorted(line for one in found for line in lines[one])
            said |= tell_cells(path, place, what, told, problems)
    return said


def _named(ids: Collection[str]) -> list[str]:
    """Ids whose words no other id shares, where most of the column are such."""
    by_words: dict[str, list[str]] = defaultdict(list)
    for one in ids:
        if found := next(filter(None, (form.fullmatch(one) for form in _NAMED)), None):
            by_words[found.group(1)].append(one)
    alone = [own[0] for own in by_words.values() if len(own) == 1]
    return alone if len(alone) >= FEWEST_NAMES and 2 * len(alone) > len(ids) else []


def _dated(ids: Collection[str]) -> list[str]:
    """Ids that hold eight digits which are a date, where more are than chance makes."""
    eight = {one: found.group() for one in ids if (found := _EIGHT.search(one))}
    dates = [one for one, digits in eight.items() if _is_date_of_eight(digits)]
    return dates if BY_CHANCE * len(dates) > len(eight) else []


def _is_date_of_eight(digits: str) -> bool:
    first, last = int(digits[:4]), int(digits[4:])
    return _is_date(first, int(digits[4:6]), int(digits[6:])) or _is_date(
        last, int(digits[2:4]), int(digits[:2])
    )


def _holds_a_date(text: str) -> bool:
    for found in _APART.finditer(text):
        year, _, month, day, first, _, second, last = found.groups()
        if year is not None:
            if _is_date(int(year), int(month), int(day)):
                return True
        elif any(_is_date(2000 + int(last) % 100, *pair) for pair in _either(first, second)):
            return True
    return False


def _either(first: str, second: str) -> tuple[tuple[int, int], tuple[int, int]]:
    return (int(first), int(second)), (int(second), int(first))


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        return 1900 <= date(year, month, day).year < 2100
    except ValueError:
        return False
