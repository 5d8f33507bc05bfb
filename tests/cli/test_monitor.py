"""``monitor`` and ``verify --against CASES.csv`` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import answered

from familyflow.cli import purge
from familyflow.experiments.monitoring import written
from familyflow.records.estimate import NO_EFFECT
from familyflow.shipped import example_cases

FEW = ("--draws", "20")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory):
    at = tmp_path_factory.mktemp("monitored")
    said = answered(at, "monitor", str(example_cases()), "--spent", "900000", *FEW)
    return at, said


def test_it_says_whether_to_worry_and_what_the_answer_becomes(found) -> None:
    at, said = found

    assert said.code == 0, said.err
    first = said.out.splitlines()[0]
    assert first.startswith(("Nothing to worry about", "Look into"))
    assert "Saved for public services by each £1" in said.out
    assert "£900,000 were spent" in said.out
    assert NO_EFFECT in said.out
    (folder,) = (at / "outputs").glob("monitoring_*")
    about = json.loads((folder / written.ABOUT).read_text(encoding="utf-8"))
    assert about["verdict"] == first
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert first.replace("'", "&#39;") in page


def test_what_it_learnt_is_a_parameter_file_and_no_row_is_kept(found) -> None:
    at, _ = found
    (folder,) = (at / "outputs").glob("monitoring_*")
    kept = "\n".join(
        file.read_text(encoding="utf-8") for file in folder.iterdir() if file.is_file()
    )
    ids = {line.split(",")[0] for line in example_cases().read_text().splitlines()[1:]}

    assert answered(at, "check", str(folder / written.PARAMETERS)).code == 0
    assert not [one for one in ids if f"{one}," in kept]
    assert not list((at / "outputs").glob("core_offer*"))
    assert answered(at, "purge", "--records", "--dry-run").out.count("monitoring_") == 1
    assert written.NAME in purge.LEARNT


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--spent", "-1"), "cannot have been spent"),
        (("--draws", "3"), "too few"),
        (("--opened", "2030-01-01"), "after the first referral"),
        (("--as-of", "soon"), "this is not a day"),
        (("--scenario", "no_service"), "no service"),
    ],
)
def test_what_makes_no_sense_is_told_and_leaves_nothing(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    said = answered(tmp_path, "monitor", str(example_cases()), *arguments)

    assert said.code == 2, said.err
    assert words in said.err
    assert not (tmp_path / "outputs").exists()


def test_too_few_families_are_too_early_to_tell(tmp_path: Path) -> None:
    lines = example_cases().read_text(encoding="utf-8").splitlines()
    (tmp_path / "cases.csv").write_text("\n".join(lines[:13]) + "\n", encoding="utf-8")
    said = answered(tmp_path, "monitor", "cases.csv", "--as-of", "2023-06-30", *FEW)

    assert said.code in (0, 2), said.err
    assert "Too early to tell" in said.out or "fewer than 10" in said.err or said.code == 2


def test_the_last_year_is_foretold_from_those_before(tmp_path: Path) -> None:
    said = answered(tmp_path, "verify", "--against", str(example_cases()), *FEW)

    assert said.code == 0, said.err
    assert "lie within what was foretold" in said.out
    assert "Validity: predictive" in said.out
    assert not list(tmp_path.iterdir())


def test_less_than_two_years_foretell_nothing(tmp_path: Path) -> None:
    lines = example_cases().read_text(encoding="utf-8").splitlines()
    short = [line for line in lines if "2024" not in line and "2025" not in line
             and "2026" not in line]  # fmt: skip
    (tmp_path / "cases.csv").write_text("\n".join(short) + "\n", encoding="utf-8")
    said = answered(tmp_path, "verify", "--against", "cases.csv", *FEW)

    assert said.code == 2
    assert "two years" in said.err


def _cases(folder: Path, *rows: str) -> str:
    file = folder / "cases.csv"
    head = "family,referred,allocated,started,ended,ending"
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return str(file)


def test_records_of_which_nothing_can_be_learnt_change_no_answer(tmp_path: Path) -> None:
    rows = (f"f{number:03},2026-0{1 + number % 3}-05,,,," for number in range(9))
    said = answered(tmp_path, "monitor", _cases(tmp_path, *rows), "--as-of", "2026-04-30", *FEW)

    assert said.code in (0, 2), said.err
    assert "Traceback" not in said.err
    if said.code == 0:
        assert said.out.startswith("Too early to tell")


def test_too_few_families_before_the_last_year_foretell_nothing(tmp_path: Path) -> None:
    rows = (f"f001,20{23 + number}-01-05,,,20{23 + number}-02-05,declined" for number in range(3))
    said = answered(tmp_path, "verify", "--against", _cases(tmp_path, *rows), *FEW)

    assert said.code == 2
    assert "familyflow-verify" not in said.err  # no path of a file that nobody knows
