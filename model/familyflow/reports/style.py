"""One look for every chart: an accessible palette, plain axes, titles that state the finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from textwrap import fill
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Analysis Function palette: each at least 3:1 on white and on its neighbour, in this order
PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
HATCH = "////"
WIDE = (9.0, 5.0)
TITLE_WIDTH, ABOUT_WIDTH = 78, 102  # characters in a figure of that width
SMALLEST = 12  # points of type


@contextmanager
def chart_style() -> Iterator[None]:
    """Draw with the house style, on no screen, and leave the user's settings as they were."""
    import matplotlib as mpl
    import seaborn as sns

    settings: dict[str, Any] = {
        "font.size": 12,
        "text.parse_math": False,  # a name is drawn as it is written
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "grid.color": "#D9D9D9",
        "svg.hashsalt": "familyflow",
        "svg.fonttype": "path",
        "figure.constrained_layout.use": True,
    }
    with mpl.rc_context(), sns.axes_style("ticks"):
        mpl.rcParams.update(settings)  # type: ignore[arg-type]  # its stub lists every key
        yield


def new_figure(size: tuple[float, float] = WIDE) -> tuple[Figure, Axes]:
    """A figure without a window."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=size)
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()


def headings(axes: Axes, finding: str, unit: str, source: str = "") -> None:
    """The finding as the title, the unit and price base beneath it, from the figure's left edge.

    source: where the numbers are from, at the foot.
    """
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    figure = axes.get_figure(root=True)
    assert figure is not None
    height = figure.get_figheight()
    top = 1.0 - 0.12 / height
    small: dict[str, Any] = {"fontsize": SMALLEST, "color": PALETTE[4]}
    bold: dict[str, Any] = {"fontsize": 14, "fontweight": "bold"}
    lines = _fitted(figure, top, finding, TITLE_WIDTH, va="top", **bold)
    below = top - 0.28 * lines / height
    about_inches = 0.24 * _fitted(figure, below, unit, ABOUT_WIDTH, va="top", **small)
    foot = 0.0
    if source:
        lines = _fitted(figure, 0.08 / height, source, ABOUT_WIDTH, va="bottom", **small)
        foot = (0.2 * lines + 0.12) / height
    engine = figure.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):
        highest = below - (about_inches + 0.08) / height
        engine.set(rect=(0.0, foot, 1.0, highest - foot))


def source_of(results: Mapping[str, Any], *tables: str) -> str:
    """Which run a chart shows, and in which of its tables the numbers stand."""
    draws = f"{results['draws']:,} draw{'' if results['draws'] == 1 else 's'}"
    files = " and ".join(f"{table}.csv" for table in tables)
    return f"Source: familyflow run {results['run_id']} ({draws}). Data: tables/{files}."


def _fitted(figure: Figure, at: float, told: str, width: int, **look: Any) -> int:
    """Write a text in lines that end within the figure; returns how many. width: of characters."""
    text, narrowest = figure.text(0.01, at, fill(told, width), **look), width // 2
    while text.get_window_extent().x1 > 0.985 * figure.bbox.x1 and width > narrowest:
        width -= 2
        text.set_text(fill(told, width))
    return text.get_text().count("\n") + 1
