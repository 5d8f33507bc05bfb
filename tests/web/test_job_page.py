"""What the page of a job says of its first rough answer while it works, and once it has ended."""

from dataclasses import replace

import pytest
from tests.web.browser_states import PROBLEM, ROUGH
from tests.web.case_site import words_in

REPLACED, NOT_MADE = "it will be replaced", "the whole answer was not made"


def page_of(site, state, **more):
    jobs = site.app.state.jobs
    name = jobs.ask("compare", {"scenarios": ["core_offer", "no_service"]}, "somebody", "/x")
    jobs.asked[name] = replace(jobs.asked[name], state=state, **more)
    return words_in(site.get(f"/jobs/{name}").text)


@pytest.mark.parametrize("state", ["waiting", "at work"])
def test_a_rough_answer_will_be_replaced_while_more_is_to_come(site, state):
    told = page_of(site, state, rough=ROUGH)

    assert REPLACED in told
    assert NOT_MADE not in told


@pytest.mark.parametrize("state", ["stopped", "failed"])
def test_a_rough_answer_that_nothing_follows_is_not_said_to_be_replaced(site, state):
    told = page_of(site, state, rough=ROUGH, problems=(PROBLEM,))

    assert NOT_MADE in told
    assert REPLACED not in told
    assert "Nothing half-finished was left" not in told  # the rough answer stands beneath it


def test_what_was_stopped_before_a_rough_answer_left_nothing(site):
    assert "Nothing half-finished was left" in page_of(site, "stopped")


def test_where_too_many_listen_a_page_is_told_to_load_itself_again(site):
    jobs = site.app.state.jobs
    name = jobs.ask("compare", {"scenarios": ["core_offer", "no_service"]}, "somebody", "/x")
    jobs.asked[name] = replace(jobs.asked[name], state="stopped")
    heard = site.get(f"/jobs/{name}/events")
    site.app.state.listeners.has_room = lambda browser: False
    refused = site.get(f"/jobs/{name}/events")

    assert heard.headers["content-type"].startswith("text/event-stream")
    assert '"state": "stopped"' in heard.text
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
