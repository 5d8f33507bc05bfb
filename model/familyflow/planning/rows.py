"""What a row of a table must hold: each check gives the mistakes of one cell, at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.parameters.numerals import neat
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

LAST_WEEK = DAYS_IN_YEAR // DAYS_IN_WEEK - 1  # of the service's year, counted from 0
_NAME = re.compile(r"[a-z0-9_]+")


class Mistake(NamedTuple):
    """What is wrong with a key, what to do, and where below it (row, column) that stands.

    others: keys that have a part in it, for a mistake between several.
    """

    key: str
    what: str
    to_do: str
    path: tuple[str | int, ...] = ()
    others: tuple[str, ...] = ()

    def blamed(self, chosen: Sequence[str]) -> str:
        """The key that was chosen among those that have a part: the one to change."""
        return next((key for key in chosen if key in (self.key, *self.others)), self.key)


Found = Iterator[Mistake]


class Row:
    """One row of a table: what messages call it, and where it stands."""

    def __init__(self, key: str, place: int, cells: Mapping[str, Any], what: str) -> None:
        self.key, self.place, self.cells = key, place, cells
        name = cells.get("name", cells.get("funder"))
        named = isinstance(name, str) and bool(name.strip())
        self.who = f"{what} {name if named else place + 1}"

    def wrong(self, column: str, what: str, to_do: str) -> Mistake:
        """A mistake in one cell."""
        return Mistake(self.key, f"{self.who}: {what}", to_do, ("table", self.place, column))

    def given(self, column: str) -> Any:
        """The cell, or None."""
        return self.cells.get(column)

    def missing(self, *needed: str) -> Found:
        """The cells that are not there, or blank."""
        lacking = [name for name in needed if _blank(self.cells.get(name))]
        if lacking:
            what = f"{self.who} has no {', '.join(lacking)}"
            to_do = f"A row has {', '.join(needed)}."
            yield Mistake(self.key, what, to_do, ("table", self.place, lacking[0]))

    def blank(self, *optional: str) -> Found:
        """Cells that may be left out, and are there but blank."""
        for column in optional:
            if column in self.cells and _blank(self.cells[column]):
                yield self.wrong(column, f"{column} is blank", "Give it, or leave it out.")

    def number(self, column: str, low: float, high: float, *, whole: bool = False) -> Found:
        """A number within its bounds."""
        value = self.given(column)
        if _blank(value):
            return
        due = "a whole number" if whole else "a number"
        to_do = f"Give {due} from {low:g} to {high:g}"
        if not is_number(value):
            quotes = ", without quotes." if isinstance(value, str) else "."
            yield self.wrong(column, f"{column} is {shown(value)}", to_do + quotes)
        elif not low <= value <= high or (whole and float(value) != int(value)):
            yield self.wrong(column, f"{column} is {neat(value)}", f"{to_do}.")

    def word(self, column: str, known: Sequence[str]) -> Found:
        """One of the words known."""
        value = self.given(column)
        if not _blank(value) and value not in known:
            to_do = did_you_mean(str(value), known, otherwise=f"Known: {listed(known)}.")
            yield self.wrong(column, f"there is no {column} {str(value)!r}", to_do)

    def text(self, *columns: str) -> Found:
        """A text, not a list or a section, a number or yes or no."""
        for column in columns:
            value = self.given(column)
            if value is not None and not isinstance(value, str):
                what = "a list" if isinstance(value, list) else shown(value)
                yield self.wrong(column, f"{column} is {what}", "Give a text, in quotes.")

    def name(self, column: str = "name") -> Found:
        """A name that tables of results can carry."""
        value = self.given(column)
        if not _blank(value) and not _NAME.fullmatch(str(value)):
            to_do = "Write small letters, digits and _; a title may have anything."
            yield self.wrong(column, f"the name {str(value)!r} cannot be used", to_do)

    def yes_or_no(self, column: str) -> Found:
        """Yes or no, where it is given."""
        value = self.given(column)
        if not _blank(value) and not isinstance(value, bool):
            yield self.wrong(column, f"{column} is {shown(value)}", "Write true or false.")

    def weeks(self, column: str) -> Found:
        """Weeks of the service's year, each once."""
        weeks = self.given(column)
        if _blank(weeks):
            return
        to_do = f"List weeks of the service's year, 0 to {LAST_WEEK}."
        if not isinstance(weeks, list) or not all(is_whole(w, 0, LAST_WEEK) for w in weeks):
            yield self.wrong(column, f"{column} {shown(weeks)} are no weeks", to_do)
        elif len(set(weeks)) < len(weeks):
            twice = next(week for week in weeks if weeks.count(week) > 1)
            yield self.wrong(column, f"{column} has week {twice} twice", "Keep one of them.")


def rows_of(key: str, table: Any, what: str) -> list[Row]:
    """The rows of a table; `what` is one of them in a message."""
    return [
        Row(key, place, cells, what)
        for place, cells in enumerate(table)
        if isinstance(cells, Mapping)
    ]


def twice(rows: Sequence[Row], column: str, what: str) -> Found:
    """Names that two rows have; capitals and blanks around a name tell nothing apart."""
    names = [str(row.given(column)) for row in rows]
    alike = [" ".join(name.split()).casefold() for name in names]
    for place, row in enumerate(rows):
        if not _blank(row.given(column)) and alike[place] in alike[:place]:
            first = names[alike.index(alike[place])]
            as_well = "" if first == names[place] else f" (as '{first}' and '{names[place]}')"
            what_is = f"{what} {names[place]} stands twice{as_well}"
            to_do = "Keep one, or give the other its own name."
            yield Mistake(row.key, what_is, to_do, ("table", row.place, column))


def is_number(value: Any) -> bool:
    """Whether this is a number, and not yes or no."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_whole(value: Any, low: int, high: int) -> bool:
    """Whether this is a whole number within bounds."""
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def shown(value: Any) -> str:
    """A value as its kind: 'yes', or a text in quotes, where a number was due."""
    if isinstance(value, bool):
        return f"{'yes' if value else 'no'}"
    if isinstance(value, str):
        return f"the text '{value}'"
    return "blank" if value is None else str(value)


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
