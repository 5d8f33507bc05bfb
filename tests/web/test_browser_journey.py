"""The journey of a commissioner in a real browser, with real work: from start to archive."""

import io
import json
import re
import zipfile
from dataclasses import replace

import pytest
from tests.web.browser import LONG, barriers, chromium, lost, needs_browser, watched
from tests.web.conftest import serving

import familyflow
from familyflow.web.settings import Limits, Settings

__all__ = ["chromium", "watched"]
pytestmark = [*needs_browser, pytest.mark.long]
expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
FEW = "50"
POSTS = "Key-worker posts"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def served(out):
    """A site with workers of its own."""
    with serving(Settings(out)) as one:
        yield one


@pytest.fixture(scope="module")
def address(served):
    return str(served.base_url).rstrip("/")


@pytest.fixture
def few_draws(served):
    """A further question asks for as many draws as the site allows: a minute, but for this."""
    state, usual = served.app.state, served.app.state.settings
    state.settings = replace(usual, limits=Limits(draws=2 * int(FEW)))
    yield
    state.settings = usual


def field(page, name):
    """The field of that row and option, as a screen reader calls it."""
    return page.get_by_role("textbox", name=name)


def press(page, button):
    page.get_by_role("button", name=button, exact=True).first.click()


def set_side_by_side(page, *options):
    """From the start to the options page, with these ready-made options."""
    page.goto("/")
    for box in page.locator("input[type=checkbox]").all():
        box.set_checked(box.get_attribute("name").removeprefix("take-") in options)
    press(page, "Set these side by side")


def with_few_draws(page, seed):
    """Ask for few futures; the fields stand among further assumptions."""
    page.locator("summary").click()
    page.fill("#draws", FEW)
    page.fill("#seed", str(seed))


def run_of(page):
    """The id of the comparison that is shown, once it is."""
    page.wait_for_url(re.compile(r"/comparisons/[^/]+$"), timeout=LONG)
    expect(page.locator("h1")).to_have_count(1)
    return page.url.rpartition("/")[2]


def shown(page):
    """Every figure that is shown: its place in results.json -> its value."""
    figures = page.locator("data").evaluate_all("all => all.map(one => [one.id, one.value])")
    return {path: float(value) for path, value in figures}


def found_at(results, path):
    """The figure at a path of results.json, as options.0.money.cost: its mean if it has one."""
    for part in path.split("."):
        results = results[int(part)] if isinstance(results, list) else results[part]
    return results["mean"] if isinstance(results, dict) else results


def compared_elsewhere(folder, file, seed):
    """What the command line's own function makes of the same inputs in another folder."""
    made = familyflow.compare(
        "core_offer", str(file), draws=int(FEW), seed=seed, out=folder / "elsewhere"
    )
    return json.loads((made.folder / "results.json").read_text(encoding="utf-8"))


def three_posts(folder):
    """The second option of the journey as somebody would write it."""
    file = folder / "cut.yaml"
    file.write_text(
        "title: Cut\nextends: grant_cut_20\nset:\n  service.team.key_workers: 3\n", "utf-8"
    )
    return file


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_start_to_an_answer_with_the_very_numbers(
    address, few_draws, watched, tmp_path, scripts, out
):
    page = watched.visitor(address, scripts=scripts, accept_downloads=True)
    seed = 11 if scripts else 12

    set_side_by_side(page, "core_offer", "grant_cut_20")
    field(page, f"{POSTS} Option 2").fill("3")
    with_few_draws(page, seed)
    press(page, "Compare these options")
    page.wait_for_url("**/jobs/*")
    expect(page.locator("#rough h2")).to_have_text("A first rough answer", timeout=LONG)
    if scripts:
        assert page.locator("#rough tbody tr").count() == 2
        assert barriers(page) == []
    run = run_of(page)

    results = compared_elsewhere(tmp_path, three_posts(tmp_path), seed)
    mine = json.loads((out / run / "results.json").read_text(encoding="utf-8"))
    figures = shown(page)
    assert len(figures) > 40
    assert figures == {path: found_at(results, path) for path in figures}
    assert mine["draws"] == int(FEW)
    if scripts:
        what_would_change_it(page)
    where_a_number_is_from(page)
    take_it_away(page, run, out)


def what_would_change_it(page):
    page.get_by_role("link", name="What would change this answer").click()
    press(page, "Find what is worth finding out")
    page.wait_for_url("**/change", timeout=LONG)
    told = page.locator("section.question-asked", has_text="worth to find out more")
    expect(told.locator("li").first).to_be_visible()
    expect(told.get_by_role("button")).to_have_count(0)
    page.get_by_role("link", name="The answer").click()


def where_a_number_is_from(page):
    page.get_by_role("link", name="The evidence", exact=True).click()
    key = "service.team.key_workers"
    page.goto(f"{page.url}#{key}")
    row = page.locator(f"[id='{key}']")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("3")


