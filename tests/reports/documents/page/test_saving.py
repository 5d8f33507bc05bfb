"""Whether options save public money, and what each does to the council, as plain sentences."""

import json
import re

import pytest

from familyflow.reports.answer import FEWEST
from familyflow.reports.documents.lines import found
from familyflow.reports.documents.page.choice import beside, first_of
from familyflow.reports.documents.page.comparison_page import comparison_page
from familyflow.reports.documents.page.saving import council_lines, no_saving
from familyflow.reports.pictures.labels import said
from familyflow.reports.words import pounds, share


@pytest.fixture
def results(comparison):
    """The comparison as if its draws were enough to tell chances."""
    own = json.loads(json.dumps(comparison.results))
    own["draws"] = FEWEST
    for number, row in enumerate(own["options"]):
        row["money"]["probability_net_saving"]["mean"] = 0.11 + 0.1 * number
    return own


def test_that_no_option_is_likely_to_save_is_said_with_the_chance_of_each(results):
    (told,) = no_saving(results)

    for row in results["options"]:
        if row["option"] in results["competing"]:
            chance = row["money"]["probability_net_saving"]["mean"]
            assert f"{share(chance)} with {said(results)[row['option']]}" in told
    assert told.startswith("None of these options is likely to save public money")
    assert told in beside(results)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_it_is_not_said_where_one_option_is_as_likely_as_not(results, number):
    assert results["options"][number]["option"] in results["competing"]
    results["options"][number]["money"]["probability_net_saving"]["mean"] = 0.5

    assert no_saving(results) == ()


def test_no_chance_is_told_of_too_few_draws(results):
    results["draws"] = FEWEST - 1

    assert no_saving(results) == ()


def test_a_reference_that_saves_for_certain_does_not_count(results):
    results["options"][3]["money"]["probability_net_saving"]["mean"] = 1.0
    assert results["options"][3]["option"] not in results["competing"]

    assert len(no_saving(results)) == 1


def test_what_the_council_saves_less_what_it_pays_is_its_net_within_the_term(results):
    lines = council_lines(results)

    assert len(lines) == len(results["competing"])
    for number, line in enumerate(lines):
        paid, saved, cash = map(_in_pounds, re.findall(r"£[\d.,]+(?: million)?", line))
        row = results["options"][number]
        net = found(row, "nets.0.within_the_term")["mean"]
        assert saved - paid == pytest.approx(net, abs=0.005 * (paid + saved))
        assert 0 < cash < saved
        assert said(results)[row["option"]] in line


def test_of_a_saving_that_is_a_loss_it_is_said_that_it_adds_to_spending(results):
    row = results["options"][0]
    paid = -sum(
        sum(one["by_year"][: results["term_years"]])
        for one in row["who_pays"]
        if one["party"] == "Manchester City Council"
    )
    row["nets"][0]["within_the_term"]["mean"] = -paid - 5_000.0

    assert f"and adds {pounds(5_000.0)} to its spending" in council_lines(results)[0]


def test_families_who_never_start_are_told_of_an_option_by_its_name(comparison):
    page = comparison_page(comparison)
    (block,) = [one for one in page.blocks() if one.name == "unverified"]
    name = said(comparison.results)[first_of(comparison.results)]

    assert re.search(rf"\d+% with {re.escape(name)}.* never start", block.parts[0].sentences[0])


def _in_pounds(text):
    number = float(text.removeprefix("£").removesuffix(" million").replace(",", ""))
    return number * (1_000_000 if text.endswith("million") else 1)
