"""Dates of records: 2026-04-30, or 30/04/2026 where the file itself shows that the day comes first.

A file in which every date with strokes could be read either way is refused: nobody could tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from familyflow.problems import Problems

_MIDNIGHT: Final = r"(?:[T ]+0?0:00(?::00(?:\.0+)?)?)?"  # systems write it behind a day
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})" + _MIDNIGHT)
_STROKES: Final = re.compile(r"([0-9]{1,2})([/.])([0-9]{1,2})\2([0-9]{4})" + _MIDNIGHT)
_TIME: Final = re.compile(r"[0-9./-]{8,10}[T ]+[0-9]{1,2}:[0-9]{2}.*")
_SHORT_YEAR: Final = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}")
_SERIAL: Final = re.compile(r"[0-9]{5}(?:\.0)?")
FIRST_YEAR: Final = 2000  # before it lies a date of birth, or a mistake
WRITE: Final = "Write 2026-04-30."


class NotADate(ValueError):
    """Why a text is no date; never the text itself."""


@dataclass
class Strokes:
    """What dates with strokes show about their order, over a whole file."""

    undecided: list[int] = field(default_factory=list)  # lines
    day_first: bool = False


def check_strokes(file: str, strokes: Strokes, problems: Problems) -> None:
    """Note it where dates with strokes could be read either way over the whole file."""
    undecided = strokes.undecided
    if undecided and not strokes.day_first:
        problems.add(
            file, undecided[0], 0,
            f"nothing shows whether the day or the month stands first in the dates with strokes "
            f"of {len(undecided)} cells",
            "Write dates as 2026-04-30.",
        )  # fmt: skip


def parsed(text: str) -> tuple[date, bool | None]:
    """The date, and whether it shows that the day stands first (None: it was not in question).

    Raises NotADate with the reason.
    """
    if found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
        return _date(year, month, day), None
    if found := _STROKES.fullmatch(text):
        day, month, year = map(int, found.group(1, 3, 4))
        if month > 12 >= day:
            raise NotADate("the month seems to stand before the day")
        return _date(year, month, day), day > 12 or (None if day == month else False)
    if _SHORT_YEAR.fullmatch(text):
        raise NotADate("the year has two figures")
    if _TIME.fullmatch(text):
        raise NotADate("a time of day stands behind the day")
    if _SERIAL.fullmatch(text):
        raise NotADate("it is a number, as Excel counts days")
    raise NotADate("it is not a date")


def _date(year: int, month: int, day: int) -> date:
    if year < FIRST_YEAR:
        raise NotADate(f"it lies before {FIRST_YEAR}")
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADate("there is no such day") from None
