"""A file that is no table, or whose header is wrong, is told so with the line (B109 to B113)."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.records.files import CLOSED, FULL, NEEDED, csv_text, kept, mistakes, read, told

HEADER = ",".join(NEEDED) + "\n"
ROW = ",".join(CLOSED.values()) + "\n"


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", "  \r\n"])
def test_an_empty_file(tmp_path: Path, text: str) -> None:
    assert mistakes(tmp_path, text) == [(0, 0, "the file is empty")]


@pytest.mark.parametrize("rest", ["", "\n\n", ",,,,,\n"])
def test_a_header_and_no_row(tmp_path: Path, rest: str) -> None:
    assert mistakes(tmp_path, HEADER + rest) == [(1, 0, "there is a header and no row")]


def test_a_file_that_is_not_there_a_folder_and_one_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no such file" in told(tmp_path / "other.csv")[0].what
    assert told(tmp_path)[0].what == "this is no file"
    monkeypatch.setattr("familyflow.records.file_text.MOST_BYTES", 10)
    assert told(kept(tmp_path, HEADER + ROW))[0].what.startswith("larger than")


def test_a_missing_column(tmp_path: Path) -> None:
    without = {name: cell for name, cell in CLOSED.items() if name != "started"}
    found = mistakes(tmp_path, csv_text([without]))
    assert found == [(1, 0, "the column 'started' is missing")]


def test_an_unknown_column_is_told_by_its_place_with_the_nearest_name(tmp_path: Path) -> None:
    path = kept(tmp_path, csv_text([{**CLOSED, "child_ren": "2", "Zqremarks": ""}]))
    near, far = told(path)
    assert (near.line, near.column, near.to_do) == (1, 7, "Did you mean 'children'?")
    assert (far.line, far.column) == (1, 8)
    assert "zqremarks" not in f"{near}{far}".casefold()


def test_a_column_that_is_there_twice(tmp_path: Path) -> None:
    text = HEADER.replace("\n", ",Hours,hours,x1,x1\n") + ROW.replace("\n", ",3,4,5,6\n")
    found = mistakes(tmp_path, text)
    assert (1, 0, "2 columns 'hours'") in found
    assert (1, 0, "2 columns of one name") in found
    assert ".1" not in str(found)


def test_columns_without_a_name_are_told_one_by_one(tmp_path: Path) -> None:
    found = mistakes(tmp_path, HEADER.replace("\n", ",,\n") + ROW.replace("\n", ",,\n"))
    assert found == [(1, 7, "column 7 has no name"), (1, 8, "column 8 has no name")]


def test_names_are_read_whatever_their_case_and_blanks(tmp_path: Path) -> None:
    held = csv_text([{f" {name.upper()} ": cell for name, cell in FULL.items()}])
    assert read(tmp_path, held).cases[0].hours == 61.5


def test_thousands_of_columns_are_refused_at_once(tmp_path: Path) -> None:
    begin = time.monotonic()
    found = mistakes(tmp_path, "x," * 9_000 + "\n" + ROW)
    assert found == [(1, 0, "there are more than 200 columns")]
    assert time.monotonic() - begin < 1


def test_a_line_for_excel_alone(tmp_path: Path) -> None:
    found = mistakes(tmp_path, "sep=,\n" + HEADER + ROW)
    assert found == [(1, 0, "'sep=' is for Excel alone")]


def test_a_blank_first_line(tmp_path: Path) -> None:
    for begin in ("\n", ",,,\n", " ; \n"):
        assert mistakes(tmp_path, begin + HEADER + ROW) == [(1, 0, "the first line is empty")]


@pytest.mark.parametrize(
    ("separator", "name"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs")]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_separates_columns_and_rows(
    tmp_path: Path, separator: str, name: str, end: str
) -> None:
    held = csv_text([FULL, {**FULL, "family": "F2"}], separator, end)
    records = read(tmp_path, held)
    assert [case.row for case in records.cases] == [2, 3]
    assert f"Columns are separated by {name}." in records.told


def test_commas_in_later_rows_do_not_outweigh_the_header(tmp_path: Path) -> None:
    held = csv_text([{**CLOSED, "hours": "1,5"}] * 9, ";", "\r")
    assert mistakes(tmp_path, held)[0] == (2, 7, "hours: it is not a number")


@pytest.mark.parametrize("begin", ["\ufeff", "\ufeff\ufeff"])
def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path, begin: str) -> None:
    assert read(tmp_path, begin + HEADER + ROW).columns == NEEDED


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_of_an_old_windows_tells_the_line(tmp_path: Path, end: str) -> None:
    held = csv_text([CLOSED, {**CLOSED, "family": "Ren\u00e9e1"}], end=end).encode("cp1252")
    assert mistakes(tmp_path, held) == [(3, 0, "a character is not UTF-8")]


@pytest.mark.parametrize(
    ("held", "told_of"),
    [
        ((HEADER + ROW).encode("utf-16"), "UTF-16 text"),
        (b"PK\x03\x04" + bytes(40), "an Excel workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(40), "an old Excel workbook"),
    ],
)
def test_files_of_other_kinds_are_named(tmp_path: Path, held: bytes, told_of: str) -> None:
    (only,) = told(kept(tmp_path, held))
    assert only.what == f"this is {told_of}, not CSV"
    assert "CSV UTF-8" in only.to_do


def test_a_nul_and_utf_16_without_a_mark(tmp_path: Path) -> None:
    found = mistakes(tmp_path, HEADER + ROW + ROW.replace("planned", "plan\0ned"))
    assert found == [(3, 0, "a character NUL stands in the file")]
    assert mistakes(tmp_path, (HEADER + ROW).encode("utf-16-le"))[0][2] == found[0][2]


def test_an_open_quotation_mark_tells_where_its_row_begins(tmp_path: Path) -> None:
    for wrong in ('"F2', '"F2"x'):
        held = HEADER + ROW + ROW.replace("F0001", wrong) + ROW
        ((line, _, what),) = mistakes(tmp_path, held)
        assert (line, what.split(",")[0]) == (3, "a quotation mark is not closed")


def test_lines_after_a_cell_of_two_lines_are_counted_as_they_stand(tmp_path: Path) -> None:
    held = HEADER + ROW.replace("planned", '"pl\nanned"') + ROW.replace("F0001", "Smith")
    assert [line for line, _, _ in mistakes(tmp_path, held)] == [2, 4]


def test_a_cell_of_ten_megabytes_and_one_of_free_text(tmp_path: Path) -> None:
    huge = HEADER + ROW + ROW.replace("planned", "x" * 10**7)
    assert mistakes(tmp_path, huge) == [(3, 0, "the line is longer than 20,000 characters")]
    lines = HEADER + ROW.replace("planned", '"' + "xyz\n" * 50_000 + '"')
    assert mistakes(tmp_path, lines) == [(2, 0, "a cell is too long")]
    long = HEADER + ROW.replace("planned", "x" * 201)
    assert mistakes(tmp_path, long) == [(2, 6, "the cell holds more than 200 characters")]


def test_ragged_rows_are_told_once_each_and_read_no_further(tmp_path: Path) -> None:
    held = HEADER + "x," + ROW + ROW.rpartition(",")[0] + "\n" + ROW
    assert mistakes(tmp_path, held) == [
        (2, 0, "7 cells where the header has 6"),
        (3, 0, "5 cells where the header has 6"),
    ]


def test_blank_rows_are_passed_over_and_counted(tmp_path: Path) -> None:
    held = HEADER + "\n,,,,,\n" + ROW + " \n" + ROW.replace("F0001", "F2")
    assert [case.row for case in read(tmp_path, held).cases] == [4, 6]
