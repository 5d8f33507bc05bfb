"""In a browser the answer prints on one sheet, fits a narrow screen, and shuts nobody out."""

import importlib.util
import re
import shutil
from contextlib import ExitStack

import pytest
from tests.web.answer_app import Job
from tests.web.conftest import serving
from tests.web.finished import (
    LOCAL,
    OPTIONS,
    a_draft_in,
    compared,
    compared_in,
    hostile,
    made_once,
    many,
)

import familyflow
from familyflow.web.settings import Settings

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = importlib.util.find_spec("playwright") and importlib.util.find_spec(
    "axe_playwright_python"
)
PAGES = ("", "/change", "/evidence?changed=true", "/take-away")
WIDTHS = (1280, 320)
DRAWS = 100  # enough for every sentence of the page
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

__all__ = ["compared", "hostile", "made_once", "many"]
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
def serve():
    """Serves a folder of runs; returns its address."""
    with ExitStack() as served:

        def started(made):
            site = served.enter_context(serving(Settings(made.folder.parent), made.jobs))
            return str(site.base_url).rstrip("/") + made.at

        yield started


@pytest.fixture
def opened(browser):
    """Opens a page; afterwards nothing may have gone wrong in it, nor come from elsewhere."""
    contexts, wrong, asked = [], [], []

    def open_it(address, width=1280, **settings):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **settings))
        page = contexts[-1].new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        assert page.goto(address).status == 200
        page.evaluate("document.querySelectorAll('img').forEach(one => one.loading = 'eager')")
        page.wait_for_load_state("networkidle")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert wrong == []
    assert all(url.startswith("http://127.0.0.1:") for url in asked)


@pytest.fixture(scope="module")
def at(compared, serve):
    return serve(compared)


@pytest.fixture(scope="module")
def hostile_at(hostile, serve):
    return serve(hostile)


@pytest.fixture(scope="module")
def many_at(many, serve):
    return serve(many)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_answer_prints_on_one_sheet_of_a4(opened, at, scripts):
    page = opened(at) if scripts else _without_scripts(opened, at)

    held = page.pdf(prefer_css_page_size=True)

    box = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", held)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", held)) == 1
    assert [float(one) for one in box.groups()] == pytest.approx([595, 842], abs=2)


@pytest.mark.long
@pytest.mark.parametrize("options", [4])  # as many as a page compares, so the fullest
def test_with_draws_enough_to_tell_everything_it_still_prints_on_one_sheet(
    opened, serve, made_once, options
):
    told = compared_in(made_once(f"web_whole_{options}", _whole(options)))
    told.jobs.made[told.folder.name] = Job(
        "a" * 32, "compare", {"draft": a_draft_in(told.folder.parent)}
    )
    page = opened(serve(told))
    assert page.get_by_text("Change these options").is_visible()

    for how in ({"prefer_css_page_size": True}, {"format": "A4"}):
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(**how))) == 1
    page.emulate_media(media="print")
    assert page.locator("#unverified + p").is_visible()


def _whole(options):
    """Makes a comparison of the first shipped options with nothing left untold for few draws."""

    def make(out):
        return familyflow.compare(*OPTIONS[:options], draws=DRAWS, seed=3, out=out).folder

    return make


def _without_scripts(opened, address):
    """The page as it arrives, where the browser runs no script."""
    page = opened(address)
    other = page.context.browser.new_context(java_script_enabled=False).new_page()
    other.goto(address)
    return other


def test_on_paper_there_is_the_answer_alone_and_nothing_smaller_than_8_points(opened, at):
    page = opened(at)
    page.emulate_media(media="print")

    for hidden in ("nav", ".charts", "header", "body > footer"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator(".answer").is_visible()
    sizes = page.evaluate(
        "[...document.querySelectorAll('.one-page *')].filter(one => one.offsetParent && "
        "!one.matches('.said, .unseen') && "
        "[...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))"
        ".map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 8 * 96 / 72 - 0.01


@pytest.mark.parametrize("path", PAGES)
def test_with_hostile_titles_no_page_is_wider_than_the_screen(opened, hostile_at, path):
    for width in WIDTHS:
        page = opened(hostile_at + path, width)

        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_with_many_options_nothing_is_wider_than_the_screen(opened, many_at):
    for path in PAGES:
        page = opened(many_at + path, 320)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", WIDTHS)
def test_charts_are_seen_under_the_policy_of_every_page(opened, at, width):
    page = opened(at, width)

    shown = page.evaluate(
        "Promise.all([...document.images].map(async one => { await one.decode();"
        " return one.naturalWidth; }))"
    )
    assert len(shown) >= 3
    assert min(shown) > 300


def test_answers_to_further_questions_shut_nobody_out(opened, compared, at):
    out = compared.folder.parent
    own = {"method": "tornado", "vary": [LOCAL], "replications": 1, "seed": 3, "out": out}
    made = familyflow.sweep("core_offer", **own)
    asked = {"comparison": compared.folder.name, "method": "tornado"}
    job = Job("a" * 32, "sweep", asked, state="done", run=made.folder.name)
    wrong = [{"what": "It took too long", "to_do": "Ask again."}]
    failed = Job("b" * 32, "voi", {"comparison": compared.folder.name}, state="failed")
    failed.problems = wrong
    compared.jobs.noted += [job, failed]

    page = opened(f"{at}/change", min(WIDTHS))
    assert page.locator("#tornado ~ .chart img").is_visible()
    assert _violations(page) == []
    compared.jobs.noted.clear()


def test_a_key_leads_to_its_number(opened, at):
    page = opened(f"{at}/evidence#{LOCAL}")

    assert page.evaluate("document.querySelector(':target').id") == LOCAL
    assert page.locator(":target").is_visible()


def _violations(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response
    return [(one["id"], node["html"][:200]) for one in found["violations"] for node in one["nodes"]]
