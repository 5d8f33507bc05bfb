"""``calibrate`` at the command line: records in, a parameter file out, nothing of a row kept."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.cli.conftest import answered
from tests.records.care_files import HEADER, line, written

from familyflow.cli import purge
from familyflow.experiments.monitoring import written as monitoring
from familyflow.records import calibration, care_written, keyed
from familyflow.records.estimate import NO_EFFECT
from familyflow.shipped import example_cases

SURNAME, POSTCODE, BORN = "Featherstonehaugh", "M14 9ZQ", "17/09/2016"


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that calibrating the example leaves."""
    at = tmp_path_factory.mktemp("calibrated")
    said = answered(at, "calibrate", str(example_cases()), "--json")
    assert said.code == 0, said.err
    return at / json.loads(said.out)["folder"]


def everything_in(folder: Path) -> str:
    return "\n".join(
        path.read_bytes().decode("utf-8", "replace") for path in folder.rglob("*") if path.is_file()
    )


def test_what_it_leaves_is_checked_and_run_without_a_word_about_effects(
    learnt: Path, tmp_path: Path
) -> None:
    file = learnt / "local.yaml"
    text = file.read_text(encoding="utf-8")

    said = answered(tmp_path, "check", str(file))
    ran = answered(tmp_path, "run", "core_offer", "--draws", "2", "--parameters", str(file))

    assert (said.code, ran.code) == (0, 0), said.err + ran.err
    assert NO_EFFECT in text
    assert not [
        line for line in text.splitlines() if line.startswith(("outcomes.", "adjustments."))
    ]
    assert [line for line in text.splitlines() if line.startswith("service.waiting.")]


def test_no_id_and_no_row_of_the_records_is_kept(learnt: Path) -> None:
    kept = everything_in(learnt)
    with example_cases().open(encoding="utf-8", newline="") as file:
        ids = {row["family"] for row in csv.DictReader(file)}

    assert len(ids) > 200
    assert not [one for one in ids if one in kept]


def test_the_same_file_gives_the_same_folder_and_another_key_another(
    learnt: Path, tmp_path: Path
) -> None:
    again = answered(learnt.parents[1], "calibrate", str(example_cases()), "--json")
    other = answered(tmp_path, "calibrate", str(example_cases()), "--json")

    assert Path(json.loads(again.out)["folder"]).name == learnt.name
    assert Path(json.loads(other.out)["folder"]).name != learnt.name
    key = learnt.parent / ".records_key"
    assert key.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("canary", [SURNAME, POSTCODE])
@pytest.mark.parametrize("column", range(6))
def test_a_canary_in_a_cell_is_in_nothing_that_is_left_or_said(
    tmp_path: Path, canary: str, column: int
) -> None:
    lines = example_cases().read_text(encoding="utf-8").splitlines()
    cells = lines[7].split(",")
    cells[column] = canary
    records = tmp_path / "records.csv"
    records.write_text("\n".join([*lines[:7], ",".join(cells), *lines[8:]]), encoding="utf-8")

    said = answered(tmp_path, "calibrate", "records.csv")
    records.unlink()

    assert said.code == 2
    assert "records.csv:8" in said.err or "line 8" in said.err
    assert "Traceback" not in said.err
    assert canary.casefold() not in (said.err + said.out + everything_in(tmp_path)).casefold()
    assert not (tmp_path / "outputs").exists()


def test_the_template_is_the_header_of_the_example(tmp_path: Path) -> None:
    template = answered(tmp_path, "calibrate", "--template")
    example = answered(tmp_path, "calibrate", "--example")

    assert example.out.splitlines()[0] == template.out.strip()
    assert example.out.strip() == example_cases().read_text(encoding="utf-8").strip()
    assert not list(tmp_path.glob("outputs*"))


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--as-of", "soon"), "--as-of"),
        (("--prior-weight", "-1"), "prior weight"),
        (("--as-of", "2023-06-01"), "lies after"),
    ],
)
def test_settings_that_make_no_sense_leave_nothing(
    tmp_path: Path, options: tuple[str, ...], what: str
) -> None:
    said = answered(tmp_path, "calibrate", str(example_cases()), *options)

    assert said.code == 2
    assert what in said.err
    assert not (tmp_path / "outputs").exists()


def test_purge_takes_what_was_learnt_and_its_key_only_when_asked(tmp_path: Path) -> None:
    answered(tmp_path, "calibrate", str(example_cases()))
    runs = tmp_path / "outputs" / "calibration_of_somebody_else"
    runs.mkdir()

    kept = answered(tmp_path, "purge")
    gone = answered(tmp_path, "purge", "--records")

    assert (kept.code, gone.code) == (0, 0)
    assert ".records_key" not in kept.out
    assert gone.out.count("removed ") == 2
    assert [path.name for path in (tmp_path / "outputs").iterdir()] == [runs.name]


