"""The page of a cost case holds what the Word document holds, to the digit."""

import html
import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from tests.reports.documents.conftest import hostile_run, ran
from tests.reports.once import made_once
from tests.web.case_site import FORBIDDEN, same, site_of, words_in

from familyflow import api
from familyflow.planning.advice import NAME_WHAT_GOES
from familyflow.reports.documents.bid import bid_of
from familyflow.reports.documents.claims import weak_claims
from familyflow.reports.documents.cost_case import cost_case
from familyflow.reports.documents.kept import read_kept
from familyflow.reports.documents.length import length
from familyflow.store.canonical import run_id
from familyflow.web.cases import preview as previews
from familyflow.web.cases.rules import rules
from familyflow.web.started import CASE

__all__ = ["hostile_run", "made_once", "ran"]
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


@pytest.fixture(scope="module")
def bid_run(ran):
    return ran.folder


@pytest.fixture(scope="module")
def site(bid_run):
    with site_of(bid_run.parent) as one:
        yield one


@pytest.fixture(scope="module")
def shown(site, bid_run):
    answer = site.get(f"/cost-case/{bid_run.name}")
    assert answer.status_code == 200
    return answer.text


@pytest.fixture(scope="module")
def document(bid_run):
    return Document(io.BytesIO(cost_case(bid_run)))


def test_every_sentence_of_the_document_stands_on_the_page(shown, document):
    page = words_in(shown)
    said = [same(one.text) for one in document.paragraphs if one.text.strip()]

    for sentence in said:
        if not sentence.startswith("Before this is sent"):
            assert sentence in page


def test_every_cell_of_the_document_stands_on_the_page_in_its_order(shown, document):
    page = [same(html.unescape(re.sub(r"<[^>]*>", "", one))) for one in CELL.findall(shown)]
    by_year = {same(t.rows[0].cells[0].text) for t in document.tables} & {"Heading"}
    for table in document.tables:
        rows = [[same(cell.text) for cell in row.cells] for row in table.rows]
        if rows[0][0] in by_year:  # in blocks of years there, whole here
            assert {cell for row in rows for cell in row} <= set(page)
            continue
        cells = [cell for row in rows for cell in row]
        starts = [at for at, cell in enumerate(page) if cell == cells[0]]
        assert any(page[at : at + len(cells)] == cells for at in starts), rows[0]


def test_a_changed_figure_would_be_seen(shown, document):
    page = [same(html.unescape(re.sub(r"<[^>]*>", "", one))) for one in CELL.findall(shown)]
    (families, *_) = (t for t in document.tables if t.rows[0].cells[0].text == "Families")
    mean = families.rows[1].cells[1].text

    assert mean in page
    assert f"{mean}1" not in page


def test_the_charts_are_those_of_the_document_with_their_words(site, shown, bid_run):
    kept = read_kept(bid_run)
    shown_there = bid_of(kept).pictures
    due = {name: shown_there[name].alt_text for name in ("cost_and_savings",)}
    found = dict(re.findall(r'<img src="[^"]*/figures/(\w+)\.svg" alt="([^"]*)"', shown))

    assert {name: html.unescape(words) for name, words in found.items()} == due
    for name in found:
        answer = site.get(f"/runs/{bid_run.name}/figures/{name}.svg")
        assert answer.headers["content-type"].startswith("image/svg+xml")


def test_length_and_the_funders_rule_are_told(shown, bid_run):
    long = length(bid_of(read_kept(bid_run)))
    page = words_in(shown)

    assert f"{long.words:,} words on about {long.pages} pages (A4)" in page
    assert "up to 15 pages, in writing of 11 points or larger (National Lottery" in page
    assert f"this leaves about {15 - long.pages} for the rest" in page


def test_a_case_over_the_rule_is_said_to_be_too_long(bid_run, monkeypatch):
    (rule, *_) = rules()
    monkeypatch.setattr(previews, "rule_of", lambda _: replace(rule, most_pages=2))

    told = previews.preview(bid_run)

    assert f"this is about {told.length.pages - 2} too long" in told.length_words[-1]


def test_writing_smaller_than_the_rule_is_said_to_be_too_small(bid_run, monkeypatch):
    (rule, *_) = rules()
    monkeypatch.setattr(previews, "rule_of", lambda _: replace(rule, least_points=12))

    assert "too small" in previews.preview(bid_run).length_words[-1]


