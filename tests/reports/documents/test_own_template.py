"""A charity's own template says what our document says, and reaches nothing else."""

import io
import itertools
import json
import re
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
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
from familyflow.reports.documents.template_parts import MOST_GIVEN, MOST_MARKS, MOST_TEXT
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


RAISING = {  # tags that make the library's own code fail, in as many ways, and what is said of it
    "{{ title|truncate(2) }}": "no room for the ending",
    "{{ title|truncate(0) }}": "no room for the ending",
    "{{ title|truncate(-5) }}": "no room for the ending",
    "{{ title|truncate(5, true, 'xxxxxxxxx') }}": "no room for the ending",
    "{{ 'inf'|float|int }}": "a number is too large",
    "{{ 1e999 + cost|length }}": "a number is too large",
    "{{ title|upper(way=1) }}": "a value that it cannot take",
    "{{ cost|length + 1 if cost < 1 }}": "a value that it cannot take",
    "{{ 1 % 0 }}": "divided by zero",
    "{{ [title]|first|round }}": "a value that it cannot take",
    "{% for row in budget %}{{ row }}{% endfor %}": "'budget' is a table: loop over its rows",
    "{{ budget|list }}": "'budget' is a table: loop over its rows",
    "{% if 1 %}" * 150 + "x" + "{% endif %}" * 150: "too many tags stand in each other",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("tag", RAISING)
def test_whatever_a_tag_raises_is_told_in_words_with_the_tag(tmp_path, bid, tag, place):
    file = template(tmp_path, "Nothing here", f"Before {tag} after", place=place)

    with pytest.raises(InputError) as told:
        filled(file, bid)

    (problem,) = told.value.problems
    assert RAISING[tag] in problem.what
    assert not re.search(r"'\w+' object|\w+\(\)|codec|expected|is not defined", problem.what)
    if tag.count("{") == 2:
        assert problem.what.endswith(f"near: {tag}")


def test_a_tag_in_the_title_that_raises_is_told_too(tmp_path, bid):
    file = template(tmp_path, "{{ title }}")
    document = Document(str(file))
    document.core_properties.title = "{{ title|truncate(2) }}"
    document.save(str(file))

    with pytest.raises(InputError, match="no room for the ending"):
        filled(file, bid)


@pytest.mark.parametrize(
    ("tag", "place"),
    [*itertools.product(("{{r title }}", "{{p title }}", "{{r cost }}"), PLACES),
     ("{{tr title }}", "cell"), ("{{tc title }}", "cell")],
)  # fmt: skip
def test_a_tag_whose_text_would_stand_outside_of_the_texts_is_refused(tmp_path, bid, place, tag):
    file = template(tmp_path, "Before", tag, "after", place=place)
    with pytest.raises(InputError, match="the tags tear the document") as told:
        filled(file, bid)

    assert "write {{ title }}" in str(told.value)


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


RUNNING = {  # relationship, type and name of parts that stand in the document, and what is said
    "macros": ("vbaProject", "vnd.ms-office.vbaProject", "vbaProject.bin", "macros"),
    "macros by another name": ("theme", "vnd.ms-office.vbaProject", "theme/theme9.xml", "macros"),
    "an object": ("oleObject", "vnd.openxmlformats-officedocument.oleObject", "embeddings/o.bin",
                  "an embedded object"),
    "a file": ("package", "vnd.ms-excel.sheet", "embeddings/a.xlsx", "an embedded file"),
    "a control": ("control", "vnd.ms-office.activeX+xml", "activeX/activeX1.xml", "ActiveX"),
    "a control's program": ("activeXControlBinary", "vnd.ms-office.activeX", "activeX/activeX1.bin",
                            "ActiveX"),
    "another document": ("aFChunk", "xhtml+xml", "afchunk.html", "altChunk"),
    "an add-in": ("webextensiontaskpanes", "vnd.ms-office.webextensiontaskpanes+xml",
                  "webextensions/taskpanes.xml", "an add-in"),
}  # fmt: skip


@pytest.mark.parametrize("kind", RUNNING)
def test_what_word_may_run_is_refused_by_the_name_of_its_part(tmp_path, bid, kind):
    relationship, content_type, name, said = RUNNING[kind]
    file = with_part(template(tmp_path, "{{ title }}"), relationship, content_type, name)

    with pytest.raises(InputError) as told:
        filled(file, bid)

    (problem,) = told.value.problems
    assert said in problem.what
    assert f"/word/{name}" in problem.what
    assert (problem.file, bool(problem.to_do)) == (str(file), True)


def with_part(file, relationship, content_type, name, root="<none/>"):
    """The template with one more part, which its document names."""
    document = Document(str(file))
    where = PackURI(f"/word/{name}")
    part = Part(where, f"application/{content_type}", root.encode(), document.part.package)
    document.part.relate_to(part, f"{OFFICE}/{relationship}")
    document.save(str(file))
    return file


def test_the_workbook_of_a_chart_stays(tmp_path, bid):
    file = template(tmp_path, "{{ title }}")
    document = Document(str(file))
    package = document.part.package
    chart = Part(PackURI("/word/charts/chart1.xml"),
                 "application/vnd.openxmlformats-officedocument.drawingml.chart+xml", b"<c/>",
                 package)  # fmt: skip
    workbook = Part(PackURI("/word/embeddings/a.xlsx"), "application/vnd.ms-excel", b"PK", package)
    chart.relate_to(workbook, f"{OFFICE}/package")
    document.part.relate_to(chart, f"{OFFICE}/chart")
    document.save(str(file))

    assert "word/embeddings/a.xlsx" in parts_of(filled(file, bid))


BEGUN, SHOWN, ENDED = (
    f'<w:fldChar w:fldCharType="{turn}"/>' for turn in ("begin", "separate", "end")
)


def told_to(*pieces):
    return "".join(f"<w:instrText>{piece}</w:instrText>" for piece in pieces)


FIELDS = {  # what stands in a run, and the start of the field's instruction
    "whole": (BEGUN + told_to(' INCLUDETEXT "http://x/a"') + ENDED, "INCLUDETEXT"),
    "in pieces": (BEGUN + told_to("INCLUDE", "PICTURE a") + SHOWN + "<w:t>a</w:t>" + ENDED,
                  "INCLUDEPICTURE a"),
    "over runs": (BEGUN + "</w:r><w:r>" + told_to("D") + "</w:r></w:p><w:p><w:r>" + told_to("DE a")
                  + ENDED, "DDE a"),
    "around a comment": (BEGUN + told_to("DDE<!-- a -->AUTO a") + ENDED, "DDEAUTO a"),
    "in small letters": (BEGUN + told_to("link a") + ENDED, "link a"),
    "within another": (BEGUN + told_to("IF 1 = ") + BEGUN + told_to("IMPORT a") + ENDED
                       + told_to(" 2") + ENDED, "IMPORT a"),
    "around another": (BEGUN + told_to("DATABASE ") + BEGUN + told_to("PAGE") + SHOWN
                       + "<w:t>1</w:t>" + ENDED + told_to("b") + ENDED, "DATABASE b"),
    "in what another shows": (BEGUN + told_to("PAGE") + SHOWN + BEGUN + told_to("DDE a") + ENDED
                              + ENDED, "DDE a"),
    "as a text": (BEGUN + "<w:t>DDE a</w:t>" + ENDED, "DDE a"),
    "never ended": (BEGUN + told_to("DDE a"), "DDE a"),
    "simple": ('</w:r><w:fldSimple w:instr=" DDEAUTO a"/><w:r>', "DDEAUTO a"),
    "made by a tag": (BEGUN + told_to("{{ 'EDD'|reverse }}AUTO a") + ENDED, "DDEAUTO a"),
    "simple, made by a tag": ('</w:r><w:fldSimple w:instr="{{ \'EDD\'|reverse }} a"/><w:r>',
                              "DDE a"),
}  # fmt: skip


def with_xml(file, xml, part="word/document.xml"):
    """The template with the word HERE and the text around it, <w:t>HERE</w:t>, replaced."""
    parts = parts_of(file.read_bytes())
    assert b"<w:t>HERE</w:t>" in parts[part]
    parts[part] = parts[part].replace(b"<w:t>HERE</w:t>", xml.encode())
    return written(file, parts)


@pytest.mark.parametrize(
    ("place", "part"), [("body", "word/document.xml"), ("header", "word/header1.xml")]
)
@pytest.mark.parametrize("kind", FIELDS)
def test_a_field_that_fetches_or_runs_is_refused_by_what_it_says(tmp_path, bid, kind, place, part):
    xml, said = FIELDS[kind]
    file = with_xml(template(tmp_path, "HERE", place=place), xml, part)

    with pytest.raises(InputError) as told:
        filled(file, bid)

    (problem,) = told.value.problems
    assert said in problem.what
    assert "Ctrl+Shift+F9" in problem.to_do


def test_a_field_in_notes_that_the_library_does_not_read_is_refused_too(tmp_path, bid):
    family = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    root = f'<w:comments xmlns:w="{family}">{BEGUN}{told_to("DDE a")}{ENDED}</w:comments>'
    kind = "vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    file = with_part(template(tmp_path, "{{ title }}"), "comments", kind, "comments.xml", root)

    with pytest.raises(InputError, match="DDE a"):
        filled(file, bid)


@pytest.mark.parametrize("told", ["PAGE", "TOC 1-3", "HYPERLINK a", "REF LINK", "= LINK", ""])
def test_other_fields_stay(tmp_path, bid, told):
    xml = BEGUN + told_to(told) + SHOWN + "<w:t>DDE a</w:t>" + ENDED
    file = with_xml(template(tmp_path, "HERE"), xml)

    made = parts_of(filled(file, bid))["word/document.xml"].decode()
    assert made.count("fldCharType") == 3
    assert "DDE a" in made


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
    written(file, parts)

    with pytest.raises(InputError) as told:
        filled(file, bid)

    assert "word/document.xml declares a document type" in str(told.value)
    assert "save it again" in str(told.value)
    assert "tear" not in str(told.value)


TOO_LARGE = {
    "elements": b"<a/>" * MOST_MARKS,
    "attributes": b'<a b="" c="" d=""/>' * (MOST_MARKS // 4),
    "attributes of one": b"<a" + b"".join(b' a%d=">"' % n for n in range(MOST_GIVEN + 1)) + b"/>",
    "blanks": b"<a>" + b" " * MOST_TEXT + b"</a>",
}


@pytest.mark.parametrize("name", ["word/document.xml", "word/media/picture.png"])
@pytest.mark.parametrize("text", TOO_LARGE.values(), ids=TOO_LARGE)
def test_text_that_would_fill_the_memory_is_refused_before_it_is_read(tmp_path, bid, name, text):
    parts = parts_of(template(tmp_path, "{{ title }}").read_bytes())
    file = written(tmp_path / "ours.docx", {**parts, name: b" <r>" + text + b"</r>"})
    assert file.stat().st_size < 1_000_000

    with pytest.raises(InputError) as told:
        filled(file, bid)

    (problem,) = told.value.problems
    assert f"its text is too large, with its layout ({name})" in problem.what
    assert problem.to_do


def test_many_runs_of_nothing_stay_as_they_are(tmp_path, bid):
    runs = '</w:r><w:r w:rsidR="00000000"/>' + '<w:r w:rsidR="00000000"/>' * 20_000 + "<w:r>"
    file = with_xml(template(tmp_path, "HERE"), runs)

    body = parts_of(filled(file, bid))["word/document.xml"]

    assert body.count(b'<w:r w:rsidR="00000000"/>') == 20_001


def test_a_picture_may_be_larger_than_text_may(tmp_path, bid):
    parts = parts_of(template(tmp_path, "{{ title }}").read_bytes())
    picture = {"word/media/picture.png": b"\x89PNG" + b"<" * MOST_TEXT}

    assert filled(written(tmp_path / "ours.docx", {**parts, **picture}), bid)


def written(file, parts):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return file


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
