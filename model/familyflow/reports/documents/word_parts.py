"""The parts a Word document is made of: its look, headings, tables with header rows, pictures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from familyflow.reports.documents.clean import clean

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Row

MOST_IN_PROPERTY: Final = 255  # characters, more of which the format refuses
FONT: Final = "Arial"
LEAST_SIZE: Final = 11  # points: funders ask for no less, in tables as well
LANGUAGE: Final = "en-GB"
HEADINGS: Final = {"Title": 20, "Heading 1": 14, "Heading 2": 12}
INK: Final = RGBColor(0x12, 0x43, 0x6D)
MARGIN: Final = Cm(1.9)
PAGE: Final = (Cm(21.0), Cm(29.7))
MOST_TOGETHER: Final = 9  # rows of a table that the end of a page does not cut
LEAST_APART: Final = 3  # rows of a longer table on either side of a cut
WIDTH: Final = 17.2  # cm between the margins
PICTURE_WIDTH: Final = 17.0  # cm: as wide as the page, so that its writing can be read
TOTAL: Final = "Total"  # the row that stands out
SAME_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP archive can name


def new_document(title: str, finished: str) -> WordDocument:
    """An empty A4 document in English of Britain, with its title where readers look for it."""
    document = Document()
    for name in ("Normal", "List Bullet", "Caption", *HEADINGS):
        _arial(document, name, HEADINGS.get(name, LEAST_SIZE))
    for marks in document.styles.element.iter(qn("w:rPr")):
        if marks.getparent().tag == qn("w:rPrDefault"):
            _in_english(marks)
    section = document.sections[0]
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = section.top_margin = MARGIN
    section.bottom_margin = MARGIN
    about = document.core_properties
    about.title, about.language = clean(title, MOST_IN_PROPERTY), LANGUAGE
    about.author, about.comments = "familyflow", ""
    as_made_at(document, finished)
    return document


def as_made_at(document: WordDocument, finished: str) -> None:
    """Date the document by the run's end, not by the clock."""
    about = document.core_properties
    about.created = about.modified = datetime.fromisoformat(finished).replace(tzinfo=None)


def add_list(document: WordDocument, sentences: Sequence[str]) -> None:
    """Sentences as a list with bullets."""
    for sentence in sentences:
        document.add_paragraph(sentence, style="List Bullet")


def add_table(
    document: WordDocument,
    caption: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    words_in: Collection[int] = (0,),
    *,
    may_break: bool = False,
) -> Table:
    """A table under its caption, its first row marked as header and repeated on a new page.

    widths: of each column in cm. Columns stand to the right, but for those with words in them.
    may_break: its rows are tall, or may become many: any two may stand on two pages.
    """
    above = document.add_paragraph(caption, style="Caption")
    above.paragraph_format.keep_with_next = True
    table: Table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)  # of the grid as well as of each cell: readers heed one or other
    _fill(table.rows[0], heads, widths, words_in, bold=True)
    _mark(table.rows[0]._tr, "w:tblHeader")
    for row in rows:
        added = table.add_row()
        _fill(added, row, widths, words_in, bold=row[0] == TOTAL)
        _mark(added._tr, "w:cantSplit")
    _keep_together(table, may_break=may_break)
    return table


def add_picture(document: WordDocument, png: bytes, alt_text: str, width: float) -> None:
    """A picture `width` cm wide with what it shows in words."""
    shape = document.add_picture(io.BytesIO(png), width=Cm(width))
    shape._inline.docPr.set("descr", alt_text)
    document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER


def heed_widths_of_cells(document: WordDocument) -> None:
    """Let the grid of each table be that of its first row, whose cells may have been multiplied."""
    for table in document.element.body.iter(qn("w:tbl")):
        wide = [
            one.tcPr.find(qn("w:tcW")) for one in table.tr_lst[0].tc_lst if one.tcPr is not None
        ]
        columns = table.tblGrid.gridCol_lst
        if len(wide) == len(columns) and all(one is not None for one in wide):
            for column, one in zip(columns, wide, strict=True):
                column.set(qn("w:w"), one.get(qn("w:w")))


def as_bytes(document: WordDocument) -> bytes:
    """The file: the same bytes for the same contents, whenever it is made."""
    made = io.BytesIO()
    document.save(made)
    again = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            about = zipfile.ZipInfo(name, SAME_DAY)
            about.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(about, old.read(name))
    return again.getvalue()


def _arial(document: WordDocument, name: str, size: int) -> None:
    """The font for every script, the size, the colour and the language of a style."""
    style = document.styles[name]
    style.font.name, style.font.size = FONT, Pt(size)
    is_heading = name in HEADINGS
    style.font.color.rgb = INK if is_heading else RGBColor(0, 0, 0)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(8 if is_heading else 2), Pt(3)
    layout.line_spacing = 1.0
    marks = style.element.get_or_add_rPr()
    fonts = marks.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    _in_english(marks)


def _in_english(marks: Any) -> None:
    """Set the language of a style's writing, whatever it was before."""
    for old in marks.findall(qn("w:lang")):
        marks.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    marks.append(language)


def _fill(
    row: _Row,
    texts: Sequence[str],
    widths: Sequence[float],
    words_in: Collection[int],
    *,
    bold: bool,
) -> None:
    for place, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        paragraph.add_run(text).bold = bold
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
        if place not in words_in:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _keep_together(table: Table, *, may_break: bool) -> None:
    """On one page: each row stays with the next, but for the middle of a long table."""
    rows = list(table.rows)
    is_long = len(rows) - 1 > MOST_TOGETHER
    for place, row in enumerate(rows[:-1]):
        if is_long and LEAST_APART <= place < len(rows) - LEAST_APART:
            continue
        if may_break and place > 0:
            break  # only the header never stands alone
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _mark(row: Any, name: str) -> None:
    """Set a property of a table's row that python-docx has no name for."""
    row.get_or_add_trPr().append(OxmlElement(name))
