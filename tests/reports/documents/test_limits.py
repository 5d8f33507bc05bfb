"""A bid outside what the funder's programme pays is told so, with the numbers of the parameters."""

from dataclasses import replace

import pytest

from familyflow.reports.documents.limits import outside_limits, total_row


def limited(kept, **changed):
    row = {**kept.parameters["funding.limits"]["table"][0], **changed}
    limits = {"table": [row], "unit": "table"}
    return replace(kept, parameters={**kept.parameters, "funding.limits": limits})


def about_the_programme(kept):
    return [told for told in outside_limits(kept) if "Reaching Communities England" in told]


def test_a_bid_within_the_limits_is_not_warned_of_them(kept):
    assert about_the_programme(kept) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"least": 900_000.0}, "pays £900,000 or more"),
        ({"most_awards_under": 100_000.0}, "are under £100,000 in all"),
        ({"longest_years": 2.0}, "pays for up to 2 years"),
    ],
)
def test_each_limit_that_is_not_kept_is_told(kept, changed, words):
    (told,) = about_the_programme(limited(kept, **changed))

    assert words in told


def test_what_is_exactly_at_a_limit_is_judged_as_the_limit_says(kept):
    asked = float(total_row(kept)["asked"])

    assert about_the_programme(limited(kept, least=asked)) == []
    assert len(about_the_programme(limited(kept, most_awards_under=asked))) == 1
    assert about_the_programme(limited(kept, longest_years=3.0)) == []


def test_a_funder_without_known_limits_is_told_to_be_unchecked(kept):
    (told,) = [t for t in outside_limits(limited(kept, funder="Another")) if "not known" in t]

    assert "National Lottery Community Fund" in told


def test_what_has_no_funder_is_told(kept):
    budget = [{**row, "unfunded": 1_234.0} for row in kept.tables["budget"]]
    changed = replace(kept, tables={**kept.tables, "budget": budget})

    assert "£1,234 of the budget has no funder yet." in outside_limits(changed)
