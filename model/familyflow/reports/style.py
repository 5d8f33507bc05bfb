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
    title = _fitted(figure, top, finding)
    about = fill(unit, ABOUT_WIDTH)
    title_inches = 0.28 * (title.count("\n") + 1)
    about_inches = 0.24 * (about.count("\n") + 1)
    below = top - title_inches / height
    small: dict[str, Any] = {"fontsize": SMALLEST, "color": PALETTE[4]}
    figure.text(0.01, below, about, va="top", **small)
    foot = 0.0
    if source:
        told = fill(source, ABOUT_WIDTH)
        foot = (0.2 * (told.count("\n") + 1) + 0.12) / height
        figure.text(0.01, 0.08 / height, told, va="bottom", **small)
    engine = figure.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):
        highest = below - (about_inches + 0.08) / height
        engine.set(rect=(0.0, foot, 1.0, highest - foot))


def source_of(results: Mapping[str, Any], *tables: str) -> str:
    """Which run a chart shows, and in which of its tables the numbers stand."""
    draws = f"{results['draws']:,} draw{'' if results['draws'] == 1 else 's'}"
    files = " and ".join(f"{table}.csv" for table in tables)
    return f"Source: familyflow run {results['run_id']} ({draws}). Data: tables/{files}."


def _fitted(figure: Figure, top: float, finding: str) -> str:
    """Write the title in lines that end within the figure; returns it with its line ends."""
    width = TITLE_WIDTH
    text = figure.text(0.01, top, fill(finding, width), fontsize=14, fontweight="bold", va="top")
    while text.get_window_extent().x1 > 0.985 * figure.bbox.x1 and width > TITLE_WIDTH // 2:
        width -= 2
        text.set_text(fill(finding, width))
    return text.get_text()
