"""How long the cost case is, as told before it is made, and what in it is weak."""

import io
from dataclasses import replace

import pytest
from docx import Document

from familyflow.reports.documents.bid import bid_of
from familyflow.reports.documents.claims import weak_claims
from familyflow.reports.documents.cost_case import case_of
from familyflow.reports.documents.kept import read_kept
from familyflow.reports.documents.length import length
from familyflow.reports.documents.told import told


@pytest.fixture(scope="module")
def bid(kept):
    return bid_of(kept)


def test_words_are_those_of_the_word_document(kept, bid):
    document = Document(io.BytesIO(case_of(kept)))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]

    said = sum(len(one.text.split()) for one in [*document.paragraphs, *cells])

    assert length(bid).words == said


def test_words_are_those_of_the_document_also_where_years_need_several_blocks(core):
    kept = read_kept(core)
    document = Document(io.BytesIO(case_of(kept)))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]

    said = sum(len(one.text.split()) for one in [*document.paragraphs, *cells])

    assert length(bid_of(kept)).words == said


def test_more_to_tell_takes_more_pages(bid):
    few = length(bid).pages
    longer = replace(bid, sentences={**bid.sentences, "needs": ["word " * 500] * 10})

    assert 1 < few < length(longer).pages


def test_a_document_without_anything_is_one_page(bid):
    empty = replace(bid, sentences={}, tables={}, pictures={})

    assert length(empty).pages == 1
    assert length(empty).words == len(bid.title.split())
    assert list(told(empty)) == []


def test_a_number_is_weak_by_its_grade_or_because_nobody_checked_it(bid):
    rows = [
        {"number": name, "value": "1", "grade": grade, "source": "A report"}
        for name, grade in (
            ("strong", "A, verified"), ("weak", "D, verified"), ("guessed", "B, assumed"),
            ("both", "E, recalled"), ("derived", "C, derived"),
        )
    ]  # fmt: skip
    tables = {name: replace(bid.tables[name], rows=[]) for name in ("assumptions", "prices")}
    tables["prices"] = replace(tables["prices"], rows=rows)

    found = {one.number: one.why for one in weak_claims(replace(bid, tables=tables))}

    assert found == {
        "weak": "grade D: weak evidence",
        "guessed": "assumed: nobody has measured it",
        "both": "grade E: weak evidence; recalled: not checked in its source",
    }
