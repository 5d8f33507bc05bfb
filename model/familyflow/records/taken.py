"""Which columns of a file are taken while it is read; all others are stripped unread."""

from __future__ import annotations

from dataclasses import dataclass

from familyflow.problems import Problems
from familyflow.records.row_form import is_short, is_wide


@dataclass(frozen=True)
class Taken:
    """The only columns to take from a file, by name in any case; all others are stripped unread.

    numbered: a column of ids, each replaced at once by a number, the same wherever it returns.
    """

    names: tuple[str, ...]
    numbered: str


@dataclass(frozen=True)
class Picked:
    """Which cells of a row are taken. numbers: what stands for each id of the numbered column."""

    names: tuple[str, ...]
    places: tuple[int, ...]
    width: int
    numbered: int | None
    numbers: dict[str, str]

    @classmethod
    def of(cls, header: list[str], taken: Taken | None) -> Picked:
        """What is taken of a file with this header; without `taken`, all of it."""
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
        """The cells of a row that are taken; an id as its number."""
        picked = [cells[place] for place in self.places if place < len(cells)]
        if self.numbered is not None and self.numbered < len(picked):
            held = picked[self.numbered].strip()
            number = self.numbers.setdefault(held, str(len(self.numbers))) if held else ""
            picked[self.numbered] = number
        return picked

    def fits(self, name: str, line: int, count: int, cells: list[str], problems: Problems) -> bool:
        """Whether a row of `count` cells, of which these were taken, has the form of its file."""
        return is_wide(name, line, count, self.width, problems) and is_short(
            name, line, cells, self.places, problems
        )
