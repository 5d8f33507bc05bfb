"""A template to start from: our own cost case in tags, and every name with its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from familyflow.reports.documents.bid_columns import COLUMNS, Column
from familyflow.reports.documents.bid_names import FIGURES, PICTURES, SENTENCES, TABLES, VALUES
from familyflow.reports.documents.bid_tables import BY_YEAR
from familyflow.reports.documents.layout import BULLETS, SECTIONS, Section
from familyflow.reports.documents.word_parts import (
    WIDTH,
    add_table,
    as_bytes,
    new_document,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

FINISHED: Final = "1980-01-01T00:00:00"  # no run's: the same file whenever it is written
# What may have nothing to tell, so that its heading or caption would stand alone.
MAY_BE_EMPTY: Final = frozenset(
    {"reached", "budget_asked", "savers", "outcomes", "distance_travelled", "assumptions", "prices"}
)
NOTES: Final = (
    "Notes between these signs do not appear in what you send. Change the fonts, the order and the "
    "words of this file as you like; delete what you do not need; put your logo in its header.",
    "Then give it to: familyflow report RUN --to docx --template THIS-FILE.docx",
    "Each name in double curly brackets is filled in. A list of sentences becomes as many "
    "paragraphs, in the style of the tag's own. A table repeats the row between its two rows of "
    "signs. Every name stands at the end, with its meaning.",
)
TITLE: Final = "{{ title }}: cost case"


def template_sample() -> bytes:
    """The template as a .docx file. Filled without change it tells what our own document tells."""
    document = new_document("Cost case: a template", FINISHED)
    document.add_paragraph(TITLE, style="Title")
    for note in NOTES:
        document.add_paragraph(f"{{#p {note} #}}")
    for section in SECTIONS:
        _section(document, section)
    _names(document)
    return as_bytes(document)


def _section(document: WordDocument, section: Section) -> None:
    is_alone = len(section.parts) == 1 and section.parts[0] in SENTENCES
    if is_alone:
        document.add_paragraph(f"{{%p if {section.parts[0]} %}}")
    document.add_heading(section.heading, level=section.level)
    for name in section.parts:
        if name in TABLES:
            _table(document, name)
        else:
            style = "List Bullet" if name in BULLETS else None
            document.add_paragraph(f"{{{{ {name} }}}}", style=style)
    if is_alone:
        document.add_paragraph("{%p endif %}")


def _table(document: WordDocument, name: str) -> None:
    """A table whose second row is repeated; one by year has as many columns as there are years."""
    if name in MAY_BE_EMPTY:
        document.add_paragraph(f"{{%p if {name}.rows %}}")
    caption = f"{{{{ {name}.caption }}}}"
    if name in BY_YEAR:
        heads = ["Heading", "{%tc for head in " + name + ".heads[1:] %}", "{{ head }}",
                 "{%tc endfor %}"]  # fmt: skip
        cells = ["{{ row.heading }}", "{%tc for cell in row.cells[1:] %}", "{{ cell }}",
                 "{%tc endfor %}"]  # fmt: skip
        widths, words_in = [3.2, 5.5, 2.33, 3.0], [0]
    else:
        columns: tuple[Column, ...] = COLUMNS[name]
        heads = [column.head for column in columns]
        cells = [f"{{{{ row.{column.name} }}}}" for column in columns]
        widths = [column.width for column in columns]
        words_in = [place for place, column in enumerate(columns) if column.has_words]
    blank = [""] * (len(heads) - 1)
    rows = [[f"{{%tr for row in {name}.rows %}}", *blank], cells, ["{%tr endfor %}", *blank]]
    add_table(document, caption, heads, rows, widths, words_in, may_break=True)
    if name in MAY_BE_EMPTY:
        document.add_paragraph("{%p endif %}")


def _names(document: WordDocument) -> None:
    """Every name, in a part that is never filled in: it may stay in the file."""
    document.add_paragraph("{%p if 0 %}")
    document.add_heading("Every name you may use (this part does not appear)", level=1)
    _listed(document, "Words and sums", VALUES)
    _listed(document, "Figures: the mean; with .interval after the name, its interval", FIGURES)
    _listed(document, "Sentences: as many paragraphs as there are", SENTENCES)
    _listed(document, "Pictures, with their text for those who cannot see them", PICTURES)
    columns = {name: _columns(name) for name in TABLES}
    rows = [[name, TABLES[name], columns[name]] for name in TABLES]
    caption = "Tables: .caption, .heads, .rows; a row knows its columns by name, or all as .cells"
    add_table(document, caption, ("Table", "What it tells", "Columns of a row"), rows,
              (4.0, 6.4, 6.8), words_in=(0, 1, 2))  # fmt: skip
    document.add_paragraph("{%p endif %}")


def _listed(document: WordDocument, caption: str, names: Mapping[str, str]) -> None:
    rows = [[f"{{{{ {name} }}}}", meaning] for name, meaning in names.items()]
    add_table(document, caption, ("Write", "It says"), rows, (WIDTH - 7.6, 7.6), words_in=(0, 1))


def _columns(name: str) -> str:
    own = [column.name for column in COLUMNS[name]]
    if name in BY_YEAR:
        own[1:1] = ["year_1", "year_2 and on"]
    return ", ".join(own)
