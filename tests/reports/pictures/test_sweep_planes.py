"""The plane of Morris and the grid of two numbers: places, numbers and lines of turning."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.text import Text
from tests.reports.pictures.drawn import drawn, many, texts_of, title_of
from tests.reports.swept import (
    FOSTER,
    LONG_LABEL,
    swept,
)

from familyflow.reports.pictures import grid, morris_plane


def test_moves_lie_on_the_plane_and_groups_on_its_edge() -> None:
    results = swept("morris")
    axes = drawn(morris_plane, results)

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
    assert title_of(morris_plane, swept("morris")).startswith("2 of 6 may move net saving most")

    near = swept("morris")  # each interval reaches the other, and neither the other's middle
    near["targets"][0]["moves"][1]["mu_star"] = 4.2e5
    assert title_of(morris_plane, near).startswith("2 of 6")

    clear = swept("morris")
    clear["targets"][0]["moves"][1]["mu_star"] = 1e5
    assert title_of(morris_plane, clear) == (
        "'Foster placement, a week' moves net saving most, by £500,000 (± £40,000)"
    )


@pytest.mark.parametrize("spread", [0.0, 1.0, 3_000.0])
def test_numbers_on_the_plane_lie_over_no_point_and_no_other_number(spread: float) -> None:
    moves = [
        {"factor": f"costs.n{k}", "mu_star": 5e5 + spread * k, "mu_star_half_width": 1e4,
         "sigma": 2e5 + spread * (k % 4)}
        for k in range(125)
    ]  # fmt: skip
    axes = drawn(morris_plane, many("morris", "moves", 125, lambda name, k: moves[k]))

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


def test_a_grid_has_a_cell_for_each_pair_and_a_line_where_the_sign_changes() -> None:
    results = swept("grid")
    axes = drawn(grid, results)

    told = np.ma.filled(axes.get_images()[0].get_array(), np.nan)
    assert told[0] == pytest.approx([-20_000.0, 60_000.0, 220_000.0])
    assert np.isnan(told[1, 1])
    assert "not known" in texts_of(axes)
    assert [label.get_text() for label in axes.get_xticklabels()] == ["£700", "£900", "£1,300"]
    assert axes.get_ylabel() == "Children looked after (assumed)"
    lines = {
        tuple(map(float, (*line.get_xdata(), *line.get_ydata())))
        for line in axes.get_lines()
        if line.get_marker() == "None"
    }
    (ring,) = [line for line in axes.get_lines() if line.get_marker() == "o"]
    assert (ring.get_xdata()[0], ring.get_ydata()[0]) == (1.0, 1.0)  # £900 and 0.8, as stated
    # losses stand all around two gains of the lowest row, but for the cell that is not known
    assert lines == {(0.5, 0.5, -0.5, 0.5), (1.5, 2.5, 0.5, 0.5)}
    assert title_of(grid, results).endswith("at 2 of 8 pairs; at best the net saving is £220,000")


def test_a_grid_of_one_sign_has_no_line_and_one_of_nothing_known_no_chart() -> None:
    cell = {"first": 700.0, "second": 0.6, "output": -1.0}
    results = swept("grid", cells=[cell, {**cell, "second": 0.7}])

    assert len(drawn(grid, results).get_lines()) == 0
    assert "Thick line" not in grid.words(results, {})
    assert grid.draw(swept("grid", cells=[{**cell, "output": None}]), {}) is None


def test_a_large_grid_writes_no_values_over_each_other() -> None:
    cells = [{"first": 10.0 * x, "second": 0.1 * y, "output": x - y - 0.5}
             for x in range(20) for y in range(15)]  # fmt: skip
    axes = drawn(grid, swept("grid", cells=cells))

    assert texts_of(axes) == []
    assert len(axes.get_xticks()) <= 8
    assert len(set(np.diff(axes.get_xticks()))) == 1
