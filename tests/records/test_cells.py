"""Words, numbers, yes and no: what is trimmed, what is suggested, what is kept as text."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.records.files import CLOSED, FULL, csv_text, kept, of_rows, read, told


@pytest.mark.parametrize("word", ["NA", "N/A", "None", "null", "NULL", "nan", "#N/A", "-", "?"])
def test_words_for_nothing_are_text_like_any_other(tmp_path: Path, word: str) -> None:
    """B122: an empty cell is the only one that says nothing."""
    places = {name: place for place, name in enumerate(FULL, start=1)}
    for name in ("ending", "source", "needs", "level", "interpreter", "hours", "children"):
        ((line, column, _),) = of_rows(tmp_path, {**FULL, name: word})
        assert (line, column) == (2, places[name])


@pytest.mark.parametrize(
    "word", ["Child_In_Need", "child in need", " child-in-need ", "\u00a0CHILD IN NEED\t"]
)
def test_case_blanks_and_dashes_of_words_do_not_matter(tmp_path: Path, word: str) -> None:
    assert read(tmp_path, csv_text([{**FULL, "level": word}])).cases[0].level == "child_in_need"


@pytest.mark.parametrize("word", ["\u00e9planned", "planned\u00e9", "planned2", "not planned"])
def test_letters_are_never_dropped_to_make_a_word(tmp_path: Path, word: str) -> None:
    (one,) = told(kept(tmp_path, csv_text([{**CLOSED, "ending": word}])))
    assert (one.line, one.column, one.what) == (2, 6, "ending: it is not one of the words")
    assert one.to_do == "Did you mean 'planned'?"


def test_an_unknown_word_is_told_with_the_nearest_or_all(tmp_path: Path) -> None:
    near, far = (
        told(kept(tmp_path, csv_text([{**FULL, "source": word}])))[0] for word in ("scholls", "Zqx")
    )
    assert near.to_do == "Did you mean 'schools'?"
    assert far.to_do == "One of schools, health, police."


@pytest.mark.parametrize(
    "word",
    [
        "domestic_abuse+substance_misuse", "substance_misuse+domestic_abuse",
        " Substance misuse + DOMESTIC ABUSE ",
    ],
)  # fmt: skip
def test_the_order_of_needs_does_not_matter(tmp_path: Path, word: str) -> None:
    found = read(tmp_path, csv_text([{**FULL, "needs": word}])).cases[0].needs
    assert found == "domestic_abuse+substance_misuse"


@pytest.mark.parametrize(
    ("word", "what"),
    [
        ("domestic_abuse+domestic_abuse", "it is not one of the combinations"),
        ("domestic_abuse+", "it names a need that is not known"),
        ("+", "it names a need that is not known"),
        ("domestic_abuse, substance_misuse", "it names a need that is not known"),
    ],
)
def test_needs_that_are_no_combination(tmp_path: Path, word: str, what: str) -> None:
    found = of_rows(tmp_path, {**FULL, "needs": f'"{word}"'})
    assert found == [(2, 8, f"needs: {what}")]


def test_an_empty_cell_is_not_known_and_nothing_else(tmp_path: Path) -> None:
    bare = {name: cell if name in CLOSED else " " for name, cell in FULL.items()}
    case = read(tmp_path, csv_text([bare])).cases[0]
    assert case == read(tmp_path, csv_text([CLOSED])).cases[0]
    assert case.hours is None
    assert case.risks == (None, None)


@pytest.mark.parametrize(
    ("name", "word", "what"),
    [
        ("children", "16", "it is above 15"),
        ("children", "-1", "it is not a whole number"),
        ("children", "2.5", "it is not a whole number"),
        ("children", "two", "it is not a whole number"),
        ("hours", "2000.1", "it is above 2000"),
        ("hours", "1e3", "it is not a number"),
        ("hours", "inf", "it is not a number"),
        ("hours", "nan", "it is not a number"),
        ("hours", "=1+1", "it is not a number"),
        ("hours", "\u00bd", "it is not a number"),
        ("risks_at_exit", "37", "it is above 36"),
        ("meetings_held", "21", "more were held than were offered"),
    ],
)
def test_numbers_that_cannot_be(tmp_path: Path, name: str, word: str, what: str) -> None:
    place = list(FULL).index(name) + 1
    assert of_rows(tmp_path, {**FULL, name: word}) == [(2, place, f"{name}: {what}")]


def test_numbers_as_spreadsheets_write_them(tmp_path: Path) -> None:
    row = {**FULL, "children": "3.0", "hours": "0.16666666666666666", "risks_at_exit": "0"}
    case = read(tmp_path, csv_text([row])).cases[0]
    assert (case.children, case.hours, case.risks) == (3, 1 / 6, (9, 0))


@pytest.mark.parametrize(
    ("word", "meant"),
    [("Yes", True), ("y", True), ("1", True), ("TRUE", True), ("No", False), ("0", False)],
)
def test_yes_and_no(tmp_path: Path, word: str, meant: bool) -> None:
    assert read(tmp_path, csv_text([{**FULL, "interpreter": word}])).cases[0].interpreter is meant


def test_every_mistake_of_a_row_is_told_at_once(tmp_path: Path) -> None:
    row = {**FULL, "family": "", "started": "2025-01-01", "hours": "x", "interpreter": "perhaps"}
    assert [what.split(":")[0] for _, _, what in of_rows(tmp_path, row)] == [
        "family", "started", "interpreter", "hours",
    ]  # fmt: skip
