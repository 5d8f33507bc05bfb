"""The cost case holds the results' own numbers, keeps the funder's form, and hurts nobody."""

import csv
import io
import re
import shutil
import subprocess
from dataclasses import replace

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader
from tests.reports.documents.conftest import as_number, says_the_same

import familyflow
from familyflow.problems import InputError
from familyflow.reports.documents import lines
from familyflow.reports.documents.bid import bid_of
from familyflow.reports.documents.bid_value import value_for_money
from familyflow.reports.documents.cost_case import case_of, cost_case
from familyflow.reports.documents.kept import read_kept
from familyflow.reports.documents.length import length
from familyflow.reports.documents.template_sample import template_sample
from familyflow.reports.words import NOT_PLACED, likelihood, out_of_ten

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
MOST_PAGES = 6
MOST_PAGES_OF_HOSTILE = 20  # names of any length are cut, so no name makes a book
LEAST_POINTS = 11
NEAR = 0.5  # of a pound, as budgets are written


def opened(made):
    return Document(io.BytesIO(made))


def rows_of(document, first_head):
    """The rows of the table whose first cell is this, as texts, the header first."""
    for table in document.tables:
        if table.cell(0, 0).text == first_head:
            return [[cell.text for cell in row.cells] for row in table.rows]
    raise AssertionError(f"no table begins with {first_head}")


def said_in(document):
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


@pytest.fixture(scope="module")
def made(ran):
    return cost_case(ran.folder)


@pytest.fixture(scope="module")
def document(made):
    return opened(made)


@pytest.mark.parametrize(
    ("first_head", "told"),
    [
        ("Families", lines.reach),
        ("Fiscal", lines.fiscal),
        ("Economic", lines.economic),
        ("Cost", lines.unit_costs),
    ],
)
def test_every_figure_and_its_interval_is_that_of_the_results(document, ran, first_head, told):
    wanted = told(ran.results, lines.NARROW)
    rows = rows_of(document, first_head)[1:]

    assert [row[0] for row in rows] == [one.label for one in wanted]
    for (_, mean, between), one in zip(rows, wanted, strict=True):
        figure = lines.found(ran.results, one.path)
        assert says_the_same(mean, figure["mean"]), one.path
        low, high = between.split(" to ")
        assert says_the_same(low, figure["p10"]), one.path
        assert says_the_same(high, figure["p90"]), one.path


@pytest.mark.parametrize(
    ("first_head", "label", "part", "name"),
    [
        ("Families", "Families who start", "flow", "families_started"),
        ("Families", NOT_PLACED, "flow", "families_turned_away"),
        ("Families", "Families who gave up waiting", "flow", "families_gave_up_waiting"),
        ("Families", "Mean wait for a place", "flow", "mean_wait_weeks"),
        ("Fiscal", "Public spending avoided", "money", "fiscal_saving"),
        ("Fiscal", "of which cashable", "money", "cashable_saving"),
        ("Fiscal", "of which after the funding term", "money", "saving_after_budget_window"),
        ("Fiscal", "Saved for each £1 spent", "money", "fiscal_return"),
        ("Economic", "Public value for each £1", "money", "benefit_cost_ratio"),
        ("Cost", "Each family who starts", "money", "cost_per_family_started"),
        ("Cost", "Each family who ends as planned", "money", "cost_per_family_completed"),
        ("Cost", "Each family with fewer risks at the end", "money", "cost_per_family_improved"),
        ("Cost", "Each child supported", "money", "cost_per_child"),
        ("Cost", "Each hour worked with or for families", "money", "cost_per_contact_hour"),
    ],
)
def test_a_label_stands_before_the_figure_that_it_names(
    document, ran, first_head, label, part, name
):
    (written,) = [row[1] for row in rows_of(document, first_head) if row[0] == label]

    assert says_the_same(written, ran.results[part][name]["mean"])


def test_the_budget_is_that_of_the_run_by_year_and_by_funder(document, ran):
    with (ran.folder / "tables" / "budget.csv").open(encoding="utf-8") as file:
        kept = {row["heading"]: row for row in csv.DictReader(file)}
    tables = [table for table in document.tables if table.cell(0, 1).text == "Year 1"]
    whole, asked = [
        {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}
        for table in tables
    ]

    for heading, row in kept.items():
        for part, written in (("total", whole), ("asked", asked)):
            wanted = [float(row[f"{part}_year_{year}"]) for year in (1, 2, 3)] + [float(row[part])]
            assert [as_number(text) for text in written[heading]] == pytest.approx(wanted, abs=NEAR)
    written = whole
    parts = [written[head][-1] for head in written if head.startswith("of which")]
    assert sum(map(as_number, parts)) == pytest.approx(float(kept["Total"]["total"]), abs=2)

    (by_funder,) = [table for table in document.tables if table.cell(0, 1).text == "Total cost"]
    last = [cell.text for cell in by_funder.rows[-1].cells]
    wanted = [float(kept["Total"][part]) for part in ("total", "asked", "other", "unfunded")]
    assert last[0] == "Total"
    assert [as_number(text) for text in last[1:]] == pytest.approx(wanted, abs=NEAR)


