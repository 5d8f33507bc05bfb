"""The charts of a comparison show its numbers, whatever the options."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from matplotlib.axes import Axes
from tests.reports.pictures.made import comparison

from familyflow.reports.pictures import acceptability, fan, plane, served
from familyflow.reports.pictures.labels import apart, called, look, said
from familyflow.reports.pictures.sets import OF_COMPARE
from familyflow.reports.style import chart_style

LONG = "An option whose name goes on about what it does, for whom, and when, without an end"
MINUS = "\N{MINUS SIGN}"


def _drawn(draw: Any, made: Any) -> Axes:
    with chart_style():
        axes = draw(*made)
        axes.get_figure(root=True).draw_without_rendering()
    assert isinstance(axes, Axes)
    return axes


def _lines(axes: Axes, label: str) -> list[list[float]]:
    return [list(line.get_ydata()) for line in axes.get_lines() if line.get_label() == label]


def test_the_frontier_line_is_the_frontier_and_breaks_where_another_option_is_best(
    three: Any,
) -> None:
    axes = _drawn(acceptability.draw, three)

    assert _lines(axes, "frontier") == [[0.8, 0.6], [0.55, 0.7]]
    assert _lines(axes, "core_offer") == [[0.8, 0.6, 0.45, 0.3]]
    frontier = next(line for line in axes.get_lines() if line.get_label() == "frontier")
    assert frontier.get_linewidth() > 2 * axes.get_lines()[-2].get_linewidth()


def test_who_is_best_where_is_the_title(three: Any) -> None:
    told = acceptability.finding(three[0])

    assert told.index("Core offer") < told.index("£0 (80%)") < told.index("Grant cut")
    assert told.endswith("£50,000 (55%)")


def test_there_is_no_chance_of_being_best_without_a_rival_or_with_few_draws() -> None:
    alone = comparison({"core_offer": 1e6, "no_service": 0.0})
    few = comparison({"core_offer": 1e6, "grant_cut": 8e5}, draws=2)

    assert acceptability.draw(*alone) is None
    assert acceptability.draw(*few) is None


def test_options_are_set_against_the_first_and_one_alone_against_no_service(three: Any) -> None:
    alone = comparison({"no_service": 0.0, "core_offer": 1e6})

    (less,) = plane.differences(three[0])
    (bare,) = plane.differences(alone[0])

    assert (less.option, less.cost, less.weeks) == ("grant_cut", -200_000.0, -100.0)
    assert (bare.cost, bare.weeks) == (1_000_000.0, 500.0)
    assert "costs £200,000 less and avoids 100 fewer weeks" in plane.finding(three[0])
    assert plane.finding(alone[0]).endswith("costs £1 million and avoids 500 weeks in care")


def test_every_point_of_the_plane_is_a_draw_less_the_same_draw_of_the_first(three: Any) -> None:
    cloud = _drawn(plane.draw, three).collections[0].get_offsets()
    points = three[1]["plane"].set_index(["option", "draw"])
    first, other = points.loc["core_offer"], points.loc["grant_cut"]

    assert len(cloud) == 40
    assert cloud[7][0] == pytest.approx((other - first).loc[7, "care_weeks_avoided"])
    assert cloud[7][1] == pytest.approx((other - first).loc[7, "cost"])


def test_it_is_said_that_the_points_hold_chance(three: Any) -> None:
    axes = _drawn(plane.draw, three)

    about = axes.get_figure(root=True).texts[1].get_text().replace("\n", " ")  # type: ignore[union-attr]
    assert "single draws, which hold chance" in about


def test_a_sign_that_the_draws_do_not_know_is_not_told(three: Any) -> None:
    row = three[0]["differences"][0]["flow"]["care_weeks_avoided"]
    row |= {"monte_carlo_low": -150.0, "monte_carlo_high": 10.0}

    assert "these draws cannot tell" in plane.finding(three[0])
    assert "fewer" not in plane.finding(three[0])


def test_the_year_in_which_the_mean_pays_back_for_good_is_told_and_marked() -> None:
    flows = {"a": [-500.0, 100.0, -200.0, 300.0, 300.0]}
    made = comparison({"a": 1e3}, flows=flows)
    axes = _drawn(fan.draw, made)

    assert "pays back the cost of" in fan.finding(*made)
    assert fan.finding(*made).endswith("in year 4")
    (mark,) = [line for line in axes.get_lines() if line.get_marker() == "D"]
    assert float(next(iter(mark.get_xdata()))) == pytest.approx(3.4)
    assert "paid back\nin year 4" in [text.get_text() for text in axes.texts]


def test_the_fan_ends_with_the_last_year_in_which_anything_happens(three: Any) -> None:
    axes = _drawn(fan.draw, three)

    assert _lines(axes, "mean") == [[0.0, -500_000.0, -1_000_000.0, -750_000.0, -500_000.0]]
    assert "no option pays back within 4 years" in fan.finding(*three)
    assert f"after year 2 {MINUS}£1 million" in fan.words(*three)
    assert "not paid back by then with a chance of 80%" in fan.words(*three)


def test_a_panel_for_each_option_with_a_service(three: Any) -> None:
    figure = _drawn(fan.draw, three).get_figure(root=True)

    assert [axes.get_title(loc="left") for axes in figure.axes] == ["Core offer", "Grant cut"]  # type: ignore[union-attr]


def test_nobody_is_served_without_a_service(three: Any) -> None:
    axes = _drawn(served.draw, three)

    told = [text.get_text() for text in axes.texts]
    assert told == ["200 start", "40 give up waiting", "20 sent elsewhere, moved or still waiting",
                    "160 start", "40 give up waiting", "20 sent elsewhere, moved or still waiting",
                    "nobody starts: there is no service"]  # fmt: skip
    assert served.finding(three[0]).startswith("\N{LEFT SINGLE QUOTATION MARK}Core offer")
    assert "200 families, 40 more than" in served.finding(three[0])


@pytest.mark.parametrize(
    "made",
    [
        comparison({"core_offer": 1e6}),
        comparison({"no_service": 0.0, "core_offer": 1e6}, draws=2),
        comparison({"core": 1e6, "core (2)": 1e6}, titles={"core": "Core", "core (2)": "Core"}),
        comparison({"a": 1e12, "b": 3e12, "none": 0.0}),
        comparison({"a": 1e6, "b": 2e6, "c": 3e6}, titles={"a": LONG, "b": "B" * 90, "c": ""}),
        comparison({f"option_{k}": 1e6 + 1e4 * k for k in range(7)}),
    ],
    ids=["one", "two draws", "twins", "huge", "long names", "seven"],
)
def test_unusual_options_are_drawn_within_the_picture(made: Any, tmp_path: Path) -> None:
    for chart in OF_COMPARE.values():
        with chart_style():
            axes = chart.draw(*made)
            if axes is None:
                continue
            figure = axes.get_figure(root=True)
            figure.savefig(tmp_path / "drawn.png", dpi=50)  # type: ignore[union-attr]
        for text in [*figure.texts, *axes.texts]:  # type: ignore[union-attr]
            box = text.get_window_extent()
            assert box.x0 >= -1.0, text.get_text()
            assert box.x1 <= figure.bbox.x1 + 1.0, text.get_text()  # type: ignore[union-attr]


def test_names_beside_a_chart_never_overlap_and_stay_within() -> None:
    places = apart([0.5, 0.52, 0.5, 0.99, 0.0], [0.1, 0.1, 0.2, 0.1, 0.1])

    edges = sorted(zip(places, [0.1, 0.1, 0.2, 0.1, 0.1], strict=True))
    assert all(b - a >= (wa + wb) / 2 - 1e-6 for (a, wa), (b, wb) in pairwise(edges))
    assert edges[0][0] >= 0.05
    assert edges[-1][0] <= 0.95


def test_options_are_told_apart_without_colour_and_by_title_unless_two_share_one() -> None:
    twins = comparison({"core": 1e6, "core (2)": 1e6}, titles={"core": "C", "core (2)": "C"})[0]

    assert len({look(k).marker for k in range(8)}) == 8
    assert called(twins) == {"core": "core", "core (2)": "core (2)"}
    assert said(twins)["core"][1:-1] == "core"
