"""Bars of a sweep: from what is stated to both ends; shares with intervals; gaps and a floor."""

from __future__ import annotations

from itertools import pairwise

import pytest
from matplotlib.colors import to_hex
from tests.reports.pictures.drawn import drawn, names_of, texts_of, title_of
from tests.reports.swept import (
    FOSTER,
    swept,
)

from familyflow.reports.pictures import gaps, sobol_bars, tornado
from familyflow.reports.pictures.swept import NONE
from familyflow.reports.style import PALETTE

MINUS = "\N{MINUS SIGN}"


def test_a_bar_goes_from_what_is_stated_to_both_ends_with_the_numbers_values() -> None:
    results = swept("tornado")
    axes = drawn(tornado, results)

    first = axes.patches[:2]
    assert [bar.get_x() for bar in first] == [-800_000.0, -800_000.0]  # type: ignore[attr-defined]
    assert [bar.get_width() for bar in first] == [-500_000.0, 500_000.0]  # type: ignore[attr-defined]
    assert texts_of(axes)[:2] == ["£700", "£1,300"]
    assert names_of(axes)[0] == "Foster placement, a week, per week"
    assert title_of(tornado, results) == (
        f"Net saving moves most with 'Foster placement, a week': from {MINUS}£1.3 million to "
        f"{MINUS}£300,000"
    )


def test_bars_that_move_nothing_are_left_out_and_missing_ends_said() -> None:
    names = names_of(drawn(tornado, swept("tornado")))

    assert not any(name.startswith("One need") for name in names)
    assert names[-1] == "Two needs (assumed); lower end not known"


def test_ends_on_one_side_are_drawn_beside_each_other() -> None:
    bar = {"factor": FOSTER, "at_lower": -700_000.0, "at_upper": -500_000.0}
    first, second = drawn(tornado, swept("tornado", bars=[bar])).patches

    widths = (first.get_width(), second.get_width())  # type: ignore[attr-defined]
    assert widths == (100_000.0, 300_000.0)
    edge = first.get_y() + first.get_height()  # type: ignore[attr-defined]
    assert edge <= second.get_y() + 1e-9  # type: ignore[attr-defined]


def test_without_a_stated_result_a_bar_goes_from_end_to_end() -> None:
    results = swept("tornado", stated=None)
    axes = drawn(tornado, results)

    widths = [bar.get_width() for bar in axes.patches[:2]]  # type: ignore[attr-defined]
    assert widths == [0.0, 1_000_000.0]
    assert "stated" not in [line.get_label() for line in axes.get_lines()]
    assert "not known as stated" in tornado.words(results, {})


def test_the_turn_is_drawn_where_bars_reach_it() -> None:
    reaching = {"factor": FOSTER, "at_lower": -900_000.0, "at_upper": 200_000.0}

    with_turn = swept("tornado", bars=[reaching])
    assert "nothing" in [line.get_label() for line in drawn(tornado, with_turn).get_lines()]
    assert "Dashed: £0." in tornado.words(with_turn, {})

    far = swept("tornado", bars=[reaching | {"at_upper": -700_000.0}])
    assert "nothing" not in [line.get_label() for line in drawn(tornado, far).get_lines()]
    assert "Dashed" not in tornado.words(far, {})


def test_a_tornado_without_a_bar_is_not_drawn() -> None:
    bar = {"factor": FOSTER, "at_lower": -800_000.0, "at_upper": -800_000.0}

    assert tornado.draw(swept("tornado", bars=[bar]), {}) is None
    assert tornado.draw(swept("tornado", bars=[]), {}) is None


def test_shares_have_intervals_and_grey_is_what_cannot_be_told_from_none() -> None:
    results = swept("sobol")
    axes = drawn(sobol_bars, results)

    names = names_of(axes)
    assert names[0] == "Foster placement, a week"
    assert names.index("Chance") == 4  # by its share
    widths = [round(bar.get_width(), 6) for bar in axes.patches]  # type: ignore[attr-defined]
    assert widths[:2] == [0.4, 0.5]
    lines = [list(line.get_xdata()) for line in axes.get_lines()]
    assert [pytest.approx(ends) for ends in lines[:2]] == [[0.38, 0.42], [0.485, 0.515]]
    colours = [to_hex(bar.get_facecolor()).upper() for bar in axes.patches[::2]]  # type: ignore[arg-type]
    assert colours[-1] == NONE
    assert colours[4] == PALETTE[2]
    assert NONE not in colours[:-1]


def test_the_largest_share_is_named_only_where_it_is_sure() -> None:
    results = swept("sobol")
    assert title_of(sobol_bars, results) == (
        "'Foster placement, a week' brings the largest part of the spread of net saving (50% in "
        "all); chance 12%"
    )

    for row in results["targets"][0]["indices"][:3]:
        row["rank"] = 1
    assert "Any of 3 numbers may bring the largest part" in title_of(sobol_bars, results)

    for row in results["targets"][0]["indices"]:
        row["is_none"] = True
    assert title_of(sobol_bars, results).startswith(
        "No number can be told from one that adds nothing"
    )


def test_shares_that_are_not_known_are_said_so() -> None:
    results = swept("sobol", chance=None)
    results["targets"][0]["indices"][0] |= {"S1": None, "S1_conf": None}

    assert "not known" in texts_of(drawn(sobol_bars, results))
    assert "Foster placement, a week: not known alone" in sobol_bars.words(results, {})
    assert "Purple" not in sobol_bars.words(results, {})


def test_gaps_stand_beside_the_floor() -> None:
    results = swept("pawn")
    axes = drawn(gaps, results)

    assert [bar.get_width() for bar in axes.patches] == [0.4, 0.3, 0.05]  # type: ignore[attr-defined]
    assert [bar.get_hatch() for bar in axes.patches] == ["", "", "////"]
    (floor,) = [line for line in axes.get_lines() if line.get_label() == "floor"]
    assert list(floor.get_xdata()) == [0.07, 0.07]
    assert "2 of 3 numbers move net saving by more than the floor" in title_of(gaps, results)

    for row in results["targets"][0]["gaps"]:
        row["is_none"] = True
    assert title_of(gaps, results).startswith("No number can be told from one that moves nothing")


def test_both_bars_of_a_share_have_room_beneath_a_short_name() -> None:
    results = swept("sobol", chance=None)
    for row in results["factors"]:
        row["label"] = row["factor"]
    edges = [(bar.get_y(), bar.get_y() + bar.get_height())  # type: ignore[attr-defined]
             for bar in drawn(sobol_bars, results).patches]  # fmt: skip

    gaps_between = [after[0] - before[1] for before, after in pairwise(edges)]
    assert min(gaps_between[::2]) > -1e-9  # the two of one row touch at most
    assert min(gaps_between[1::2]) > 0.2  # rows stand apart, by inches


def test_a_title_claims_no_end_that_is_not_known() -> None:
    bar = {"factor": FOSTER, "at_lower": None, "at_upper": -700_000.0}

    assert title_of(tornado, swept("tornado", bars=[bar])) == (
        f"Net saving is {MINUS}£700,000 at one end of the range of 'Foster placement, a week'; the "
        "other is not known"
    )
