"""How good the service must be: net saving against a multiple of the savings simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.ticker import MaxNLocator

from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.style import PALETTE, headings, new_figure, source_of
from familyflow.reports.units import figure
from familyflow.reports.words import pounds, window

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BANDS: Final = (("low", "high", 0.13), ("p10", "p90", 0.25))
_PLATE: Final = {"facecolor": "white", "alpha": 0.85, "edgecolor": "none", "pad": 1.5}


def draw(results: Results, tables: Tables) -> Axes | None:
    """A straight line with its bands, what was simulated at 1, and where it crosses nothing.

    None where nothing is saved or lost, so that no multiple changes anything.
    """
    rows = tables["break_even"]
    if results["money"]["fiscal_saving"]["mean"] == 0.0:
        return None
    _, axes = new_figure((9.0, 5.8))
    for low, high, deep in _BANDS:
        axes.fill_between(
            rows["multiple"], rows[low], rows[high], color=PALETTE[0], alpha=deep, lw=0
        )
    axes.plot(rows["multiple"], rows["mean"], color=PALETTE[0], lw=2.5, label="mean")
    axes.axhline(0, color=PALETTE[4], lw=1.2)
    _mark_simulated(axes, results)
    _mark_crossing(axes, results, float(rows["multiple"].max()))
    axes.set_xlim(0, rows["multiple"].max())
    axes.set_xlabel("Times the savings simulated")
    axes.yaxis.set_major_formatter(lambda value, _: pounds(value) if value else "£0")
    axes.yaxis.set_major_locator(MaxNLocator(6))
    headings(axes, finding(results), _about(results), source_of(results, "break_even"))
    return axes


def finding(results: Results) -> str:
    """The multiple that pays for the service, and how sure that is."""
    told = results["money"]["break_even_effect"]
    if told["mean"] is None:
        return "On the mean the service saves nothing, so no multiple of its savings pays for it"
    times = _times(told["mean"])
    if told["mean"] <= 1.0:
        return f"The service pays for itself: {times} the savings simulated would be enough"
    return f"The service would pay for itself at {times} the savings simulated"


def words(results: Results, tables: Tables) -> str:
    """Net saving without savings, as simulated, and at the largest multiple shown."""
    rows = tables["break_even"]
    last = float(rows["multiple"].max())
    told = [
        f"at {row['multiple']:g} times {pounds(row['mean'])} (19 in 20: {pounds(row['low'])} to "
        f"{pounds(row['high'])})"
        for _, row in rows[rows["multiple"].isin((0.0, 1.0, last))].iterrows()
    ]
    return (
        f"Line chart with bands. {finding(results)}. Net saving {', '.join(told)}. "
        f"{_about(results)}"
    )


def _times(value: float) -> str:
    return f"{figure(value, 'ratio', 2)} times"


def _mark_simulated(axes: Axes, results: Results) -> None:
    """What was simulated, with its interval."""
    net = results["money"]["net_saving"]
    ends = [[net["mean"] - net["low"]], [net["high"] - net["mean"]]]
    axes.errorbar(
        1.0,
        net["mean"],
        yerr=ends,
        color=PALETTE[2],
        marker="o",
        ms=10,
        lw=2.2,
        capsize=6,
        zorder=4,
    )
    axes.annotate(
        f"as simulated:\n{pounds(net['mean'])}", (1.0, net["low"]), xytext=(10, 4), va="bottom",
        ha="left", textcoords="offset points", color=PALETTE[2], fontweight="bold", bbox=_PLATE,
        zorder=5,
    )  # fmt: skip


def _mark_crossing(axes: Axes, results: Results, last: float) -> None:
    """Where the mean is nothing, if that is shown."""
    at = results["money"]["break_even_effect"]["mean"]
    if at is None or not 0.0 <= at <= last:
        return
    axes.plot([at], [0.0], marker="D", ms=10, color=PALETTE[4], markeredgecolor="white", zorder=5)
    axes.annotate(
        f"breaks even\nat {_times(at)}", (at, 0.0), xytext=(0, 12), va="bottom", ha="center",
        textcoords="offset points", color=PALETTE[4], fontweight="bold", bbox=_PLATE, zorder=5,
    )  # fmt: skip


def _about(results: Results) -> str:
    return (
        f"Net saving, present value, {results['price_year']} prices; savings {window(results)}. "
        "All savings of a draw are multiplied and its cost stays, so the mean is a straight line: "
        "a sum, no simulation of a stronger effect. Bands: 4 in 5 and 19 in 20, chance taken out."
    )
