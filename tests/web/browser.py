"""A real browser for tests of the web page, and what may never go wrong in it."""

import importlib.util
import re
import shutil
from urllib.parse import urlsplit

import pytest

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = importlib.util.find_spec("playwright") and importlib.util.find_spec(
    "axe_playwright_python"
)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE = {"viewport": {"width": 1280, "height": 1024}}
ZOOMED = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}  # 1280 px at 400%
LONG = 120_000.0  # milliseconds that work may take on a busy machine
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")

needs_browser = [
    pytest.mark.whole,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium here, so no page is opened"),
    pytest.mark.skipif(not DRIVER, reason="playwright or its axe is not installed here"),
]

# What reaches past the window where nothing scrolls to it, and what a box hides of its content.
_LOST = """() => {
  const seen = one => one.checkVisibility({visibilityProperty: true})
    && one.getBoundingClientRect().width > 1 && !one.closest("svg");
  const name = one => `${one.tagName} .${one.className} "${one.textContent.trim().slice(0, 40)}"`;
  const hides = (one, how) => how.includes(getComputedStyle(one).overflowX);
  const inside = one => {
    for (let at = one.parentElement; at; at = at.parentElement)
      if (hides(at, ["auto", "scroll"]) || at.getBoundingClientRect().width <= 1) return true;
    return false;
  };
  const all = [...document.querySelectorAll("body *")].filter(seen);
  const past = all.filter(one => one.getBoundingClientRect().right > innerWidth + 0.5
    && !inside(one)).map(one => "past the edge: " + name(one));
  const cut = all.filter(one => one.tagName !== "INPUT" && hides(one, ["hidden", "clip"])
    && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
    && !inside(one)).map(one => "cut off: " + name(one));
  const wide = document.documentElement.scrollWidth > innerWidth ? ["the page scrolls"] : [];
  return [...wide, ...past, ...cut];
}"""
_SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""


@pytest.fixture(scope="module")
def chromium():
    """The browser itself, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


class Watched:
    """Opens browsers, and notes what they asked for and what they complained of."""

    def __init__(self, chromium):
        self._chromium = chromium
        self._contexts, self._refused = [], set()
        self.asked, self.said = [], []

    def visitor(self, origin, *, scripts=True, **settings):
        """A person with a browser of their own: cookies and all. Gives an empty page."""
        settings = {**WIDE, "base_url": origin, "java_script_enabled": scripts, **settings}
        context = self._chromium.new_context(**settings)
        context.set_default_timeout(LONG)
        self._contexts.append(context)
        context.on("request", lambda one: self.asked.append((origin, one.url)))
        context.on("response", self._note)
        context.on("console", lambda one: self.said.append((one.text, one.location["url"])))
        context.on("weberror", lambda one: self.said.append((str(one.error), "")))
        return context.new_page()

    def _note(self, response):
        if response.status >= 400 and response.request.is_navigation_request():
            self._refused.add(response.url)

    def close(self):
        """Close every browser; nothing may have gone wrong in any."""
        for context in self._contexts:
            context.close()
        # a page of mistakes is a page: that its status says so is no fault of its own
        wrong = [text for text, url in self.said
                 if not (url in self._refused and REFUSED.match(text))]  # fmt: skip
        away = [url for origin, url in self.asked if not is_at(origin, url)]
        assert wrong == []
        assert away == []
        assert self.asked


def is_at(origin, url):
    """Whether an address is on this very server."""
    return urlsplit(url)[:2] == urlsplit(origin)[:2]


@pytest.fixture
def watched(chromium):
    """Browsers of one test; afterwards nothing may have gone wrong in them."""
    one = Watched(chromium)
    yield one
    one.close()


def barriers(page):
    """What axe-core finds against WCAG 2.2 A and AA: each rule with the elements."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response
    assert found["passes"], "axe looked at nothing"
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"]][:4],
             rule["nodes"][0]["failureSummary"]) for rule in found["violations"]]  # fmt: skip


def lost(page):
    """What cannot be seen without scrolling sideways, or not at all."""
    return page.evaluate(_LOST)


def space_out(page):
    """Set the spacing of WCAG 1.4.12, as a reader's own style sheet would."""
    page.evaluate(_SPACED)


def headings(page):
    """Title of the window, count of first headings, language."""
    return page.title(), page.locator("h1").count(), page.get_attribute("html", "lang")
