"""Names in charts: short enough, told apart by more than colour, and never one over another."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from textwrap import fill, shorten
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from familyflow.reports.style import PALETTE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Point = tuple[float, float]

LONGEST: Final = 48  # characters of a name, above which its end is left out
_BESIDE: Final = 20  # characters in a line beside the axes
_LINE: Final = 0.2 / 0.62  # inches of a line, where the axes take that share of the figure
_BETWEEN: Final = 0.02  # share of the axes' height between two names
_ORDER: Final = (0, 2, 3, 1, 4, 5)  # of the palette: lines that cross need not be neighbours
_MARKERS: Final = "osD^vPh<"
_LINES: Final = ("-", "--", "-.", ":")


class Look(NamedTuple):
    """How one option or team is told from the others, in colour and without it."""

    colour: str
    marker: str
    line: str


class Name(NamedTuple):
    """A name, the place in the data that it belongs to, and its look."""

    text: str
    at: Point
    look: Look


NOTHING: Final = Look(PALETTE[4], "X", "-")  # what options are set against


def look(number: int) -> Look:
    """The look of the first, second, third ..."""
    colour = PALETTE[_ORDER[number % len(_ORDER)]]
    return Look(colour, _MARKERS[number % len(_MARKERS)], _LINES[number % len(_LINES)])


def called(results: Mapping[str, Any]) -> dict[str, str]:
    """What each option is called in a chart: its title, or its name where two read the same."""
    titles = {
        row["option"]: short(" ".join(str(row["title"]).split())) for row in results["options"]
    }
    told = list(titles.values())
    return {
        name: title if title and told.count(title) == 1 else short(name.replace("_", " "))
        for name, title in titles.items()
    }


def said(results: Mapping[str, Any]) -> dict[str, str]:
    """What each option is called within a sentence: in quotation marks."""
    return {name: quoted(title) for name, title in called(results).items()}


def quoted(title: str) -> str:
    """A title or a label as it stands in a sentence."""
    return f"\N{LEFT SINGLE QUOTATION MARK}{title}\N{RIGHT SINGLE QUOTATION MARK}"


def short(name: str, longest: int = LONGEST) -> str:
    """The name, without its end where it is very long.

    >>> short("a name that goes on and on", 14)
    'a name that …'
    """
    if len(name) <= longest:
        return name
    told = shorten(name, longest, placeholder=" …")
    return told if len(told) > longest // 3 else name[: longest - 1] + "…"


def names_beside(axes: Axes, names: Sequence[Name], *, leaders: bool = False) -> None:
    """Write names with their marks right of the axes, each as near to its place as others let it.

    Limits of the axes must stand before. leaders: draw a line from each place to its name. The
    figure grows where it has no room for all of them.
    """
    figure = axes.get_figure(root=True)
    assert figure is not None
    texts = [fill(name.text, _BESIDE) for name in names]
    lines = sum(text.count("\n") + 1 for text in texts)
    needed = _LINE * lines / max(1.0 - _BETWEEN * len(texts), 0.5)
    figure.set_figheight(max(figure.get_figheight(), needed))
    line = _LINE / figure.get_figheight()  # share of the height of the axes
    heights = [line * (text.count("\n") + 1) + _BETWEEN for text in texts]
    bottom, top = axes.get_ylim()
    wanted = [(name.at[1] - bottom) / (top - bottom) for name in names]
    for name, text, height in zip(names, texts, apart(wanted, heights), strict=True):
        if leaders:
            axes.annotate(
                "", name.at, xytext=(1.03, height), textcoords="axes fraction", zorder=2,
                annotation_clip=False,
                arrowprops={"arrowstyle": "-", "color": name.look.colour, "lw": 1.0, "shrinkB": 4},
            )  # fmt: skip
        axes.plot(
            [1.03], [height], transform=axes.transAxes, clip_on=False, ms=9, lw=0,
            marker=name.look.marker, color=name.look.colour, zorder=5,
        )  # fmt: skip
        axes.text(
            1.055, height, text, transform=axes.transAxes, va="center", fontsize=11,
            color=PALETTE[4], fontweight="bold",
        )  # fmt: skip


def apart(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Places (0 to 1) near those wanted at which labels of such heights do not overlap.

    >>> apart([0.5, 0.5], [0.2, 0.2])
    [0.4, 0.6]
    """
    order = sorted(range(len(wanted)), key=lambda k: (wanted[k], k))
    groups: list[tuple[list[int], float]] = []  # labels that touch, and the middle of them all
    for k in order:
        group, middle = [k], min(max(wanted[k], heights[k] / 2), 1.0 - heights[k] / 2)
        while groups:
            before, other = groups[-1]
            below, here = sum(heights[j] for j in before), sum(heights[j] for j in group)
            if other + below / 2 <= middle - here / 2 + 1e-9:
                break
            groups.pop()
            many, few = len(before), len(group)
            group = before + group
            half = (below + here) / 2
            middle = (other * many + middle * few) / (many + few)
            middle = max(half, min(1.0 - half, middle))
        groups.append((group, middle))
    return _unpacked(groups, heights)


