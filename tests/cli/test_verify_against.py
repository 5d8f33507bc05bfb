"""``verify --against``: what is printed, kept and refused, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import answered
from tests.experiments.published.test_own_cases import OURS

from familyflow.experiments.inputs import Settings, load_inputs
from familyflow.experiments.run import inputs_of
from familyflow.reports.review.verified import find_kept


def asked(folder: Path, text: str, *more: str):
    (folder / "ours.yaml").write_text(text, encoding="utf-8")
    return answered(folder, "verify", "--against", "ours.yaml", "--quiet", *more)


def test_a_case_that_agrees_is_told_with_its_source_grade_and_validity(tmp_path: Path) -> None:
    said = asked(tmp_path, OURS)

    assert said.code == 0, said.err
    assert "agrees       Half a year: published 6,000, the model 6,000 GBP (within 0.5)" in said.out
    assert "Source: Our accounts, sheet 2 (2024). Grade C, verified." in said.out
    assert "predictive   1 case:" in said.out
    assert said.out.endswith(
        "1 of 1 exact figures agree. 0 stand beside the model and fail nothing.\n"
    )


def test_a_wrong_figure_ends_with_1_and_names_both(tmp_path: Path) -> None:
    said = asked(tmp_path, OURS.replace("6000", "6001"))

    assert said.code == 1
    assert "DIFFERS      Half a year: published 6,001, the model 6,000 GBP" in said.out


def test_a_figure_that_only_stands_beside_fails_nothing(tmp_path: Path) -> None:
    said = asked(tmp_path, OURS.replace("6000, within: 0.5", "12000"))

    assert said.code == 0
    assert (
        "beside       Half a year: published 12,000, the model 6,000 GBP (0.50 times)" in said.out
    )


def test_it_can_be_had_as_json(tmp_path: Path) -> None:
    said = asked(tmp_path, OURS.replace("6000", "6001"), "--json")

    assert said.code == 1
    (case,) = json.loads(said.out)
    (figure,) = case["figures"]
    assert (case["validity"], case["grade"], case["holds"]) == ("predictive", "C", False)
    assert (figure["due"], figure["model"], figure["verdict"]) == (6001.0, 6000.0, "differs")


def test_a_mistake_in_the_file_is_told_with_its_line_and_nothing_is_kept(tmp_path: Path) -> None:
    said = asked(tmp_path, OURS.replace("months: 6", "months: six"))

    assert said.code == 2
    assert "ours.yaml:9:" in said.err
    assert [*(tmp_path / "outputs").rglob("*.json")] == []


def test_exact_figures_are_kept_beside_the_models_own_checks(tmp_path: Path) -> None:
    asked(tmp_path, OURS.replace("6000", "6001"))

    resolved = load_inputs("core_offer")
    found = find_kept(tmp_path / "outputs", inputs_of(resolved, Settings(1, 1, resolved.seed)))
    ((check,),) = (one.checks for one in found.sound)
    assert check.name == "published: Our own service, 2023: Half a year"
    assert not check.holds
    assert check.found == "6,000, published 6,001 GBP"