def test_every_post_adds_up_to_what_it_costs_in_the_results(document, ran):
    rows = rows_of(document, "Post")[1:]

    assert len(rows) == len(ran.results["posts"])
    for row, post in zip(rows, ran.results["posts"], strict=True):
        pay, on_costs, cost = map(as_number, row[3:])
        assert cost == pytest.approx(post["cost"], abs=NEAR)
        assert pay + on_costs == pytest.approx(cost, abs=2 * NEAR)


def test_every_outcome_is_that_of_the_results(document, ran):
    wanted = [row for row in ran.results["outcomes"] if row["fewer"]["mean"]]
    head, *rows = rows_of(document, "Indicator")

    assert head == [
        "Indicator", "Baseline: without", "Level: with", "Timescale", "Fewer", "80% interval"
    ]  # fmt: skip
    assert len(rows) == len(wanted)
    for row, outcome in zip(rows, wanted, strict=True):
        exact = [outcome["without"], outcome["with"], outcome["fewer"]["mean"]]
        assert [as_number(row[at]) for at in (1, 2, 4)] == pytest.approx(exact, abs=NEAR)
        low, high = row[5].split(" to ")
        assert says_the_same(low, outcome["fewer"]["p10"])
        assert says_the_same(high, outcome["fewer"]["p90"])
        assert row[3] == f"{ran.results['follow_up_years']} years"


def test_distance_travelled_is_the_change_of_those_measured_twice_and_called_no_effect(
    document, ran
):
    sums = pd.read_parquet(ran.folder / "quantities.parquet", filters=[("arm", "==", "with")])
    totals = sums.groupby("event")["quantity"].sum()
    (table,) = [t for t in document.tables if t.cell(0, 4).text == "Change"]

    wanted = [
        ("risk", "measured_parents"), ("difficulties", "measured_children"),
        ("wellbeing", "measured_parents"),
    ]  # fmt: skip
    for row, (name, base) in zip(list(table.rows)[1:], wanted, strict=True):
        entry, end = (totals[f"{name}_at_{when}"] / totals[base] for when in ("entry", "exit"))
        texts = [row.cells[at].text for at in (1, 2, 4)]
        for text, exact in zip(texts, (entry, end, end - entry), strict=True):
            assert says_the_same(text, exact), name
    assert "change, not effect" in said_in(document)


def test_the_form_is_the_funders(document, ran):
    styles = [paragraph.style for paragraph in document.paragraphs]
    styles += [p.style for t in document.tables for c in t._cells for p in c.paragraphs]

    assert {style.font.name for style in styles} == {"Arial"}
    assert min(style.font.size.pt for style in styles) >= LEAST_POINTS
    assert document.element.body.findall(f".//{qn('w:sz')}") == []  # no run has a size of its own
    languages = [lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))]
    assert set(languages) == {"en-GB"}
    assert document.core_properties.language == "en-GB"
    assert document.core_properties.title.startswith(ran.results["title"])


def test_headings_header_rows_and_pictures_are_marked_for_those_who_listen(document, ran):
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    for wanted in (
        "In short", "The needs", "Budget", "Posts and salaries", "Value for money", "Outcomes",
        "What this rests on", "What is not verified",
    ):  # fmt: skip
        assert wanted in headings
    for table in document.tables:
        marked = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert marked == [True] + [False] * (len(marked) - 1)
    drawn = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert drawn == [ran.alt_text["cost_and_savings"]]


@pytest.fixture
def worth(with_money, kept):
    """The paragraph on value for money, told of another return and another chance."""

    def told(returned, chance, draws=1_000):
        money = kept.results["money"]
        changed = with_money(
            fiscal_return={**money["fiscal_return"], "mean": returned},
            probability_net_saving={**money["probability_net_saving"], "mean": chance},
        )
        return value_for_money({**changed.results, "draws": draws})

    return told


@pytest.mark.parametrize("returned", [-0.2, 0.0, 0.6, 1.7])
@pytest.mark.parametrize("chance", [0.02, 0.2, 0.4, 0.5, 0.6, 0.8, 0.99])
def test_the_words_follow_the_chance_of_a_net_saving(worth, returned, chance):
    said = worth(returned, chance).lower()

    assert f"a net saving is {likelihood(chance)} ({out_of_ten(chance)})" in said
    others = {likelihood(one) for one in (0.02, 0.2, 0.4, 0.5, 0.6, 0.8, 0.99)}
    assert not [one for one in others if f"saving is {one} (" in said and one != likelihood(chance)]


