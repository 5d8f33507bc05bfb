"""What a file gives in vain is said, with who sets it instead, and is checked all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from familyflow.experiments.inputs import load_inputs
from familyflow.problems import InputError

pytestmark = pytest.mark.usefixtures("read_once")

TERM = "appraisal.term_years: {value: 3, because: x}\n"
FUNDERS = """\
funding.funders:
  because: x
  table:
    - {funder: A, public: true, council: false, by_year: {0: -5}}
    - {funder: "a ", public: true, council: false, by_year: {0: 5}}
"""


def written(tmp_path: Path, text: str, name: str = "own.yaml") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_an_entry_that_the_scenario_sets_too_is_said_to_have_no_effect(tmp_path: Path) -> None:
    file = written(tmp_path, TERM)

    resolved = load_inputs("core_offer", (), [file])

    assert resolved.parameters["appraisal.term_years"].value == 5
    (warning,) = resolved.warnings
    assert warning.startswith(f"{file}:1:1: 'appraisal.term_years' has no effect: ")
    assert warning.endswith("scenarios/core_offer.yaml sets it")


def test_an_entry_that_has_an_effect_is_not_spoken_of(tmp_path: Path) -> None:
    file = written(tmp_path, "appraisal.timing: {value: mid, because: x}\n")

    assert load_inputs("core_offer", (), [file]).warnings == ()


def test_an_entry_that_is_set_by_hand_too_has_no_effect(tmp_path: Path) -> None:
    file = written(tmp_path, "appraisal.timing: {value: mid, because: x}\n")

    (warning,) = load_inputs("core_offer", ("appraisal.timing=end",), [file]).warnings

    assert "'appraisal.timing' has no effect: --set appraisal.timing sets it" in warning


def test_of_two_files_the_first_has_no_effect(tmp_path: Path) -> None:
    first = written(tmp_path, "appraisal.timing: {value: mid, because: x}\n", "first.yaml")
    second = written(tmp_path, "appraisal.timing: {value: end, because: x}\n", "second.yaml")

    (warning,) = load_inputs("core_offer", (), [first, second]).warnings

    assert warning == f"{first}:1:1: 'appraisal.timing' has no effect: {second} sets it"


def test_only_the_fields_that_are_set_again_have_no_effect(tmp_path: Path) -> None:
    key = "unit_costs.children_social_care.foster_week"
    text = f"{key}: {{value: 1200, price_year: 2025/26, falls_on: {{nhs: 1}}, because: x}}\n"
    file = written(tmp_path, text)

    resolved = load_inputs("core_offer", (f"{key}=1300",), [file])

    assert resolved.warnings == (
        f"{file}:1:1: value of '{key}' has no effect: --set {key} sets it",
    )
    assert resolved.parameters[key].falls_on == {"nhs": 1.0}


def test_rows_that_have_no_effect_are_checked_at_their_places(tmp_path: Path) -> None:
    file = written(tmp_path, FUNDERS)

    with pytest.raises(InputError) as raised:
        load_inputs("core_offer", (), [file])

    told = {(p.line, p.column): p.what for p in raised.value.problems}
    assert sorted(told) == [(4, 62), (5, 16)]
    assert "year 0 is -5" in told[4, 62]
    assert "stands twice" in told[5, 16]


def test_a_number_far_from_the_one_before_is_doubted(tmp_path: Path) -> None:
    key = "unit_costs.children_social_care.foster_week"
    file = written(tmp_path, f"{key}: {{value: 90000, price_year: 2024/25, because: x}}\n")

    (of_file,) = load_inputs("core_offer", (), [file]).warnings
    (by_hand,) = load_inputs("core_offer", (f"{key}=90000",)).warnings

    assert f"{file}:1:1: {key} = 90000 is far from" in of_file
    assert f"--set {key}: {key} = 90000 is far from" in by_hand
    assert "check the unit (GBP per child-week)" in by_hand
