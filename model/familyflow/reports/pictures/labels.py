"""Names in charts: short enough, told apart by more than colour, and never one over another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill, shorten
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from familyflow.reports.style import PALETTE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Point = tuple[float, float]

LONGEST: Final = 48  # characters of a name, above which its end is left out
_BESIDE: Final = 20  # characters in a line beside the axes
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
    """What each option is called in a chart: its title, or its name where two share a title."""
    titles = {row["option"]: " ".join(str(row["title"]).split()) for row in results["options"]}
    told = list(titles.values())
    return {
        name: short(title if title and told.count(title) == 1 else name.replace("_", " "))
        for name, title in titles.items()
    }


def said(results: Mapping[str, Any]) -> dict[str, str]:
    """What each option is called within a sentence: in quotation marks."""
    left, right = "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"
    return {name: f"{left}{title}{right}" for name, title in called(results).items()}


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

    Limits of the axes must stand before. leaders: draw a line from each place to its name.
    """
    figure = axes.get_figure(root=True)
    assert figure is not None
    texts = [fill(name.text, _BESIDE) for name in names]
    line = 0.2 / (figure.get_figheight() * 0.62)  # share of the height of the axes
    heights = [line * (text.count("\n") + 1) + 0.02 for text in texts]
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