def test_a_return_above_a_pound_is_told_otherwise_than_one_below(worth):
    below, above = worth(0.6, 0.2), worth(1.7, 0.8)

    assert "does not rest on saving money" in below
    assert "£0.60 of each £1" in below
    assert "does not rest on saving money" not in above
    assert "£1.70 for each £1" in above
    assert "not certain" in above


def test_a_mean_that_few_good_outcomes_carry_is_not_told_as_a_promise(worth):
    assert "none should be promised" in worth(1.7, 0.3)
    assert "cannot rest on saving money alone" in worth(0.8, 0.7)


def test_what_could_go_either_way_is_told_to_be_open(worth):
    for returned in (0.97, 1.03):
        assert "cannot be told" in worth(returned, 0.5)


def test_nothing_that_comes_back_is_not_told_as_a_part_of_a_pound(worth):
    assert "get nothing back" in worth(0.001, 0.02)
    assert "they spend" in worth(-0.2, 0.02)


def test_too_few_draws_give_no_chance_in_words(worth, kept):
    said = worth(0.6, 0.2, draws=8)

    assert "from so few draws (8)" in said
    assert "likely" not in said
    few = replace(kept, results={**kept.results, "draws": 8})
    bid = bid_of(few)
    told = [*bid.values.values(), *(one for told in bid.sentences.values() for one in told)]
    assert not [one for one in told if re.search(r"\blikely|unlikely| in 10\b", one)]


def test_fiscal_and_economic_value_stand_apart(document):
    names = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]

    assert names == ["Public money (fiscal)", "Value to everybody (economic)"]


def test_a_long_term_has_its_years_in_several_tables(kept):
    columns = {f"{part}_year_{year}": 10.0 for year in range(1, 13)
               for part in ("total", "asked", "other", "unfunded")}  # fmt: skip
    budget = [{**row, **columns} for row in kept.tables["budget"]]
    long = replace(
        kept,
        results={**kept.results, "term_years": 12},
        tables={**kept.tables, "budget": budget},
    )

    tables = opened(case_of(long)).tables
    heads = [[cell.text for cell in table.rows[0].cells] for table in tables]
    years = [text for head in heads for text in head if text.startswith("Year ")]
    assert years == 2 * [f"Year {year}" for year in range(1, 13)]  # in all, and what is asked
    assert sum("All years" in head for head in heads) == 2


def test_the_same_run_gives_the_same_bytes(made, ran):
    assert cost_case(ran.folder) == made


def test_hostile_names_and_notes_come_out_harmless(hostile_run):
    document = opened(cost_case(hostile_run))

    texts = [p.text for p in document.paragraphs]
    texts += [cell.text for table in document.tables for cell in table._cells]
    assert not [text for text in texts if re.match("[=@]", text)]
    assert any(text.startswith("'=cmd|") for text in texts)
    assert not {"\x00", "\x1b", "\u202e", "\uffff", "\ud800"} & set("".join(texts))
    assert max(map(len, texts)) < 2_000


def test_a_run_without_a_service_has_no_cost_case(tmp_path):
    folder = familyflow.run("no_service", draws=2, seed=1, out=tmp_path).folder

    with pytest.raises(InputError, match="no service in that run"):
        cost_case(folder)


@pytest.mark.long
@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice here, so no pages are counted")
def test_every_cost_case_opens_in_word_processors_and_keeps_to_six_pages(
    made, ran, core, hostile_run, tmp_path
):
    sample = tmp_path / "sample.docx"
    sample.write_bytes(template_sample())
    cases = {
        "bid": made,
        "core": cost_case(core),
        "hostile": cost_case(hostile_run),
        "hostile_filled": cost_case(hostile_run, sample),
    }
    for name, case in cases.items():
        (tmp_path / f"{name}.docx").write_bytes(case)

    subprocess.run(
        [OFFICE, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path),
         *(str(tmp_path / f"{name}.docx") for name in cases)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip

    pages = {name: len(PdfReader(tmp_path / f"{name}.pdf").pages) for name in cases}
    assert 1 < pages["bid"] <= MOST_PAGES
    for name, folder in (("bid", ran.folder), ("core", core)):
        assert abs(length(bid_of(read_kept(folder))).pages - pages[name]) <= 1
    assert 1 < pages["core"] <= MOST_PAGES
    assert 1 < pages["hostile"] <= MOST_PAGES_OF_HOSTILE
    assert 1 < pages["hostile_filled"] <= MOST_PAGES_OF_HOSTILE
