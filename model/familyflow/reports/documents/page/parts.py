"""What a page is made of, as plain data that the HTML and the PDF are both written from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from familyflow.reports.documents.lines import Line

# how a piece of a bar is drawn; every look differs in pattern or in place, not in colour alone
PAID: Final = "paid"
CASH: Final = "cash"
NOT_CASH: Final = "not_cash"
GAIN: Final = "gain"
LOSS: Final = "loss"

WITHIN: Final = (
    "of which",
    "the same",
    "with weaker",
)  # how the label of a part of the row above begins


@dataclass(frozen=True)
class Piece:
    """A part of a bar. start, width: shares of the length of the chart, 0 to 1."""

    start: float
    width: float
    look: str


@dataclass(frozen=True)
class Bar:
    """Pieces beside one another. zero: where nothing lies, as a share of the chart's length."""

    zero: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Cell:
    """A figure as people read it. exact: the number kept, None where the cell is only words.

    path: where it stands in results.json. note: what stands beneath it, such as an interval. bar:
    drawn above the figure. is_year: one number of many years, so that there is no mean of it.
    """

    text: str
    exact: float | None = None
    path: str = ""
    note: str = ""
    bar: Bar | None = None
    is_year: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table.

    is_within: a part of the row above. is_mark: words across the table. is_sum: set off as a sum.
    """

    label: str
    cells: tuple[Cell, ...] = ()
    is_within: bool = False
    is_mark: bool = False
    is_sum: bool = False


@dataclass(frozen=True)
class Table:
    """A table, with bars or without. key: what the looks of its bars mean, look -> words.

    is_options: a column an option, so that a narrow screen shows them beneath one another.
    is_said: the heading above says what the caption says, so that only ears need it.
    bars_beneath: the bar of a row's first figure takes the whole width beneath the row.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    key: tuple[tuple[str, str], ...] = ()
    is_options: bool = False
    is_said: bool = False
    bars_beneath: bool = False
    kind: str = "table"


@dataclass(frozen=True)
class Words:
    """Sentences: a paragraph each, or points of a list."""

    sentences: tuple[str, ...]
    is_list: bool = False
    kind: str = "words"


@dataclass(frozen=True)
class Block:
    """A heading with what stands beneath it. name: its anchor."""

    name: str
    heading: str
    parts: tuple[Table | Words, ...]


@dataclass(frozen=True)
class Page:
    """The whole page, from top to bottom; left and right stand beside one another on paper.

    answer: the first sentence. basis: what must be in sight wherever the answer is.
    """

    title: str
    about: str
    question: str
    answer: str
    beside: tuple[str, ...]
    basis: tuple[str, ...]
    top: tuple[Block, ...]
    left: tuple[Block, ...]
    right: tuple[Block, ...]
    bottom: tuple[Block, ...]
    foot: str

    def blocks(self) -> Iterator[Block]:
        """Every block, in the order in which it is read."""
        yield from (*self.top, *self.left, *self.right, *self.bottom)

    def as_data(self) -> dict[str, Any]:
        """The same as lists and mappings, for a template."""
        return asdict(self)


def cell_of(line: Line, *, is_brief: bool = False) -> Cell:
    """A figure with its interval beneath; is_brief leaves the interval out."""
    note = "" if is_brief or line.exact is None else line.between
    return Cell(line.value, line.exact, line.path, note)


def told(line: Line) -> tuple[Cell, Cell]:
    """A figure and its interval, in two cells beside one another."""
    between = Cell("" if line.exact is None else line.between)
    return Cell(line.value, line.exact, line.path), between


def reasons(lines: Iterable[Line]) -> tuple[str, ...]:
    """Why figures are not defined, each reason once: in a cell it would squeeze the rest."""
    found = dict.fromkeys(line.between for line in lines if line.exact is None)
    return tuple(f"Not defined: {reason}." for reason in found)
