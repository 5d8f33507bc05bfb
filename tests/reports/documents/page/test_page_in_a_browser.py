"""The pages in a real browser: no barrier, no request, no scroll sideways, one sheet of paper."""

import importlib.util
import io
import re
import shutil

import pytest
from pypdf import PdfReader

from familyflow.reports.documents.one_page import one_page

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = importlib.util.find_spec("playwright") and importlib.util.find_spec(
    "axe_playwright_python"
)
PAGES = ("core_offer", "reaching_communities_bid", "comparison")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
A4 = (594.96, 841.92)  # points, as Chromium rounds them
LEAST_TYPE = 8.0  # points, that can be read on paper

pytestmark = [
    pytest.mark.whole,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium here, so no page is opened"),
    pytest.mark.skipif(not DRIVER, reason="playwright or its axe is not installed here"),
]


@pytest.fixture(scope="module")
def files(ran, core, compared, tmp_path_factory):
    """The three pages as files, as a reader would open them."""
    folder = tmp_path_factory.mktemp("pages")
    made = dict(zip(PAGES, (core, ran.folder, compared.folder), strict=True))
    for name, run in made.items():
        (folder / f"{name}.html").write_text(one_page(run), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])


@pytest.fixture(params=[PAGES[0], pytest.param(PAGES[1], marks=pytest.mark.long), PAGES[2]])
def opened(request, files, browser):
    """A page that is open, and what it asked for beside its own file."""
    tab = browser.new_page(viewport={"width": 1200, "height": 900})
    asked = []
    tab.on("request", lambda one: asked.append(one.url))
    tab.goto(files[request.param].as_uri())
    yield tab, [url for url in asked if url != files[request.param].as_uri()]
    tab.close()


def test_axe_finds_no_barrier_wide_or_narrow(opened):
    from axe_playwright_python.sync_playwright import Axe

    tab, _ = opened
    for width in (1200, 320):
        tab.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(tab, options={"runOnly": {"type": "tag", "values": WCAG}})
        assert found.violations_count == 0, found.generate_report()


def test_nothing_is_asked_of_any_place(opened):
    assert opened[1] == []


def test_a_narrow_screen_needs_no_scroll_sideways(opened):
    tab, _ = opened
    for width in (1200, 400, 320):
        tab.set_viewport_size({"width": width, "height": 700})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_it_prints_on_one_sheet_of_a4_with_the_whole_of_the_page_on_it(opened):
    tab, _ = opened
    found = PdfReader(io.BytesIO(tab.pdf(prefer_css_page_size=True)))

    assert len(found.pages) == 1
    assert [float(side) for side in found.pages[0].mediabox[2:]] == pytest.approx(A4, abs=1.0)
    words = re.sub(r"\s+", "", found.pages[0].extract_text())
    tab.emulate_media(media="print")  # work for whoever goes on is left to the screen
    for part in (".answer", "footer", ".basis p", "section p >> visible=true"):
        told = re.sub(r"\s+", "", tab.locator(part).last.text_content())
        assert told in words, part


def test_nothing_on_paper_is_too_small_to_read(opened):
    tab, _ = opened
    tab.emulate_media(media="print")
    sizes = tab.evaluate(
        """[...document.querySelectorAll("main *")]
           .filter(one => one.offsetParent !== null && one.textContent.trim())
           .map(one => parseFloat(getComputedStyle(one).fontSize) * 72 / 96)"""
    )

    assert min(sizes) >= LEAST_TYPE - 0.01


def test_the_bars_of_a_chart_lie_on_one_scale(opened):
    tab, _ = opened
    for width in (1200, 320):
        tab.set_viewport_size({"width": width, "height": 900})
        lengths = tab.evaluate(
            """[...document.querySelectorAll("table.drawn")].map(one =>
               [...one.querySelectorAll(".bar")].map(bar => bar.getBoundingClientRect().width))"""
        )
        assert lengths
        for chart in lengths:
            assert max(chart) - min(chart) < 1.5  # pixels
            assert min(chart) > 5.0
