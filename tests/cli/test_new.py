"""``familyflow new``: a file that can be run as it is, and never in place of another."""

from __future__ import annotations

from pathlib import Path

import pytest


def test_the_new_file_is_a_scenario_without_mistakes(command, tmp_path: Path) -> None:
    said = command("new", "mine.yaml", "--from", "core_offer")

    assert said.code == 0
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    assert "\nextends: core_offer\n" in text
    assert text.startswith("#")
    assert command("check", "mine.yaml").code == 0


def test_the_examples_in_it_hold_once_their_mark_is_taken_away(command, tmp_path: Path) -> None:
    command("new", "mine.yaml")
    file = tmp_path / "mine.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    start = lines.index("# set:")
    opened = [
        line.removeprefix("# ") if line.startswith(("# set", "# assume", "#   ")) else line
        for line in lines[start:]
    ]
    file.write_text("\n".join([*lines[:start], *opened]) + "\n", encoding="utf-8")

    said = command("check", "mine.yaml")

    assert said.code == 0
    # two more key workers cost more than the funding
    assert said.err.count("Warning: mine.yaml") == 1
    assert "more than its funding" in said.err


def test_a_scenario_of_ones_own_can_be_extended_from_another_folder(
    command, tmp_path: Path
) -> None:
    (tmp_path / "deeper").mkdir()
    command("new", "mine.yaml")

    said = command("new", "deeper/yours.yaml", "--from", "mine.yaml")

    assert said.code == 0
    text = (tmp_path / "deeper" / "yours.yaml").read_text(encoding="utf-8")
    assert 'extends: "../mine.yaml"' in text
    assert command("check", "deeper/yours.yaml").code == 0


def test_a_file_that_is_there_is_never_overwritten(command, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("precious")

    said = command("new", "mine.yaml")

    assert said.code == 2
    assert "already a file" in said.err
    assert (tmp_path / "mine.yaml").read_text() == "precious"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yaml"]


@pytest.mark.parametrize(
    "name",
    ["", "mine.txt", "mine", "con.yaml", "nul.yaml", ".yaml", "x" * 101 + ".yaml", "a:b.yaml"],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_is_written(
    command, tmp_path: Path, name: str
) -> None:
    said = command("new", name)

    assert said.code == 2
    assert said.err
    assert list(tmp_path.iterdir()) == []


def test_a_parent_that_is_not_there_is_refused_with_those_there_are(
    command, tmp_path: Path
) -> None:
    said = command("new", "mine.yaml", "--from", "core_ofer")

    assert said.code == 2
    assert "core_offer" in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_ends_with_4(command) -> None:
    assert command("new", "nowhere/mine.yaml").code == 4


def test_a_name_of_several_words_becomes_a_title(command, tmp_path: Path) -> None:
    command("new", "two_more: 'posts'.yaml".replace(":", ""))

    text = next(tmp_path.glob("*.yaml")).read_text(encoding="utf-8")
    assert "title: \"Two more 'posts'\"" in text


def test_a_parent_with_mistakes_is_refused_with_all_of_them(command, tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "bad.yaml").write_text(
        "extends: core_offer\ntitle: Bad\nset:\n"
        "  service.team.posts: [{agency: A, specialism: zzz, fte: 9}]\n"
    )

    said = command("new", "zz.yaml", "--from", "s/bad.yaml")

    assert said.code == 2
    assert said.err.count("bad.yaml:4:") == 2
    assert "fte is 9" in said.err
    assert not (tmp_path / "zz.yaml").exists()


def test_a_name_beyond_the_first_plane_of_characters_can_be_read_back(
    command, tmp_path: Path
) -> None:
    command("new", "\U0001f600.yaml")

    assert command("check", "\U0001f600.yaml").code == 0
