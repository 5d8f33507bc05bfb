"""The charts of a run. Each takes results, returns axes and shows nothing; alt text beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.ticker import MaxNLocator

from familyflow.reports.style import HATCH, PALETTE, headings, new_figure
from familyflow.reports.words import count, payer, pounds, window

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Results = Mapping[str, Any]
Tables = Mapping[str, pd.DataFrame]


def journey(results: Results, tables: Tables) -> Axes:
    """Families from referral to ending: how many reach each point and where the others go."""
    rows = tables["journey"]
    _, axes = new_figure((9.0, 5.5))
    kept = rows[rows["kind"] == "on the way"]
    left = rows[rows["kind"] == "left"]
    shown = pd.concat([kept, left])
    colours = [PALETTE[0]] * len(kept) + [PALETTE[3]] * len(left)
    places = list(range(len(shown)))
    bars = axes.barh(places, shown["families"], color=colours)
    for bar in list(bars)[len(kept) :]:
        bar.set_hatch(HATCH)
        bar.set_edgecolor("white")
    axes.bar_label(bars, labels=[count(v) for v in shown["families"]], padding=4)
    axes.set_yticks(places, shown["point"])
    axes.grid(False, axis="y")
    axes.margins(x=0.08)
    axes.invert_yaxis()
    axes.set_xlabel("Families over the funding term (mean of draws)")
    started = results["flow"]["families_started"]["mean"]
    referred = results["flow"]["families_referred"]["mean"]
    finding = (
        f"{count(started)} of {count(referred)} families referred start work with a key worker"
    )
    headings(axes, finding, "Solid: on the way. Hatched: where families leave.")
    return axes


def waiting_and_caseload(results: Results, tables: Tables) -> Axes:
    """The waiting list and the caseload week by week, with 90 % bands over draws."""
    weekly = tables["weekly"]
    _, axes = new_figure()
    lines = (("caseload", PALETTE[0], "-"), ("waiting", PALETTE[3], "--"))
    for name, colour, line in lines:
        axes.fill_between(
            weekly["week"], weekly[f"{name}_p5"], weekly[f"{name}_p95"], color=colour, alpha=0.2
        )
        axes.plot(weekly["week"], weekly[f"{name}_mean"], color=colour, linestyle=line, lw=2)
        _name_line(axes, weekly, name, colour)
    axes.set_xlabel("Week of the funding term")
    axes.set_ylabel("Families")
    axes.set_ylim(bottom=0)
    wait = results["flow"]["mean_wait_weeks"]["mean"]
    finding = "No family is allocated a key worker"
    if wait is not None:
        finding = f"Families who are allocated a key worker wait {count(wait)} weeks on average"
    headings(axes, finding, "Lines: mean of draws. Bands: nine draws in ten.")
    return axes


def cost_and_savings(results: Results, tables: Tables) -> Axes:
    """What each funder pays and each agency saves in the headline's window."""
    paid = [(payer(str(row["funder"])), -row["paid"]["mean"]) for row in results["by_funder"]]
    savers = [row for row in results["by_agency"] if abs(row["fiscal_saving"]["mean"]) >= 1]
    savers.sort(key=lambda row: -row["fiscal_saving"]["mean"])
    saved = [(str(row["title"]), row["fiscal_saving"]["mean"]) for row in savers]
    is_told = all(row["cashable_saving"]["mean"] is not None for row in savers)
    cash = [row["cashable_saving" if is_told else "fiscal_saving"]["mean"] for row in savers]
    names, totals = zip(*paid, *saved, strict=True)
    places, split = list(range(len(names))), len(paid)
    _, axes = new_figure((9.0, 2.4 + 0.42 * len(names)))
    axes.barh(places[:split], totals[:split], color=PALETTE[2])
    axes.barh(places[split:], cash, color=PALETTE[1])
    rest = [total - money for total, money in zip(totals[split:], cash, strict=True)]
    axes.barh(places[split:], rest, left=cash, color="white", edgecolor=PALETTE[1], hatch=HATCH)
    for place, total in zip(places, totals, strict=True):
        side, gap = ("left", 5) if total >= 0 else ("right", -5)
        here: dict[str, Any] = {"textcoords": "offset points", "ha": side, "va": "center"}
        axes.annotate(pounds(total), (total, place), xytext=(gap, 0), **here)
    axes.axvline(0, color=PALETTE[4], lw=1)
    axes.set_yticks(places, [fill(name, 30) for name in names])
    axes.grid(False, axis="y")
    axes.invert_yaxis()
    span = max(totals) - min(totals)
    axes.set_xlim(min(totals) - 0.34 * span, max(totals) + 0.2 * span)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(lambda value, _: pounds(value) if value else "£0")
    cost, saving = results["money"]["cost"]["mean"], results["money"]["fiscal_saving"]["mean"]
    finding = f"The service costs {pounds(cost)} and saves public services {pounds(saving)}"
    green = "Green: saved and cashable. Hatched: saved, not cashable."
    if not is_told:
        green = "Green: saved (how much of it is cashable is not told)."
    unit = (
        f"Present value, {results['price_year']} prices; savings {window(results)}. "
        f"Purple: paid. {green}"
    )
    headings(axes, finding, unit)
    return axes


def _name_line(axes: Axes, weekly: pd.DataFrame, name: str, colour: str) -> None:
    """Name a line in the graph where the two lines lie furthest apart."""
    middle = weekly.iloc[len(weekly) // 5 : -len(weekly) // 5]
    gap = (middle["caseload_mean"] - middle["waiting_mean"]).abs()
    row = middle.iloc[int(gap.to_numpy().argmax())]
    upper = row["caseload_mean"] >= row["waiting_mean"]
    above = upper if name == "caseload" else not upper
    label = "families with a key worker" if name == "caseload" else "families waiting"
    axes.annotate(
        label,
        (row["week"], row[f"{name}_mean"]),
        textcoords="offset points",
        xytext=(0, 7 if above else -7),
        ha="center",
        va="bottom" if above else "top",
        color=colour,
        fontweight="bold",
        bbox={"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 1.0},
    )


CHARTS: dict[str, Callable[[Results, Tables], Axes]] = {
    "journey": journey,
    "waiting_and_caseload": waiting_and_caseload,
    "cost_and_savings": cost_and_savings,
}
