"""In a browser the journey plays, stops, steps and can be used without sight, mouse or motion."""

import importlib.util
import re
import shutil

import pytest

from familyflow.reports.journey.page import journey_page
from familyflow.reports.journey.stays import HELD, Stage

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = importlib.util.find_spec("playwright") and importlib.util.find_spec(
    "axe_playwright_python"
)

pytestmark = [
    pytest.mark.whole,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium here, so no page is opened"),
    pytest.mark.skipif(not DRIVER, reason="playwright or its axe is not installed here"),
]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])


@pytest.fixture(scope="module")
def files(empty_run, running_run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for name, made in (("empty", empty_run), ("running", running_run)):
        (folder / f"{name}.html").write_text(journey_page(made), encoding="utf-8")
    return folder


@pytest.fixture
def opened(browser, files):
    """Opens a page; afterwards nothing may have gone wrong in it, nor anything been asked for."""
    contexts, wrong, asked = [], [], []

    def open_it(name="empty", width=1200, **settings):
        settings = {"reduced_motion": "reduce", **settings}
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **settings))
        page = contexts[-1].new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto((files / f"{name}.html").as_uri())
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert wrong == []
    assert len(asked) == len(contexts)  # the pages themselves


def to_week(page, week):
    """Go to a week, and wait until what a longer text moved has been laid out anew."""
    page.evaluate(
        "async week => { const slider = document.getElementById('slider'); slider.value = week;"
        " slider.dispatchEvent(new Event('input'));"
        " const drawn = () => new Promise(requestAnimationFrame); await drawn(); await drawn(); }",
        week,
    )


def number(page, name):
    return int(page.inner_text(f'[data-count="{name}"] >> nth=0').replace(",", ""))


@pytest.mark.parametrize("width", [1200, 400])
@pytest.mark.parametrize("name", ["empty", "running"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(opened, name, width):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(name, width)
    to_week(page, 60)

    found = Axe().run(page)

    assert found.response["violations"] == []
    assert found.response["passes"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["empty", "running"])
def test_what_is_shown_each_week_is_what_was_counted(opened, name, request):
    story = request.getfixturevalue("story" if name == "empty" else "running_story")
    page = opened(name)

    for week in (0, 1, 30, 77, len(story.days) - 1):
        to_week(page, week)
        assert number(page, "referred") == story.stages[week].sum()
        assert number(page, "s0") == story.waiting[week]
        assert number(page, "held") == story.held[week]
        assert number(page, f"s{Stage.PLANNED:d}") == story.stages[week, Stage.PLANNED]
        assert number(page, "careWith") == story.tallies.care_with[week]
        dots = page.locator("#dots .dot:not([hidden])")
        before = story.tallies.waiting_before[week] + story.tallies.held_before[week]
        assert dots.count() == story.stages[week].sum() + before
        free = page.locator("#dots .seat:not([hidden])").count()
        assert free == story.places - story.stages[week, list(HELD)].sum()


def test_every_dot_of_a_key_worker_lies_in_the_key_worker_s_own_row(opened, story):
    page = opened()
    to_week(page, 40)

    inside = page.evaluate(
        """() => {
          const rows = [...document.querySelectorAll('[data-zone^="post-"]')].map(
            (row) => row.getBoundingClientRect());
          const held = [...document.querySelectorAll('#dots .s1, #dots .s2, #dots .s3, #dots .s4')]
            .filter((dot) => !dot.hidden).map((dot) => dot.getBoundingClientRect());
          return held.map((dot) => rows.filter((row) => dot.left >= row.left - 1 &&
            dot.right <= row.right + 1 && dot.top >= row.top - 1 &&
            dot.bottom <= row.bottom + 1).length);
        }"""
    )

    assert inside == [1] * int(story.stages[40, list(HELD)].sum())


def test_it_starts_paused_where_motion_is_not_wanted(opened):
    page = opened()

    assert page.inner_text("#play") == "Play"
    assert page.input_value("#slider") == "0"
    assert page.evaluate("getComputedStyle(document.querySelector('#dots .dot')).transition") in (
        "none", "none 0s ease 0s", "all", "all 0s ease 0s",
    )  # fmt: skip


def test_it_plays_where_motion_is_welcome_and_pauses_when_asked(opened):
    from playwright.sync_api import expect

    page = opened(reduced_motion="no-preference")

    expect(page.locator("#week")).not_to_have_text("Week 1 of 105")
    assert page.inner_text("#play") == "Pause"
    page.click("#play")
    assert page.inner_text("#play") == "Play"
    week = page.input_value("#slider")
    page.wait_for_timeout(1_000)  # at its usual pace two weeks would have gone by
    assert page.input_value("#slider") == week


def test_everything_can_be_reached_and_used_by_keyboard(opened):
    page = opened()
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id"))
        if reached[-1] == "on":
            page.keyboard.press("Enter")

    assert reached[:5] == ["play", "back", "on", "speed", "slider"]
    assert page.input_value("#slider") == "1"
    page.focus("#slider")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("#week") == "Week 3 of 105"
    assert "Week 3 of 105, April, year 1" in page.get_attribute("#slider", "aria-valuetext")
    assert "referred so far" in page.inner_text("#said")


def test_the_last_week_ends_the_play_and_play_then_begins_again(opened):
    from playwright.sync_api import expect

    page = opened()
    page.select_option("#speed", "130")
    to_week(page, 104)

    page.click("#play")
    expect(page.locator("#week")).to_have_text("Last day: the funding ends")
    expect(page.locator("#play")).to_have_text("Play")
    page.click("#play")
    expect(page.locator("#week")).to_have_text(re.compile(r"Week \d+ of 105"))


def test_without_scripts_it_is_a_still_picture_with_words_and_a_table(opened, story):
    page = opened(java_script_enabled=False)
    half = len(story.days) // 2

    assert page.is_hidden("#controls")
    assert page.is_hidden("#slider")
    assert page.inner_text(".still >> nth=0") == ""
    held = page.locator(".posts .still .dot")
    assert held.count() == story.stages[half, list(HELD)].sum()
    assert held.first.is_visible()
    assert f"Week {half + 1} of {len(story.days) - 1}" in page.inner_text("main")
    assert page.locator("#quarters ~ .wide tbody tr").count() == len(story.quarters)
