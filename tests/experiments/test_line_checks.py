"""A line that cannot be priced is refused at its place before anything is drawn."""

import pytest

from familyflow.experiments.inputs import load_inputs
from familyflow.problems import InputError

LINE = """\
unit_costs.ours.week:
  label: A week
  unit: {unit}
  price_year: 2024/25
  value: 10
  kind: fiscal
  falls_on: {{nhs: 1}}
  grade: E
  status: assumed
  note: Of a test.
benefits.ours.weeks:
  label: Weeks of ours
  quantity: {quantity}
  unit_cost: unit_costs.ours.week
  counterfactual: comparator_arm
  cashable: {{share: 0.5, lag_years: 0, step: null}}
  discount: gb_standard
  evidence: weaker
  grade: E
  double_count_group: {group}
"""
RIGHT = {"unit": "GBP per week", "quantity": "child_weeks.universal", "group": "ours"}


def _with(tmp_path, **changes):
    file = tmp_path / "ours.yaml"
    file.write_text(LINE.format(**{**RIGHT, **changes}), encoding="utf-8")
    return file


def test_a_line_of_ones_own_is_read(tmp_path):
    assert "benefits.ours.weeks" in load_inputs("core_offer", (), [_with(tmp_path)]).parameters


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"quantity": "child_weeks.universals"}, (13, 13), "Did you mean 'child_weeks.universal'"),
        ({"unit": "GBP per incident"}, (14, 14), "cannot price a quantity in weeks"),
        ({"unit": "GBP"}, (14, 14), "cannot price a quantity in weeks"),
        ({"quantity": "first_care_entries"}, (14, 14), "cannot price a quantity in children"),
        ({"unit": "GBP per family", "quantity": "returns_home"}, (14, 14), "in children"),
        ({"quantity": "episode_weeks"}, (13, 13), "happens only with the service"),
        (
            {"unit": "GBP per group", "quantity": "groups_run.triple_p"},
            (13, 13),
            "happens only with the service",
        ),
    ],
)
def test_a_line_that_cannot_be_priced_is_told_at_its_place(tmp_path, changes, place, words):
    with pytest.raises(InputError) as raised:
        load_inputs("core_offer", (), [_with(tmp_path, **changes)])

    (problem,) = raised.value.problems
    assert words in f"{problem.what} {problem.to_do}"
    assert problem.file.endswith("ours.yaml")
    assert (problem.line, problem.column) == place


def test_every_line_that_cannot_be_priced_is_told_at_once(tmp_path):
    file = tmp_path / "ours.yaml"
    file.write_text(
        "costs.service.travel: {quantity: familes_started}\n"
        "costs.service.recruitment: {unit_cost: unit_costs.service.travel_session}\n"
        "benefits.children_social_care.assessments: {quantity: assessmentz}\n",
        encoding="utf-8",
    )

    with pytest.raises(InputError) as raised:
        load_inputs("core_offer", (), [file])

    told = [(problem.line, problem.column) for problem in raised.value.problems]
    assert told == [(1, 34), (2, 40), (3, 55)]


def test_a_unit_cost_that_a_commissioner_decides_can_price_a_line(tmp_path):
    file = _with(tmp_path)
    text = file.read_text().replace("  value: 10\n", "  value: 10\n  role: decision\n")
    file.write_text(text, encoding="utf-8")

    assert load_inputs("core_offer", (), [file]).parameters["unit_costs.ours.week"].is_decision


def test_every_shipped_line_is_priced_in_words_that_meet():
    load_inputs("core_offer")


def test_families_that_no_post_could_hold_are_told_before_anything_is_drawn():
    with pytest.raises(InputError, match="the heaviest family takes"):
        load_inputs("core_offer", ("service.team.hours_for_families=0.1",))
