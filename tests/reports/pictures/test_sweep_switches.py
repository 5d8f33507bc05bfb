"""Switching values on their ranges: where they turn, and on which side the service pays."""

from __future__ import annotations

import pytest
from tests.reports.pictures.drawn import drawn, many, names_of, texts_of, title_of
from tests.reports.swept import (
    FOSTER,
    GROUP,
    LONG,
    LONG_LABEL,
    RATIO,
    SHARE,
    swept,
    switch,
)

from familyflow.reports.pictures import switches


def test_a_range_is_coloured_on_the_side_where_the_service_pays() -> None:
    results = swept("switching", switches=[switch(FOSTER, 900.0, 1_150.0)])
    axes = drawn(switches, results)

    worse, better, frame = axes.patches
    assert (worse.get_x(), better.get_x()) == pytest.approx((0.0, 0.75))  # type: ignore[attr-defined]
    assert (worse.get_hatch(), better.get_hatch()) == ("", "////")
    assert (frame.get_x(), frame.get_width()) == (0.0, 1.0)  # type: ignore[attr-defined]
    marks = {line.get_marker(): float(line.get_xdata()[0]) for line in axes.get_lines()}  # type: ignore[index, arg-type]
    assert marks == pytest.approx({"o": 1 / 3, "D": 0.75})
    assert texts_of(axes) == ["£700", "£1,300", "stated £900", "turns at £1,150"]


def test_a_lower_impact_on_budgets_is_the_side_that_is_coloured() -> None:
    target = "money.net_present_budget_impact"
    row = switch(FOSTER, 900.0, 1_150.0)  # below nothing up to there
    axes = drawn(switches, swept("switching", target=target, switches=[row]))

    assert [bar.get_hatch() for bar in axes.patches[:2]] == ["////", ""]


def test_a_range_that_turns_more_than_once_is_not_coloured() -> None:
    row = switch(FOSTER, 900.0, 1_150.0, crossings=3)
    axes = drawn(switches, swept("switching", switches=[row]))

    assert [bar.get_hatch() for bar in axes.patches[:2]] == ["", ""]
    assert "turns at £1,150, one of 3" in texts_of(axes)


def test_a_range_that_is_a_point_and_a_value_beyond_its_range_are_drawn() -> None:
    results = swept("switching", switches=[switch(FOSTER, 900.0), switch(RATIO, 9.0)])
    results["factors"][0] |= {"low": 900.0, "high": 900.0}
    axes = drawn(switches, results)

    stated = sorted(float(line.get_xdata()[0]) for line in axes.get_lines())  # type: ignore[index, arg-type]
    assert stated == pytest.approx([0.5, 1.02])


def test_all_switches_are_counted_though_fifteen_are_drawn() -> None:
    results = many("switching", "switches", 40, lambda name, k: switch(name, 2e3, 2_500.0))

    assert title_of(switches, results).startswith("40 of 40 numbers looked at would")
    assert "25 more in the tables." in switches.words(results, {})


def test_groups_and_chance_have_no_range_to_draw() -> None:
    results = swept("morris", switches=[switch(GROUP, 1.0), switch(SHARE, 0.3), switch(LONG, 0.8)])

    names = names_of(drawn(switches, results))
    assert names == ["Share who attend (unverified)", f"{LONG_LABEL} (assumed)"]
    assert title_of(switches, results).startswith("No number of the 2 looked at, moved alone")
