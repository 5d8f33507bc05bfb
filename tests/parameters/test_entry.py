"""An entry becomes a parameter with everything that was said of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from familyflow.parameters.library import Library
from familyflow.parameters.parameter import Source, Varies
from familyflow.problems import Problem

Load = Callable[[str], Library]
MONEY = """\
assessment:
  label: An assessment
  unit: GBP per assessment
  value: 457
  price_year: 2008/09
  distribution: by_grade
  kind: fiscal
  falls_on: {childrens_services: 0.75, nhs: 0.25}
  code: SS5.0
  source: {title: Unit Cost Database, where: sheet 3, year: 2015, url: https://example.org}
  grade: C
  status: verified
  note: >-
    Two visits.
  sunset: 2027
"""
LINE = """\
weeks:
  label: Weeks in foster care
  quantity: child_weeks_looked_after.foster
  unit_cost: {all_spend: service.key_work.assessment, fees: service.key_work.assessment}
  share: 0.5
  counterfactual: comparator_arm
  cashable: {share: 0.8, lag_years: 1, step: {units_per_year: 52, release: whole}}
  discount: gb_standard
  double_count_group: placement
  evidence: comparison_group
"""


def test_everything_said_of_a_number_is_kept(loaded: Load) -> None:
    cost = loaded(MONEY)["service.key_work.assessment"]

    assert (cost.value, cost.price_year, cost.kind, cost.code) == (
        457.0,
        "2008/09",
        "fiscal",
        "SS5.0",
    )
    assert cost.falls_on == {"childrens_services": 0.75, "nhs": 0.25}
    assert cost.source == Source("Unit Cost Database", "sheet 3", "2015", url="https://example.org")
    assert (cost.grade, cost.status, cost.note, cost.sunset) == (
        "C",
        "verified",
        "Two visits.",
        "2027",
    )
    assert (cost.distribution.shape, cost.distribution.mean) == ("gamma", pytest.approx(457.0))
    assert (cost.role, cost.is_line, cost.is_uncertain) == ("belief", False, True)


def test_a_line_keeps_its_parts(loaded: Load) -> None:
    line = loaded(MONEY + LINE)["service.key_work.weeks"]

    assert line.is_line
    assert line.quantity == "child_weeks_looked_after.foster"
    assert line.unit_cost["all_spend"] == "service.key_work.assessment"
    assert line.cashable == {
        "share": 0.8,
        "lag_years": 1.0,
        "step": {"units_per_year": 52.0, "release": "whole"},
    }
    assert line.line()["share"] == 0.5
    assert "behaves" not in line.line()


def test_a_step_may_be_nothing(loaded: Load) -> None:
    text = LINE.replace("{units_per_year: 52, release: whole}", "null")

    assert "step" not in loaded(MONEY + text)["service.key_work.weeks"].cashable


def test_a_simulated_line_refuses_what_the_other_arm_already_holds(
    mistakes: Callable[[str], list[Problem]],
) -> None:
    found = mistakes(MONEY + LINE + "  deadweight: 0.2\n")

    assert "deadweight: this line is simulated" in found[0].what
    assert found[0].line == 26


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("comparator_arm", "comparator"), "'comparator_arm'"),
        (("share: 0.8", "share: 1.8"), "between 0 and 1"),
        (("share: 0.8", "share: unit_costs.none"), "no 'unit_costs.none'"),
        (("all_spend: service", "all_spend: srevice"), "no 'srevice.key_work.assessment'"),
        (("share: 0.5", "share: service.key_work.weeks"), "not a single number"),
        (("share: 0.8, lag", "share: 80%, lag"), "0.8"),
        (("lag_years: 1", "lag_years: -1"), "must be 0 or more"),
        (("lag_years: 1", "lag_years: 1e300"), "must be 50 or less"),
        (("lag_years: 1", "lag_years: 1.7"), "a whole number is due"),
        (("evidence: comparison_group", "evidence: strong"), "comparison_group"),
        (("units_per_year: 52, ", ""), "has no 'cashable.step.units_per_year'"),
    ],
)
def test_a_line_that_cannot_be_is_explained(
    mistakes: Callable[[str], list[Problem]], change: tuple[str, str], words: str
) -> None:
    found = mistakes(MONEY + LINE.replace(*change))

    assert found
    assert words in " ".join(map(str, found))
    assert all(problem.line > 15 for problem in found)


def test_a_saving_needs_somebody_to_whom_it_falls(mistakes: Callable[[str], list[Problem]]) -> None:
    money = MONEY.replace("  falls_on: {childrens_services: 0.75, nhs: 0.25}\n", "")

    found = mistakes(money + LINE)

    assert "has no falls_on" in found[0].what


def test_a_decision_needs_no_evidence(loaded: Load) -> None:
    posts = loaded("posts: {label: Posts, unit: posts, role: decision, value: 5}\n")

    assert posts["service.key_work.posts"].is_decision


def test_numbers_in_text_fields_stay_as_written(loaded: Load) -> None:
    text = "a: {label: 10.0, unit: share, value: 1, grade: E, status: assumed, note: 1.50}\n"

    entry = loaded(text)["service.key_work.a"]

    assert (entry.label, entry.note) == ("10.0", "1.50")


def test_what_differs_names_numbers_or_other_entries(loaded: Load) -> None:
    text = """\
mean: {label: M, unit: weeks, value: 26, grade: E, status: assumed, note: x}
patience:
  {label: P, unit: weeks, varies: {by: family, exponential: {mean: service.key_work.mean}},
   grade: E, status: assumed, note: x}
hours:
  {label: H, unit: hours per week, varies: {by: family, pert: {low: 2.4, central: 3, high: 4.5}},
   grade: E, status: assumed, note: x}
"""
    library = loaded(text)

    assert library["service.key_work.patience"].varies == Varies(
        "family", "exponential", {"mean": "service.key_work.mean"}
    )
    assert library["service.key_work.hours"].varies.settings == {
        "low": 2.4,
        "mode": 3.0,
        "high": 4.5,
    }


def test_the_likeliest_value_may_be_an_end_of_its_range(loaded: Load) -> None:
    text = (
        "a: {label: x, unit: ratio, value: 1, distribution: {pert: {low: 1, mode: 1, high: 2}},\n"
        "  grade: E, status: assumed, note: x}\n"
    )

    assert loaded(text)["service.key_work.a"].value == 1.0


def test_rows_may_say_which_columns_they_have(mistakes: Callable[[str], list[Problem]]) -> None:
    text = (
        "posts: {label: x, unit: table, role: decision, columns: [agency, fte],\n"
        "  table: [{agency: a, fte: 1}, {agency: b, ftee: 1}]}\n"
    )

    found = mistakes(text)

    assert (found[0].line, found[0].column) == (2, 44)
    assert "'fte'" in found[0].to_do
