"""How long the cost case is: its words as they are counted in Word, its pages as an estimate.

Pages are laid out by whichever program opens the document, so they are only estimated here: every
line is taken to hold as many characters as Arial of the smallest size has on the mean.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from familyflow.reports.documents.bid import Bid
from familyflow.reports.documents.bid_tables import BidTable
from familyflow.reports.documents.cost_case import blocks
from familyflow.reports.documents.kept import Picture
from familyflow.reports.documents.told import Part, told
from familyflow.reports.documents.word_parts import HEADINGS, LEAST_SIZE, PICTURE_WIDTH, WIDTH

PAGE_HEIGHT: Final = 25.9  # cm between the margins
LINE: Final = 0.446  # cm, of Arial of 11 points
_CHARACTERS: Final = 5.3  # in a cm of such a line
_CELL_EDGES: Final = 0.38  # cm of a cell that writing never fills
_APART: Final = 0.18  # cm around a paragraph
_AROUND_HEADING: Final = 0.39  # cm
_TALLEST_UNCUT: Final = 9  # rows of a table that the end of a page does not cut


@dataclass(frozen=True)
class Length:
    """words: in headings, sentences, captions and cells. pages: A4, estimated."""

    words: int
    pages: int


def length(bid: Bid) -> Length:
    """How long the document made of it is."""
    return Length(sum(len(text.split()) for text in texts(bid)), _pages(bid))


def texts(bid: Bid) -> Iterator[str]:
    """Every text of the document, in its order."""
    yield bid.title
    for section, parts in told(bid):
        yield section.heading
        for part in parts:
            yield from part.sentences
            for table in _blocks(part):
                yield from (table.caption, *table.heads)
                for row in table.rows:
                    yield from table.cells(row)


def _blocks(part: Part) -> Sequence[BidTable]:
    if part.table is None:
        return ()
    return blocks(part.table) if part.table.is_by_year else [part.table]


def _pages(bid: Bid) -> int:
    """Pages filled from the top: what cannot be cut goes to the next where it does not fit."""
    used, pages = _heading("Title"), 1
    for height, is_whole in _heights(bid):
        left = PAGE_HEIGHT - used
        if height <= left:
            used += height
        elif is_whole and height <= PAGE_HEIGHT:
            used, pages = height, pages + 1
        else:
            over = height - left
            pages += ceil(over / PAGE_HEIGHT)
            used = over - PAGE_HEIGHT * (ceil(over / PAGE_HEIGHT) - 1)
    return pages


def _heights(bid: Bid) -> Iterator[tuple[float, bool]]:
    """The height of each piece in cm, and whether the end of a page leaves it whole."""
    for section, parts in told(bid):
        above = _heading(f"Heading {section.level}")  # it stays with what stands beneath it
        for part in parts:
            for height, is_whole in _pieces(part):
                yield above + height, is_whole
                above = 0.0


def _pieces(part: Part) -> Iterator[tuple[float, bool]]:
    for sentence in part.sentences:
        yield _paragraph(sentence, WIDTH), False
    if part.picture is not None:
        yield _picture(part.picture) + _APART, True
    for table in _blocks(part):
        rows = [table.heads, *(table.cells(row) for row in table.rows)]
        widths = [column.width for column in table.columns]
        height = _paragraph(table.caption, WIDTH) + sum(_row(row, widths) for row in rows)
        yield height, len(table.rows) <= _TALLEST_UNCUT


def _heading(style: str) -> float:
    return LINE * HEADINGS[style] / LEAST_SIZE + _AROUND_HEADING


def _paragraph(text: str, width: float) -> float:
    return LINE * _lines(text, width) + _APART


def _row(cells: Sequence[str], widths: Sequence[float]) -> float:
    return LINE * max(
        _lines(text, width - _CELL_EDGES) for text, width in zip(cells, widths, strict=True)
    )


def _lines(text: str, width: float) -> int:
    return max(1, ceil(len(text) / (_CHARACTERS * width)))


def _picture(picture: Picture) -> float:
    """The height of a picture as wide as the page, from the head of its PNG."""
    wide, high = struct.unpack(">II", picture.png[16:24])
    return PICTURE_WIDTH * float(high) / float(wide)
