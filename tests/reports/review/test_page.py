"""The pack is one sound page that needs nothing else, the same every time, and hurts nobody."""

import importlib.util
import re
import shutil
from dataclasses import replace

import pytest
from tests.reports.review.conftest import Page

from familyflow.problems import InputError, RefusedError
from familyflow.reports.review.checks import beside_others, sums
from familyflow.reports.review.kept import read_reviewed
from familyflow.reports.review.pack import review_files
from familyflow.reports.take_away import write_documents

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
# axe works out the colours of every word, for half a minute; what one loop made looks alike
SHORTENED = """document.querySelectorAll("tbody, ul").forEach(list =>
    [...list.children].slice(4).forEach(child => child.remove()))"""
TOOLS = all(map(importlib.util.find_spec, ("playwright", "axe_playwright_python")))
in_a_browser = pytest.mark.skipif(
    BROWSER is None or not TOOLS, reason="no Chromium, Playwright or axe here"
)


def test_every_element_is_closed_and_every_id_is_there_once(page):
    ids = [held["id"] for _, held in page.elements if "id" in held]

    assert (page.wrong, page.open) == ([], [])
    assert len(ids) == len(set(ids))
    assert page.all("html")[0]["lang"] == "en-GB"
    assert len(page.all("h1")) == len(page.all("title")) == len(page.all("main")) == 1
    assert len(page.all("caption")) == len(page.all("table"))


def test_every_link_and_label_leads_somewhere_in_the_page(page):
    ids = {held["id"] for _, held in page.elements if "id" in held}
    links = [held["href"] for held in page.all("a")]
    labels = [held["aria-labelledby"] for _, held in page.elements if "aria-labelledby" in held]

    assert len(links) > 300
    assert [link for link in links if link[:1] != "#" or link[1:] not in ids] == []
    assert set(labels) <= ids


def test_nothing_is_asked_of_anybody_outside(page, text):
    reaching = ("src", "href", "action", "poster", "srcset")
    outside = [
        held[name]
        for _, held in page.elements
        for name in reaching
        if name in held and not held[name].startswith("#")
    ]

    assert outside == []
    assert not {"script", "link", "iframe", "object", "img"} & {tag for tag, _ in page.elements}
    assert not re.search(r"url\((?!#)|@import", text)


def test_the_same_run_gives_the_same_bytes_wherever_it_is_asked(ran, files, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert review_files(ran.folder) == files


def test_no_folder_of_this_machine_is_told_but_where_it_was_asked_for(text, files, ran):
    asked = str(ran.scenario.parent)
    of_commands = re.findall(r"<code[^>]*>familyflow (?:run|verify) [^<]*</code>", text)

    assert of_commands
    for one in of_commands:
        text = text.replace(one, "")
    assert asked not in text
    assert not any(asked.encode() in files[name] for name in files if name.endswith(".csv"))


def test_what_others_wrote_comes_out_harmless(hostile_files):
    text = hostile_files["reviewers_pack.html"].decode("utf-8")
    page = Page(text)

    assert not page.all("script")
    assert (page.wrong, page.open) == ([], [])
    assert not [one for one in text if ord(one) < 32 and one != "\n"]
    assert not {"\u202e", "\uffff"} & set(text)
    assert len(text) < 1_000_000
    assert "<script>alert(1)</script>" in page.said  # as words


def test_a_run_that_was_changed_or_was_made_of_other_numbers_is_refused(ran, tmp_path):
    changed = shutil.copytree(ran.folder, tmp_path / "run")
    (changed / "results.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=r"results\.json"):
        read_reviewed(changed)

    held = ran.parameters.read_text(encoding="utf-8")
    try:
        ran.parameters.write_text(held.replace('"value": 2.5', '"value": 3.5'), encoding="utf-8")
        with pytest.raises(RefusedError, match="of_our_own"):
            read_reviewed(ran.folder)
    finally:
        ran.parameters.write_text(held, encoding="utf-8")


def test_the_documents_stand_in_a_folder_of_their_own(ran, files, tmp_path):
    folder = shutil.copytree(ran.folder, tmp_path / "run")

    written = write_documents(folder, ["review"])

    assert {file.name for file in written} == set(files)
    assert {file.parent for file in written} == {folder / "reports" / "review"}


def test_sums_that_do_not_add_up_are_said_to_fail(reviewed):
    results = reviewed.results
    assert all(check.passed for check in sums(results))

    first, *rest = results["by_agency"]
    more = {**first["cost"], "mean": first["cost"]["mean"] + 1.0}
    wrong = {**results, "by_agency": [{**first, "cost": more}, *rest]}
    assert [check.name for check in sums(wrong) if not check.passed] == [
        "cost of all agencies is the cost"
    ]


def test_how_near_other_services_are_is_told_in_points(reviewed):
    shares = {"never_start": {"model": 0.45, "published": 0.25, "status": "verified"}}

    (told,) = beside_others({**reviewed.results, "checks": shares})

    assert (told.model, told.published, told.met) == ("45%", "25%", "20.0 percentage points above")


def test_a_run_of_too_few_draws_rates_no_impact(reviewed):
    few = replace(reviewed.told, tables={**reviewed.told.tables, "movers": []})
    from familyflow.reports.review.log import log_of

    log = log_of(replace(reviewed, told=few))

    assert {one.impact.why for one in log} == {"not varied", "too few draws to tell"}


@in_a_browser
@pytest.mark.whole
@pytest.mark.long
def test_a_browser_finds_nothing_that_keeps_people_out(text, tmp_path):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    asked = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": 1280, "height": 800})
        view.on("request", lambda request: asked.append(request.url))
        view.goto((tmp_path / "page.html").as_uri())
        wide = view.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        view.set_viewport_size({"width": 320, "height": 640})
        narrow = view.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        view.evaluate(SHORTENED)
        found = Axe().run(view)
        browser.close()

    assert [
        (one["id"], one["nodes"][0]["html"][:200]) for one in found.response["violations"]
    ] == []
    assert (wide, narrow) == (True, True)
    assert asked == [(tmp_path / "page.html").as_uri()]
