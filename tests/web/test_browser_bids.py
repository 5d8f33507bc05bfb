"""A cost case and a team, asked for and taken away in a real browser, with real work."""

import re

import pytest
from docx import Document
from tests.web.browser import LONG, chromium, needs_browser, watched
from tests.web.conftest import serving

from familyflow.web.routes import cost_case
from familyflow.web.settings import Settings

__all__ = ["chromium", "watched"]
pytestmark = [*needs_browser, pytest.mark.long]
expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A site with workers of its own, which simulates little for a cost case."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cost_case, "DRAWS", 50)
        with serving(Settings(tmp_path_factory.mktemp("bids"))) as served:
            yield str(served.base_url).rstrip("/")


def field(page, name):
    """The field of that row and option, as a screen reader calls it."""
    return page.get_by_role("textbox", name=name)


def press(page, button):
    page.get_by_role("button", name=button).first.click()


def test_a_bid_writer_takes_a_word_document_away(address, watched):
    page = watched.visitor(address, accept_downloads=True)
    page.goto("/")
    page.get_by_role("link", name="Make a cost case for a bid").click()
    page.fill("#title", "Families first in our town")
    press(page, "Make the cost case")
    page.wait_for_url(re.compile(r"/cost-case/.+"), timeout=LONG)
    expect(page.locator("h1")).to_have_text("Families first in our town: cost case")
    said = page.locator("article h2").all_inner_texts()

    press(page, "Make the Word document")
    page.wait_for_url(re.compile(r"/cost-case/.+"), timeout=LONG)
    with page.expect_download() as coming:
        page.get_by_role("link", name="The cost case (Word)").click()
    document = Document(coming.value.path())
    heads = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert said
    assert {*said} <= {*heads}


def test_a_team_that_a_grant_pays_for_lands_in_the_option(address, watched):
    page = watched.visitor(address)
    page.goto("/")
    press(page, "Set these side by side")
    field(page, "Key-worker posts Option 1").fill("2")
    field(page, "Fit to this grant Option 1").fill("150,000")
    press(page, "Find the team for option 1")
    page.wait_for_url(re.compile(r"/staffing/.+draft="), timeout=LONG)
    row = page.locator("tbody tr", has=page.get_by_role("button", name="Use this team")).nth(2)
    posts = re.match(r"\D*(\d+)", row.get_by_role("rowheader").inner_text())[1]

    row.get_by_role("button").click()
    page.wait_for_url("**/options/*#o0-posts")
    expect(field(page, "Key-worker posts Option 1")).to_have_value(posts)
    expect(page.get_by_role("columnheader", name="Option")).to_have_count(2)
