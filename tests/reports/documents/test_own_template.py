"""A charity's own template says what our document says, and reaches nothing else."""

import io
import json
import re
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from tests.reports.documents.conftest import HOSTILE

from familyflow.problems import InputError
from familyflow.reports.documents import bid_names
from familyflow.reports.documents.bid import bid_of
from familyflow.reports.documents.bid_columns import COLUMNS
from familyflow.reports.documents.clean import cleaned
from familyflow.reports.documents.cost_case import case_of, cost_case
from familyflow.reports.documents.kept import read_kept
from familyflow.reports.documents.own_template import filled
from familyflow.reports.documents.template_sample import template_sample

PLACES = ("body", "header", "cell")


def template(folder, *paragraphs, place="body"):
    """A template with these paragraphs, in the body, the header or a table's cell."""
    document = Document()
    holder = document
    if place == "header":
        holder = document.sections[0].header
    elif place == "cell":
        holder = document.add_table(rows=1, cols=1).cell(0, 0)
    for text in paragraphs:
        holder.add_paragraph(text)
    file = folder / "ours.docx"
    document.save(str(file))
    return file


def texts_of(data):
    """Every paragraph and every row of cells, in their order."""
    document = Document(io.BytesIO(data))
    told = [p.text for p in document.paragraphs]
    return told + [[c.text for c in row.cells] for t in document.tables for row in t.rows]


@pytest.fixture(scope="module")
def bid(kept):
    return bid_of(kept)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    file = tmp_path_factory.mktemp("sample") / "sample.docx"
    file.write_bytes(template_sample())
    return file


def test_the_sample_filled_without_change_says_all_that_our_document_says(sample, bid, kept):
    ours, theirs = texts_of(case_of(kept)), texts_of(filled(sample, bid))

    assert [text for text in theirs if "{" in str(text)] == []
    assert [text for text in theirs if text] == [text for text in ours if text]


def test_the_sample_shows_every_name_with_its_meaning(sample):
    rows = [text for text in texts_of(sample.read_bytes()) if isinstance(text, list)]
    meanings = {re.sub(r"[{} ]", "", row[0]): row[1] for row in rows if len(row) > 1}

    for names in (bid_names.VALUES, bid_names.FIGURES, bid_names.SENTENCES, bid_names.TABLES,
                  bid_names.PICTURES):  # fmt: skip
        for name, meaning in names.items():
            assert meanings[name] == meaning


def test_every_name_stands_for_something_and_every_thing_told_has_a_name(bid, kept):
    assert set(bid.values) == set(bid_names.VALUES)
    assert set(bid.figures) == set(bid_names.FIGURES)
    assert set(bid.sentences) == set(bid_names.SENTENCES)
    assert set(bid.tables) == set(bid_names.TABLES) == set(COLUMNS)
    assert {one.name for one in kept.pictures} <= set(bid_names.PICTURES)
    assert len(set(bid_names.EVERY)) == len(bid_names.EVERY)
    for columns in COLUMNS.values():  # a row is a mapping, whose own functions go before its cells
        assert not {column.name for column in columns} & {*dir(dict), "cells"}


def test_the_same_run_and_template_give_the_same_bytes(sample, bid):
    first = filled(sample, bid)

    assert filled(sample, bid) == first
    assert template_sample() == sample.read_bytes()
    assert zipfile.ZipFile(io.BytesIO(first)).testzip() is None


@pytest.mark.parametrize("place", PLACES)
def test_a_tag_is_filled_wherever_it_stands(tmp_path, bid, place):
    file = template(tmp_path, "It costs {{ cost }} ({{ cost.interval }}).", place=place)
    line = bid.figures["cost"]

    with zipfile.ZipFile(io.BytesIO(filled(file, bid))) as made:
        words = " ".join(made.read(n).decode("utf-8") for n in made.namelist() if n.endswith("xml"))

    assert f"It costs {line.value} ({line.between})." in re.sub("<[^>]*>", "", words)


def test_a_picture_is_filled_in_with_what_it_shows_in_words(tmp_path, bid):
    made = Document(io.BytesIO(filled(template(tmp_path, "{{ cost_and_savings }}"), bid)))

    described = [one.get("descr") for one in made.element.body.iter(qn("wp:docPr"))]
    assert described == [bid.pictures["cost_and_savings"].alt_text]


