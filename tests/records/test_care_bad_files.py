"""Every mistake of a file of care histories is told by line and column, all at once."""

import pytest
from tests.records.care_files import HEADER, TODAY, line, read

from familyflow.problems import Problems
from familyflow.records.care_columns import PLACEMENTS
from familyflow.records.care_read import read_care

BAD = {
    "an empty child": (line("", "2024-01-10"), 2, 1, "CHILD: it is empty"),
    "an empty first day": (line("A", ""), 2, 2, "DECOM: it is empty"),
    "no date": (line("A", "soon"), 2, 2, "DECOM: it is not a date"),
    "the day before": (line("A", "2024-01-10", "2024-01-09"), 2, 8, "DEC: it lies before"),
    "a day to come": (line("A", "2026-05-01"), 2, 2, "DECOM: it lies after the day"),
    "no such day": (line("A", "2024-02-30"), 2, 2, "DECOM: there is no such day"),
    "a birth": (line("A", "1990-02-01"), 2, 2, "DECOM: it lies before 2000"),
    "no placement": (line("A", "2024-01-10", place=""), 2, 6, "PLACE: it is empty"),
    "a word": (line("A", "2024-01-10", place="foster"), 2, 6, "PLACE: it is not a code"),
    "a provider": (line("A", "2024-01-10", by="us"), 2, 7, "PLACE_PROVIDER: it is not a code"),
    "no legal status": (line("A", "2024-01-10", legal=""), 2, 4, "LS: it is empty"),
    "a legal status": (line("A", "2024-01-10", legal="care order"), 2, 4, "LS: it is not a code"),
    "a beginning": (line("A", "2024-01-10", starts="S1"), 2, 3, "RNE: it is not a code"),
    "an end": (line("A", "2024-01-10", "2024-02-01", ends="home"), 2, 9, "REC: it is not a code"),
    "no reason": (line("A", "2024-01-10", "2024-02-01", ends=""), 2, 9, "REC: there is a last day"),
    "no last day": (line("A", "2024-01-10", ends="E8"), 2, 8, "DEC: there is a reason"),
    "either way": (line("A", "01/02/2024"), 2, 0, "nothing shows whether the day or the month"),
    "short breaks": (line("A", "2024-01-10", legal="V3"), 0, 0, "every episode is a short break"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_is_told_by_line_and_column(tmp_path, name):
    row, at, column, what = BAD[name]
    records, problems = read(tmp_path, row)

    assert records is None
    (one,) = problems
    assert (one.line, one.column) == (at, column)
    assert what in one.what
    assert one.to_do


def test_all_mistakes_are_told_at_once_with_what_may_stand_there(tmp_path):
    _, problems = read(tmp_path, line("", "soon", place="foster"), line("B", "2024-02-30"))

    assert [(one.line, one.column) for one in problems] == [(2, 1), (2, 2), (2, 6), (3, 2)]
    assert all(code in problems[2].to_do for code in PLACEMENTS)


def test_overlaps_and_copies_are_told_with_both_lines(tmp_path):
    _, problems = read(
        tmp_path,
        line("A", "2024-01-10", "2024-03-02"),
        line("A", "2024-03-01", "2024-05-01"),
        line("B", "2024-01-10"),
        line("B", "2024-01-10"),
        line("C", "2024-01-10"),
        line("C", "2024-02-10"),
    )

    assert [(one.line, one.what) for one in problems] == [
        (3, "it overlaps the episode of line 2 of the same child"),
        (5, "the episode of line 4 is there again"),
        (7, "it overlaps the episode of line 6 of the same child"),
    ]


def test_the_header_file_is_not_needed_and_the_reader_says_so(tmp_path):
    _, problems = read(
        tmp_path, "A,1,2015-01-01,,,0,", header="CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
    )

    assert {one.what for one in problems} == {
        f"the column '{name}' is missing" for name in ("DECOM", "LS", "PLACE", "DEC")
    }
    assert all("header file is never needed" in one.to_do for one in problems)


@pytest.mark.parametrize(
    ("header", "rows", "what"),
    [
        (HEADER + ",DEC", [line("A", "2024-01-10") + ","], "2 columns 'DEC'"),
        (HEADER, [], "there is a header and no row"),
        (HEADER, ["A,2024-01-10"], "2 cells where the header has 13"),
        (HEADER, [line("A", "2024-01-10"), '"A'], "a quotation mark is not closed"),
        (HEADER, [line("A", "2024-01-10", place="U" * 201)], "the cell holds more than 200"),
    ],
)
def test_a_file_without_its_form_is_refused(tmp_path, header, rows, what):
    records, problems = read(tmp_path, *rows, header=header)

    assert records is None
    assert any(what in one.what for one in problems)


@pytest.mark.parametrize(
    ("held", "what"),
    [(b"", "empty"), (b"PK\x03\x04", "Excel"), (b"CHILD\xff\n", "not UTF-8"), (b"a\0b", "NUL")],
)
def test_a_file_that_is_no_text_is_refused(tmp_path, held, what):
    path, problems = tmp_path / "care.csv", Problems()
    path.write_bytes(held)

    assert read_care(path, problems, None, TODAY) is None
    assert what in problems.found[0].what


def test_a_file_that_is_not_there_is_told(tmp_path):
    problems = Problems()

    assert read_care(tmp_path / "none.csv", problems, None, TODAY) is None
    assert "cannot be read" in problems.found[0].what


def test_a_file_without_a_day_to_follow_asks_for_one(tmp_path):
    _, problems = read(tmp_path, line("A", "2024-01-10"))

    assert "no day lies between" in problems[0].what
    assert "--as-of" in problems[0].to_do


def test_after_very_many_mistakes_the_reader_stops(tmp_path):
    _, problems = read(tmp_path, *(line(f"A{n}", "soon") for n in range(1_200)))

    assert len(problems) == 1_001
    assert "not looked at" in problems[-1].what
