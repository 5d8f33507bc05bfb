"""``check``, ``explain``, ``schema``, ``doctor``, ``warm`` and ``purge``."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from familyflow.compiled import kept_code

MISTAKEN = """\
title: Mistaken
extends: core_offer
set:
  service.team.key_wrokers: 6
  service.team.caseload_cap: -3
"""


def test_every_mistake_of_a_file_is_told_with_its_place_and_nothing_is_written(
    command, tmp_path: Path
) -> None:
    (tmp_path / "a.yaml").write_text(MISTAKEN)

    said = command("check", "a.yaml")

    assert said.code == 2
    assert said.out == ""
    assert "a.yaml:4" in said.err
    assert "service.team.key_workers" in said.err
    assert "a.yaml:5" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_mistakes_can_be_had_as_json(command, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(MISTAKEN)

    said = command("check", "a.yaml", "--json")

    assert said.code == 2
    assert {problem["line"] for problem in said.json["problems"]} == {4, 5}
    assert all(problem["file"] == "a.yaml" for problem in said.json["problems"])


def test_a_file_without_mistakes_is_said_to_be_so(command, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("title: A\nextends: core_offer\n")

    assert command("check", "a.yaml").out == "1 file checked: no mistakes found.\n"
    assert command("check", "a.yaml", "--json").json["problems"] == []


LINE = """\
benefits.own.line:
  label: Fewer call-outs
  quantity: families_started
  unit_cost: unit_costs.own.call_out
  counterfactual: proportional
  evidence: weaker
  chain: {prevalence: 1, engagement: 1, retained: 1, impact: 0.6, deadweight: 0.2,
    rate_without: 0.2, unit: times, lag_years: 0, saving_years: 1, drop_off: 0}
unit_costs.own.call_out: {label: A call-out, unit: GBP per call-out, price_year: 2005/06,
  value: 500, kind: fiscal, falls_on: {police: 1}, grade: D, status: assumed, note: A test.}