def test_a_picture_that_the_run_does_not_have_is_left_out(tmp_path, bid):
    without = replace(bid, pictures={})

    assert texts_of(filled(template(tmp_path, "See {{ journey }} here"), without)) == ["See  here"]


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ cost_per_famly_started }}", "Did you mean 'cost_per_family_started'"),
        ("{{ nothing_like_it }}", "--template-sample"),
        ("{{ cost.intervals }}", "filled: it has no attribute 'intervals'"),
        ("{{ title.upper() }}", "a filter may do it"),
        ("{{ budget }}", "'budget' is a table: loop over its rows"),
        ("{{ cost", "a tag cannot be filled"),
        ("{% for row in budget.rows %}", "a tag cannot be filled"),
        ("{{ cost|no_filter }}", "no_filter"),
        ("{% include 'x' %}", "a tag cannot be filled"),
        ("{{ budget.rows[99].heading }}", "a tag cannot be filled"),
        ("{{ 1 / 0 }}", "a tag cannot be filled"),
        ("{%tr for row in budget.rows %}{{ row.heading }}{% endfor %}", "Mend the tag"),
    ],
)
def test_a_tag_that_cannot_be_filled_is_told_with_the_file_and_what_to_do(tmp_path, bid, tag, said):
    file = template(tmp_path, f"Before {tag} after")

    with pytest.raises(InputError) as told:
        filled(file, bid)

    assert said in str(told.value)
    assert str(file) in str(told.value)
    assert all(problem.to_do for problem in told.value.problems)


def test_every_unknown_name_is_told_at_once(tmp_path, bid):
    with pytest.raises(InputError) as told:
        filled(template(tmp_path, "{{ one_thing }}", "{{ title }}", "{{ other_thing }}"), bid)

    assert len(told.value.problems) == 2


@pytest.mark.parametrize(
    "tag",
    [
        "{{ cost_and_savings._insert }}",
        "{{ cost.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ title.center(99999999) }}",
        "{{ title * 99999999 }}",
        "{{ '%099999999d' % 3 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ title|safe }}",
        "{{ [1, 2]|random }}",
        "{% for a in range(9) %}{{ a }}{% endfor %}",
        "{% autoescape false %}{{ title }}{% endautoescape %}",
        "{% if budget.rows.append(1) %}{% endif %}",
    ],
)
def test_a_tag_reaches_nothing_but_the_texts_of_the_bid(tmp_path, bid, tag):
    with pytest.raises(InputError):
        filled(template(tmp_path, tag), bid)


def _nested(depth, body="{{ title }}"):
    begun = "".join(f"{{% for a{place} in budget.rows %}}" for place in range(depth))
    return begun + body + "{% endfor %}" * depth


