"""Ids that name nobody are taken, whatever their form; names and dates of birth are not."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from string import ascii_uppercase, digits

import pytest
from tests.records.files import OPEN, csv_text, kept, mistakes, told

LETTERS = ascii_uppercase
Luck = random.Random


def some(luck: Luck, letters: str, count: int) -> str:
    return "".join(luck.choices(letters, k=count))


FORMS: dict[str, Callable[[Luck, int], str]] = {
    "F0012": lambda luck, n: f"F{n:04}",
    "2024-0013": lambda luck, n: f"2024-{n:04}",
    "24/0013": lambda luck, n: f"24/{n:04}",
    "20240013": lambda luck, n: f"2024{n:04}",
    "AB123": lambda luck, n: some(luck, LETTERS, 2) + some(luck, digits, 3),
    "ABC123": lambda luck, n: some(luck, LETTERS, 3) + some(luck, digits, 3),
    "AB123456": lambda luck, n: some(luck, LETTERS, 2) + some(luck, digits, 6),
    "MCR-00123": lambda luck, n: f"MCR-{n:05}",
    "CASE12": lambda luck, n: f"CASE{n}",
    "North-12": lambda luck, n: f"{luck.choice(('North', 'South', 'Central'))}-{n}",
    "13": lambda luck, n: str(n),
    "six digits": lambda luck, n: some(luck, digits, 6),
    "eight digits": lambda luck, n: some(luck, digits, 8),
    "ten digits": lambda luck, n: str(luck.randrange(10**9, 10**10)),
    "hexadecimal": lambda luck, n: f"{luck.randrange(16**8):08x}1",
    "letters and digits": lambda luck, n: some(luck, LETTERS + digits, 11) + "7",
    "UUID": lambda luck, n: "-".join(f"{luck.randrange(16**k):0{k}x}" for k in (8, 4, 4, 4, 12)),
}


@pytest.mark.parametrize("form", FORMS)
def test_ordinary_ids_are_not_refused(tmp_path: Path, form: str) -> None:
    """Seed 11; two thousand ids of each form, once each."""
    luck = Luck(11)
    ids = dict.fromkeys(FORMS[form](luck, n) for n in range(1, 2_001))
    found = told(kept(tmp_path, csv_text([{**OPEN, "family": one} for one in ids])))
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "Smith", "smith-jones", "O'Neill", "O'Neill 2", "\u0141ukasz1", "Jo Smith 2", "NA", "-",
        "F" + "1" * 40, "=F1", "12/03/2015", "2015-03-12", "12.03.15", "JS-12-03-2015",
        "JS 12/03/2015", "JS.2015.03.12", "1/3/2015", "AB1 2CD",
    ],
)  # fmt: skip
def test_what_is_no_id_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    found = mistakes(tmp_path, csv_text([OPEN, {**OPEN, "family": text}]))
    assert found == [(3, 1, "family: it is not an id that names nobody")]


@pytest.mark.parametrize(
    "text", ["F1", "2024-01-0013", "24-0312", "1.2.12", "3/11/20", "a" * 39 + "1"]
)
def test_ids_that_are_nearly_a_date_or_nearly_too_long(tmp_path: Path, text: str) -> None:
    assert mistakes(tmp_path, csv_text([{**OPEN, "family": text}])) == []


SURNAMES = ("Smith", "Jones", "Okafor", "Khan", "Ali", "Taylor", "Nowak", "Lee", "Patel", "Begum")


@pytest.mark.parametrize(
    "form", ["{}1", "{}-02", "{}2015", "1{}", "2024-{}", "j.{}.3", "{}/jo/1", "{}_1"]
)
def test_a_column_of_names_with_numbers_is_refused(tmp_path: Path, form: str) -> None:
    rows = [{**OPEN, "family": form.format(name)} for name in SURNAMES]
    ((line, column, what),) = mistakes(tmp_path, csv_text(rows))
    assert (line, column) == (1, 1)
    assert "look like a name and a number: lines 2, 3, 4, 5" in what


def test_a_word_that_ids_share_is_no_name(tmp_path: Path) -> None:
    teams = [f"{team}{n}" for team in ("North", "South", "East", "West") for n in (1, 2)]
    assert mistakes(tmp_path, csv_text([{**OPEN, "family": one} for one in teams])) == []


def test_a_single_name_with_a_number_among_ids_passes(tmp_path: Path) -> None:
    """By itself it cannot be told from a prefix. It is neither kept nor shown."""
    ids = ["Smith1", *(f"F{n}" for n in range(9))]
    assert mistakes(tmp_path, csv_text([{**OPEN, "family": one} for one in ids])) == []


@pytest.mark.parametrize("form", ["{y}{m:02}{d:02}", "{d:02}{m:02}{y}", "JS{d:02}{m:02}{y}"])
def test_a_column_of_dates_of_eight_digits_is_refused(tmp_path: Path, form: str) -> None:
    ids = [form.format(y=2010 + n, m=n + 1, d=28 - n) for n in range(10)]
    ((line, _, what),) = mistakes(tmp_path, csv_text([{**OPEN, "family": one} for one in ids]))
    assert line == 1
    assert "look like a date" in what


def test_names_that_come_back_are_names_still(tmp_path: Path) -> None:
    ended = {**OPEN, "ended": "2025-12-01", "ending": "planned"}
    back = {**OPEN, "referred": "2026-01-01", "allocated": "", "started": ""}
    rows = [{**row, "family": f"{name}1"} for row in (ended, back) for name in SURNAMES]
    ((_, _, what),) = mistakes(tmp_path, csv_text(rows))
    assert what.endswith("lines 2, 3, 4, 5, 6 and 15 more")
