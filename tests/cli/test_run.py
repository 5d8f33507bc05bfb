"""``familyflow run``: what it prints where, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def test_the_answer_goes_to_stdout_with_the_place_of_its_files(command, tmp_path: Path) -> None:
    said = command("run", "core_offer")

    assert said.code == 0
    assert "The answer for core_offer" in said.out
    folder = said.out.rstrip().splitlines()[-1].removeprefix("Files: ")
    assert (tmp_path / folder / "manifest.json").is_file()
    assert Path(folder).parent.name == "outputs"


def test_text_that_looks_like_markup_is_printed_as_it_stands(command) -> None:
    assert "£1 [bold]saved[/bold]" in command("run", "core_offer").out


def test_the_same_run_again_is_a_success_and_says_so(command) -> None:
    first = command("run", "core_offer")
    again = command("run", "core_offer")

    assert again.code == 0
    assert "already there" in again.out
    assert "already there" not in first.out


def test_json_alone_stands_on_stdout(command) -> None:
    said = command("run", "warned", "--json")

    assert said.code == 0
    assert said.json["scenario"] == "warned"
    assert Path(str(said.json["folder"])).is_dir()
    assert "Warning" in said.err


def test_quiet_leaves_stderr_empty(command) -> None:
    said = command("run", "core_offer", "--quiet")

    assert said.err == ""
    assert said.out != ""


def test_warnings_are_harmless_single_lines_on_stderr(command) -> None:
    said = command("run", "warned", "--quiet")

    assert said.err == "Warning: a warning\\x1b[31m\\nof two lines\n"


@pytest.mark.parametrize(
    "options",
    [
        ("--draws", "0"),
        ("--draws", "-5"),
        ("--draws", "2.5"),
        ("--draws", "1e3"),
        ("--draws", "1,000"),
        ("--draws", ""),
        ("--draws", "٣"),
        ("--draws", "9" * 5000),
        ("--draws", "1000000000000"),
        ("--replications", "0"),
        ("--replications", "1000000000000"),
        ("--seed", "-1"),
        ("--seed", str(2**64)),
        ("--seed", "x"),
        ("--workers", "0"),
        ("--workers", "1000000"),
        ("--engine", "numba"),
        ("--engine", ""),
        ("--quantities", "week"),
        ("--follow-up", "sometimes"),
        ("--follow-up", "expected", "--journal"),
        ("--out", ""),
        ("--nonsense",),
        ("extra",),
    ],
)
def test_a_bad_option_ends_with_2_and_writes_nothing(
    command, tmp_path: Path, options: tuple[str, ...]
) -> None:
    said = command("run", "core_offer", *options)

    assert said.code == 2
    assert said.out == ""
    assert said.err
    assert len(said.err) < 1000
    assert list(tmp_path.iterdir()) == []


def test_the_follow_up_asked_for_is_handed_on(command) -> None:
    for seed, options in (("1", ()), ("2", ("--follow-up", "expected"))):
        said = command("run", "core_offer", "--seed", seed, *options, "--json")
        manifest = json.loads((Path(said.json["folder"]) / "manifest.json").read_text("utf-8"))

        assert manifest["asked"]["follow_up"] == (options[-1] if options else "sampled")


def test_every_event_of_an_expected_follow_up_is_refused_with_what_to_do(command) -> None:
    said = command("run", "core_offer", "--journal", "--follow-up", "expected")

    assert said.code == 2
    assert "Leave out --journal, or --follow-up expected." in said.err


def test_an_enormous_study_is_refused_with_its_time_and_disk(command) -> None:
    said = command("run", "core_offer", "--draws", "1000000000000")

    assert "1,000,000,000,000 draws" in said.err
    assert "years and 5.0 PB of disk" in said.err


def test_seed_nought_is_a_seed(command) -> None:
    said = command("run", "core_offer", "--seed", "0", "--json")

    assert said.code == 0
    assert said.json["seed"] == 0


def test_bad_input_is_told_in_full_and_nothing_is_written(command, tmp_path: Path) -> None:
    said = command("run", "missing\x1b[2J\nscenario")

    assert said.code == 2
    assert "1 problem in the input" in said.err
    assert "Did you mean 'core_offer'?" in said.err
    assert "\x1b" not in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("scenario", "code", "said_on_stderr"),
    [
        ("full", 4, "no space left in outputs"),
        ("memory", 4, "too little memory"),
        ("interrupted", 130, "stopped"),
        ("incomplete", 3, ""),
    ],
)
def test_each_way_to_end_has_its_exit_code(
    command, tmp_path: Path, scenario: str, code: int, said_on_stderr: str
) -> None:
    said = command("run", scenario)

    assert said.code == code
    assert said_on_stderr in said.err
    kept = [path for path in (tmp_path / "outputs").iterdir() if path.name != ".locks"]
    assert bool(kept) == (code == 3)


def test_a_file_in_the_way_of_the_outputs_ends_with_4(command, tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("mine")

    said = command("run", "core_offer")

    assert said.code == 4
    assert "a file of that name is in the way" in said.err


def test_the_run_id_knows_nothing_of_engine_workers_or_what_is_kept(
    command, tmp_path: Path
) -> None:
    for options in ((), ("--workers", "2"), ("--journal",), ("--engine", "simpy")):
        assert command("run", "core_offer", *options).code == 0

    kept = [path for path in (tmp_path / "outputs").iterdir() if path.name != ".locks"]
    assert len(kept) == 1
    files = json.loads((kept[0] / "manifest.json").read_text())["files"]
    assert "journal.parquet" in files


def test_a_run_needs_a_scenario_or_a_run_to_price_again(command, tmp_path: Path) -> None:
    said = command("run")

    assert said.code == 2
    assert "--reprice RUN" in said.err


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        (("no_service",), "needs no SCENARIO"),
        (("--draws", "10"), "--draws"),
        (("--seed", "1"), "--seed"),
        (("--journal",), "--journal"),
        (("--common-luck",), "--common-luck"),
        (("--workers", "1"), "--workers"),
        (("--quantities", "month"), "--quantities"),
    ],
)
def test_nothing_about_simulating_goes_with_reprice(command, extra, words, tmp_path: Path) -> None:
    command("run", "core_offer")
    before = sorted((tmp_path / "outputs").iterdir())

    said = command("run", *extra, "--reprice", "core_offer")

    assert said.code == 2
    assert words in said.err
    assert said.out == ""
    assert sorted((tmp_path / "outputs").iterdir()) == before


def test_what_is_chosen_for_reprice_is_handed_over(command) -> None:
    said = command(
        "run", "--reprice", "core", "--set", "a=1", "--set", "b=2", "--parameters", "p.yaml",
        "--out", "there", "--json",
    )  # fmt: skip

    assert said.json["asked"] == {
        "run": "core", "sets": ["a=1", "b=2"], "parameter_files": ["p.yaml"], "out": "there",
    }  # fmt: skip


def test_how_long_it_may_take_is_told_of_the_engine_that_is_asked_for(
    command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("familyflow.cli.numbers.processors", lambda: 2)

    slow = command("run", "core_offer", "--draws", "5000", "--engine", "simpy")
    fast = command("run", "core_offer", "--draws", "5000", "--engine", "compiled", "--seed", "2")

    assert (slow.code, fast.code) == (0, 0)
    assert "This may take 42 minutes" in slow.err
    assert "This may take" not in fast.err
