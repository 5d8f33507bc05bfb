"""The strict reader keeps every value as written, with its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from familyflow.parameters.yaml_file import parse_value, parse_yaml, read_yaml
from familyflow.parameters.yaml_text import shown_path
from familyflow.parameters.yaml_tree import Items, Place, Scalar, Section, at, written
from familyflow.problems import InputError, MachineError, Problems


def parsed(text: str) -> Section:
    problems = Problems()
    node = parse_yaml(text, "f.yaml", problems)
    assert not problems.found
    assert isinstance(node, Section)
    return node


@pytest.mark.parametrize(
    "text", ["no", "on", "010", "0x1F", "1:30", "2018-04-01", "1e3", "null", ".nan", "1_000"]
)
def test_values_stay_as_they_were_written(text: str) -> None:
    value = parsed(f"a: {text}").entries["a"]

    assert isinstance(value, Scalar)
    assert (value.text, value.plain) == (text, True)


def test_every_name_and_value_has_its_place() -> None:
    top = parsed("# first\na:\n  - {b: 1}\n  - 'two'\n")

    assert top.names["a"] == Place("f.yaml", 2, 1)
    assert at(top, ("a", 0, "b")) == Place("f.yaml", 3, 9)
    assert at(top, ("a", 1)) == Place("f.yaml", 4, 5)
    assert str(at(top, ("a", 1))) == "f.yaml:4:5"
    # what is not there has the place of what it would stand in
    assert at(top, ("a", 7)) == at(top, ("a",))


def test_quotes_make_text() -> None:
    value = parsed("a: '5'").entries["a"]

    assert isinstance(value, Scalar)
    assert not value.plain
    assert written(value) == "'5'"


def test_whole_numbers_may_name_rows() -> None:
    years = parsed("by_year: {0: 5, 1: 6}").entries["by_year"]

    assert isinstance(years, Section)
    assert list(years.entries) == ["0", "1"]


def test_quoted_words_may_be_names() -> None:
    assert list(parsed('"on": 1\n"no": 2\n').entries) == ["on", "no"]


def test_texts_may_run_over_several_lines() -> None:
    note = parsed("note: >-\n  one\n  two: three\n").entries["note"]

    assert isinstance(note, Scalar)
    assert note.text == "one two: three"


@pytest.mark.parametrize(("text", "kind"), [("5", Scalar), ("[1, 2]", Items), ("{a: 1}", Section)])
def test_a_value_typed_on_the_command_line_is_read_as_in_a_file(text: str, kind: type) -> None:
    assert isinstance(parse_value(text, "--set k"), kind)


def test_a_mistake_typed_on_the_command_line_has_no_line() -> None:
    with pytest.raises(InputError, match=r"^1 problem in the input\n\n--set k: "):
        parse_value("{a: ", "--set k")


def test_a_file_that_is_not_there_is_a_mistake_and_no_crash(tmp_path: Path) -> None:
    problems = Problems()

    assert read_yaml(tmp_path / "nowhere.yaml", problems) is None
    assert read_yaml(tmp_path, problems) is None
    assert [p.what for p in problems.found] == [
        "there is no such file",
        "this is a folder, not a file",
    ]


def test_a_file_that_the_machine_withholds_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: {}", encoding="utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(MachineError, match=r"a\.yaml cannot be read: Permission denied"):
        read_yaml(path, Problems())


def test_files_below_the_working_folder_are_named_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert shown_path(tmp_path / "b" / "a.yaml") == "b/a.yaml"
    assert shown_path(Path("b/a.yaml")) == "b/a.yaml"
    assert shown_path(os.sep + "elsewhere") == os.sep + "elsewhere"
