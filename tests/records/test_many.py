"""Very many rows and very many mistakes: soon done, and the same whatever the order of rows."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.records.files import CLOSED, FULL, OPEN, WORDS, csv_text, kept, mistakes, read, told

from familyflow.problems import InputError
from familyflow.records.columns import BEFORE_WORK, OF_WORK


def made(count: int, seed: int = 3) -> list[dict[str, str]]:
    """Rows of referrals, some of families that come back, some copies of others but for the id."""
    luck = random.Random(seed)
    rows, last = [], {}
    for n in range(count):
        family = f"F{luck.randrange(max(1, count * 2 // 3))}"
        begin = last.get(family, date(2002, 1, 1) + timedelta(luck.randrange(1_000)))
        steps = [0, *sorted(luck.randrange(40) for _ in range(3))]
        days = [begin + timedelta(step) for step in steps]
        last[family] = days[3]
        row = dict(zip(("referred", "allocated", "started", "ended"), map(str, days), strict=True))
        ending = luck.choice(list(OF_WORK))
        if n % 3 == 0:
            row |= {"started": ""}
            ending = luck.choice(list(BEFORE_WORK))
        known = {"needs": luck.choice(["", *WORDS.needs]), "hours": luck.choice(["", "3"])}
        rows.append({"family": family, **row, "ending": ending, **known})
    return rows


def in_any_order(folder: Path, rows: list[dict[str, str]]) -> None:
    one = read(folder, csv_text(rows))
    shuffled = random.Random(8).sample(rows, len(rows))
    other = read(folder, csv_text(shuffled))
    assert sorted(case.row for case in other.cases) == [*range(2, len(rows) + 2)]
    alike = [replace(records, cases=tuple(replace(case, row=0) for case in records.cases))
             for records in (one, other)]  # fmt: skip
    assert alike[0] == alike[1]


@pytest.mark.parametrize("seed", range(5))
def test_a_few_rows_in_any_order(tmp_path: Path, seed: int) -> None:
    in_any_order(tmp_path, made(60, seed))


def test_thousands_of_rows_in_any_order(tmp_path: Path) -> None:
    in_any_order(tmp_path, made(4_000))


BAD = {
    "a cell": {**CLOSED, "ending": "x"},
    "many cells": {**FULL, **dict.fromkeys(list(FULL)[1:], "x")},
    "ragged": {**CLOSED, "family": "F1,F2"},
    "free text": {**CLOSED, "ending": "x" * 300},
    "copies": OPEN,
    "postcodes": {**CLOSED, "ending": "M14 5TP"},
}


@pytest.mark.parametrize("kind", BAD)
def test_very_many_mistakes_end_soon_and_say_so(tmp_path: Path, kind: str) -> None:
    rows = [{**BAD[kind]} for _ in range(30_000)]
    found = told(kept(tmp_path, csv_text(rows)))
    if kind == "postcodes":
        assert len(found) == 1
        return
    assert 1_000 < len(found) < 1_100
    first = str(InputError(found)).split("\n\n")[1]
    assert "1,000 mistakes" in first, "what stopped is among the few that are printed"


def test_it_stops_at_the_line_it_says(tmp_path: Path) -> None:
    found = mistakes(tmp_path, csv_text([{**CLOSED, "ending": "x"}] * 1_500))
    assert found[0] == (0, 0, "1,000 mistakes were found up to line 1001; what follows was not "
                        "looked at")  # fmt: skip
    assert found[-1][0] == 1001


def test_a_thousand_mistakes_less_one_are_all_told(tmp_path: Path) -> None:
    found = mistakes(tmp_path, csv_text([{**CLOSED, "ending": "x"}] * 999))
    assert [line for line, _, _ in found] == [*range(2, 1_001)]


def test_more_rows_than_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("familyflow.records.csv_table.MOST_ROWS", 10)
    assert mistakes(tmp_path, csv_text([CLOSED] * 12)) == [(12, 0, "more than 10 rows")]
