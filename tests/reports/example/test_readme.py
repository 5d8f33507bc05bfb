"""The README quotes the example, and the example is held to the model."""

import json
import re
from pathlib import Path

import pytest

from familyflow.reports.rows import ratio
from familyflow.reports.words import likelihood, out_of_ten, pounds

ROOT = Path(__file__).parents[3]
NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


@pytest.fixture(scope="module")
def results():
    file = ROOT / "outputs" / "example" / "core_offer" / "results.json"
    return json.loads(file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def quoted():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (found,) = re.findall(r"<!-- results:start -->(.*?)<!-- results:end -->", readme, re.DOTALL)
    return " ".join(found.split())


def test_the_return_and_its_interval_are_those_of_the_example(results, quoted):
    told = results["money"]["fiscal_return"]
    chance = results["money"]["probability_net_saving"]["mean"]

    assert f"saves public services about {ratio(told['mean'])}" in quoted
    assert f"({interval(told)}; a net saving is" in quoted
    assert f"{likelihood(chance)}, {out_of_ten(chance)})" in quoted
    assert ("does not pay" in quoted) == (told["mean"] < 1)


def test_what_it_costs_and_whom_it_reaches_are_those_of_the_example(results, quoted):
    money, flow = results["money"], results["flow"]

    a_year = pounds(money["cost_undiscounted"]["mean"] / results["term_years"], 1)
    assert f"costs about {a_year} a year" in quoted
    each = money["cost_per_family_started_undiscounted"]["mean"]
    assert f"or {pounds(each)} for each family that starts" in quoted
    families, children = (tens(flow[name]) for name in ("families_started", "children_supported"))
    assert f"about {families} families and {children} children" in quoted
    assert f"some {tens(flow['care_weeks_avoided'])} fewer weeks in care" in quoted


def test_the_children_at_home_and_what_would_pay_are_those_of_the_example(results, quoted):
    flow, money = results["flow"], results["money"]

    home = in_words(flow["children_looked_after_avoided"])
    longer = in_words(flow["of_which_delayed"])
    assert f"about {home} children who can safely stay at home, {longer} of them" in quoted
    assert f"preventing about {in_words(money['break_even_placements'])} of them" in quoted
    assert 0.4 < money["cashable_saving"]["mean"] / money["fiscal_saving"]["mean"] < 0.6
    assert "about half of it cashable" in quoted
    assert 0.4 < money["saving_after_budget_window"]["mean"] / money["fiscal_saving"]["mean"] < 0.5
    assert "nearly half of it comes after the grant has ended" in quoted


def interval(told):
    return f"95% interval {ratio(told['low'])} to {ratio(told['high'])}"


def tens(told):
    return str(round(told["mean"] / 10) * 10)


def in_words(told):
    return NUMBERS[round(told["mean"]) - 1]
