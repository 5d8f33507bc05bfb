"""``familyflow runs``: what was run, what differs, and doing it again."""

from __future__ import annotations

from pathlib import Path

import pytest


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "outputs").iterdir() if path.name != ".locks")


def test_no_runs_is_said_plainly(command) -> None:
    said = command("runs", "list")

    assert (said.code, said.out) == (0, "No runs in outputs.\n")
    assert command("runs", "list", "--json").json == []


def test_every_run_stands_in_the_list(command) -> None:
    command("run", "core_offer")
    command("run", "core_offer", "--seed", "2")

    said = command("runs", "list")

    assert said.out.count("core_offer-") == 2
    assert said.out.count("sound") == 2
    assert len(command("runs", "list", "--json").json) == 2


def test_a_run_is_shown_by_its_folder_its_id_or_its_start(command, tmp_path: Path) -> None:
    command("run", "core_offer")
    folder = _folders(tmp_path)[0]

    for name in (str(folder), folder.name, "core_o"):
        said = command("runs", "show", name)
        assert said.code == 0
        assert "cost  £5,000 (£1 to £2)" in said.out
        assert "All files are as they were written." in said.out


@pytest.mark.parametrize("name", ["nothing", "", "../outputs", "core", "\x1b[2J", "a\0b"])
def test_a_run_that_is_not_there_or_not_the_only_one_is_refused(command, name: str) -> None:
    command("run", "core_offer")
    command("run", "core_offer", "--seed", "2")

    said = command("runs", "show", name)

    assert said.code == 2
    assert "\x1b" not in said.err


def test_a_damaged_run_is_shown_as_damaged(command, tmp_path: Path) -> None:
    command("run", "core_offer")
    (_folders(tmp_path)[0] / "tables" / "flow.csv").write_text("other")

    said = command("runs", "show", "core_offer")

    assert "tables/flow.csv is not as it was written" in said.out


def test_an_altered_manifest_is_no_reason_to_fail(command, tmp_path: Path) -> None:
    command("run", "core_offer")
    (_folders(tmp_path)[0] / "manifest.json").write_text("{}")

    assert "damaged" in command("runs", "list").out
    assert command("runs", "show", "core_offer").code == 2


def test_a_difference_shows_old_and_new_with_the_unit(command, tmp_path: Path) -> None:
    command("run", "core_offer")
    first = _folders(tmp_path)[0].name
    command("run", "core_offer", "--set", "service.team.key_workers=7")
    second = next(folder.name for folder in _folders(tmp_path) if folder.name != first)

    said = command("runs", "diff", first, second)

    assert "service.team.key_workers  5 posts -> 7 posts" in said.out
    assert "money.cost  £5,000 (£1 to £2) -> £7,000 (£1 to £2)" in said.out
    assert "appraisal.timing" not in said.out
    told = command("runs", "diff", first, second, "--json").json
    assert told["inputs"] == [
        {"key": "service.team.key_workers", "old": "5 posts", "new": "7 posts"}
    ]


def test_a_run_does_not_differ_from_itself(command) -> None:
    command("run", "core_offer")

    said = command("runs", "diff", "core_offer", "core_offer")

    assert "What went in: no difference." in said.out
    assert "What came out: no difference." in said.out


def test_a_run_done_again_is_proved_the_same(command, tmp_path: Path) -> None:
    command("run", "core_offer", "--journal", "--set", "service.team.key_workers=7")
    before = _folders(tmp_path)

    said = command("runs", "reproduce", "core_offer")

    assert said.code == 0
    assert said.out.count("the same") == 3
    assert _folders(tmp_path) == before
    assert command("runs", "reproduce", "core_offer", "--json").json["same"] is True


def test_a_run_that_comes_out_otherwise_ends_with_1(command) -> None:
    command("run", "unsteady")

    said = command("runs", "reproduce", "unsteady")

    assert said.code == 1
    assert "results.json     differs" in said.out
    assert "tables/flow.csv  the same" in said.out


def test_a_run_whose_inputs_changed_since_is_refused_and_not_run_again(
    command, tmp_path: Path
) -> None:
    command("run", "core_offer")
    (tmp_path / "changed.txt").write_text("appraisal.term_years")

    said = command("runs", "reproduce", "core_offer")

    assert (said.code, said.out) == (5, "")
    assert "appraisal.term_years changed since" in said.err


def test_a_file_cut_short_makes_a_run_damaged_in_the_list(command, tmp_path: Path) -> None:
    command("run", "core_offer")
    table = _folders(tmp_path)[0] / "tables" / "flow.csv"
    table.write_text(table.read_text()[:-1])

    assert "damaged" in command("runs", "list").out
    assert command("runs", "list", "--json").json[0]["wrong"] == [
        "tables/flow.csv is not as long as it was written"
    ]


def test_results_that_are_no_json_make_a_run_damaged_in_the_list(command, tmp_path: Path) -> None:
    command("run", "core_offer")
    results = _folders(tmp_path)[0] / "results.json"
    results.write_text("x" * results.stat().st_size)

    assert "damaged" in command("runs", "list").out


def test_an_unfinished_run_is_told_with_what_removes_it(command, tmp_path: Path) -> None:
    command("run", "core_offer")
    (tmp_path / "outputs" / ".locks" / "lost-1.lock").touch()
    (tmp_path / "outputs" / ".lost-1.partial").mkdir()

    said = command("runs", "list")

    assert said.err == "1 unfinished run: 'familyflow purge' removes it.\n"
    assert command("purge").code == 0
    assert command("runs", "list").err == ""


@pytest.mark.parametrize("arguments", [("runs", "list"), ("runs", "show", "a"), ("purge",)])
def test_a_file_where_a_folder_is_due_is_refused(command, tmp_path: Path, arguments) -> None:
    (tmp_path / "mine.txt").write_text("x")

    said = command(*arguments, "--out", "mine.txt")

    assert said.code == 4
    assert "mine.txt cannot be a folder" in said.err


@pytest.mark.parametrize("arguments", [("runs", "list"), ("run", "core_offer"), ("purge",)])
def test_a_folder_with_a_name_too_long_is_refused_in_words(command, arguments) -> None:
    said = command(*arguments, "--out", "a" * 300)

    assert said.code == 4
    assert "longer than this machine allows" in said.err
    assert "Traceback" not in said.err


def test_changed_code_is_named_when_a_run_cannot_be_done_again(
    command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("run", "core_offer")
    monkeypatch.setattr("familyflow.store.machine.source_hash", lambda: "f" * 64)

    said = command("runs", "reproduce", "core_offer")

    assert said.code == 1
    assert "no longer the same run" in said.out
    assert "The model's code changed" in said.out
    assert "ffffffffff" in said.out


def test_a_file_altered_since_is_not_called_the_same(command, tmp_path: Path) -> None:
    command("run", "core_offer")
    (_folders(tmp_path)[0] / "tables" / "flow.csv").write_text("other")

    said = command("runs", "reproduce", "core_offer")

    assert said.code == 1
    assert "altered since it was written" in said.out
