"""What a line of the account names must be there and be of the right kind, all told at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from familyflow.parameters.library import load_library
from familyflow.problems import InputError, Problem
from familyflow.shipped import parameters_folder

Wrongs = Callable[[str], list[Problem]]

COST = """\
unit_costs.own.{name}: {{label: A call, unit: GBP per call-out, price_year: 2019/20, value: 500,
  kind: fiscal, falls_on: {{police: 1}}, grade: D, status: assumed, note: A test{more}}}
"""
LINE = """\
benefits.own.line:
  label: Own
  quantity: families_started
  unit_cost: {unit_cost}
  counterfactual: proportional
  evidence: weaker
  grade: D
  note: A test.
  {more}
  chain: {{prevalence: {prevalence}, engagement: 1, retained: 1, impact: 0.6, deadweight: 0.2,
    unit: times, units_each: 1, lag_years: 0, saving_years: 1, drop_off: 0{link}}}
"""
RIGHT = {"unit_cost": "unit_costs.own.call", "prevalence": "1", "more": "", "link": ""}


@pytest.fixture
def wrongs(tmp_path) -> Wrongs:
    """The mistakes of a file laid over the shipped parameters."""

    def find(text: str) -> list[Problem]:
        file = tmp_path / "own.yaml"
        file.write_text(text, encoding="utf-8")
        try:
            load_library([parameters_folder(), file])
        except InputError as error:
            return [*error.problems]
        return []

    return find


def line(**changes: str) -> str:
    return LINE.format(**{**RIGHT, **changes}) + COST.format(name="call", more="")


def test_a_line_of_ones_own_is_read(wrongs: Wrongs) -> None:
    assert wrongs(line()) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"prevalence": "unit_costs.own.call"}, "no share; its unit is 'GBP per call-out'"),
        ({"prevalence": "appraisal.term_years"}, "no share; its unit is 'years'"),
        ({"prevalence": "outcomes.effects.care_ratio"}, "is no share; its unit is 'ratio"),
        ({"prevalence": "appraisal.timing"}, "not a single number"),
        ({"link": ", rate_without: appraisal.term_years"}, "rate_without: 'appraisal.term_years'"),
        ({"more": "share: appraisal.term_years"}, ".share: 'appraisal.term_years' is no share"),
        ({"more": "share: {rest_of: appraisal.term_years}"}, "share.rest_of: 'appraisal.term_y"),
        ({"more": "cashable: {share: appraisal.term_years}"}, "cashable.share: 'appraisal.term_y"),
        ({"more": "behaves: fixed"}, ".behaves: it belongs to a line of cost"),
        ({"more": "type: revenue"}, ".type: it belongs to a line of cost"),
        ({"more": "heading: Salaries"}, ".heading: it belongs to a line of cost"),
        ({"unit_cost": "{}"}, "there is none for all_spend, case_time_and_fees"),
        ({"unit_cost": "{all_spend: unit_costs.own.call}"}, "there is none for case_time_and_fees"),
        (
            {
                "unit_cost": "{all_spend: unit_costs.own.call, case_time_and_fees: "
                "unit_costs.own.call, al_spend: unit_costs.own.call}"
            },
            "there is no scope 'al_spend'",
        ),
        ({"unit_cost": "appraisal.timing"}, "'appraisal.timing' is not a unit cost"),
        ({"unit_cost": "unit_costs.staff.pension"}, "is not a unit cost"),
        ({"unit_cost": "unit_costs.staff.national_insurance"}, "is not a unit cost"),
        ({"link": ", saving_years: 1e9"}, "stands twice"),
    ],
)
def test_a_mistake_of_a_line_is_told_once(
    wrongs: Wrongs, changes: dict[str, str], words: str
) -> None:
    (problem,) = wrongs(line(**changes))

    assert words in problem.what
    assert "falls_on" not in problem.to_do
    assert problem.file.endswith("own.yaml")
    assert problem.line > 1
    assert problem.column > 1


@pytest.mark.parametrize(
    ("was", "given", "words"),
    [
        ("saving_years: 1", "saving_years: 1000000000", "must be 50 or less"),
        ("saving_years: 1", "saving_years: 0", "must be 1 or more"),
        ("lag_years: 0", "lag_years: 1e300", "must be 50 or less"),
        ("lag_years: 0", "lag_years: 0.5", "a whole number is due"),
        ("units_each: 1", "units_each: 1e15", "must be 1000000 or less"),
        ("units_each: 1", "units_each: -1", "must be 0 or more"),
        ("drop_off: 0", "drop_off: 1.4", "must be 1 or less"),
    ],
)
def test_no_amount_of_a_chain_is_without_limits(
    wrongs: Wrongs, was: str, given: str, words: str
) -> None:
    (problem,) = wrongs(line().replace(was, given))

    assert words in problem.what
    assert "input should" not in problem.what


@pytest.mark.parametrize(
    ("chain", "found"),
    [("null", "nothing"), ("[]", "a list"), ("{}", "an empty section"), ("5", "a single value")],
)
def test_a_chain_that_is_none_is_told_what_a_chain_needs(
    wrongs: Wrongs, chain: str, found: str
) -> None:
    start = line().partition("  chain:")[0]

    (problem,) = wrongs(f"{start}  chain: {chain}\n" + COST.format(name="call", more=""))

    assert f"a chain is due here, not {found}" in problem.what
    assert "A chain needs prevalence, engagement, retained" in problem.to_do


def test_a_chain_counts_in_a_unit_that_is_no_key(wrongs: Wrongs) -> None:
    assert wrongs(line().replace("unit: times", "unit: a.b")) == []


def test_a_saving_says_what_it_is_measured_against(wrongs: Wrongs) -> None:
    simulated = line().partition("  chain:")[0].replace("  counterfactual: proportional\n", "")

    (problem,) = wrongs(simulated + COST.format(name="call", more=""))

    assert "has no 'counterfactual'" in problem.what


def test_the_unit_cost_of_a_saving_is_looked_at_without_a_counterfactual(wrongs: Wrongs) -> None:
    text = line().replace(" kind: fiscal, falls_on: {police: 1},", "")

    found = wrongs(text)

    assert ["kind" in p.what or "falls_on" in p.what for p in found] == [True, True]
    assert {(p.line, p.column) for p in found} == {(4, 14)}


def test_unit_costs_that_are_parts_of_one_another_are_one_circle(wrongs: Wrongs) -> None:
    parts = {"a": "b", "b": "c", "c": "a"}
    text = "".join(
        COST.format(name=name, more=f", composed_of: [unit_costs.own.{part}]")
        for name, part in parts.items()
    )

    (problem,) = wrongs(text)

    assert "a -> unit_costs.own.b -> unit_costs.own.c -> unit_costs.own.a" in problem.what


@pytest.mark.parametrize(
    ("more", "words", "to_do"),
    [
        ("dated: {2019/20: 500, 2023/24: 1e300}", "is more than 'GBP per call-out' can be", ""),
        ("dated: {2019/20: 500, 2023/24: .nan}", "not a number that can be used", "finite"),
        ("falls_on: {police: 1, nhs: 0.4}", "sum to 1.4, not 1", "What is too much is 0.4."),
        ("falls_on: {police: 0.5, nhs: 0.5000001}", "1.0000001", "What is too much is 0.0000001."),
        ("falls_on: {police: 0.9}", "sum to 0.9, not 1", "What is missing is 0.1."),
        ("falls_on: [police]", "agencies with their shares are due", "{nhs: 1}"),
        ("options: [a]", ".options: only a text has options", "Take 'options' away."),
        ("sums_to: 1", ".sums_to: only a table has it", "Take 'sums_to' away."),
        ("code: A+", "a code is missing beside the '+'", "A+B"),
        ("code: +", "a code is missing beside the '+'", "A+B"),
        ("distribution: {lognormal: {mean: 500, sd: 1e9}}", "at most 10 times", "Check the sd"),
        ("distribution: {gamma: {mean: 500, sd: 5e6}}", "at most 10 times", "Check the sd"),
        (
            "distribution: {lognormal: {median: 500, p2_5: 1e-9, p97_5: 1e10}}",
            "at most 10 times",
            "Check the sd",
        ),
    ],
)
def test_a_mistake_of_a_unit_cost_is_told_once_and_in_our_words(
    wrongs: Wrongs, more: str, words: str, to_do: str
) -> None:
    text = COST.format(name="call", more=f", {more}")
    if more.startswith("falls_on"):
        text = text.replace(" falls_on: {police: 1},", "", 1)

    (problem,) = wrongs(text)

    assert words in problem.what
    assert to_do in problem.to_do
