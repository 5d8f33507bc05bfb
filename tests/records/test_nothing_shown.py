"""No cell's content is in any message, whatever stands in it: S14 and S22 by a canary."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cli.conftest import answered
from tests.records.files import CLOSED, FULL, csv_text, kept, read, shown, told

from familyflow.problems import InputError
from familyflow.records import read as reading

CANARY = "zqwyvern"
QUIET = settings(
    max_examples=300, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PIECES = st.sampled_from([
    "", " ", ",", ";", "\t", '"', "\n", "\r", "\0", "\ufeff", "+", "-", "/", ".", "@", "1", "07700",
    "2025-01-01", "planned", "schools", "NA", "M14 5TP", "9434765919", "\u00e9", "\u202e", "%s",
    "{0}", "\x1b[31m", "x" * 210,
])  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=5).map("".join)
CELLS = st.tuples(TEXTS, TEXTS).map(lambda parts: f"{parts[0]}{CANARY}{parts[1]}")
NAMES = st.sampled_from(list(FULL))


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def is_silent(text: str) -> bool:
    return CANARY not in text.casefold()


@QUIET
@given(st.lists(st.tuples(NAMES, CELLS), min_size=1, max_size=4), st.booleans())
def test_no_message_holds_what_stands_in_a_cell(
    tmp_path: Path, cells: list[tuple[str, str]], raw: bool
) -> None:
    """Random text in random cells, in quotes or as it is, which may break the form of the file."""
    row = FULL | {name: cell if raw else quoted(cell) for name, cell in cells}
    path = kept(tmp_path, csv_text([FULL, row]))
    if told(path):
        assert is_silent(shown(path))
    else:  # it may pass for an id, which is a number from then on
        assert is_silent(repr(read(tmp_path, path.read_bytes())))


@QUIET
@given(CELLS)
def test_no_message_holds_what_stands_in_the_header(tmp_path: Path, cell: str) -> None:
    """Where the header is missing, what stands there is a row."""
    assert is_silent(shown(kept(tmp_path, csv_text([{**CLOSED, quoted(cell): "x"}]))))
    row = csv_text([{**CLOSED, "ending": cell}]).partition("\n")[2]
    assert is_silent(shown(kept(tmp_path, row)))


@settings(QUIET, max_examples=12)
@given(NAMES, CELLS)
def test_what_the_command_prints_holds_no_cell(tmp_path: Path, name: str, cell: str) -> None:
    kept(tmp_path, csv_text([FULL, {**FULL, name: quoted(cell)}]))
    for options in ((), ("--json",)):
        said = answered(tmp_path, "check", "cases.csv", *options)
        assert said.code == 2
        assert is_silent(said.out + said.err)


@pytest.mark.parametrize("name", FULL)
def test_a_traceback_of_what_is_raised_holds_no_cell(tmp_path: Path, name: str) -> None:
    path = kept(tmp_path, csv_text([{**FULL, name: CANARY}]))
    found = told(path)
    with pytest.raises(InputError) as caught:
        raise InputError(found)
    assert is_silent("".join(traceback.format_exception(caught.value)))


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours in the middle of reading."""

    def fail(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(reading, "in_order", fail)


@pytest.mark.usefixtures("broken")
def test_a_crash_of_ours_holds_no_cell(tmp_path: Path) -> None:
    path = kept(tmp_path, csv_text([{**FULL, "ending": CANARY}]))
    with pytest.raises(RuntimeError) as caught:
        told(path)
    assert is_silent("".join(traceback.format_exception(caught.value)))


@pytest.mark.parametrize("name", ["cases.txt", "cases.tsv", "cases.xlsx", "cases", "cases.yaml"])
def test_records_under_another_name_are_not_shown_either(tmp_path: Path, name: str) -> None:
    rows = [{**CLOSED, "family": CANARY}, {**CLOSED, "ending": f"{CANARY}: 1"}]
    (tmp_path / name).write_text(csv_text(rows), encoding="utf-8")
    said = answered(tmp_path, "check", name)
    assert said.code == 2
    assert is_silent(said.out + said.err)


def test_records_given_as_unit_costs_are_not_shown_either(tmp_path: Path) -> None:
    kept(tmp_path, csv_text([{**CLOSED, "family": CANARY, "ending": f"{CANARY} x"}]))
    said = answered(tmp_path, "explain", "families", "--parameters", "cases.csv")
    assert said.code == 2
    assert is_silent(said.out + said.err)
