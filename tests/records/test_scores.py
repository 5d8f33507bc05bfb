"""Scores before and after: means of the same families, few of them not told, and never learnt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from familyflow.parameters.draws import base_values
from familyflow.parameters.library import load_library
from familyflow.problems import Problems
from familyflow.records.cases import Records
from familyflow.records.read import read_records
from familyflow.records.scores import change_of, rows_of_scores
from familyflow.records.words import words_of
from familyflow.shipped import example_cases


@pytest.fixture(scope="module")
def made() -> Records:
    problems = Problems()
    words = words_of(base_values(load_library()))
    found = read_records(example_cases(), words, problems, today=date(2026, 12, 1))
    problems.raise_if_any()
    assert found is not None
    return found


def test_a_row_is_of_means_and_nothing_of_one_family(made: Records) -> None:
    rows = {row[0]: row for row in rows_of_scores(made)}

    assert set(rows) == {"Risk indicators ticked", "Total difficulties (SDQ)",
                         "Wellbeing of the parent (WEMWBS)"}  # fmt: skip
    both = [case.risks for case in made.cases if None not in case.risks]
    assert rows["Risk indicators ticked"][3] == f"{sum(a for a, _ in both) / len(both):.1f}"
    assert all(int(row[2].replace(",", "")) % 5 == 0 for row in rows.values())


def test_the_interval_is_of_the_changes_and_not_of_two_groups() -> None:
    both = [(10.0, 8.0), (20.0, 17.0), (30.0, 29.0)]
    change, half = change_of(both)

    assert change == pytest.approx(-2.0)
    assert half == pytest.approx(1.959964 * 1.0 / 3**0.5)


def test_of_few_families_no_score_is_told(made: Records) -> None:
    few = replace(made, cases=made.cases[:9])

    assert rows_of_scores(few) == ()


def test_with_few_exits_the_change_is_hidden(made: Records) -> None:
    cases = [replace(case, risks=(case.risks[0], None)) for case in made.cases]
    (row, *_) = rows_of_scores(replace(made, cases=tuple(cases), as_of=date(2026, 3, 31)))

    assert row[3:6] == ("too few", "too few", "too few")
    assert row[6] == "fewer than 5"