def test_a_funder_of_whom_nothing_is_known_has_no_rule(bid_run, monkeypatch):
    monkeypatch.setattr(previews, "asked_of", lambda _: "The Fund of Nowhere")

    assert "is not known here" in previews.preview(bid_run).length_words[-1]


def test_what_is_weak_and_what_to_do_before_sending_stand_at_the_top(shown, bid_run):
    bid = bid_of(read_kept(bid_run))
    above = words_in(shown[: shown.index('<article class="paper"')])

    assert weak_claims(bid)
    for claim in weak_claims(bid):
        assert same(claim.number) in above
        assert same(claim.why)[1:] in above
    assert bid.sentences["before_sending"]
    for sentence in bid.sentences["before_sending"]:
        assert same(sentence) in above


def test_the_contents_lead_to_every_section(shown):
    nav = shown[shown.index('<nav class="contents') : shown.index("</ol></nav>")]
    places = re.findall(r'href="#([^"]+)"', nav)
    headings = re.findall(r"<h2 id=\"([^\"]+)\">", shown[shown.index("</ol></nav>") :])

    assert len(places) > 4
    assert places == headings


def test_what_to_do_is_told_to_the_writer_and_not_to_the_funder(bid_run, monkeypatch):
    kept = read_kept(bid_run)
    warning = f"It costs more than its funding. {NAME_WHAT_GOES}"
    other = replace(kept, results={**kept.results, "warnings": [warning]})
    monkeypatch.setattr(previews, "read_kept", lambda _: other)

    told = previews.preview(bid_run)
    said = " ".join(s for _, parts in told.sections for part in parts for s in part.sentences)

    assert warning in told.before_sending
    assert "It costs more than its funding." in said
    assert NAME_WHAT_GOES not in said


def test_documents_are_asked_for_and_then_given_out(bid_run):
    with site_of(bid_run.parent) as site:
        before = site.get(f"/cost-case/{bid_run.name}").text
        answer = site.send_form(f"/cost-case/{bid_run.name}/documents")
        (job,) = site.app.state.jobs.asked.values()
        shutil.rmtree(bid_run / "reports", ignore_errors=True)
        try:
            api.report(bid_run, to=job.asked["to"])
            after = site.get(f"/cost-case/{bid_run.name}").text
            word = site.get(f"/runs/{bid_run.name}/files/cost_case.docx")
            book = site.get(f"/runs/{bid_run.name}/files/workbook.xlsx")
        finally:
            shutil.rmtree(bid_run / "reports", ignore_errors=True)

    assert answer.status_code == 303
    assert (job.kind, job.asked["run"], job.then) == (
        "report", bid_run.name, f"/cost-case/{bid_run.name}"
    )  # fmt: skip
    assert "cost_case.docx" not in before
    assert "Make the Word document" not in after
    for given, name in ((word, "cost_case.docx"), (book, "workbook.xlsx")):
        assert f"/files/{name}" in after
        assert given.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert word.content == cost_case(bid_run)


def test_names_and_notes_of_a_run_are_never_markup(hostile_run):
    with site_of(hostile_run.parent) as site:
        answer = site.get(f"/cost-case/{hostile_run.name}")

    assert answer.status_code == 200
    assert "alert(1)" in answer.text
    assert "<script>alert" not in answer.text
    assert not FORBIDDEN.search(answer.text)


def test_a_run_that_was_changed_is_not_shown(bid_run, tmp_path):
    folder = tmp_path / bid_run.name
    shutil.copytree(bid_run, folder)
    (folder / "results.json").write_text("{}", encoding="utf-8")

    with site_of(tmp_path) as site:
        answer = site.get(f"/cost-case/{folder.name}")

    assert answer.status_code == 400
    assert str(tmp_path) not in answer.text


def test_the_page_has_one_heading_of_its_own_and_headed_tables(shown):
    assert shown.count("<h1") == 1
    assert shown.count("<table") == shown.count("<caption>") > 8
    assert not FORBIDDEN.search(shown)


def test_a_cost_case_is_found_again_from_the_first_page(bid_run, tmp_path):
    name = run_id(Path(CASE).stem, "0" * 64)
    shutil.copytree(bid_run, tmp_path / name)
    kept = read_kept(bid_run)

    with site_of(tmp_path) as site:
        page = site.get("/").text

    told = f"{kept.results['title']} ({kept.results['draws']} draws)"
    assert f'<a href="/cost-case/{name}">{html.escape(told)}</a>' in page
    assert "Cost cases made here before" in page
