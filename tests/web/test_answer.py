"""The answer in a browser holds the results' own numbers, needs nothing else, and hurts nobody."""

import re
import shutil

import pytest
from tests.reports.documents.page.conftest import written_as
from tests.web.answer_app import Job
from tests.web.finished import (
    MANY,
    Read,
    a_draft_in,
    compared,
    compared_in,
    hostile,
    made_once,
    many,
)

import familyflow
from familyflow.reports.answer import FEWEST
from familyflow.reports.documents.lines import found
from familyflow.reports.documents.one_page import built, kept_in, one_page

__all__ = ["compared", "hostile", "made_once", "many"]
PAGES = ("", "/change", "/evidence", "/take-away")


@pytest.fixture(scope="module")
def page(compared):
    return Read(compared.get().text)


def test_every_figure_is_that_of_the_results(page, compared):
    assert len(page.figures) > 60
    for path, (value, written) in page.figures.items():
        exact = found(compared.results, path)["mean"]
        assert value == exact, path
        assert written_as(exact, written), (path, written)


def test_every_number_of_a_year_is_that_of_the_results(page, compared):
    assert len(page.years) > 15
    for path, (value, written) in page.years.items():
        assert value == found(compared.results, path), path
        assert written_as(value, written), (path, written)


def test_it_shows_every_figure_of_the_document_of_one_page_and_the_same_words(page, compared):
    document = Read(one_page(compared.folder))

    assert page.figures == document.figures
    assert page.years == document.years
    told = built(kept_in(compared.folder))
    words = (told.answer, *told.beside, " ".join(told.basis), *(b.heading for b in told.blocks()))
    assert all(" ".join(sentence.split()) in page.said for sentence in words)


def test_every_bar_is_drawn_from_the_numbers_beside_it(compared):
    told = built(kept_in(compared.folder))
    pieces = [
        (f"{100 * piece.start:.2f}%", f"{100 * piece.width:.2f}%")
        for block in told.blocks()
        for table in block.parts
        if table.kind == "table"
        for row in table.rows
        for cell in row.cells
        if cell.bar
        for piece in cell.bar.pieces
    ]
    bars = "".join(re.findall(r'<svg class="bar".*?</svg>', compared.get().text, re.DOTALL))
    drawn = [(one["x"], one["width"]) for one in Read(bars).all("rect")]

    assert len(pieces) > 20
    assert drawn == pieces


@pytest.mark.parametrize("path", PAGES)
def test_no_page_needs_a_style_or_a_script_of_its_own(compared, path):
    page = Read(compared.get(path).text)

    assert not page.all("style")
    assert not page.all("script")
    assert not [tag for tag, held in page.elements if "style" in held or
                any(name.startswith("on") for name in held)]  # fmt: skip
    assert all(one.get("src", "/").startswith("/") for one in page.all("img"))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_heading_ids_of_its_own_and_tables_with_captions(compared, path):
    text = compared.get(path).text
    page = Read(text)

    assert len(page.all("h1")) == 1
    assert len(page.ids) == len(set(page.ids))
    assert len(page.all("caption")) == len(page.all("table"))
    assert all("scope" in head for head in page.all("th"))


def test_from_the_answer_everything_else_is_one_step_away(compared, page):
    addresses = {one["href"] for one in page.all("a") if "href" in one}

    assert {f"{compared.at}{path}" for path in PAGES[1:]} <= addresses


def test_its_options_can_be_changed_where_a_draft_made_it_and_only_there(compared):
    change = "Change these options"
    assert change not in compared.get().text

    draft = a_draft_in(compared.folder.parent)
    compared.jobs.made[compared.folder.name] = Job("1" * 32, "compare", {"draft": draft})
    page = Read(compared.get().text)
    compared.jobs.made[compared.folder.name] = Job("1" * 32, "compare", {"draft": "2" * 32})
    without = compared.get().text  # the draft itself is gone
    compared.jobs.made.clear()

    assert change in page.said
    assert f"/options/{draft}/again" in [one.get("href") for one in page.all("a")]
    assert change not in without


def test_every_chart_has_its_words_its_numbers_and_their_file(compared, page):
    charts = page.all("img")

    assert len(charts) >= 3
    for one in charts:
        assert len(one["alt"]) > 100
        assert compared.client.get(one["src"]).headers["content-type"] == "image/svg+xml"
    files = [one["href"] for one in page.all("a") if one.get("href", "").endswith(".csv")]
    assert len(files) == len(charts)
    for file in files:
        held = compared.client.get(file)
        assert held.status_code == 200
        assert held.headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize("path", PAGES)
def test_a_title_that_means_harm_comes_out_as_words(hostile, path):
    answered = hostile.get(path)

    assert answered.status_code == 200
    assert "<script>alert" not in answered.text
    assert not Read(answered.text).all("script")


def test_a_title_that_means_harm_is_seen_by_whoever_reads_the_answer(hostile):
    assert "<script>alert(1)</script>" in Read(hostile.get().text).said


@pytest.mark.parametrize("path", PAGES)
def test_as_many_options_as_there_may_be_have_every_page(many, path):
    answered = many.get(path)

    assert answered.status_code == 200
    assert len(many.results["options"]) == MANY
    page = Read(answered.text)
    assert len(page.all("h1")) == 1
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize(
    "run",
    ["nothing_of_the_kind-0123456789", ".web", "%2e%2e", "a" * 121, "core%00offer", "a%2Fb"],
)
@pytest.mark.parametrize("path", PAGES)
def test_what_is_not_there_is_said_to_be_not_there(compared, run, path):
    answered = compared.client.get(f"/comparisons/{run}{path}")

    assert answered.status_code == 404
    assert str(compared.folder.parent) not in answered.text


def test_the_start_of_an_id_is_no_id(compared):
    assert compared.client.get(f"/comparisons/{compared.folder.name[:-1]}").status_code == 404


def test_a_run_of_one_scenario_is_no_comparison(tmp_path):
    sets = ["service.team.key_workers=1"]
    made = familyflow.run("core_offer", draws=2, seed=1, sets=sets, out=tmp_path / "out")
    client = compared_in(made.folder).client

    assert client.get(f"/comparisons/{made.folder.name}").status_code == 404
    assert client.get(f"/runs/{made.folder.name}/files/results.json").status_code == 200


def test_a_comparison_whose_files_were_changed_is_refused_without_a_path(compared, tmp_path):
    folder = shutil.copytree(compared.folder, tmp_path / "out" / compared.folder.name)
    with (folder / "results.json").open("a", encoding="utf-8") as file:
        file.write(" ")

    answered = compared_in(folder).get()

    assert answered.status_code == 400
    assert "results.json is not as it was written" in answered.text
    assert str(tmp_path) not in answered.text


def test_with_too_few_draws_no_chance_is_shown(compared, hostile):
    assert hostile.results["draws"] < FEWEST <= compared.results["draws"]

    assert "Chance that it is best" not in hostile.get("/change").text
    assert "Chance that it is best" in compared.get("/change").text
