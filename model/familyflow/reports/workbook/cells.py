"""Writes cells: text that is never a formula, numbers, and formulas with what they give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT: Final = 32_767  # characters that a cell may hold
A4: Final = 9  # as the file format counts papers
LINE: Final = 15.0  # height of a line, in points
HIGHEST_ROW: Final = 409.0  # as high as the file format allows
_CUT: Final = " [cut]"
# what XML cannot hold or a reader would not see: controls but tab and line feed, lone surrogates
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\n")

YELLOW: Final = {"bg_color": "#FFFF99", "border": 1, "locked": False}  # may be typed into
FORMATS: Final[dict[str, dict[str, Any]]] = {
    "text": {"valign": "top"},
    "right": {"valign": "top", "align": "right"},
    "beside": {"valign": "top", "indent": 1},  # after a number
    "long": {"text_wrap": True, "valign": "top"},
    "note": {"italic": True},
    "strong": {"bold": True},
    "quoted": {"text_wrap": True, "valign": "top", "quote_prefix": True},
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1},
    "head_number": {
        "bold": True,
        "text_wrap": True,
        "valign": "bottom",
        "bottom": 1,
        "align": "right",
    },
    "money": {"num_format": "#,##0;[Red]-#,##0", "align": "right"},
    "sum": {"num_format": "#,##0;[Red]-#,##0", "bold": True},
    "total": {"num_format": "#,##0;[Red]-#,##0", "bold": True, "top": 1},
    "price": {"num_format": "#,##0.00;[Red]-#,##0.00", "align": "right"},
    "ratio": {"num_format": "0.000", "align": "right"},
    "share": {"num_format": "0.0%"},
    "factor": {"num_format": "0.000000"},
    "amount": {"num_format": "#,##0.00"},
    "thousands": {"num_format": "#,##0;[Red]-#,##0"},
    "plain": {"num_format": "General"},
    "whole": {"num_format": "0"},
    "figure": {"num_format": "#,##0.0#####", "align": "right"},
    "exact_share": {"num_format": "0.0##%", "align": "right"},
    "state": {"num_format": '"yours";"not used: outside its range, or no number";'},
    "input_money": {"num_format": "#,##0", **YELLOW},
    "input_price": {"num_format": "#,##0.00;[Red]-#,##0.00", **YELLOW},
    "input_exact_share": {"num_format": "0.0##%", **YELLOW},
    "input_figure": {"num_format": "#,##0.0#####", **YELLOW},
}


@dataclass(frozen=True)
class Cell:
    """Where a cell is; rows and columns count from 0."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        """As a formula of any sheet names it."""
        return f"'{self.sheet}'!{xl_rowcol_to_cell(self.row, self.column, True, True)}"


def reference(sheet: str, first: tuple[int, int], last: tuple[int, int]) -> str:
    """A block of cells, from (row, column) to (row, column), as a formula of any sheet names it."""
    ends = (xl_rowcol_to_cell(*end, row_abs=True, col_abs=True) for end in (first, last))
    return f"'{sheet}'!{':'.join(ends)}"


def plain_text(text: object) -> str:
    """The text as a cell can hold it: nothing that cannot be shown, and not too long."""
    shown = _UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", str(text))
    if len(shown) <= LONGEST_TEXT:
        return shown
    return shown[: LONGEST_TEXT - len(_CUT)] + _CUT


class Book:
    """A workbook and its formats; its sheets stand in the order of their names here."""

    def __init__(self, workbook: Workbook, names: Sequence[str]) -> None:
        self.workbook = workbook
        self._empty = {name: workbook.add_worksheet(name) for name in names}
        self.formats = {name: workbook.add_format(form) for name, form in FORMATS.items()}

    def sheet(self, name: str, title: str, widths: Sequence[float]) -> Sheet:
        """One of the sheets, with its title in the first cell; widths of its first columns."""
        worksheet = self._empty.pop(name)
        for column, width in enumerate(widths):
            worksheet.set_column(column, column, width)
        worksheet.set_landscape()
        worksheet.set_paper(A4)
        worksheet.set_footer("&L&A&RPage &P of &N")
        worksheet.fit_to_pages(1, 0)  # printed: as wide as a page, as long as it takes
        sheet = Sheet(name, worksheet, self.formats)
        sheet.text(0, 0, title, "title")
        return sheet

    def name(self, name: str, refers_to: str) -> None:
        """A name for a cell or a block of cells."""
        self.workbook.define_name(name, f"={refers_to}")


@dataclass(frozen=True)
class Sheet:
    """One sheet; rows and columns count from 0."""

    name: str
    worksheet: Worksheet
    formats: dict[str, Any]

    def text(self, row: int, column: int, text: object, form: str = "text") -> None:
        """Text, whatever it begins with; a cell without text stays empty."""
        shown = plain_text(text)
        if not shown:
            return
        # a reader who edits the cell would otherwise make a formula of it
        form = "quoted" if shown.startswith(_LIKE_A_FORMULA) else form
        self.worksheet.write_string(row, column, shown, self.formats[form])

    def texts(self, row: int, texts: Sequence[object], form: str = "text", column: int = 0) -> None:
        """Texts side by side."""
        for place, text in enumerate(texts, start=column):
            self.text(row, place, text, form)

    def long_text(self, row: int, column: int, text: object, width: int) -> None:
        """Text on as many lines as it takes; width: of the column, in characters."""
        self.text(row, column, text, "long")
        lines = sum(1 + len(line) // width for line in plain_text(text).splitlines())
        self.worksheet.set_row(row, min(LINE * max(1, lines), HIGHEST_ROW))

    def heads(
        self,
        row: int,
        texts: Sequence[object],
        column: int = 0,
        *,
        numbers: int | None = None,
        lines: int = 2,
    ) -> None:
        """Heads of columns, on as many lines; from the one counted `numbers` on over numbers."""
        for place, text in enumerate(texts):
            over_numbers = numbers is not None and place >= numbers
            self.text(row, column + place, text, "head_number" if over_numbers else "head")
        self.worksheet.set_row(row, lines * LINE)

    def pages_wide(self, pages: int) -> None:
        """Print on so many pages side by side, the first column on each of them."""
        self.worksheet.fit_to_pages(pages, 0)
        self.worksheet.repeat_columns(0)

    def freeze(self, head: int, columns: int = 1) -> None:
        """Keep the rows down to the heads and so many columns in sight; print the heads again."""
        self.worksheet.freeze_panes(head + 1, columns)
        self.worksheet.repeat_rows(head)

    def notes(self, row: int, *notes: str) -> None:
        """Notes to the reader one below the other, in the first column and over its edge."""
        for place, note in enumerate(notes, start=row):
            self.text(place, 0, note, "note")

    def remark(self, row: int, column: int, text: object) -> None:
        """A note on a cell, which its corner shows."""
        size = {"x_scale": 2.5, "y_scale": 1.2, "font_size": 10}
        self.worksheet.write_comment(row, column, plain_text(text), size)

    def number(self, row: int, column: int, value: float, form: str = "plain") -> Cell:
        """A number that is a value."""
        self.worksheet.write_number(row, column, float(value), self.formats[form])
        return Cell(self.name, row, column)

    def formula(
        self, row: int, column: int, formula: str, value: float | bool | str, form: str = "money"
    ) -> Cell:
        """A formula, with the number that it gives: viewers that do not calculate show that."""
        shown = value if isinstance(value, (bool, str)) else float(value)
        self.worksheet.write_formula(row, column, f"={formula}", self.formats[form], shown)
        return Cell(self.name, row, column)
