"""Explaining a number says what it is, how sure it is, where it is from and who chose it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from familyflow.parameters.explain import explain
from familyflow.parameters.library import Library
from familyflow.problems import InputError

TEXT = """\
assessment:
  label: An assessment
  unit: GBP per assessment
  value: 1000
  price_year: 2008/09
  distribution: {gamma: {mean: 1000, sd: 300}}
  falls_on: {council: 0.75, nhs: 0.25}
  source: {title: Unit Cost Database, where: sheet 3, year: 2015}
  grade: C
  status: verified
  note: Two visits.
weeks:
  label: Weeks
  unit: weeks
  role: decision
  varies: {by: family, whole_numbers: {low: 8, high: 14}}
mix: {label: Mix, unit: table of share, table: {a: 0.25, b: 0.75}, sums_to: 1, grade: E,
  distribution: {dirichlet: {concentration: 40}}, status: assumed, note: x}
flag: {label: Flag, unit: yes or no, value: no, role: decision}
word: {label: Word, unit: text, value: start, options: [start, end], role: decision}
rows: {label: Rows, unit: table, table: [{a: 1, b: [x, 2]}], role: decision}
cost: {label: Cost, quantity: weeks, unit_cost: service.key_work.assessment, behaves: fixed}
"""


def test_all_that_is_known_of_a_number_is_said(loaded: Callable[[str], Library]) -> None:
    lines = explain(loaded(TEXT), "service.key_work.assessment")

    assert lines[:-1] == [
        "service.key_work.assessment: An assessment",
        "value: 1000 GBP per assessment",
        "doubt: gamma, mean 1000, sd 300; 95 % between 501.2 and 1,668",
        "price year: 2008/09",
        "falls on: council 0.75, nhs 0.25",
        "belief: a scenario changes it under `assume`, with a reason",
        "source: Unit Cost Database (2015): sheet 3",
        "grade: C (A is the strongest evidence, E the weakest)",
        "status: verified",
        "note: Two visits.",
    ]
    assert lines[-1].endswith("service/key_work.yaml:1:1")


def test_what_differs_and_tables_are_said_too(loaded: Callable[[str], Library]) -> None:
    library = loaded(TEXT)

    assert "differs by family: whole numbers, low 8, high 14 (weeks)" in explain(
        library, "service.key_work.weeks"
    )
    assert explain(library, "service.key_work.mix")[1:4] == ["table:", "  a: 0.25", "  b: 0.75"]
    assert explain(library, "service.key_work.mix")[5].endswith("the shares are drawn together")
    assert "value: no yes or no" in explain(library, "service.key_work.flag")
    assert explain(library, "service.key_work.word")[1:3] == ["value: start", "options: start, end"]
    assert "  a 1, b x; 2" in explain(library, "service.key_work.rows")
    assert explain(library, "service.key_work.cost")[1:-1] == [
        "quantity: weeks",
        "unit cost: service.key_work.assessment",
        "behaves: fixed",
    ]


def test_the_first_part_of_a_key_lists_what_begins_with_it(
    loaded: Callable[[str], Library],
) -> None:
    assert explain(loaded(TEXT), "service.key_work") == [
        "service.key_work.assessment: An assessment",
        "service.key_work.weeks: Weeks",
        "service.key_work.mix: Mix",
        "service.key_work.flag: Flag",
        "service.key_work.word: Word",
        "service.key_work.rows: Rows",
        "service.key_work.cost: Cost",
    ]


def test_an_unknown_key_suggests_the_nearest(loaded: Callable[[str], Library]) -> None:
    with pytest.raises(InputError, match=r"Did you mean 'service\.key_work\.assessment'"):
        explain(loaded(TEXT), "service.key_work.assessmment")
    with pytest.raises(InputError, match=r"Did you mean 'service\.key_work\.weeks'"):
        explain(loaded(TEXT), "service.keywork.weeks")


def test_a_word_finds_the_numbers_that_hold_it(loaded: Callable[[str], Library]) -> None:
    with pytest.raises(InputError, match=r"These hold 'week': service\.key_work\.weeks"):
        explain(loaded(TEXT), "week")
