"""Which numbers are worth knowing before the choice: what each group, and each one, would bring."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final, NamedTuple

from matplotlib.ticker import MaxNLocator

from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.pictures.labels import short
from familyflow.reports.style import HATCH, PALETTE, headings, new_figure
from familyflow.reports.words import pounds

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN: Final = 6  # numbers by themselves
EVERYTHING: Final = "all of them"  # a group that is the line already


class Bar(NamedTuple):
    """A group of numbers or one, with what it is worth to know it."""

    name: str
    value: float
    se: float
    is_group: bool


def draw(results: Results, tables: Tables) -> Axes | None:
    """Bars with two standard errors each way; knowing everything (EVPI) as a line."""
    if results.get("too_rough"):  # a picture would be believed
        return None
    from matplotlib.patheffects import Normal, Stroke

    bars, evpi = _bars(results), results["evpi"]
    if evpi["value"] <= 0.0 and not any(bar.value > 0.0 for bar in bars):
        return None
    _, axes = new_figure((9.0, 2.6 + 0.36 * len(bars)))
    reach = max([evpi["value"], *(bar.value + 2.0 * bar.se for bar in bars)])
    for place, bar in enumerate(bars):
        colour = PALETTE[0] if bar.is_group else PALETTE[1]
        hatch = "" if bar.is_group else HATCH
        axes.barh(place, bar.value, 0.7, color=colour, hatch=hatch, edgecolor="white")
        low, high = max(0.0, bar.value - 2.0 * bar.se), bar.value + 2.0 * bar.se
        if bar.se > 0.0:
            casing = [Stroke(linewidth=3.5, foreground="white"), Normal()]
            axes.plot(
                [low, high], [place, place], color=PALETTE[4], lw=1.5, path_effects=casing
            )  # fmt: skip
        axes.annotate(
            _with_se(bar.value, bar.se), (max(high, bar.value), place),
            xytext=(7, 0), textcoords="offset points", va="center", fontsize=11,
            bbox={"facecolor": "white", "alpha": 1.0, "edgecolor": "none", "pad": 0.5},
        )  # fmt: skip
    axes.axvline(evpi["value"], color=PALETTE[2], lw=2.5, ls="--", label="EVPI", zorder=1.5)
    axes.annotate(
        f"everything: {_with_se(evpi['value'], evpi['se'])}",
        (evpi["value"], 1), xycoords=axes.get_xaxis_transform(), xytext=(0, 4),
        textcoords="offset points", ha="right" if evpi["value"] > reach / 2 else "left",
        va="bottom", color=PALETTE[2], fontweight="bold", fontsize=11,
    )  # fmt: skip
    axes.set_yticks(range(len(bars)), [fill(_upper(bar.name), 34) for bar in bars])
    axes.set_xlim(0, 1.3 * reach)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.grid(False, axis="y")
    axes.invert_yaxis()
    axes.xaxis.set_major_formatter(lambda value, _: pounds(value) if value else "£0")
    axes.set_xlabel("Worth of knowing it, for one service over its term")
    headings(axes, finding(results), _about(results))
    return axes


def finding(results: Results) -> str:
    """What is most worth knowing, or that these draws show nothing that is."""
    bars, evpi = _bars(results), results["evpi"]
    told = _with_se(evpi["value"], evpi["se"])
    if evpi["value"] <= 2.0 * evpi["se"]:
        return (
            "These draws cannot tell whether knowing more is worth anything: knowing everything "
            f"is worth {told}"
        )
    sure = [bar for bar in bars if bar.value > 2.0 * bar.se]
    if not sure:
        return (
            f"Knowing everything is worth {told}, but these draws cannot tell which numbers are "
            "worth knowing"
        )
    best = max((bar for bar in sure if bar.is_group), key=lambda bar: bar.value, default=sure[0])
    return f"Of {told} for knowing everything, {best.name} alone brings {pounds(best.value)}"


def words(results: Results, tables: Tables) -> str:
    """Every bar with its standard errors."""
    bars = "; ".join(f"{bar.name} {_with_se(bar.value, bar.se)}" for bar in _bars(results))
    return f"Bar chart of what it is worth to know. {finding(results)}. {bars}. {_about(results)}"


def _bars(results: Results) -> list[Bar]:
    groups = [
        Bar(short(str(row["group"])), row["value"], row["se"], True)
        for row in results["evppi_groups"]
        if row["group"] != EVERYTHING
    ]
    floor = max(0.0, results["floor"])
    singles = [
        Bar(_key(row["parameter"]), row["value"], row["se"], False)
        for row in results["evppi"]
        if row["value"] > floor
    ]
    return groups + singles[:SHOWN]


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]


def _with_se(value: float, se: float) -> str:
    """The value and two standard errors, never parted at the end of a line."""
    told = pounds(value) if value else "£0"
    return f"{told} (±\N{NO-BREAK SPACE}{pounds(2.0 * se)})" if se > 0.0 else told


def _key(name: str) -> str:
    """The end of a key, in words: 'care ratio (outcomes.effects)'."""
    start, _, end = name.rpartition(".")
    told = end.replace("_", " ")
    return short(f"{told} ({start})" if start else told, 64)


def _about(results: Results) -> str:
    doubt = " The draws foretell little of net public value, so all of it is rough."
    return (
        f"Net public value, {results['price_year']} prices. Solid: groups of numbers. Hatched: "
        "single numbers. Thin lines: two standard errors each way, cut off at £0. Dashed: knowing "
        f"everything.{doubt if results['warnings'] else ''}"
    )
