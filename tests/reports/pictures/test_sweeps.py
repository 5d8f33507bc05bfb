"""The charts of a sweep: one for each target, of the method that was used, with whole names."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.image import imread
from matplotlib.text import Text
from tests.reports.swept import (
    FOSTER,
    GROUP,
    LONG,
    LONG_LABEL,
    METHODS,
    RATIO,
    SHARE,
    factor,
    swept,
    switch,
)

from familyflow.reports.figures import write_figures
from familyflow.reports.pictures import (
    gaps,
    grid,
    morris_plane,
    sobol_bars,
    switches,
    tornado,
)
from familyflow.reports.pictures.sets import OF_SWEEP
from familyflow.reports.pictures.swept import NONE
from familyflow.reports.style import PALETTE, chart_style

MINUS = "\N{MINUS SIGN}"
DRAWN = {
    "tornado": ["tornado", "switching"], "grid": ["grid"], "switching": ["switching"],
    "morris": ["morris", "switching"], "sobol": ["sobol", "switching"],
    "pawn": ["pawn", "switching"],
}  # fmt: skip
OWN = {"tornado": tornado, "grid": grid, "switching": switches, "morris": morris_plane,
       "sobol": sobol_bars, "pawn": gaps}  # fmt: skip
QUOTES = {ord("\N{LEFT SINGLE QUOTATION MARK}"): "'", ord("\N{RIGHT SINGLE QUOTATION MARK}"): "'"}


def _drawn(chart: Any, results: Any) -> Axes:
    with chart_style():
        axes = chart.draw(results, {})
        axes.get_figure(root=True).draw_without_rendering()
    assert isinstance(axes, Axes)
    return axes


def _names(axes: Axes) -> list[str]:
    return [label.get_text().replace("\n", " ") for label in axes.get_yticklabels()]


def _texts(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def _title(chart: Any, results: Any) -> str:
    told: str = chart.finding(results)
    return told.translate(QUOTES).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("method", METHODS)
def test_a_method_draws_its_own_charts_to_files_that_hold_a_picture(
    method: str, tmp_path: Path
) -> None:
    written = write_figures(tmp_path, swept(method), {}, OF_SWEEP)

    names = [f"{chart}_net_saving.{kind}" for chart in OF_SWEEP for kind in ("svg", "png")
             if chart in DRAWN[method]]  # fmt: skip
    assert [path.name for path in written] == [*names, "alt_text.json"]
    for path in written:
        if path.suffix == ".png":
            assert np.ptp(imread(path)[..., :3]) > 0.5  # not one colour all over


@pytest.mark.parametrize("method", METHODS)
def test_the_title_is_the_finding_and_the_words_hold_it(method: str) -> None:
    results, chart = swept(method), OWN[method]
    title, about = (text.get_text().replace("\n", " ")
                    for text in _drawn(chart, results).get_figure(root=True).texts[:2])  # type: ignore[union-attr]  # fmt: skip
    words = chart.words(results, {})

    assert title == chart.finding(results)
    assert title in words
    assert about in words
    assert any(digit in title for digit in "123456789")
    assert "2024-25 prices" in about
    assert "None" not in words
    assert "nan" not in words.replace("finance", "")


@pytest.mark.parametrize("method", METHODS)
def test_a_target_that_nothing_moves_has_no_chart(method: str, tmp_path: Path) -> None:
    assert write_figures(tmp_path / "none", swept(method, nothing_moves=True), {}, OF_SWEEP) == []


def test_every_target_has_a_file_of_its_own(tmp_path: Path) -> None:
    results = swept("tornado")
    for target in ("flow.care_weeks", "money.cost", "flow.cost"):
        results["targets"] += swept("tornado", target=target, switches=[])["targets"]

    written = write_figures(tmp_path, results, {}, OF_SWEEP)

    told = json.loads((tmp_path / "alt_text.json").read_text(encoding="utf-8"))
    assert list(told) == [
        "tornado_net_saving", "tornado_care_weeks", "tornado_money_cost", "tornado_flow_cost",
        "switching_net_saving",
    ]  # fmt: skip
    assert len(written) == 2 * len(told) + 1


@pytest.mark.parametrize("method", METHODS)
def test_charts_are_the_same_bytes_every_time(method: str, tmp_path: Path) -> None:
    first = write_figures(tmp_path / "first", swept(method), {}, OF_SWEEP)
    second = write_figures(tmp_path / "second", swept(method), {}, OF_SWEEP)

    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("method", METHODS)
def test_hostile_text_in_a_label_is_drawn_as_text(method: str, tmp_path: Path) -> None:
    results = swept(method)
    results["factors"][0]["label"] = r"<script>alert(1)</script> $\frac{x"

    for path in write_figures(tmp_path, results, {}, OF_SWEEP):
        if path.suffix == ".svg":
            assert "<script" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("method", ["tornado", "switching", "sobol", "pawn"])
def test_long_names_are_whole_and_lie_within_the_picture(method: str) -> None:
    results = swept(method)
    results["factors"][0]["label"] = LONG_LABEL + " too"
    axes = _drawn(OWN[method], results)
    figure = axes.get_figure(root=True)
    assert figure is not None

    assert any(name.startswith(LONG_LABEL + " too") for name in _names(axes))
    for label in axes.get_yticklabels():
        box = label.get_window_extent()
        assert box.x0 >= 0.0
        assert 0.0 <= box.y0 < box.y1 <= figure.bbox.y1


@pytest.mark.parametrize("method", ["tornado", "switching", "sobol", "pawn"])
def test_names_of_rows_do_not_overlap(method: str) -> None:
    results = swept(method)
    for row in results["factors"]:
        row["label"] += f" {LONG_LABEL}"
    boxes = [label.get_window_extent() for label in _drawn(OWN[method], results).get_yticklabels()]

    assert all(below.y1 <= above.y0 for above, below in pairwise(boxes))


def _many(method: str, rows: str, count: int, made: Any) -> Any:
    results = swept(method, **{rows: [made(f"costs.n{k}", k) for k in range(count)]})
    results["factors"] = [
        factor(f"costs.n{k}", f"{k}. {LONG_LABEL}", "GBP per child-week", (1e3, 2e3, 3e3))
        for k in range(count)
    ]
    return results


def _bar(name: str, k: int) -> Any:
    return {"factor": name, "at_lower": -9e5 - 1e3 * k, "at_upper": -7e5}


def _row_of_sobol(name: str, k: int) -> Any:
    return {"factor": name, "S1": 0.01, "S1_conf": 0.02, "ST": 0.02, "ST_conf": 0.005,
            "is_none": False, "rank": 1}  # fmt: skip


def _gap(name: str, k: int) -> Any:
    return {"factor": name, "gap": 0.2, "is_none": False}


def _switch(name: str, k: int) -> Any:
    return switch(name, 2e3)


@pytest.mark.parametrize(
    ("method", "rows", "made", "shown"),
    [("tornado", "bars", _bar, 15), ("sobol", "indices", _row_of_sobol, 14),
     ("pawn", "gaps", _gap, 15), ("switching", "switches", _switch, 15)],
)  # fmt: skip
def test_fifteen_rows_are_drawn_and_the_rest_counted(
    method: str, rows: str, made: Any, shown: int
) -> None:
    results = _many(method, rows, 125, made)

    assert len(_names(_drawn(OWN[method], results))) == 15  # chance is one of Sobol's
    assert f"{125 - shown} more in the tables." in OWN[method].words(results, {})


def test_a_bar_goes_from_what_is_stated_to_both_ends_with_the_numbers_values() -> None:
    results = swept("tornado")
    axes = _drawn(tornado, results)

    first = axes.patches[:2]
    assert [bar.get_x() for bar in first] == [-800_000.0, -800_000.0]  # type: ignore[attr-defined]
    assert [bar.get_width() for bar in first] == [-500_000.0, 500_000.0]  # type: ignore[attr-defined]
    assert _texts(axes)[:2] == ["£700", "£1,300"]
    assert _names(axes)[0] == "Foster placement, a week, per week"
    assert _title(tornado, results) == (
        f"Net saving moves most with 'Foster placement, a week': from {MINUS}£1.3 million to "
        f"{MINUS}£300,000"
    )


def test_bars_that_move_nothing_are_left_out_and_missing_ends_said() -> None:
    names = _names(_drawn(tornado, swept("tornado")))

    assert not any(name.startswith("One need") for name in names)
    assert names[-1] == "Two needs (assumed); lower end not known"


def test_ends_on_one_side_are_drawn_beside_each_other() -> None:
    bar = {"factor": FOSTER, "at_lower": -700_000.0, "at_upper": -500_000.0}
    first, second = _drawn(tornado, swept("tornado", bars=[bar])).patches

    widths = (first.get_width(), second.get_width())  # type: ignore[attr-defined]
    assert widths == (100_000.0, 300_000.0)
    edge = first.get_y() + first.get_height()  # type: ignore[attr-defined]
    assert edge <= second.get_y() + 1e-9  # type: ignore[attr-defined]


def test_without_a_stated_result_a_bar_goes_from_end_to_end() -> None:
    results = swept("tornado", stated=None)
    axes = _drawn(tornado, results)

    widths = [bar.get_width() for bar in axes.patches[:2]]  # type: ignore[attr-defined]
    assert widths == [0.0, 1_000_000.0]
    assert "stated" not in [line.get_label() for line in axes.get_lines()]
    assert "not known as stated" in tornado.words(results, {})


def test_the_turn_is_drawn_where_bars_reach_it() -> None:
    reaching = {"factor": FOSTER, "at_lower": -900_000.0, "at_upper": 200_000.0}

    with_turn = swept("tornado", bars=[reaching])
    assert "nothing" in [line.get_label() for line in _drawn(tornado, with_turn).get_lines()]
    assert "Dashed: £0." in tornado.words(with_turn, {})

    far = swept("tornado", bars=[reaching | {"at_upper": -700_000.0}])
    assert "nothing" not in [line.get_label() for line in _drawn(tornado, far).get_lines()]
    assert "Dashed" not in tornado.words(far, {})


def test_a_tornado_without_a_bar_is_not_drawn() -> None:
    bar = {"factor": FOSTER, "at_lower": -800_000.0, "at_upper": -800_000.0}

    assert tornado.draw(swept("tornado", bars=[bar]), {}) is None
    assert tornado.draw(swept("tornado", bars=[]), {}) is None


def test_moves_lie_on_the_plane_and_groups_on_its_edge() -> None:
    results = swept("morris")
    axes = _drawn(morris_plane, results)

    places = {tuple(float(line.get_xydata()[0, k]) for k in (0, 1)): line.get_marker()
              for line in axes.get_lines() if len(line.get_xydata()) == 1}  # type: ignore[arg-type, index, call-overload]  # fmt: skip
    assert places[(500_000.0, 90_000.0)] == "o"
    assert places[(480_000.0, 0.0)] == "s"
    assert [line.get_label() for line in axes.get_lines() if line.get_linestyle() == "--"] == [
        "sigma = mu*"
    ]
    key = axes.get_figure(root=True).axes[1].texts[0].get_text()  # type: ignore[union-attr]
    assert LONG_LABEL in key.replace("\n", " ").replace("       ", "")
    assert "Needs together (assumed)" in key
    assert "Squares: groups, which have no sigma." in morris_plane.words(results, {})


def test_moves_too_close_to_order_are_not_ordered() -> None:
    assert _title(morris_plane, swept("morris")).startswith("2 of 6 may move net saving most")

    clear = swept("morris")
    clear["targets"][0]["moves"][1]["mu_star"] = 1e5
    assert _title(morris_plane, clear) == (
        "'Foster placement, a week' moves net saving most, by £500,000 (± £40,000)"
    )


@pytest.mark.parametrize("spread", [0.0, 1.0, 3_000.0])
def test_numbers_on_the_plane_lie_over_no_point_and_no_other_number(spread: float) -> None:
    moves = [
        {"factor": f"costs.n{k}", "mu_star": 5e5 + spread * k, "mu_star_half_width": 1e4,
         "sigma": 2e5 + spread * (k % 4)}
        for k in range(125)
    ]  # fmt: skip
    axes = _drawn(morris_plane, _many("morris", "moves", 125, lambda name, k: moves[k]))

    numbers = [text for text in axes.texts if text.get_text().isdigit()]
    assert sorted(int(text.get_text()) for text in numbers) == list(range(1, 16))
    boxes = [Text.get_window_extent(text) for text in numbers]  # without the lines to points
    inner = [box.shrunk(0.8, 0.6) for box in boxes]  # the box of a text is wider than its ink
    assert not any(a.overlaps(b) for k, a in enumerate(inner) for b in inner[k + 1 :])
    places = axes.transData.transform([(move["mu_star"], move["sigma"]) for move in moves])
    assert not any(box.contains(x, y) for box in inner for x, y in places)


def test_nothing_moved_has_no_plane() -> None:
    row = {"factor": FOSTER, "mu_star": 0.0, "mu_star_half_width": 0.0, "sigma": 0.0}

    assert morris_plane.draw(swept("morris", moves=[row]), {}) is None


def test_shares_have_intervals_and_grey_is_what_cannot_be_told_from_none() -> None:
    results = swept("sobol")
    axes = _drawn(sobol_bars, results)

    names = _names(axes)
    assert names[0] == "Foster placement, a week"
    assert names.index("Chance") == 4  # by its share
    widths = [round(bar.get_width(), 6) for bar in axes.patches]  # type: ignore[attr-defined]
    assert widths[:2] == [0.4, 0.5]
    lines = [list(line.get_xdata()) for line in axes.get_lines()]
    assert [pytest.approx(ends) for ends in lines[:2]] == [[0.38, 0.42], [0.485, 0.515]]
    from matplotlib.colors import to_hex

    colours = [to_hex(bar.get_facecolor()).upper() for bar in axes.patches[::2]]  # type: ignore[arg-type]
    assert colours[-1] == NONE
    assert colours[4] == PALETTE[2]
    assert NONE not in colours[:-1]


def test_the_largest_share_is_named_only_where_it_is_sure() -> None:
    results = swept("sobol")
    assert _title(sobol_bars, results) == (
        "'Foster placement, a week' brings the largest part of the spread of net saving (50% in "
        "all); chance 12%"
    )

    for row in results["targets"][0]["indices"][:3]:
        row["rank"] = 1
    assert "3 numbers bring the largest parts" in _title(sobol_bars, results)
    assert "not told apart" in _title(sobol_bars, results)

    for row in results["targets"][0]["indices"]:
        row["is_none"] = True
    assert _title(sobol_bars, results).startswith(
        "No number can be told from one that adds nothing"
    )


def test_shares_that_are_not_known_are_said_so() -> None:
    results = swept("sobol", chance=None)
    results["targets"][0]["indices"][0] |= {"S1": None, "S1_conf": None}

    assert "not known" in _texts(_drawn(sobol_bars, results))
    assert "Foster placement, a week: not known alone" in sobol_bars.words(results, {})
    assert "Purple" not in sobol_bars.words(results, {})


def test_gaps_stand_beside_the_floor() -> None:
    results = swept("pawn")
    axes = _drawn(gaps, results)

    assert [bar.get_width() for bar in axes.patches] == [0.4, 0.3, 0.05]  # type: ignore[attr-defined]
    assert [bar.get_hatch() for bar in axes.patches] == ["", "", "////"]
    (floor,) = [line for line in axes.get_lines() if line.get_label() == "floor"]
    assert list(floor.get_xdata()) == [0.07, 0.07]
    assert "2 of 3 numbers move net saving by more than the floor" in _title(gaps, results)

    for row in results["targets"][0]["gaps"]:
        row["is_none"] = True
    assert _title(gaps, results).startswith("No number can be told from one that moves nothing")


def test_a_grid_has_a_cell_for_each_pair_and_a_line_where_the_sign_changes() -> None:
    results = swept("grid")
    axes = _drawn(grid, results)

    told = np.ma.filled(axes.get_images()[0].get_array(), np.nan)
    assert told[0] == pytest.approx([-20_000.0, 60_000.0, 220_000.0])
    assert np.isnan(told[1, 1])
    assert "not known" in _texts(axes)
    assert [label.get_text() for label in axes.get_xticklabels()] == ["£700", "£900", "£1,300"]
    assert axes.get_ylabel() == "Children looked after (assumed)"
    lines = {tuple(map(float, (*line.get_xdata(), *line.get_ydata()))) for line in axes.get_lines()}
    # losses stand all around two gains of the lowest row, but for the cell that is not known
    assert lines == {(0.5, 0.5, -0.5, 0.5), (1.5, 2.5, 0.5, 0.5)}
    assert _title(grid, results).endswith("at 2 of 8 pairs; at best the net saving is £220,000")


def test_a_grid_of_one_sign_has_no_line_and_one_of_nothing_known_no_chart() -> None:
    cell = {"first": 700.0, "second": 0.6, "output": -1.0}
    results = swept("grid", cells=[cell, {**cell, "second": 0.7}])

    assert len(_drawn(grid, results).get_lines()) == 0
    assert "Thick line" not in grid.words(results, {})
    assert grid.draw(swept("grid", cells=[{**cell, "output": None}]), {}) is None


def test_a_large_grid_writes_no_values_over_each_other() -> None:
    cells = [{"first": 10.0 * x, "second": 0.1 * y, "output": x - y - 0.5}
             for x in range(20) for y in range(15)]  # fmt: skip
    axes = _drawn(grid, swept("grid", cells=cells))

    assert _texts(axes) == []
    assert len(axes.get_xticks()) <= 8
    assert len(set(np.diff(axes.get_xticks()))) == 1


def test_a_range_is_coloured_on_the_side_where_the_service_pays() -> None:
    results = swept("switching", switches=[switch(FOSTER, 900.0, 1_150.0)])
    axes = _drawn(switches, results)

    worse, better, frame = axes.patches
    assert (worse.get_x(), better.get_x()) == pytest.approx((0.0, 0.75))  # type: ignore[attr-defined]
    assert (worse.get_hatch(), better.get_hatch()) == ("", "////")
    assert (frame.get_x(), frame.get_width()) == (0.0, 1.0)  # type: ignore[attr-defined]
    marks = {line.get_marker(): float(line.get_xdata()[0]) for line in axes.get_lines()}  # type: ignore[index, arg-type]
    assert marks == pytest.approx({"o": 1 / 3, "D": 0.75})
    assert _texts(axes) == ["£700", "£1,300", "stated £900", "turns at £1,150"]


def test_a_lower_impact_on_budgets_is_the_side_that_is_coloured() -> None:
    target = "money.net_present_budget_impact"
    row = switch(FOSTER, 900.0, 1_150.0)  # below nothing up to there
    axes = _drawn(switches, swept("switching", target=target, switches=[row]))

    assert [bar.get_hatch() for bar in axes.patches[:2]] == ["////", ""]


def test_a_range_that_turns_more_than_once_is_not_coloured() -> None:
    row = switch(FOSTER, 900.0, 1_150.0, crossings=3)
    axes = _drawn(switches, swept("switching", switches=[row]))

    assert [bar.get_hatch() for bar in axes.patches[:2]] == ["", ""]
    assert "turns at £1,150, one of 3" in _texts(axes)


def test_a_range_that_is_a_point_and_a_value_beyond_its_range_are_drawn() -> None:
    results = swept("switching", switches=[switch(FOSTER, 900.0), switch(RATIO, 9.0)])
    results["factors"][0] |= {"low": 900.0, "high": 900.0}
    axes = _drawn(switches, results)

    stated = sorted(float(line.get_xdata()[0]) for line in axes.get_lines())  # type: ignore[index, arg-type]
    assert stated == pytest.approx([0.5, 1.02])


def test_all_switches_are_counted_though_fifteen_are_drawn() -> None:
    results = _many("switching", "switches", 40, lambda name, k: switch(name, 2e3, 2_500.0))

    assert _title(switches, results).startswith("40 of 40 numbers looked at would")
    assert "25 more in the tables." in switches.words(results, {})


def test_groups_and_chance_have_no_range_to_draw() -> None:
    results = swept("morris", switches=[switch(GROUP, 1.0), switch(SHARE, 0.3), switch(LONG, 0.8)])

    names = _names(_drawn(switches, results))
    assert names == ["Share who attend (unverified)", f"{LONG_LABEL} (assumed)"]
    assert _title(switches, results).startswith("No number of the 2 looked at, moved alone")
