"""The prose of the budget says of dearer and cheaper draws what goes beyond the mean, no more."""

from dataclasses import replace

import pytest

from familyflow.reports.documents.bid_funding import full_cost, in_short
from familyflow.reports.documents.bid_rows import budget_parts, timescale
from familyflow.reports.documents.bid_service import needs, service
from familyflow.reports.documents.limits import outside_limits
from familyflow.reports.documents.page.run_page import run_page


def told_of(kept, left_over, not_funded, either_way):
    gap = {"left_over": left_over, "not_funded": not_funded, "either_way": either_way}
    said = full_cost(replace(kept, results={**kept.results, "funding_gap": gap}))
    return next((one for one in said if one.startswith("This is the mean.")), "")


def test_a_gap_that_is_there_every_time_is_not_put_down_to_dearer_years(kept):
    assert told_of(kept, 0.0, 1_430_000.0, 0.0) == ""

    told = told_of(kept, 12_000.0, 1_430_000.0, 12_000.0)

    assert "a further £12,000 of cost on average has no funder" in told
    assert "£1.43 million" not in told


def test_a_run_kept_before_that_was_told_says_nothing_of_it(kept):
    gap = {"left_over": 12_000.0, "not_funded": 12_000.0}
    said = full_cost(replace(kept, results={**kept.results, "funding_gap": gap}))

    assert said
    assert not any(one.startswith("This is the mean.") for one in said)


def test_what_is_offered_beyond_the_mean_is_not_told_in_real_pounds_beside_a_budget_as_paid(kept):
    assert told_of(kept, 1_890_000.0, 0.0, 0.0) == ""


@pytest.mark.parametrize("left_over", [12_000.0, 50_000.0])
def test_what_dearer_draws_lack_is_told_whatever_cheaper_ones_leave(kept, left_over):
    told = told_of(kept, left_over, 12_000.0, 12_000.0)

    assert "Where it turns out dearer, £12,000 of cost on average has no funder" in told
    assert "£38,000" not in told


def texts(told):
    """Every text in what a page tells, whatever holds it."""
    if isinstance(told, str):
        return [told]
    if isinstance(told, (list, tuple)):
        return [text for one in told for text in texts(one)]
    return texts(list(vars(told).values())) if hasattr(told, "__dict__") else []


@pytest.mark.parametrize(("term", "said"), [(1, "over 1 year"), (3, "over 3 years")])
def test_a_term_of_one_year_is_told_as_one(kept, term, said):
    years = dict.fromkeys(("term_years", "follow_up_years", "watched_years"), term)
    told = replace(kept, results={**kept.results, **years})

    words = [in_short(told), *full_cost(told), *needs(told), *outside_limits(told)]
    words += [*texts(run_page(told)), timescale(told.results)]

    assert any(said in one for one in words)
    assert any(f"over the term of {said.removeprefix('over ')}" in one for one in words)
    assert not any("1 years" in one for one in words)


def test_one_child_is_told_as_one(kept):
    few = {"families_started": {"mean": 0.3}, "children_supported": {"mean": 1.0}}
    told = in_short(
        replace(kept, results={**kept.results, "flow": {**kept.results["flow"], **few}})
    )

    assert "about 0.3 families with 1 child would start" in told


def test_a_funder_who_offers_nothing_is_asked_nothing_in_one_wording(kept):
    (total,) = [row for row in kept.tables["budget"] if row["heading"] == "Total"]
    asked = {name: 0.0 for name in total if name.startswith("asked")}
    told = replace(
        kept,
        results={**kept.results, "funding": [{"funder": "Trust A", "offered": 1.0, "cash": None}]},
        tables={**kept.tables, "budget": [*kept.tables["budget"][:-1], {**total, **asked}]},
    )

    words = [in_short(told), *full_cost(told), *outside_limits(told)]
    parts = [label for _, label in budget_parts(told)]

    named = kept.parameters["funding.asked_of"]["value"]
    assert not any(named in one for one in (*words, *parts))
    assert sum("The budget asks nothing of any funder" in one for one in words) == 3
    assert "of which asked of any funder" in parts
    assert any(f"asked of {named}" in one for one in full_cost(kept))


def test_a_service_without_key_workers_says_that_it_has_none(kept):
    posts = [post for post in kept.results["posts"] if post["role"] != "Key worker"]
    nobody = {"families_started": {"mean": 0.0}, "children_supported": {"mean": 0.0}}
    flow = {**kept.results["flow"], **nobody}
    told = replace(kept, results={**kept.results, "posts": posts, "flow": flow})

    assert service(told) == ["The service has no key worker, so no family would have one."]
    assert "For it no family would start" in in_short(told)
    assert "One key worker holds the relationship" in service(kept)[0]
