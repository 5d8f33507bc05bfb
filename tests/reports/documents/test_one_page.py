"""The commissioner's page holds the results' own numbers, needs nothing else, and hurts nobody."""

import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests.reports.documents.conftest import says_the_same

from familyflow.problems import InputError
from familyflow.reports.documents.kept import FIGURES
from familyflow.reports.documents.lines import found
from familyflow.reports.documents.one_page import one_page, page_of

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")


class Page(HTMLParser):
    """Elements with their attributes, and the figures as written."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.figures, self.inside = [], {}, None
        self.words = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        held = dict(attributes)
        self.elements.append((tag, held))
        self.inside = held if tag == "data" else None

    def handle_data(self, text):
        self.words.append(text)
        if self.inside:
            self.figures[self.inside["id"]] = (self.inside["value"], text)

    def handle_endtag(self, tag):
        self.inside = None

    def all(self, tag):
        return [held for name, held in self.elements if name == tag]


@pytest.fixture(scope="module")
def text(ran):
    return one_page(ran.folder)


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_every_figure_is_that_of_the_results(page, ran):
    assert len(page.figures) > 30
    for path, (value, written) in page.figures.items():
        exact = found(ran.results, path)["mean"]
        assert float(value) == exact
        assert says_the_same(written, exact), path


@pytest.mark.parametrize(
    "path",
    [
        "money.cost", "money.fiscal_saving", "money.cashable_saving", "money.fiscal_return",
        "money.saving_after_budget_window", "flow.families_started", "flow.families_turned_away",
        "flow.mean_wait_weeks", "money.cost_per_family_started", "by_funder.0.paid",
        "by_agency.0.fiscal_saving", "by_agency.0.cashable_saving", "money.benefit_cost_ratio",
    ],
)  # fmt: skip
def test_what_a_commissioner_asks_for_is_there(page, path):
    assert path in page.figures


def test_the_page_says_what_its_figures_rest_on(page, ran):
    said = " ".join(" ".join(page.words).split())

    for words in (
        f"{ran.results['price_year']} prices", ran.results["comparator"], "3.5% a year",
        f"within {ran.results['follow_up_years']} years", f"{ran.results['draws']} draws",
        "A net saving is", "Break-even:", "The funding term ends with year 3",
        "numbers are assumed",
    ):  # fmt: skip
        assert words in said, words


def test_the_page_needs_nothing_from_outside(page, text):
    reaching = ("src", "href", "action", "data", "poster", "srcset")
    outside = [
        held[name]
        for _, held in page.elements
        for name in reaching
        if name in held and not held[name].startswith("#")
    ]
    assert outside == []
    assert not {"script", "link", "iframe", "object", "img"} & {tag for tag, _ in page.elements}
    assert not re.search(r"url\((?!#)|@import", text)


def test_the_page_can_be_read_by_ear(page, ran):
    assert page.all("html")[0]["lang"] == "en-GB"
    assert len(page.all("h1")) == len(page.all("title")) == len(page.all("main")) == 1
    assert len(page.all("caption")) == len(page.all("table")) > 0
    assert all(held.get("scope") in ("row", "col") for held in page.all("th"))
    assert [held["aria-label"] for held in page.all("svg")] == [
        ran.alt_text[name] for name in FIGURES[1:] if name in ran.alt_text
    ]
    ids = [held["id"] for _, held in page.elements if "id" in held]
    assert len(ids) == len(set(ids))


def test_the_same_run_gives_the_same_page(text, ran):
    assert one_page(ran.folder) == text


def test_hostile_names_and_notes_come_out_harmless(hostile_run, ran):
    text = one_page(hostile_run)

    page = Page(text)
    assert not page.all("script")
    assert not [c for c in text if ord(c) < 32 and c not in "\n"]
    assert not {"\u202e", "\uffff", "\ud800"} & set(text)
    assert len(text) < len(one_page(ran.folder)) + 150_000
    assert "'=cmd|" in "".join(page.words)
    assert ">=cmd" not in text


def test_a_file_that_was_changed_is_refused_by_name(ran, tmp_path):
    folder = shutil.copytree(ran.folder, tmp_path / "run")
    (folder / "results.json").write_text("{}", encoding="utf-8")

    with pytest.raises(InputError, match=r"results.json is not as it was written"):
        one_page(folder)


def test_a_folder_without_a_run_is_refused(tmp_path):
    with pytest.raises(InputError):
        one_page(tmp_path)


def test_what_is_not_told_is_said_with_its_reason(kept, with_money):
    missing = {**dict.fromkeys(("mean", "low", "p10", "p90", "high")), "reason": "whole units only"}
    untold = with_money(cashable_saving=missing, cashable_fiscal_return=missing)
    agencies = [{**row, "cashable_saving": missing} for row in kept.results["by_agency"]]
    one = {"net_saving_low": None, "net_saving_high": None, "reason": "no whole events"}
    results = {**untold.results, "by_agency": agencies, "one_service": one}

    said = " ".join(Page(page_of(replace(untold, results=results))).words)

    assert said.count("not defined") >= 3
    assert said.count("Not defined: whole units only.") == 2  # once beneath each table
    assert "is not told: no whole events" in said
    assert not re.search(r"\bNone\b|\bnan\b", said)


def test_a_window_of_the_term_alone_does_not_claim_that_nothing_comes_after(kept):
    budget = {**kept.results, "window": "budget"}

    said = " ".join(" ".join(Page(page_of(replace(kept, results=budget))).words).split())

    assert "Public spending avoided after it is left out here." in said
    assert "falls after that" not in said


def test_a_run_without_charts_has_a_page_without_them(kept):
    assert Page(page_of(replace(kept, pictures=()))).all("svg") == []


def test_too_few_draws_give_no_interval(kept):
    few = {**kept.results, "draws": 5}

    said = " ".join(Page(page_of(replace(kept, results=few))).words)

    assert "too few draws to tell" in said


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here, so nothing is printed")
def test_the_page_prints_on_one_sheet_of_a4(text, tmp_path):
    (tmp_path / "page.html").write_text(text, encoding="utf-8")

    pages, box = printed(tmp_path)

    assert pages == 1
    assert box == pytest.approx((595, 842), abs=2)  # points of A4


def printed(folder):
    """How many pages a browser prints, and their size in points."""
    made = folder / "page.pdf"
    subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={made}",
         (folder / "page.html").as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    held = made.read_bytes()
    pages = re.findall(rb"/Type\s*/Page\b(?!s)", held)
    box = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", held)
    return len(pages), (float(box[1]), float(box[2]))
