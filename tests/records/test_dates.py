"""Days: which forms are read, which are refused and why, and strokes over a whole file (B115)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.records.files import CLOSED, OPEN, TODAY, csv_text, kept, mistakes, of_rows, read, told

from familyflow.records.dates import NotADate, parsed


def only(**changes: str) -> dict[str, str]:
    return {**OPEN, "allocated": "", "started": "", **changes}


@pytest.mark.parametrize(
    "text",
    [
        "2025-04-13", "13/04/2025", "13.04.2025", "2025-04-13T00:00:00", "2025-04-13 00:00",
        "13/04/2025 00:00", "13/04/2025 00:00:00", "2025-04-13 00:00:00.000", " 13/4/2025 ",
    ],
)  # fmt: skip
def test_forms_that_are_read(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, csv_text([only(referred=text)])).cases[0].referred == date(2025, 4, 13)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2025-02-29", "there is no such day"),
        ("31/04/2025", "there is no such day"),
        ("2025-13-13", "there is no such day"),
        ("15/13/2025", "there is no such day"),
        ("0000-00-00", "it lies before 2000"),
        ("1900-01-01", "it lies before 2000"),
        ("1999-12-31", "it lies before 2000"),
        ("2026-07-01", "it lies in the future"),
        ("2099-01-01", "it lies in the future"),
        ("9999-12-31", "it lies in the future"),
        ("04/13/2025", "the month seems to stand before the day"),
        ("13/04/25", "the year has two figures"),
        ("45395", "it is a number, as Excel counts days"),
        ("45395.0", "it is a number, as Excel counts days"),
        ("2025-04-13 09:30", "a time of day stands behind the day"),
        ("13/04/2025 14:05:12", "a time of day stands behind the day"),
        ("13/04.2025", "it is not a date"),
        ("13 April 2025", "it is not a date"),
        ("2025-4-13", "it is not a date"),
        ("\u0662\u0660\u0662\u0665-04-13", "it is not a date"),
        ("NULL", "it is not a date"),
    ],
)
def test_forms_that_are_refused(tmp_path: Path, text: str, why: str) -> None:
    assert of_rows(tmp_path, CLOSED, only(family="F2", referred=text)) == [
        (3, 2, f"referred: {why}")
    ]


def test_today_is_no_future_and_days_after_as_of_are_told(tmp_path: Path) -> None:
    path = kept(tmp_path, csv_text([only(referred=TODAY.isoformat())]))
    assert told(path) == []
    (one,) = told(path, as_of=date(2026, 6, 29))
    assert (one.line, one.column) == (2, 2)
    assert one.what == "referred: it lies after the day that the records tell of"


def test_as_of_in_the_future_is_refused(tmp_path: Path) -> None:
    (one,) = told(kept(tmp_path, csv_text([CLOSED])), as_of=date(2026, 7, 1))
    assert one.what == "--as-of lies in the future"


def test_as_of_is_the_last_day_that_stands_in_them_unless_it_is_given(tmp_path: Path) -> None:
    assert read(tmp_path, csv_text([CLOSED])).as_of == date(2025, 7, 14)
    assert read(tmp_path, csv_text([CLOSED]), date(2026, 1, 1)).as_of == date(2026, 1, 1)


def test_dates_that_could_be_read_either_way_all_over_a_file_are_refused(tmp_path: Path) -> None:
    rows = [only(referred="03/04/2025"), only(family="F2", referred="05/06/2025")]
    ((line, _, what),) = of_rows(tmp_path, *rows)
    assert line == 2
    assert what.endswith("stands first in the dates with strokes of 2 cells")


def test_one_date_that_can_be_read_one_way_only_decides_for_the_file(tmp_path: Path) -> None:
    rows = [only(referred="03/04/2025"), only(family="F2", referred="13/06/2025")]
    assert read(tmp_path, csv_text(rows)).cases[0].referred == date(2025, 4, 3)


def test_a_day_with_the_number_of_its_month_leaves_nothing_in_doubt(tmp_path: Path) -> None:
    assert of_rows(tmp_path, only(referred="05/05/2025")) == []
    iso = [only(referred="2025-04-13"), only(family="F2", referred="05/06/2025")]
    assert len(of_rows(tmp_path, *iso)) == 1, "what stands there in another form decides nothing"


def test_a_month_first_date_is_told_where_others_are_undecided(tmp_path: Path) -> None:
    rows = [only(referred="03/04/2025"), only(family="F2", referred="04/13/2025")]
    assert [line for line, _, _ in of_rows(tmp_path, *rows)] == [2, 3]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_is_read_back_from_either_form(day: date) -> None:
    assert parsed(day.isoformat())[0] == day
    found, shows = parsed(day.strftime("%d/%m/%Y"))
    assert found == day
    assert shows is (None if day.day == day.month else day.day > 12)


@given(st.text(max_size=30))
def test_any_other_text_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(NotADate) as why:
        parsed("#" + text)
    assert "#" not in str(why.value)


def test_reading_leaves_no_cell_behind_in_memory(tmp_path: Path) -> None:
    import familyflow.records.cells
    import familyflow.records.dates

    mistakes(tmp_path, csv_text([only(referred="Zqcanary")]))
    for module in (familyflow.records.dates, familyflow.records.cells):
        assert not any(hasattr(one, "cache_info") for one in vars(module).values())
