"""Whether a study is worth its cost, and of what size: what it brings, costs and leaves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Final

from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator

from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.pictures.labels import apart, short
from familyflow.reports.style import PALETTE, headings
from familyflow.reports.words import count, in_years, pounds

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST: Final = 4  # studies in one picture
_TICKS: Final = (25.0, 100.0, 400.0, 1_600.0, 6_400.0)
# what is drawn, in which colour, line and mark
LINES: Final = (
    ("worth", "brings", PALETTE[0], "--", "s"),
    ("cost", "costs", PALETTE[2], ":", "^"),
    ("net_benefit", "net", PALETTE[4], "-", "o"),
)


def draw(results: Results, tables: Tables) -> Axes | None:
    """A panel a study: what it brings, what it costs, and the one less the other, by size."""
    if results.get("too_rough"):  # a picture would be believed
        return None
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    studies = _studies(results)[:MOST]
    if not studies:
        return None
    across, down = min(2, len(studies)), math.ceil(len(studies) / 2)
    figure = Figure(figsize=(9.0, 5.0 if down == 1 else 8.0))
    FigureCanvasAgg(figure)
    panels = list(figure.subplots(down, across, sharey=True, squeeze=False).flat)
    for study, axes in zip(studies, panels, strict=False):
        _panel(axes, study)
        axes.set_title(
            fill(_upper(short(str(study["study"]), 90)), 76 // across), fontsize=12, loc="left"
        )
    for spare in panels[len(studies) :]:
        spare.set_visible(False)
    for study, axes in zip(studies, panels, strict=False):
        _name_lines(axes, study)
    first: Axes = panels[0]
    first.yaxis.set_major_locator(MaxNLocator(6))
    first.yaxis.set_major_formatter(lambda value, _: pounds(value) if value else "£0")
    headings(first, finding(results), _about(results))
    return first


def finding(results: Results) -> str:
    """Which study leaves most, of what size; or that none is worth its cost."""
    studies = _studies(results)
    best = max(studies, key=lambda study: study["best"]["net_benefit"])
    if best["best"]["net_benefit"] <= 0.0:
        asked = min(studies, key=lambda study: study["asked"]["cost"])
        return (
            f"No study asked about is worth its cost at any size tried: the cheapest costs "
            f"{pounds(asked['asked']['cost'])} and brings {_pounds(_worth(asked['asked']))}"
        )
    size = count(best["best"]["families_per_arm"])
    return (
        f"{_upper(short(str(best['study'])))} leaves most: {pounds(best['best']['net_benefit'])} "
        f"beyond its cost with {size} families in each arm"
    )


def words(results: Results, tables: Tables) -> str:
    """Each study as asked about and at the size that leaves most."""
    told = []
    for study in _studies(results):
        asked, best = study["asked"], study["best"]
        most = "no size tried leaves more than nothing"
        if best["families_per_arm"] > 0.0:
            most = (
                f"most is left with {count(best['families_per_arm'])} families in each arm, "
                f"{pounds(best['net_benefit'])} (± {pounds(2.0 * best['net_benefit_se'])})"
            )
        told.append(
            f"{_upper(str(study['study']))}: with {count(asked['families_per_arm'])} families in "
            f"each arm it brings {_pounds(_worth(asked))} and costs {pounds(asked['cost'])}; {most}"
        )
    return f"Line chart by size of study. {finding(results)}. {'. '.join(told)}. {_about(results)}"


def _panel(axes: Axes, study: Results) -> None:
    sizes = _sizes(study)
    at = [size["families_per_arm"] for size in sizes]
    net = [size["net_benefit"] for size in sizes]
    wide = [2.0 * size["net_benefit_se"] for size in sizes]
    low, high = ([n + sign * w for n, w in zip(net, wide, strict=True)] for sign in (-1.0, 1.0))
    axes.fill_between(at, low, high, color=PALETTE[4], alpha=0.18, lw=0)
    for name, _, colour, line, marker in LINES:
        values = [_value(size, name) for size in sizes]
        axes.plot(at, values, color=colour, ls=line, marker=marker, lw=2, ms=5, label=name)
    axes.axhline(0, color=PALETTE[4], lw=1.2)
    asked = study["asked"]
    axes.plot(
        [asked["families_per_arm"]], [asked["net_benefit"]], marker="o", ms=14, color="none",
        markeredgecolor=PALETTE[4], markeredgewidth=2, zorder=5,
    )  # fmt: skip
    axes.set_xscale("log")
    axes.set_xlabel("Families in each arm of the study")
    axes.xaxis.set_major_locator(FixedLocator([tick for tick in _TICKS if tick <= max(at)]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(lambda value, _: count(value))


def _name_lines(axes: Axes, study: Results) -> None:
    """What each line is, at its right end."""
    last, (bottom, top) = _sizes(study)[-1], axes.get_ylim()
    wanted = [(_value(last, name) - bottom) / (top - bottom) for name, *_ in LINES]
    for (_, label, colour, *_), height in zip(LINES, apart(wanted, [0.06] * 3), strict=True):
        axes.text(
            1.02, height, label, transform=axes.transAxes, color=colour, va="center",
            fontweight="bold", fontsize=11,
        )  # fmt: skip


def _studies(results: Results) -> Sequence[Results]:
    """Those that could be valued at some size."""
    return [study for study in results["evsi"] if study.get("sizes") and _sizes(study)]


def _sizes(study: Results) -> list[Results]:
    return [size for size in study["sizes"] if size["families_per_arm"] > 0.0]


def _worth(size: Results) -> float:
    """What it brings to all families still to come."""
    return float(size["net_benefit"] + size["cost"])


def _value(size: Results, name: str) -> float:
    return _worth(size) if name == "worth" else float(size[name])


def _pounds(value: float) -> str:
    return pounds(value) if round(value, 2) else "£0"


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]


def _about(results: Results) -> str:
    scale = results["population"]
    services = scale["services"]
    who = "one service" if services == 1 else f"{services:g} services"
    return (
        f"For the families still to come of {who} over {in_years(scale['years_of_use'])}, "
        f"{results['price_year']} prices. Band: two standard errors. Ring: the size asked about."
    )
