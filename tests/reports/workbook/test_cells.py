"""Text in a cell stays text, whatever it says; formulas carry the number that they give."""

from io import BytesIO

import pytest
from benchmarks.office import recalculated
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.reports.workbook.office import needs_office
from xlsxwriter import Workbook

from familyflow.reports.workbook.book import OPTIONS
from familyflow.reports.workbook.cells import LONGEST_TEXT, Book, plain_text
from familyflow.reports.workbook.inputs_sheet import defined_name

HOSTILE = (
    "=cmd|' /C calc'!A0", "=1+1", "{=1+1}", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\n=1+1",
    "https://example.org", "mailto:a@example.org", "internal:Sheet1!A1", "007", "TRUE", "1e5",
    "<f>1</f>", "]]>", "&amp;", "_x0041_", "\"quoted\"", "ünï ☃ 𝄞",
)  # fmt: skip


def written(*texts):
    content = BytesIO()
    workbook = Workbook(content, OPTIONS)
    sheet = Book(workbook, ["Texts"]).sheet("Texts", "Texts", (20,))
    for row, text in enumerate(texts, start=1):
        sheet.text(row, 0, text)
    workbook.close()
    return content.getvalue()


def cells_of(book):
    return [row[0] for row in book["Texts"].iter_rows(min_row=2)]


def test_no_text_becomes_a_formula_a_link_or_a_number():
    cells = cells_of(load_workbook(BytesIO(written(*HOSTILE))))

    assert [cell.value for cell in cells] == list(HOSTILE)
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.hyperlink for cell in cells] == [None] * len(HOSTILE)


def test_text_that_begins_like_a_formula_stays_text_when_somebody_edits_its_cell():
    cells = cells_of(load_workbook(BytesIO(written("=1+1", "@SUM(1)", "plain"))))

    assert [cell.quotePrefix for cell in cells] == [True, True, False]


def test_controls_and_halves_of_characters_are_replaced_and_long_text_is_cut_and_says_so():
    controls = "a\x00b\x07c\x1bd\ud800e\uffff"

    found = [
        cell.value for cell in cells_of(load_workbook(BytesIO(written(controls, "x" * 40_000))))
    ]

    assert found[0] == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffd"
    assert len(found[1]) == LONGEST_TEXT
    assert found[1].endswith("x [cut]")


@needs_office
@pytest.mark.whole
def test_hostile_text_is_text_in_libreoffice_too():
    book = recalculated({"hostile": written(*HOSTILE, "a\x00b", "x" * 40_000)})["hostile"]

    found = [cell.value for cell in cells_of(book)]
    assert found[: len(HOSTILE)] == list(HOSTILE)
    assert found[len(HOSTILE)] == "a\ufffdb"


@given(st.text(st.characters(codec=None), min_size=1, max_size=50))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_as_it_was_but_for_what_cannot_be_shown(text):
    (cell,) = cells_of(load_workbook(BytesIO(written("first", text))))[1:]

    assert cell.data_type == "s"
    assert cell.value == plain_text(text)


def test_names_of_cells_are_plain_and_unlike_each_other():
    taken = set()

    names = [defined_name(key, taken) for key in ("a b.c", "a_b.c", "A-b.c", "x" * 300)]

    assert names[:3] == ["a_b.c", "a_b.c_2", "A_b.c_3"]
    assert len(names[3]) < 250
