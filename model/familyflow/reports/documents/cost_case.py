"""The cost case of a bid in Word: what it costs, does and rests on, ready to paste into a form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from familyflow.reports.documents.bid import bid_of
from familyflow.reports.documents.bid_columns import Column
from familyflow.reports.documents.bid_tables import BidTable
from familyflow.reports.documents.kept import Kept, read_kept
from familyflow.reports.documents.told import Part, told
from familyflow.reports.documents.word_parts import (
    PICTURE_WIDTH,
    WIDTH,
    add_list,
    add_picture,
    add_table,
    as_bytes,
    new_document,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

LEAST_FOR_HEADINGS: Final = 3.6  # cm: the column of headings, beside as many years as fit


def cost_case(run_folder: Path, template: Path | None = None) -> bytes:
    """The cost case of a finished run, as the bytes of a .docx file.

    template: a Word document of one's own whose tags are filled, in place of our document. Raises
    InputError where the folder holds no run of one scenario, a damaged one, or one in which there
    is no service to be paid for, and where the template cannot be filled.
    """
    if template is None:
        return case_of(read_kept(run_folder))
    from familyflow.reports.documents.own_template import filled

    return filled(template, bid_of(read_kept(run_folder)))


def case_of(kept: Kept) -> bytes:
    """The cost case of what a run keeps."""
    bid = bid_of(kept)
    document = new_document(bid.title, bid.finished)
    document.add_paragraph(bid.title, style="Title")
    for section, parts in told(bid):
        document.add_heading(section.heading, level=section.level)
        for part in parts:
            _part(document, part)
    return as_bytes(document)


def _part(document: WordDocument, part: Part) -> None:
    if part.table is not None:
        _table(document, part.table)
    elif part.picture is not None:
        add_picture(document, part.picture.png, part.picture.alt_text, PICTURE_WIDTH)
    elif part.are_points:
        add_list(document, part.sentences)
    else:
        for paragraph in part.sentences:
            document.add_paragraph(paragraph)


def _table(document: WordDocument, table: BidTable) -> None:
    """The table; one by year in as many blocks as its years need."""
    for part in blocks(table) if table.is_by_year else [table]:
        words_in = [place for place, column in enumerate(part.columns) if column.has_words]
        rows = [part.cells(row) for row in part.rows]
        widths = [column.width for column in part.columns]
        has_sources = any(column.name == "source" for column in part.columns)
        add_table(document, part.caption, part.heads, rows, widths, words_in, may_break=has_sources)


def blocks(table: BidTable) -> list[BidTable]:
    """The table in parts, each with the headings and as many of the other columns as fit."""
    first, *others = table.columns
    parts: list[list[Column]] = [[]]
    for column in others:
        if sum(one.width for one in [*parts[-1], column]) > WIDTH - LEAST_FOR_HEADINGS:
            parts.append([])
        parts[-1].append(column)
    return [
        replace(
            table,
            columns=(replace(first, width=WIDTH - sum(one.width for one in part)), *part),
        )
        for part in parts
    ]