def take_it_away(page, run, out):
    page.get_by_role("link", name="Take away").click()
    press(page, "Make these documents")
    page.wait_for_url("**/take-away", timeout=LONG)
    expect(page.get_by_role("button", name="Make these documents")).to_have_count(0)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download everything (ZIP)").click()
    assert coming.value.suggested_filename == f"{run}.zip"
    with zipfile.ZipFile(io.BytesIO(coming.value.path().read_bytes())) as archive:
        assert archive.testzip() is None
        names = {name.rpartition("/")[2] for name in archive.namelist()}
        assert {"one_page.html", "workbook.xlsx", "results.json"} <= names
        (results,) = (name for name in archive.namelist() if name.endswith("results.json"))
        assert archive.read(results) == (out / run / "results.json").read_bytes()


def focus(page):
    """What has the focus: its id, words, and whether an outline shows that it has."""
    return page.evaluate(
        """() => { const one = document.activeElement, drawn = getComputedStyle(one);
          const box = one.getBoundingClientRect();
          return {id: one.id, words: (one.textContent || "").trim(), name: one.name || "",
            seen: drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) >= 2
              && box.width > 1 && box.top >= -1 && box.bottom <= innerHeight + 1}; }"""
    )


def tab_to(page, is_it):
    """Press Tab until it is there; every stop on the way must be seen."""
    for _ in range(120):
        page.keyboard.press("Tab")
        at = focus(page)
        assert at["seen"], at
        if is_it(at):
            return at
    raise AssertionError(f"not reached by Tab: the last was {at}")


def test_by_keyboard_alone(address, watched):
    page = watched.visitor(address)
    page.goto("/")

    assert tab_to(page, lambda at: True)["words"] == "Skip to the page"
    page.keyboard.press("Enter")
    assert focus(page)["id"] == "main"
    for name in ("grant_cut_20",):  # ticked already: one is no comparison
        tab_to(page, lambda at, name=name: at["id"] == f"take-{name}")
        page.keyboard.press("Space")
    tab_to(page, lambda at: at["words"] == "Set these side by side")
    page.keyboard.press("Enter")
    expect(page.locator(".mistakes")).to_be_visible()
    tab_to(page, lambda at: at["words"].startswith("Tick two to four"))
    page.keyboard.press("Enter")
    assert focus(page)["id"] == "take-core_offer"
    tab_to(page, lambda at: at["id"] == "take-grant_cut_20")
    page.keyboard.press("Space")
    tab_to(page, lambda at: at["words"] == "Set these side by side")
    page.keyboard.press("Enter")

    page.wait_for_url("**/options/*")
    tab_to(page, lambda at: at["id"].startswith("o0-") and at["id"].endswith("posts"))
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("none")
    tab_to(page, lambda at: at["words"].startswith("More assumptions"))
    page.keyboard.press("Enter")
    tab_to(page, lambda at: at["id"] == "draws")
    page.keyboard.type(FEW)
    tab_to(page, lambda at: at["id"] == "seed")
    page.keyboard.type("13")
    page.keyboard.press("Enter")
    expect(page.locator(".mistakes")).to_be_visible()
    tab_to(page, lambda at: "none" in at["words"])
    page.keyboard.press("Enter")
    assert focus(page)["id"].endswith("posts")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    run_of(page)
    tab_to(page, lambda at: at["words"] == "Take away")
    page.keyboard.press("Enter")
    page.wait_for_url("**/take-away")


def test_stopped_work_says_so_at_once_and_leaves_no_run(address, watched, out):
    page = watched.visitor(address)
    before = [one.name for one in out.iterdir()]
    set_side_by_side(page, "core_offer", "no_service")
    page.locator("summary").click()
    page.fill("#draws", "3000")  # enough to be seen at work
    press(page, "Compare these options")
    page.wait_for_url("**/jobs/*")
    expect(page.locator("#words")).to_contain_text(re.compile(r"Simulating.* of "), timeout=LONG)
    assert barriers(page) == []
    assert lost(page) == []

    press(page, "Stop it")
    expect(page.locator("#words")).to_contain_text("It was stopped", timeout=10_000)
    page.get_by_role("link", name="Go back and change it").click()
    expect(field(page, f"{POSTS} Option 1")).to_be_visible()
    assert sorted(one.name for one in out.iterdir()) == sorted(before)


def test_two_people_at_once_have_their_own_answers_though_they_close_the_page(
    address, watched, out
):
    asked = {}
    for seed in (21, 22):
        page = watched.visitor(address)
        set_side_by_side(page, "core_offer", "no_service")
        with_few_draws(page, seed)
        press(page, "Compare these options")
        page.wait_for_url("**/jobs/*")
        asked[seed] = page.url
        page.close()

    answers = {}
    for seed, url in asked.items():
        page = watched.visitor(address)
        page.goto(url)
        run = run_of(page)
        results = json.loads((out / run / "results.json").read_text(encoding="utf-8"))
        assert results["seed"] == seed
        answers[seed] = shown(page)
        assert answers[seed] == {path: found_at(results, path) for path in answers[seed]}
    assert len({json.dumps(one, sort_keys=True) for one in answers.values()}) == len(asked)
