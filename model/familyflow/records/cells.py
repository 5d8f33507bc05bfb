"""One cell of records by its kind: an id, a day, a word, a number.

A mistake names the line and the column and what may stand there, never what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.problems import Problems
from familyflow.records.cases import Words
from familyflow.records.columns import BY_NAME, ENDINGS, Kind
from familyflow.records.dates import WRITE, NotADate, Strokes, parsed
from familyflow.records.ids import is_id

_WHOLE: Final = re.compile(r"[0-9]{1,9}(\.0+)?")
_NUMBER: Final = re.compile(
    r"[0-9]{1,9}(\.[0-9]{1,17})?"
)  # a spreadsheet divides to so many places
_YES_NO: Final = {"yes": True, "y": True, "1": True, "true": True,
                  "no": False, "n": False, "0": False, "false": False}  # fmt: skip
_NOT_IN_WORDS: Final = re.compile(r"(?:[^\w+]|_)+")
NOT_READ: Final = object()  # a cell in which a mistake was found


@dataclass
class Reading:
    """What the reading of all rows shares.

    as_of: the last day that the records tell of, or else today, and never after today.
    said: cells of which nothing more may be told.
    """

    file: str
    places: Mapping[str, int]  # of columns, from 0
    words: Words
    problems: Problems
    as_of: date
    today: date
    said: set[tuple[int, int]]
    strokes: Strokes = field(default_factory=Strokes)
    needs: Mapping[frozenset[str], str] = field(default_factory=dict)
    families: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.needs = {frozenset(one.split("+")): one for one in self.words.needs}

    def wrong(self, line: int, column: str, what: str, to_do: str = "") -> None:
        """Note a mistake of a cell, unless its line and column were told of already."""
        place = self.places[column]
        if (line, place) not in self.said:
            self.problems.add(self.file, line, place + 1, f"{column}: {what}", to_do)


def read_cell(line: int, name: str, cells: list[str], reading: Reading) -> Any:
    """What a cell says; None where it is empty, NOT_READ after a mistake."""
    text = cells[reading.places[name]].strip()
    if not text:
        return None
    try:
        return _READ[BY_NAME[name].kind](line, name, text, reading)
    except _Wrong as wrong:
        reading.wrong(line, name, wrong.what, wrong.to_do)
        return NOT_READ


class _Wrong(ValueError):
    def __init__(self, what: str, to_do: str = "") -> None:
        self.what, self.to_do = what, to_do
        super().__init__(what)


def _id(line: int, name: str, text: str, reading: Reading) -> str:
    if not is_id(text):
        raise _Wrong(
            "it is not an id that names nobody",
            "Use up to 40 letters and digits with at least one digit and no date, as F0012.",
        )
    return text.casefold()


def _day(line: int, name: str, text: str, reading: Reading) -> date:
    try:
        day, shown = parsed(text)
    except NotADate as why:
        raise _Wrong(str(why), WRITE) from None
    if shown is False:
        reading.strokes.undecided.append(line)
    reading.strokes.day_first |= shown is True
    if day > reading.today:
        raise _Wrong("it lies in the future", "Leave empty what has not happened yet.")
    if day > reading.as_of:
        raise _Wrong("it lies after the day that the records tell of", "Check it, or --as-of.")
    return day


def _word(line: int, name: str, text: str, reading: Reading) -> str:
    known = ENDINGS if name == "ending" else reading.words.by_column[name]
    plain = _plain(text)
    if plain not in known:
        raise _Wrong("it is not one of the words", _one_of(plain, tuple(known)))
    return plain


def _needs(line: int, name: str, text: str, reading: Reading) -> str:
    parts = [_plain(part) for part in text.split("+")]
    found = reading.needs.get(frozenset(parts))
    if found is None or len(parts) != len(set(parts)):
        single = tuple(
            dict.fromkeys(part for one in reading.words.needs for part in one.split("+"))
        )
        unknown = next((part for part in parts if part not in single), None)
        if unknown is None:
            raise _Wrong(
                "it is not one of the combinations", f"Known: {listed(reading.words.needs)}."
            )
        raise _Wrong("it names a need that is not known", _one_of(unknown, single))
    return found


def _plain(text: str) -> str:
    return _NOT_IN_WORDS.sub("_", text.casefold()).strip("_")


def _one_of(text: str, known: tuple[str, ...]) -> str:
    return did_you_mean(text, known, otherwise=f"One of {listed(known)}.")


def _whole(line: int, name: str, text: str, reading: Reading) -> int:
    if not _WHOLE.fullmatch(text):
        raise _Wrong("it is not a whole number", f"0 to {BY_NAME[name].most:g}.")
    return int(_limited(name, float(text)))


def _number(line: int, name: str, text: str, reading: Reading) -> float:
    if not _NUMBER.fullmatch(text):
        raise _Wrong("it is not a number", f"0 to {BY_NAME[name].most:g}, with a decimal point.")
    return _limited(name, float(text))


def _limited(name: str, number: float) -> float:
    if number > BY_NAME[name].most:
        raise _Wrong(f"it is above {BY_NAME[name].most:g}", "Check it.")
    return number


def _yes_no(line: int, name: str, text: str, reading: Reading) -> bool:
    if text.casefold() not in _YES_NO:
        raise _Wrong("it is neither yes nor no", "Write yes or no, or leave it empty.")
    return _YES_NO[text.casefold()]


_READ: Final[Mapping[Kind, Callable[[int, str, str, Reading], object]]] = {
    Kind.ID: _id,
    Kind.DATE: _day,
    Kind.WORD: _word,
    Kind.WORDS: _needs,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
}
