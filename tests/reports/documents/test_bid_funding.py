"""The prose of the budget says of dearer and cheaper draws what goes beyond the mean, no more."""

from dataclasses import replace

import pytest

from familyflow.reports.documents.bid_funding import full_cost


def told_of(kept, left_over, not_funded, either_way):
    gap = {"left_over": left_over, "not_funded": not_funded, "either_way": either_way}
    said = full_cost(replace(kept, results={**kept.results, "funding_gap": gap}))
    return next((one for one in said if one.startswith("This is the mean.")), "")


def test_a_gap_that_is_there_every_time_is_not_put_down_to_dearer_years(kept):
    assert told_of(kept, 0.0, 1_430_000.0, 0.0) == ""

    told = told_of(kept, 12_000.0, 1_430_000.0, 12_000.0)

    assert "a further £12,000 of cost has no funder in dearer years" in told
    assert "£1.43 million" not in told


def test_an_offer_above_the_mean_cost_is_not_put_down_to_cheaper_years(kept):
    told = told_of(kept, 1_890_000.0, 0.0, 0.0)

    assert "£1.89 million of what is offered is above the mean cost of its year" in told
    assert "cheaper" not in told


@pytest.mark.parametrize("left_over", [12_000.0, 50_000.0])
def test_dearer_draws_lack_as_much_as_cheaper_ones_leave(kept, left_over):
    told = told_of(kept, left_over, 12_000.0, 12_000.0)

    assert "on average £12,000 of cost has no funder in dearer years, and as much" in told
    assert ("£38,000 of what is offered is above the mean" in told) == (left_over > 12_000.0)
