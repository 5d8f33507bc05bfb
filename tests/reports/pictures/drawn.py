"""Draws the charts of a sweep for tests, and reads what is written in them."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from tests.reports.swept import (
    LONG_LABEL,
    factor,
    swept,
)

from familyflow.reports.style import chart_style

QUOTES = {ord("\N{LEFT SINGLE QUOTATION MARK}"): "'", ord("\N{RIGHT SINGLE QUOTATION MARK}"): "'"}


def drawn(chart: Any, results: Any) -> Axes:
    """The axes of a chart, laid out as they will be saved."""
    with chart_style():
        axes = chart.draw(results, {})
        axes.get_figure(root=True).draw_without_rendering()
    assert isinstance(axes, Axes)
    return axes


def names_of(axes: Axes) -> list[str]:
    """The names of the rows, each in one line."""
    return [label.get_text().replace("\n", " ") for label in axes.get_yticklabels()]


def texts_of(axes: Axes) -> list[str]:
    """What is written within the axes."""
    return [text.get_text() for text in axes.texts]


def title_of(chart: Any, results: Any) -> str:
    """The finding, with typewriter's quotation marks and plain spaces."""
    told: str = chart.finding(results)
    return told.translate(QUOTES).replace("\N{NO-BREAK SPACE}", " ")


def many(method: str, rows: str, count: int, made: Any) -> Any:
    """Results with so many numbers of long labels, a row made for each."""
    results = swept(method, **{rows: [made(f"costs.n{k}", k) for k in range(count)]})
    results["factors"] = [
        factor(f"costs.n{k}", f"{k}. {LONG_LABEL}", "GBP per child-week", (1e3, 2e3, 3e3))
        for k in range(count)
    ]
    return results
