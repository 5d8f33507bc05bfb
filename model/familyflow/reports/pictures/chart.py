"""What a chart is: a drawing that may find nothing to draw, the words for it, and its pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Results = Mapping[str, Any]
Tables = Mapping[str, pd.DataFrame]


class Chart(NamedTuple):
    """draw: axes, or None where there is nothing to draw. words: its alt text, from its numbers.

    each: where a chart has a picture for each of several things, the results of each, by the end
    of its file's name.
    """

    draw: Callable[[Results, Tables], Axes | None]
    words: Callable[[Results, Tables], str]
    each: Callable[[Results], Mapping[str, Results]] | None = None


def pictures(charts: Mapping[str, Chart], results: Results) -> Iterator[tuple[str, Chart, Results]]:
    """Every picture by the name of its file, with the chart and the results that it shows."""
    for name, chart in charts.items():
        if chart.each is None:
            yield name, chart, results
        else:
            for ending, part in chart.each(results).items():
                yield f"{name}_{ending}", chart, part
