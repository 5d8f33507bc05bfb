"""What the tags of a charity's template see: texts, rows and pictures, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, Final, NoReturn

from docx.shared import Cm
from docxtpl import InlineImage
from jinja2 import TemplateRuntimeError

from familyflow.reports.documents.bid import Bid
from familyflow.reports.documents.bid_names import PICTURES
from familyflow.reports.documents.bid_tables import BidTable
from familyflow.reports.documents.lines import Line
from familyflow.reports.documents.word_parts import PICTURE_WIDTH

NEW_PARAGRAPH: Final = "\a"  # what the library makes a paragraph of, in the style of the tag's own


class Figure(str):
    """A mean as people read it, with its interval: {{ cost }} and {{ cost.interval }}."""

    interval: str

    @classmethod
    def of(cls, line: Line) -> Figure:
        """The figure of a line."""
        made = cls(line.value)
        made.interval = line.between
        return made


class Rows:
    """A table in a template: caption, heads, and rows that know their columns by name."""

    def __init__(self, name: str, table: BidTable) -> None:
        self._name = name
        self.caption, self.heads = table.caption, table.heads
        self.rows = [{**row, "cells": table.cells(row)} for row in table.rows]

    def _say_how(self) -> NoReturn:
        raise TemplateRuntimeError(
            f"'{self._name}' is a table: loop over its rows, {{%tr for row in {self._name}.rows %}}"
        )

    def __str__(self) -> str:
        self._say_how()

    __html__ = __str__

    def __iter__(self) -> NoReturn:
        self._say_how()


class Drawn:
    """A picture where a tag names it. It shows nothing of the template to the tags."""

    def __init__(self, insert: Callable[[], str]) -> None:
        self._insert = insert

    def __str__(self) -> str:
        return self._insert()

    __html__ = __str__


def values_of(bid: Bid, template: Any) -> dict[str, Any]:
    """Every name with what it stands for. A picture that the run does not have is nothing."""
    tables = {name: Rows(name, table) for name, table in bid.tables.items()}
    return {
        **bid.values,
        **{name: Figure.of(line) for name, line in bid.figures.items()},
        **{name: NEW_PARAGRAPH.join(told) for name, told in bid.sentences.items()},
        **tables,
        **{name: _picture(bid, name, template) for name in PICTURES},
    }


def _picture(bid: Bid, name: str, template: Any) -> Drawn | str:
    if name not in bid.pictures:
        return ""
    png = bid.pictures[name].png

    def insert() -> str:
        return str(InlineImage(template, io.BytesIO(png), width=Cm(PICTURE_WIDTH)))

    return Drawn(insert)