"""


def test_a_scenario_is_checked_by_its_name_too(command) -> None:
    said = command("check", "two_more_key_workers")

    assert said.code == 0
    assert "no mistakes found" in said.out


def test_what_would_make_a_number_wrong_is_told_with_its_place_and_refused(
    command, tmp_path: Path
) -> None:
    (tmp_path / "p.yaml").write_text(LINE)
    (tmp_path / "a.yaml").write_text("title: A\nextends: core_offer\nparameters: [p.yaml]\n")

    for file in ("p.yaml", "a.yaml"):
        said = command("check", file, "--json")

        assert said.code == 2
        (problem,) = said.json["problems"]
        assert (problem["file"], problem["line"], problem["column"]) == ("p.yaml", 7, 79)
        assert "0.333 of achievers" in problem["what"]


def test_what_a_reviewer_would_doubt_is_a_warning_with_its_place(command, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(LINE.replace("deadweight: 0.2", "deadweight: 0.3333"))

    said = command("check", "p.yaml")

    assert said.code == 0
    assert "p.yaml:9:82: unit_costs.own.call_out: prices of 2005/06 are moved 19 years" in said.err
    assert "domestic_abuse" not in said.err  # of the shipped numbers nothing was asked


def test_a_scenario_is_told_what_is_doubtful_in_the_numbers_it_rests_on(
    command, tmp_path: Path
) -> None:
    (tmp_path / "a.yaml").write_text(
        "title: A\nextends: core_offer\nset: {appraisal.window: budget}\n"
    )

    warnings = command("check", "a.yaml", "--json").json["warnings"]

    places = {(w.get("file"), w.get("line")): w["what"] for w in warnings}
    assert "the term only" in places["a.yaml", 3]
    assert any("looked at again after 2014" in what for what in places.values())


def test_an_edition_of_unit_costs_is_checked_and_explained(command, tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("code,value,price_year\nSS6.0,2000,2024/25\nNO1,3,2024/25\n")
    key = "unit_costs.children_social_care.early_help_year_case_time"

    said = command("explain", key, "--parameters", "e.csv")

    assert "value: 4000 GBP per child-year" in said.out
    assert said.out.rstrip().endswith("stands in: e.csv:2:7")
    checked = command("check", "e.csv")
    assert checked.code == 0
    assert "e.csv:3:5: no fiscal unit cost uses the code NO1" in checked.err


def test_what_does_not_fit_together_is_told_of_every_file(command, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text(
            f"title: {name}\nextends: core_offer\nset:\n  appraisal.follow_up_years: 12\n"
        )
    (tmp_path / "own.yaml").write_text("service.calendar.school_holidays:\n"
        "  {table: {Easter: [-5, 2]}, because: x}\n")  # fmt: skip

    said = command("check", "a.yaml", "b.yaml", "own.yaml", "--json")

    assert said.code == 2
    places = [(p["file"], p["line"]) for p in said.json["problems"]]
    assert places == [("a.yaml", 4), ("b.yaml", 4), ("own.yaml", 2)]


@pytest.mark.parametrize("name", ["", "nowhere.yaml", "a\0b.yaml", "\x1b[31m.yaml", "."])
def test_a_file_that_is_not_there_is_bad_input(command, name: str) -> None:
    said = command("check", name)

    assert said.code == 2
    assert "\x1b" not in said.err


def test_hostile_names_in_a_file_are_shown_and_not_obeyed(command, tmp_path: Path) -> None:
    hostile = 'title: "\\e[2J%s {x} <script>"\nextends: core_offer\n"\\e[31mbad\\nline": 1\n'
    (tmp_path / "a.yaml").write_text(hostile)

    said = command("check", "a.yaml")

    assert said.code == 2
    assert "\x1b" not in said.err + said.out


def test_a_number_is_explained_with_its_value_source_and_place(command) -> None:
    said = command("explain", "service.team.key_workers", "--set", "service.team.key_workers=7")

    assert said.code == 0
    assert "value: 7 posts" in said.out
    assert "--set" in said.out
    assert command("explain", "service.team.key_workers", "--json").json["lines"]


def test_a_number_that_is_not_there_is_refused_with_the_nearest(command) -> None:
    said = command("explain", "service.team.key_worker")

    assert said.code == 2
    assert "service.team.key_workers" in said.err


@pytest.mark.parametrize("kind", ["parameters", "scenario"])
def test_a_schema_is_json_on_stdout(command, kind: str) -> None:
    said = command("schema", kind)

    assert said.code == 0
    assert "$schema" in said.json


def test_schemas_can_be_written_for_an_editor(command, tmp_path: Path) -> None:
    assert command("schema", "--to", "made").code == 0

    files = sorted(path.name for path in (tmp_path / "made").iterdir())
    assert files == ["parameters.schema.json", "scenario.schema.json"]


def test_the_doctor_says_what_there_is_and_leaves_nothing_behind(command, tmp_path: Path) -> None:
    said = command("doctor")

    assert said.code == 0
    for word in ("python", "numpy", "processors", "memory", "free space", "shipped files"):
        assert word in said.out
    assert command("doctor", "--json").json["problems"] == []
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_finds_outputs_that_cannot_be_written(command, tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("a file in the way")

    said = command("doctor", "--out", "outputs/deeper")

    assert said.code == 4
    assert "cannot be written to" in said.out


def compiled_code(folder: Path) -> Path:
    """What an engine that is compiled leaves for these sources; empty files will do."""
    present = kept_code.lasting_folder()
    assert present is not None
    assert present.parent == folder
    present.mkdir(parents=True)
    for name in (*kept_code.KERNELS, *kept_code.KERNELS_OF_EXPECTED):
        for kind in ("nbi", "1.nbc"):
            (present / f"{name}-1.py311.{kind}").write_text("code")
    return present


def test_the_doctor_says_whether_the_engine_is_compiled(command, tmp_path: Path) -> None:
    assert "'familyflow warm', makes it" in command("doctor").out

    present = compiled_code(tmp_path / "code")

    assert f"ready, kept in {present}" in command("doctor").out
    (present / f"{kept_code.KERNELS_OF_EXPECTED[0]}-1.py311.nbi").unlink()
    assert "ready but for --follow-up expected" in command("doctor").out
    (present / f"{kept_code.KERNELS[0]}-1.py311.1.nbc").unlink()
    assert "not made yet" in command("doctor").out


def test_purge_removes_code_that_nobody_reads_and_the_present_one_when_asked(
    command, tmp_path: Path
) -> None:
    present = compiled_code(tmp_path / "code")
    old = present.with_name("kernels-of-last-year")
    old.mkdir()

    assert str(old) in command("purge").out
    assert not old.exists()
    assert present.exists()

    command("purge", "--compiled")

    assert not present.exists()


@pytest.mark.parametrize(
    ("engine", "code", "says"),
    [
        ("new", 0, "Compiled in 31 s; kept in"),
        ("ready", 0, "already"),
        ("nowhere", 3, "no lasting"),
    ],
)
def test_warm_says_what_it_did(
    command, monkeypatch: pytest.MonkeyPatch, engine: str, code: int, says: str
) -> None:
    monkeypatch.setenv("FAKE_ENGINE", engine)

    said = command("warm")

    assert said.code == code
    assert says in said.out
    assert command("warm", "--json").json["was_compiled"] == (engine != "ready")


def test_purge_removes_what_was_left_and_no_run(
    command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    command("run", "core_offer")
    out = tmp_path / "outputs"
    before = sorted(path.name for path in out.iterdir())
    (out / ".locks" / "dead.lock").write_text("1 2020-01-01\n")
    (out / ".dead.partial").mkdir()
    (out / ".familyflow-1-a.tmp").write_text("x")
    os.utime(out / ".familyflow-1-a.tmp", (0, 0))
    (tmp_path / "familyflow-crash-abc.txt").write_text("x")

    assert command("purge", "--dry-run").out.endswith("3 would be removed.\n")
    said = command("purge")

    assert said.out.endswith("3 removed.\n")
    assert sorted(path.name for path in out.iterdir()) == before
    assert not list(tmp_path.glob("familyflow-crash-*"))
    assert command("purge", "--json").json == {"removed": [], "found": []}


def test_help_is_printed_when_nothing_is_asked(command) -> None:
    assert "reproduce" not in command().out
    assert "Commands:" in command().out
    assert "reproduce" in command("runs").out


def test_a_command_that_is_not_there_ends_with_2(command) -> None:
    said = command("simulate")

    assert said.code == 2
    assert "simulate" in said.err


def test_json_is_never_mixed_with_other_text(command, tmp_path: Path) -> None:
    command("run", "core_offer")
    (tmp_path / "a.yaml").write_text("title: A\nextends: core_offer\n")
    for arguments in (
        ["run", "core_offer"],
        ["check", "a.yaml"],
        ["explain", "service.team.key_workers"],
        ["doctor"],
        ["purge"],
        ["warm"],
        ["runs", "list"],
        ["runs", "show", "core_offer"],
        ["runs", "diff", "core_offer", "core_offer"],
        ["runs", "reproduce", "core_offer"],
        ["new", "b.yaml"],
    ):
        said = command(*arguments, "--json")

        assert said.code == 0
        json.loads(said.out)
        assert said.out.isascii()
