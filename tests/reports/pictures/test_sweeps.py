"""The charts of a sweep: one for each target, of the method that was used, with whole names."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.image import imread
from tests.reports.pictures.drawn import drawn, many, names_of
from tests.reports.swept import (
    LONG_LABEL,
    METHODS,
    swept,
    switch,
)

from familyflow.reports.figures import write_figures
from familyflow.reports.pictures import gaps, grid, morris_plane, sobol_bars, switches, tornado
from familyflow.reports.pictures.sets import OF_SWEEP

DRAWN = {
    "tornado": ["tornado", "switching"], "grid": ["grid"], "switching": ["switching"],
    "morris": ["morris", "switching"], "sobol": ["sobol", "switching"],
    "pawn": ["pawn", "switching"],
}  # fmt: skip
OWN = {"tornado": tornado, "grid": grid, "switching": switches, "morris": morris_plane,
       "sobol": sobol_bars, "pawn": gaps}  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """What is written for each method."""
    return {
        method: write_figures(tmp_path_factory.mktemp(method), swept(method), {}, OF_SWEEP)
        for method in METHODS
    }


@pytest.mark.parametrize("method", METHODS)
def test_a_method_draws_its_own_charts_to_files_that_hold_a_picture(
    method: str, files: dict[str, list[Path]]
) -> None:
    written = files[method]

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
                    for text in drawn(chart, results).get_figure(root=True).texts[:2])  # type: ignore[union-attr]  # fmt: skip
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
def test_charts_are_the_same_bytes_every_time(
    method: str, tmp_path: Path, files: dict[str, list[Path]]
) -> None:
    again = write_figures(tmp_path, swept(method), {}, OF_SWEEP)

    assert [path.name for path in again] == [path.name for path in files[method]]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(files[method], again, strict=True))


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
    axes = drawn(OWN[method], results)
    figure = axes.get_figure(root=True)
    assert figure is not None

    assert any(name.startswith(LONG_LABEL + " too") for name in names_of(axes))
    for label in axes.get_yticklabels():
        box = label.get_window_extent()
        assert box.x0 >= 0.0
        assert 0.0 <= box.y0 < box.y1 <= figure.bbox.y1


@pytest.mark.parametrize("method", ["tornado", "switching", "sobol", "pawn"])
def test_names_of_rows_do_not_overlap(method: str) -> None:
    results = swept(method)
    for row in results["factors"]:
        row["label"] += f" {LONG_LABEL}"
    boxes = [label.get_window_extent() for label in drawn(OWN[method], results).get_yticklabels()]

    assert all(below.y1 <= above.y0 for above, below in pairwise(boxes))


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
    results = many(method, rows, 125, made)

    assert len(names_of(drawn(OWN[method], results))) == 15  # chance is one of Sobol's
    assert f"{125 - shown} more in the tables." in OWN[method].words(results, {})
