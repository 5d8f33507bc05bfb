"""Days and endings that fit together, families that come back, and open cases (B116 to B119)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.records.files import CLOSED, OPEN, csv_text, of_rows, read

BEFORE = {**CLOSED, "allocated": "", "started": "", "ending": "declined"}


@pytest.mark.parametrize(
    ("name", "day", "column", "before"),
    [
        ("allocated", "2025-01-05", 3, "referred"),
        ("started", "2025-01-19", 4, "allocated"),
        ("ended", "2025-02-02", 5, "started"),
    ],
)
def test_days_out_of_order_name_the_line_and_the_column(
    tmp_path: Path, name: str, day: str, column: int, before: str
) -> None:
    found = of_rows(tmp_path, CLOSED, {**CLOSED, "family": "F2", name: day})
    assert found == [(3, column, f"{name}: it lies before the day of '{before}'")]


def test_days_around_an_empty_one_are_compared(tmp_path: Path) -> None:
    row = {**OPEN, "allocated": "", "started": "2024-01-01"}
    assert of_rows(tmp_path, row) == [(2, 4, "started: it lies before the day of 'referred'")]


def test_all_on_one_day_is_in_order(tmp_path: Path) -> None:
    day = dict.fromkeys(("referred", "allocated", "started", "ended"), "2025-01-06")
    assert of_rows(tmp_path, {**CLOSED, **day}) == []


@pytest.mark.parametrize(
    ("row", "column", "begins"),
    [
        ({**CLOSED, "ended": ""}, 5, "ended: there is an ending and no last day"),
        ({**CLOSED, "ending": ""}, 6, "ending: there is a last day and no ending"),
        ({**CLOSED, "ending": "declined"}, 6, "ending: it ended before work began"),
        ({**BEFORE, "ending": "planned"}, 6, "ending: it is an ending of work"),
        ({**CLOSED, "family": " "}, 1, "family: it is empty"),
        ({**CLOSED, "referred": ""}, 2, "referred: it is empty"),
    ],
)
def test_endings_and_days_that_do_not_go_together(
    tmp_path: Path, row: dict[str, str], column: int, begins: str
) -> None:
    ((line, place, what),) = of_rows(tmp_path, row)
    assert (line, place) == (2, column)
    assert what.startswith(begins)


def test_open_cases_are_kept_and_counted(tmp_path: Path) -> None:
    held = read(tmp_path, csv_text([CLOSED, {**OPEN, "family": "F2"}, {**BEFORE, "family": "F3"}]))
    assert [case.ended is None for case in held.cases].count(True) == 1
    assert any("3, of 3 families; 1 still open" in one for one in held.counted)
    assert not any("still open" in one for one in held.told)


def test_open_for_longer_than_three_years_is_told(tmp_path: Path) -> None:
    old = {**OPEN, "referred": "2021-01-13", "allocated": "", "started": ""}
    held = read(tmp_path, csv_text([CLOSED, {**old, "family": "F2"}, BEFORE | {"family": "F3"}]))
    assert "Longer than three years, so perhaps never closed: lines 3." in held.counted


def family(name: str, referred: str, ended: str = "") -> dict[str, str]:
    return {**BEFORE, "family": name, "referred": referred, "ended": ended,
            "ending": "declined" if ended else ""}  # fmt: skip


def test_a_family_that_comes_back_is_counted_and_one_on_the_same_day_too(tmp_path: Path) -> None:
    rows = [
        family("f1", "2025-03-01", "2025-04-01"), family("F2", "2025-01-01", "2025-01-01"),
        family("F1", "2025-01-01", "2025-03-01"), family("F2", "2025-01-01", "2025-02-01"),
    ]  # fmt: skip
    for some in (rows, rows[::-1]):
        cases = read(tmp_path, csv_text(some)).cases
        assert sorted((case.family, case.returns) for case in cases) == [
            (0, 0), (0, 1), (1, 0), (1, 1),
        ]  # fmt: skip


@pytest.mark.parametrize("end", ["2025-03-02", ""])
def test_a_family_twice_at_once_is_told_by_lines_and_not_by_its_id(
    tmp_path: Path, end: str
) -> None:
    found = of_rows(tmp_path, family("F7", "2025-03-01"), family("F7", "2025-01-01", end))
    assert found == [
        (3, 0, "the family of line 2 is there again while that referral goes on")
    ]  # fmt: skip
    copied = of_rows(tmp_path, CLOSED, CLOSED)
    assert [line for line, _, _ in copied] == [3]


def test_every_referral_within_a_longer_one_is_told(tmp_path: Path) -> None:
    found = of_rows(
        tmp_path, family("F1", "2025-01-01", "2025-12-31"),
        family("F1", "2025-02-01", "2025-03-01"), family("F1", "2025-04-01", "2025-05-01"),
    )  # fmt: skip
    assert [(line, "line 2" in what) for line, _, what in found] == [(3, True), (4, True)]