def _unpacked(groups: Sequence[tuple[list[int], float]], heights: Sequence[float]) -> list[float]:
    places = [0.0] * len(heights)
    for group, middle in groups:
        edge = middle - sum(heights[k] for k in group) / 2
        for k in group:
            places[k] = round(edge + heights[k] / 2, 9)
            edge += heights[k]
    return places


def beside_points(axes: Axes, names: Sequence[str], points: Sequence[Point]) -> None:
    """Write short names beside the first of the points, over no point and no other name.

    Limits of the axes must stand before. A name that finds no room near goes further off, with a
    line to its point.
    """
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()  # the layout settles where points lie
    dots = 72.0 / figure.dpi
    places = [tuple(place * dots) for place in axes.transData.transform(list(points))]
    box = axes.get_window_extent()
    limits = (box.x0 * dots, box.y0 * dots, box.x1 * dots, box.y1 * dots)
    taken = [(x - 4.0, y - 4.0, x + 4.0, y + 4.0) for x, y in places]
    for name, point, (x, y) in zip(names, points, places, strict=False):
        size = (7.0 * len(name) + 2.0, 12.0)
        right, up = next(
            (step for step in _STEPS if _is_free(_box(x, y, step, size), taken, limits)), _STEPS[0]
        )
        taken.append(_box(x, y, (right, up), size))
        line = {"arrowstyle": "-", "color": PALETTE[4], "lw": 0.7, "shrinkA": 0, "shrinkB": 3}
        axes.annotate(
            name, point, xytext=(right, up), textcoords="offset points", ha="center",
            va="center", fontsize=11, fontweight="bold", annotation_clip=False, zorder=6,
            arrowprops=line if math.hypot(right, up) > _NEAR else None,
        )  # fmt: skip


_Box = tuple[float, float, float, float]
_NEAR: Final = 16.0
_STEPS: Final = tuple(  # points right and up, nearest first; above and right before the rest
    (round(far * math.sin(turn), 3), round(far * math.cos(turn), 3))
    for far in range(12, 120, 4)
    for turn in (math.pi / 8 * k for k in (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8))
)


def _box(x: float, y: float, step: Point, size: Point) -> _Box:
    middle, half = (x + step[0], y + step[1]), (size[0] / 2, size[1] / 2)
    return middle[0] - half[0], middle[1] - half[1], middle[0] + half[0], middle[1] + half[1]


def _is_free(box: _Box, taken: Sequence[_Box], limits: _Box) -> bool:
    if box[0] < limits[0] or box[1] < limits[1] or box[2] > limits[2] or box[3] > limits[3]:
        return False
    return not any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
        for other in taken
    )
