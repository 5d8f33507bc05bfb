"""Charts of experiments: told in words, the same every time, and left out where nothing is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from familyflow.reports.figures import write_figures
from familyflow.reports.pictures.chart import Chart
from familyflow.reports.pictures.sets import OF_COMPARE, OF_STAFF, OF_VOI
from familyflow.reports.style import chart_style

SETS = (("three", OF_COMPARE), ("knowing", OF_VOI), ("staffing", OF_STAFF))
EVERY = [(made, name, chart) for made, charts in SETS for name, chart in charts.items()]


@pytest.fixture
def made(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


every = pytest.mark.parametrize(
    ("made", "name", "chart"), EVERY, indirect=["made"], ids=[name for _, name, _ in EVERY]
)


def _texts(chart: Chart, made: Any) -> list[str]:
    with chart_style():
        axes = chart.draw(*made)
    assert axes is not None
    return [text.get_text().replace("\n", " ") for text in axes.get_figure(root=True).texts]


@every
def test_the_title_is_the_finding_and_the_price_year_stands_beneath(
    made: Any, name: str, chart: Chart
) -> None:
    title, about = _texts(chart, made)[:2]

    assert len(title.split()) > 5
    assert any(digit in title for digit in "123456789")
    assert "2024/25 prices" in about or name == "who_is_served"


@every
def test_the_words_tell_the_finding_with_its_numbers(made: Any, name: str, chart: Chart) -> None:
    title = _texts(chart, made)[0]
    words = chart.words(*made)

    assert title in words
    assert "None" not in words
    assert "nan" not in words


@pytest.mark.parametrize(("made", "charts"), SETS, indirect=["made"])
def test_charts_are_the_same_bytes_every_time(made: Any, charts: Any, tmp_path: Path) -> None:
    first = write_figures(tmp_path / "first", *made, charts)
    second = write_figures(tmp_path / "second", *made, charts)

    assert [path.name for path in first] == [path.name for path in second]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(first, second, strict=True))
    words = json.loads((tmp_path / "first" / "alt_text.json").read_text(encoding="utf-8"))
    assert list(words) == list(charts)


def _named(charts: Any) -> Iterator[str]:
    for name in charts:
        yield from (f"{name}.png", f"{name}.svg")


def test_nothing_to_draw_leaves_neither_folder_nor_words(tmp_path: Path, three: Any) -> None:
    results, tables = three
    results["competing"], results["differences"] = [], []
    for row in results["given_up"]:
        row["means"] = dict.fromkeys(row["means"], 0.0)

    assert write_figures(tmp_path / "figures", results, tables, OF_COMPARE) == []
    assert list(tmp_path.iterdir()) == []


def test_a_chart_left_out_is_not_in_the_words_either(tmp_path: Path, three: Any) -> None:
    results, tables = three

    written = write_figures(tmp_path, results | {"draws": 2}, tables, OF_COMPARE)

    told = json.loads((tmp_path / "alt_text.json").read_text(encoding="utf-8"))
    assert "chance_of_being_best" not in told
    assert {path.name for path in written} == {*_named(told), "alt_text.json"}
    assert "Only 2 draws: rough." in told["cost_and_care_weeks"]


def test_hostile_text_in_a_title_is_drawn_as_text(tmp_path: Path, three: Any) -> None:
    results, tables = three
    results["options"][1]["title"] = r"<script>alert(1)</script> $\frac{x"

    for path in write_figures(tmp_path, results, tables, OF_COMPARE):
        if path.suffix == ".svg":
            assert "<script" not in path.read_text(encoding="utf-8")
