"""Whether a row has the form of its file: a cell for each column, and none of free text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from familyflow.problems import Problems

MOST_CHARACTERS: Final = 200  # of a cell: dates, words and numbers are shorter


def is_whole(name: str, line: int, cells: list[str], wanted: int, problems: Problems) -> bool:
    """Whether a row has a cell for each column, and none of free text; noted where not."""
    every = range(len(cells))
    return is_wide(name, line, len(cells), wanted, problems) and is_short(
        name, line, cells, every, problems
    )


def is_wide(name: str, line: int, count: int, wanted: int, problems: Problems) -> bool:
    """Whether a row has a cell for each column; noted where not."""
    if count != wanted:
        problems.add(
            name, line, 0, f"{count} cells where the header has {wanted}",
            "Check for a separator too many or missing.",
        )  # fmt: skip
    return count == wanted


def is_short(
    name: str, line: int, cells: list[str], places: Sequence[int], problems: Problems
) -> bool:
    """Whether no cell holds free text; noted where one does. places: of the cells in the file."""
    long = [place for place, cell in zip(places, cells, strict=True) if len(cell) > MOST_CHARACTERS]
    for place in long:
        problems.add(
            name, line, place + 1, f"the cell holds more than {MOST_CHARACTERS} characters",
            "Free text is never read: leave that column out.",
        )  # fmt: skip
    return not long
