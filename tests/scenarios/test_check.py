"""Checking files finds every mistake in all of them, and writes nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import familyflow
from familyflow.scenarios.check import check_files
from familyflow.shipped import parameters_folder, scenarios_folder

KEY = "service.key_work.attendance"


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_shipped_has_no_mistakes_and_no_warnings() -> None:
    assert check_files([parameters_folder(), scenarios_folder()]) == ((), ())


def test_a_scenario_and_a_parameter_file_are_told_apart(tmp_path: Path) -> None:
    scenario = written(
        tmp_path / "s.yaml", "extends: core_offer\ntitle: x\nset: {nothing.here: 1}\n"
    )
    numbers = written(tmp_path / "p.yaml", f"{KEY}: {{value: 60%, because: x}}\n")

    problems, warnings = check_files([scenario, numbers])

    assert [(Path(p.file).name, p.line, p.column) for p in problems] == [
        ("p.yaml", 1, 38),
        ("s.yaml", 3, 7),
    ]
    assert warnings == ()


def test_a_file_that_is_neither_is_named(tmp_path: Path) -> None:
    strange = written(tmp_path / "x.yaml", "titlle: x\n")
    table = written(tmp_path / "x.txt", "a,b\n")

    problems, _ = check_files([strange, table, tmp_path / "nowhere.yaml"])

    said = {Path(p.file).name: str(p) for p in problems}
    assert "not known" in said["x.yaml"]
    assert "'title'" in said["x.yaml"]
    assert "'.txt' is no parameter file" in said["x.txt"]
    assert "no such file" in said["nowhere.yaml"]


def test_an_edition_of_unit_costs_is_checked_like_a_parameter_file(tmp_path: Path) -> None:
    edition = written(tmp_path / "e.csv", "code,value,price_year\nSS6.0,2000,2024\nNO1,2,2024/25\n")

    problems, warnings = check_files([edition])

    assert [(Path(p.file).name, p.line, p.column) for p in problems] == [("e.csv", 2, 12)]
    assert [warning.partition(": ")[2] for warning in warnings] == [
        "no fiscal unit cost uses the code NO1, so its row changes nothing."
    ]


def test_a_file_in_a_folder_of_parameters_is_checked_as_part_of_it(tmp_path: Path) -> None:
    entry = "{label: A, unit: share, value: 2, grade: E, status: assumed, note: x}"
    one = written(tmp_path / "parameters" / "service" / "a.yaml", f"n: {entry}\n")
    written(tmp_path / "parameters" / "b.yaml", f"n: {entry}\n")

    problems, _ = check_files([one])

    assert [Path(p.file).name for p in problems] == ["a.yaml"]
    assert problems[0].what.startswith("service.a.n = 2")


def test_folders_and_lists_are_named(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    rows = written(tmp_path / "rows.yaml", "- 1\n")

    problems, _ = check_files([empty, rows])

    assert [p.what for p in problems] == [
        "there is no .yaml file in this folder",
        "expected named sections, found a list",
    ]


def test_a_scenario_is_checked_with_its_parameter_files(tmp_path: Path) -> None:
    written(tmp_path / "own.yaml", f"{KEY}: {{value: 0.7, because: x}}\n")
    scenario = written(tmp_path / "s.yaml", "title: x\nparameters: [own.yaml, no.yaml]\n")

    problems, _ = check_files([scenario])

    assert [(Path(p.file).name, p.what) for p in problems] == [("no.yaml", "there is no such file")]


def test_mistakes_of_a_parent_are_reported_once(tmp_path: Path) -> None:
    core = written(tmp_path / "core.yaml", "title: x\nset: {service.team.key_workers: no}\n")
    more = written(tmp_path / "more.yaml", "extends: core\ntitle: x\n")

    problems, _ = check_files([core, more])

    assert len(problems) == 1


def test_warnings_come_back_too(tmp_path: Path) -> None:
    numbers = written(
        tmp_path / "p.yaml",
        "service.new: {label: A, unit: share, value: 1, grade: E, status: assumed, note: x}\n",
    )

    problems, warnings = check_files([numbers])

    assert problems == ()
    assert "'service.new' is a new entry" in warnings[0]


def test_scenarios_that_differ_only_by_case_are_named(tmp_path: Path) -> None:
    first = written(tmp_path / "a_b.yaml", "title: x\n")
    written(tmp_path / "A_b.yaml", "title: x\n")
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("this file system does not tell them apart")

    problems, _ = check_files([first])

    assert "differ only by case" in problems[0].what


def test_checking_writes_nothing(tmp_path: Path) -> None:
    written(tmp_path / "p.yaml", f"{KEY}: {{value: 60%, because: x}}\n")
    before = sorted(tmp_path.rglob("*"))

    check_files([tmp_path / "p.yaml"])

    assert sorted(tmp_path.rglob("*")) == before


def test_checking_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from familyflow.scenarios.check import check_files\n"
        "from familyflow.shipped import parameters_folder, scenarios_folder\n"
        "check_files([parameters_folder(), scenarios_folder()])\n"
        "heavy = ('pandas', 'scipy', 'matplotlib', 'seaborn', 'SALib', 'numba', 'simpy')\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    model = Path(familyflow.__file__).parents[1]

    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=model,
        timeout=60,
        check=False,
    )

    assert (run.stdout, run.stderr) == ("[]\n", "")


def test_finding_a_scenario_needs_no_numbers() -> None:
    code = (
        "import sys\nimport familyflow.scenarios.names\n"
        "print([name for name in ('numpy', 'pydantic', 'yaml') if name in sys.modules])\n"
    )
    model = Path(familyflow.__file__).parents[1]

    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=model,
        timeout=60,
        check=False,
    )

    assert (run.stdout, run.stderr) == ("[]\n", "")
