"""Every page in every state: no barrier, nothing lost when narrow or spaced out, none from afar."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from tests.web.browser import (
    ZOOMED,
    barriers,
    chromium,
    headings,
    lost,
    needs_browser,
    space_out,
    watched,
)
from tests.web.browser_states import PROBLEM, ROUGH, Site, make_runs, runs_with
from tests.web.conftest import NobodyAtWork, serving
from tests.web.finished import compared, made_once

from familyflow.web.settings import Settings

__all__ = ["chromium", "compared", "made_once", "watched"]
pytestmark = needs_browser
FOUR = ("core_offer", "grant_cut_20", "two_more_key_workers", "no_service")


@pytest.fixture(scope="module")
def site(made_once, compared):
    runs = runs_with(made_once("web_browser", make_runs), compared.folder)
    with serving(Settings(runs.folder), NobodyAtWork()) as served:
        yield Site(served, runs)


def press(page, button):
    page.get_by_role("button", name=button).first.click()


def start_without_ticks(page, site):
    page.goto("/")
    for box in page.locator("input[type=checkbox]").all():
        box.uncheck()
    press(page, "Set these side by side")


def saved_that_is_none(page, site):
    page.goto("/")
    file = {"name": "mine.json", "mimeType": "application/json", "buffer": b"{}"}
    page.set_input_files("#saved", file)
    press(page, "Open it")


def options_with_mistakes(page, site):
    page.goto(site.draft(*FOUR[:2]))
    page.fill("input.number >> nth=0", "-3")
    page.fill("input.number >> nth=1", "many")
    page.click("details summary")
    page.fill("#draws", "1")
    press(page, "Compare these options")


def one_option(page, site):
    page.goto(site.draft(*FOUR[:2]))
    press(page, "Remove")
    press(page, "Compare these options")


def options_in_detail(page, site):
    page.goto(site.draft(*FOUR))
    page.click("details summary")
    press(page, "Add one to option 1")


def own_file_with_mistakes(page, site):
    page.goto(site.draft(*FOUR[:2]))
    page.click("details summary")
    file = {"name": "mine.yaml", "mimeType": "text/yaml", "buffer": b"no.such.key: {value: 1}\n"}
    page.set_input_files("#parameters", file)
    press(page, "Check and use it")


def grant_without_a_number(page, site):
    page.goto(site.draft(*FOUR[:3]))
    press(page, "Find the team")


def opened(page, site, address):
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def charts_seen(page, site):
    opened(page, site, f"/comparisons/{site.runs.four}")
    before = page.evaluate("document.documentElement.scrollHeight")
    for picture in page.locator("section.charts img").all():
        picture.scroll_into_view_if_needed()
    page.evaluate("Promise.all([...document.images].map(one => one.decode()))")
    assert page.evaluate("document.documentElement.scrollHeight") == before


def change_at_work(page, site):
    page.goto(site.asking(site.runs.two))


def change_after(page, site):
    opened(page, site, site.answer(site.runs.four))


def case_with_mistakes(page, site):
    page.goto("/cost-case")
    page.fill("#years", "none")
    page.fill("#title", "")
    page.fill("#first_year", "soon")
    page.fill("#funder-0-year-0", "a lot")
    press(page, "Make the cost case")


def teams_with_mistakes(page, site):
    page.goto("/staffing")
    page.fill("#posts", "some")
    page.fill("#confidence", "3")
    press(page, "Try these teams")


def teams_of_a_draft(page, site):
    draft = site.draft(*FOUR[:2]).rpartition("/")[2]
    page.goto(f"/staffing/{site.runs.teams}?draft={draft}&option=0")


def form_of_another(page, site):
    page.goto("/")
    page.evaluate("document.querySelector('[name=form_token]').value = '0'.repeat(64)")
    press(page, "Set these side by side")


@dataclass(frozen=True)
class State:
    """A page in a state: how to come to it, its status, and words that show it is the one."""

    come: Any
    words: str
    status: int = 200


AT_WORK = {"state": "at work", "stage": "simulating Core offer", "done": 640, "of": 1_000,
           "seconds_left": 40.0}  # fmt: skip
STATES = {
    "start": State(lambda s: "/", "Compared here before"),
    "start, none ticked": State(start_without_ticks, "none is ticked", 422),
    "start, a saved file that is none": State(saved_that_is_none, "There is a problem", 422),
    "options, two": State(lambda s: s.draft(*FOUR[:2]), "Option 2"),
    "options, four": State(lambda s: s.draft(*FOUR), "Option 4"),
    "options, one": State(one_option, "A comparison needs two options", 422),
    "options, mistakes": State(options_with_mistakes, "There is a problem", 422),
    "options, details": State(options_in_detail, "Further choice or belief 1"),
    "options, a file with mistakes": State(own_file_with_mistakes, "mine.yaml", 422),
    "options, no grant": State(grant_without_a_number, "Give the grant in pounds", 422),
    "job, waiting": State(lambda s: s.job("run"), "About to begin"),
    "job, at work": State(lambda s: s.job(rough=ROUGH, **AT_WORK), "640 of 1,000"),
    "job, failed": State(lambda s: s.job(state="failed", problems=(PROBLEM,)), "no room", 422),
    "job, stopped": State(lambda s: s.job(state="stopped", rough=ROUGH), "It was stopped"),
    "answer, two": State(lambda s: f"/comparisons/{s.runs.two}", "What this rests on"),
    "answer, four": State(charts_seen, "Charts"),
    "change, before": State(lambda s: f"/comparisons/{s.runs.two}/change", "Find where it turns"),
    "change, at work": State(change_at_work, "being worked out"),
    "change, after": State(change_after, "numbers that matter most"),
    "evidence, all": State(lambda s: "/evidence", "numbers that come with the model"),
    "evidence, some": State(lambda s: "/evidence?q=attendance&unverified=true", "Show all"),
    "evidence, none": State(lambda s: "/evidence?q=zzzz", "No number is like that"),
    "evidence, of a comparison": State(
        lambda s: f"/comparisons/{s.runs.four}/evidence?changed=true",
        "The evidence behind each number",
    ),
    "take away, before": State(lambda s: f"/comparisons/{s.runs.four}/take-away", "not made yet"),
    "take away, after": State(lambda s: f"/comparisons/{s.runs.two}/take-away", "Word is made"),
    "cost case": State(lambda s: "/cost-case", "The project"),
    "cost case, mistakes": State(case_with_mistakes, "There is a problem", 422),
    "cost case, made": State(lambda s: f"/cost-case/{s.runs.case}", "Make the Word document"),
    "staffing": State(lambda s: "/staffing", "Teams to try"),
    "staffing, mistakes": State(teams_with_mistakes, "There is a problem", 422),
    "staffing, made": State(lambda s: f"/staffing/{s.runs.teams}", "Every team that was tried"),
    "staffing, of a draft": State(teams_of_a_draft, "Use this team"),
    "about": State(lambda s: "/about", "What it cannot tell"),
    "accessibility": State(lambda s: "/accessibility", "What was not tested"),
    "nothing here": State(lambda s: "/options/none", "There is nothing here", 404),
    "a form of another's": State(form_of_another, "This form is too old", 403),
}


# of the states, those that hold every kind of part: forms, mistakes, jobs, tables, charts, answers
WITH_EVERY_CHANGE = {
    "start", "options, mistakes", "job, at work", "answer, two", "change, after", "evidence, some",
    "take away, after", "cost case, mistakes", "staffing, made", "nothing here",
}  # fmt: skip


def come_to(page, site, state):
    """Go there as a person would; the status of the page that is then shown."""
    shown = []
    page.on("response", lambda one: shown.append(one) if one.frame == page.main_frame
            and one.request.is_navigation_request() else None)  # fmt: skip
    if state.come.__code__.co_argcount == 2:
        state.come(page, site)
    else:
        page.goto(state.come(site))
    return shown[-1].status


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in WITH_EVERY_CHANGE else pytest.mark.long)
     for name in STATES],
)  # fmt: skip
def test_everybody_can_use_it(site, watched, name):
    state, page = STATES[name], watched.visitor(site.address)

    assert come_to(page, site, state) == state.status
    assert state.words in page.inner_text("main")
    title, firsts, language = headings(page)
    assert re.fullmatch(r".+ \u2013 familyflow", title)
    assert title.startswith("Error: ") == bool(page.locator(".mistakes [href]").count())
    assert (firsts, language) == (1, "en-GB")
    assert lost(page) == []
    page.set_viewport_size(ZOOMED["viewport"])
    if name != "evidence, all":  # some of its numbers, built the same way, are looked at below
        assert barriers(page) == []  # where tables are stacked: the page with the most to go wrong
    assert lost(page) == []
    space_out(page)
    assert lost(page) == []