def test_the_names_that_purge_knows_are_those_of_calibrations() -> None:
    assert purge.KEY == keyed.KEY
    assert [(name, f"{name}.json") for name in purge.LEARNT] == [
        (calibration.NAME, calibration.ABOUT), (care_written.NAME, care_written.ABOUT),
        (monitoring.NAME, monitoring.ABOUT),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "nothing to learn from"),
        (("--area", "manchester", "--care", "x.csv"), "together"),
        (("--areas", "x.csv", "cases.csv"), "--areas without --area"),
        (("--since", "2024-04-01", "cases.csv"), "--since without --care"),
        (("--care", "x.csv", "--since", "April"), "this is not a day"),
        (("--area", "Manchster"), "manchester"),
    ],
)
def test_what_does_not_go_together_is_told_and_leaves_nothing(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    said = answered(tmp_path, "calibrate", *arguments)

    assert said.code == 2
    assert words in said.err
    assert not list(tmp_path.iterdir())


def test_the_chain_of_an_area_is_run(tmp_path: Path) -> None:
    said = answered(tmp_path, "calibrate", "--area", "Manchester", "--json")
    file = json.loads(said.out)["parameters"]
    ran = answered(tmp_path, "run", "core_offer", "--draws", "2", "--parameters", file)

    assert (said.code, ran.code) == (0, 0), said.err + ran.err
    page = (tmp_path / file).with_name("report.html").read_text(encoding="utf-8")
    assert "figures.csv" in page
    assert "816 plans started" in page


# Care histories


def episodes(folder: Path) -> Path:
    """A hundred children, each with a postcode, a date of birth and a pupil number to be found."""
    lines = [
        line(f"child{child}", day("2022-05-01", 9 * child),
             day("2022-05-01", 10 * child + 200) if child % 3 else "",
             by="PR4" if child % 4 == 0 else "PR1",
             legal="C1" if child % 5 == 0 else "V2")
        + f",{POSTCODE},{SURNAME},A823412345678,{BORN}"
        for child in range(100)
    ]  # fmt: skip
    return written(folder, *lines, header=HEADER + ",HOME,KIN,UPN,DOB")


def day(first: str, days: int) -> str:
    return (date.fromisoformat(first) + timedelta(days=days)).isoformat()


def test_care_histories_leave_numbers_to_run_with_and_nothing_personal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "given"
    elsewhere.mkdir()
    file = episodes(elsewhere)
    at = tmp_path / "work"
    at.mkdir()
    said = answered(at, "calibrate", "--care", str(file), "--since", "2022-05-01")
    checked = answered(at, "check", str(file))
    (folder,) = (at / "outputs").glob("care_*")
    ran = answered(at, "run", "core_offer", "--draws", "2", "--parameters",
                   str(folder / "care.yaml"))  # fmt: skip

    assert (said.code, checked.code, ran.code) == (0, 0, 0), said.err + checked.err + ran.err
    text = (folder / "care.yaml").read_text(encoding="utf-8")
    assert "foster_bought_share" in text
    assert "share_of_entries_with_proceedings" in text
    everything = everything_in(at) + said.out + said.err + checked.out + checked.err
    for canary in (SURNAME, POSTCODE, BORN, "A823412345678", "M14 5TP", "child7"):
        assert canary not in everything
    assert answered(at, "purge", "--records").code == 0
    assert not list((at / "outputs").glob("care_*"))


def test_a_mistake_in_care_histories_is_told_by_its_line_alone(tmp_path: Path) -> None:
    file = written(tmp_path, line(SURNAME, "2024-13-45"), line("b", "2024-01-02"))
    said = answered(tmp_path, "calibrate", "--care", str(file))

    assert said.code == 2
    assert ":2:" in said.err
    assert SURNAME not in said.err
    assert not (tmp_path / "outputs").exists()


def test_the_chain_is_fitted_and_run(tmp_path: Path) -> None:
    said = answered(tmp_path, "calibrate", "--chain")
    (folder,) = (tmp_path / "outputs").glob("chain_england_*")
    checked = answered(tmp_path, "check", str(folder / "chain.yaml"))

    assert (said.code, checked.code) == (0, 0), said.err + checked.err
    assert "the spread stays what it was" in said.out
    assert "No effect of a service comes from it" in (folder / "report.html").read_text()
