"""Files of figures: every mistake with its line and column, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from familyflow.problems import Problems
from familyflow.records.areas.figures import HIDDEN, MEASURES, read_figures
from familyflow.shipped import figures_of_areas

HEAD = "area,region,measure,row,year,value,unit,source,where,grade,status"
GOOD = "salford,north_west,plan_starts,,2025,100,plans,DfE,a table,A,verified"


def read(folder: Path, *lines: str, head: str = HEAD):
    path = folder / "figures.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    problems = Problems()
    return read_figures(path, problems), [str(one) for one in problems.found]


def test_what_ships_has_no_mistake_and_every_measure() -> None:
    problems = Problems()
    figures = read_figures(figures_of_areas(), problems)

    assert problems.found == []
    assert {one.measure for one in figures} == set(MEASURES)
    assert all(one.source and one.where for one in figures)


@pytest.mark.parametrize("hidden", sorted(HIDDEN))
def test_what_the_publisher_hides_is_not_known(tmp_path: Path, hidden: str) -> None:
    figures, told = read(tmp_path, GOOD, GOOD.replace("2025,100", f"2024,{hidden}"))

    assert told == []
    assert [one.year for one in figures] == [2025]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (("plan_starts", "plan_start"), "'plan_start'"),
        (("100", "1,00"), "cells where the header has"),
        (("100", "many"), "'many' is no number"),
        (("100", "-3"), "-3 is out of range"),
        (("100", "nan"), "nan is out of range"),
        (("2025", "2025.5"), "this is no year"),
        (("2025", "25"), "25 is out of range"),
        (("plans", "children"), "plan_starts is not in 'children'"),
        (("DfE", ""), "'source' is missing"),
        (("A,verified", "F,verified"), "there is no grade 'F'"),
        (("verified", "sure"), "there is no status 'sure'"),
        (("salford", ""), "the area has no name"),
        (("salford", "../salford"), "cannot be the name of an area"),
        (("salford", "<b>salford</b>"), "cannot be the name of an area"),
        (("north_west", "a/b"), "cannot be the name of an area"),
        (("plan_starts,,", "plan_starts,0-3,"), "plan_starts has no row '0-3'"),
        (("plan_starts,,2025,100,plans", "re_referral_share,,2025,18.4,share"), "mean 0.184?"),
    ],
)
def test_each_mistake_is_told_with_its_line(tmp_path: Path, wrong, words: str) -> None:
    _, told = read(tmp_path, GOOD, GOOD.replace(*wrong))

    assert any(":3" in one and words in one for one in told), told


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    _, told = read(tmp_path, GOOD.replace("100", "x1"), GOOD.replace("A,", "Z,"))

    assert len(told) == 2


def test_the_same_figure_twice_is_told_with_both_lines(tmp_path: Path) -> None:
    _, told = read(tmp_path, GOOD, GOOD)

    assert any(":3" in one and "line 2" in one for one in told), told


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (HEAD.replace("grade,", ""), "'grade' is missing"),
        (HEAD.replace("grade", "grades"), "did you mean"),
        (HEAD.replace("region", "area"), "2 columns"),
    ],
)
def test_wrong_columns_are_told(tmp_path: Path, head: str, words: str) -> None:
    _, told = read(tmp_path, GOOD, head=head)

    assert any(words.casefold() in one.casefold() for one in told), told


def test_a_region_within_itself_is_refused(tmp_path: Path) -> None:
    _, told = read(tmp_path, "a,b," + GOOD.split(",", 2)[2], "b,a," + GOOD.split(",", 2)[2])

    assert any("within itself" in one for one in told), told


def test_shares_by_length_that_are_not_of_all_are_told(tmp_path: Path) -> None:
    rows = [f"salford,,episode_length_share,{band},2025,0.5,share,DfE,a table,A,verified"
            for band in ("0-3", "3-6", "6-12", "12-24", "24+")]  # fmt: skip
    _, told = read(tmp_path, *rows)

    assert any("sum to 2.500" in one for one in told), told