GROWING = {
    "nine loops in each other": (_nested(9), "loops may stand in each other"),
    "two loops of many steps": (
        "{% for a in '" + "x" * 1_000 + "' %}{% for b in '" + "x" * 1_000 + "' %}{% endfor %}"
        "{% endfor %}",
        "steps together",
    ),
    "a loop that begins itself anew": (
        "{% for a in budget.rows recursive %}{{ loop(budget.rows) }}{% endfor %}",
        "loops may stand in each other",
    ),
    "a text set twice as long forty times": (
        "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
        "{% set %} is not allowed",
    ),
    "a block set twice as long": (
        "{% set a %}x{% endset %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 40,
        "{% set %} is not allowed",
    ),
    "a name held twice": ("{% with a = title %}{{ a }}{% endwith %}", "only names"),
    "a macro": ("{% macro a() %}x{% endmacro %}", "only names"),
    "texts put together": ("{{ title ~ title }}", "'~' is not allowed"),
    "texts added": ("{{ title + title }}", "'+' is not allowed"),
    "lists added": ("{{ (budget.rows + budget.rows)|length }}", "'+' is not allowed"),
    "replacing upon replacing": (
        "{{ title" + "|replace('', title)" * 12 + " }}", "more than 100,000 characters",
    ),
    "joining upon joining": (
        "{{ title" + "|list|join(title)" * 12 + " }}", "more than 100,000 characters",
    ),
    "marks doubled by lists in each other": (
        "{{ " + "[" * 40 + "'\\\\'" + "]|string" * 40 + " }}", "more than 100,000 characters",
    ),
    "rounding to countless places": ("{{ 1.5|round(99999999, 'ceil') }}", "round to at most"),
    "a number of many figures": ("{{ " + "999999999*" * 60 + "9 }}", "number is too large"),
    "tags without number": ("{{ title }}" * 5_001, "more than 5,000 tags"),
    "a tag without end": ("{{ [" + "title, " * 60_000 + "] }}", "a tag in it is too long"),
    "tags that only begin": ("{{" * 100_000, "more than 5,000 tags"),
    "brackets without end": ("{{ " + "(" * 9_000 + "1" + ")" * 9_000 + " }}", "too deep"),
    "a text of a hundred thousand, a thousand times over": (
        "{% for a in '" + "x" * 1_000 + "' %}" + "y" * 90_000 + "{% endfor %}", "too long",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", GROWING)
def test_a_template_that_would_run_on_or_grow_is_refused_by_name_with_what_to_do(
    tmp_path, bid, kind
):
    tag, said = GROWING[kind]
    file = template(tmp_path, tag)

    with pytest.raises(InputError) as told:
        filled(file, bid)

    assert said in str(told.value)
    assert all(one.file == str(file) and one.to_do for one in told.value.problems)


def test_the_cells_of_a_row_and_the_conditions_within_are_not_too_much(tmp_path, bid):
    tag = (
        "{% for row in budget.rows %}{% for cell in row.cells if cell %}{% if loop.first %}<"
        "{{ cell|upper }}>{% endif %}{% endfor %}{% else %}none{% endfor %}"
    )

    (told,) = texts_of(filled(template(tmp_path, tag), bid))

    rows = bid.tables["budget"].rows
    assert rows
    assert re.findall("<[^>]*>", told) == [f"<{row['heading'].upper()}>" for row in rows]


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ELSEWHERE = "http://example.org/theirs"


def with_target(file, holder, kind):
    """The template with one relationship of the document or its settings to what is elsewhere."""
    document = Document(str(file))
    part = document.part if holder == "document" else document.part._settings_part
    key = part.rels.get_or_add_ext_rel(f"{OFFICE}/{kind}", ELSEWHERE)
    if kind == "attachedTemplate":
        named = OxmlElement("w:attachedTemplate")
        named.set(qn("r:id"), key)
        document.settings.element.insert(0, named)
    document.save(str(file))
    return file


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        return {name: made.read(name) for name in made.namelist()}


def test_the_template_that_a_document_was_begun_from_is_not_fetched_when_it_is_opened(
    tmp_path, bid
):
    file = with_target(template(tmp_path, "{{ title }}"), "settings", "attachedTemplate")
    assert any(ELSEWHERE.encode() in data for data in parts_of(file.read_bytes()).values())

    made = parts_of(filled(file, bid))

    assert [name for name, data in made.items() if ELSEWHERE.encode() in data] == []
    assert b"attachedTemplate" not in made["word/settings.xml"]


@pytest.mark.parametrize("kind", ["image", "aFChunk", "oleObject", "frame"])
def test_a_target_that_word_may_fetch_is_refused_by_its_name(tmp_path, bid, kind):
    file = with_target(template(tmp_path, "{{ title }}"), "document", kind)

    with pytest.raises(InputError) as told:
        filled(file, bid)

    (problem,) = told.value.problems
    assert ELSEWHERE in problem.what
    assert (problem.file, bool(problem.to_do)) == (str(file), True)


def test_a_hyperlink_stays_for_it_fetches_nothing(tmp_path, bid):
    file = with_target(template(tmp_path, "{{ title }}"), "document", "hyperlink")

    assert ELSEWHERE.encode() in parts_of(filled(file, bid))["word/_rels/document.xml.rels"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_declared_document_type_is_told_as_what_it_is(tmp_path, bid, encoding):
    file = template(tmp_path, "{{ title }}")
    parts = parts_of(file.read_bytes())
    root = parts["word/document.xml"].decode("utf-8").partition("?>")[2]
    declared = '<!DOCTYPE d [<!ENTITY x "y">]>' + root.replace("{{ title }}", "&x;")
    parts["word/document.xml"] = declared.encode(encoding)
    with zipfile.ZipFile(file, "w") as again:
        for name, data in parts.items():
            again.writestr(name, data)

    with pytest.raises(InputError) as told:
        filled(file, bid)

    assert "word/document.xml declares a document type" in str(told.value)
    assert "save it again" in str(told.value)
    assert "tear" not in str(told.value)


@pytest.mark.parametrize("kind", ["missing", "folder", "text", "workbook", "half"])
def test_what_is_no_word_document_is_told(tmp_path, bid, kind):
    file = tmp_path / "ours.docx"
    if kind == "folder":
        file.mkdir()
    elif kind == "text":
        file.write_text("Dear Fund", encoding="utf-8")
    elif kind == "workbook":
        with zipfile.ZipFile(file, "w") as made:
            made.writestr("xl/workbook.xml", "<workbook/>")
    elif kind == "half":
        file.write_bytes(template_sample()[:2_000])

    with pytest.raises(InputError) as told:
        filled(file, bid)

    (problem,) = told.value.problems
    assert problem.file == str(file)
    assert "Word" in problem.to_do


def test_hostile_names_and_notes_come_out_harmless_in_a_template_too(sample, hostile_run):
    texts = str(texts_of(filled(sample, bid_of(read_kept(hostile_run)))))

    assert "<script>" in texts  # as a text that anybody can read
    assert not {"\\x00", "\\x1b", "\\u202e", "\\uffff", "\\ud800"} & set(
        re.findall(r"\\\w+", texts)
    )


def test_a_hostile_funder_is_harmless_in_both(kept, sample):
    parameters = json.loads(json.dumps(dict(kept.parameters)))
    parameters["funding.asked_of"]["value"] = HOSTILE + " {{ cost.__class__ }} {% raw %}"
    funder = {"funder": parameters["funding.asked_of"]["value"], "offered": 1.0, "cash": None}
    results = {**kept.results, "funding": [funder]}
    hostile = replace(kept, parameters=cleaned(parameters), results=cleaned(results))

    for data in (case_of(hostile), filled(sample, bid_of(hostile))):
        told = [str(text) for text in texts_of(data)]
        assert any("'=cmd|" in text for text in told)
        assert max(map(len, told)) < 2_000


def test_our_document_is_made_where_no_template_is_given(ran, sample):
    assert cost_case(ran.folder) == cost_case(ran.folder, None)
    assert cost_case(ran.folder, sample) != cost_case(ran.folder)
