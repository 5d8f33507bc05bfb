"""When a service has earned its cost back: public spending avoided less cost, year by year.

A fan for each option of a comparison; a run is a comparison with one option.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.pictures.labels import called, look, said
from familyflow.reports.style import PALETTE, headings, source_of
from familyflow.reports.words import in_years, pounds, share, window

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ACROSS: Final = 3  # panels beside one another
_MOST_YEARS: Final = 12  # with a chance written beneath
_ENDS: Final = (("p5", "p95", 0.13), ("p25", "p75", 0.25))
_PLATE: Final = {"facecolor": "white", "alpha": 0.85, "edgecolor": "none", "pad": 1.5}
_PARTLY: Final = 1e-9  # pounds, below which nothing was earned or spent in a year


def draw(results: Results, tables: Tables) -> Axes | None:
    """A fan an option: mean, median, one in two and nine in ten of what may be expected."""
    from textwrap import fill

    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    results, rows = _as_options(results, tables)
    options = list(results["competing"])
    if not options or rows.empty:
        return None
    across = 2 if len(options) == 4 else min(_ACROSS, len(options))
    down = math.ceil(len(options) / across)
    figure = Figure(figsize=(9.0, 5.6 if down == 1 else 2.6 + 2.9 * down))
    FigureCanvasAgg(figure)
    grid = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False)
    titles, panels = called(results), list(grid.flat)
    for number, (option, axes) in enumerate(zip(options, panels, strict=False)):
        one = rows[rows["option"] == option]
        _fan(axes, one, look(number).colour)
        axes.tick_params(labelleft=number % across == 0)
        if number + across >= len(options):
            axes.set_xlabel("Years since the start")
            axes.tick_params(labelbottom=True)
        _mark(axes, one, results["term_years"])
        if len(options) > 1:
            axes.set_title(fill(titles[option], 76 // across), fontsize=12, loc="left")
    for spare in panels[len(options) :]:
        spare.set_visible(False)
    first: Axes = panels[0]
    first.yaxis.set_major_formatter(lambda value, _: pounds(value) if value else "£0")
    first.yaxis.set_major_locator(MaxNLocator(6))
    first.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    low, high = first.get_ylim()
    span = (high - low) or 1.0
    first.set_ylim(min(low, 0.0) - 0.16 * span, max(high, 0.0) + 0.12 * span)
    if len(options) == 1:
        first.set_xlim(0, int(rows["year"].max()) + 1.15)
        _name_lines(first, rows)
        _chances_below(first, rows)
    else:
        for option, axes in zip(options, panels, strict=False):
            _chance_within(axes, rows[rows["option"] == option])
    told = _finding(results, rows)
    headings(first, told, _about(results), source_of(results, "net_flow_by_year"))
    return first


def finding(results: Results, tables: Tables) -> str:
    """Which options have earned their cost back on the mean, and when."""
    return _finding(*_as_options(results, tables))


def _finding(results: Results, rows: pd.DataFrame) -> str:
    titles = _said(results)
    found = {name: pays_in(rows[rows["option"] == name]) for name in results["competing"]}
    pay = [f"{titles[name]} in year {year}" for name, year in found.items() if year is not None]
    last = int(rows["year"].max()) + 1
    if pay:
        rest = "" if len(pay) == len(found) else "; no other does"
        return f"On the mean public spending avoided pays back the cost of {', '.join(pay)}{rest}"
    ends = {name: rows[rows["option"] == name]["mean"].iloc[-1] for name in found}
    best = max(ends, key=lambda name: ends[name])
    short = pounds(abs(ends[best]))
    if len(found) == 1:
        return (
            f"On the mean {titles[best]} does not pay back in {in_years(last)}: it ends "
            f"{short} short"
        )
    return (
        f"On the mean no option pays back within {in_years(last)}: {titles[best]} comes nearest, "
        f"{short} short"
    )


def words(results: Results, tables: Tables) -> str:
    """Each option at the grant's end and at the last year, and whether it has paid back."""
    results, rows = _as_options(results, tables)
    titles, told = called(results), []
    for option in results["competing"]:
        one = rows[rows["option"] == option]
        term = one[one["year"] == results["term_years"] - 1]
        ends = [(f"when the grant ends after year {results['term_years']}", term)]
        ends.append((f"after year {int(one['year'].iloc[-1]) + 1}", one.tail(1)))
        said = [f"{when} {_at(row.iloc[0])}" for when, row in ends if not row.empty]
        never = 1.0 - one["chance_paid_back"].iloc[-1]
        said.append(f"not paid back by then with a chance of {share(never)}")
        told.append(f"{titles[option]}: {', '.join(said)}")
    return f"Fan chart by year. {_finding(results, rows)}. {'; '.join(told)}. {_about(results)}"


def pays_in(one: pd.DataFrame) -> int | None:
    """The year (the first is 1) in which the mean reaches nothing for good; None if in none."""
    below = np.flatnonzero(one["mean"].to_numpy() < -_PARTLY)
    if below.size == len(one) or (below.size and below[-1] == len(one) - 1):
        return None
    return int(below[-1]) + 2 if below.size else 1


def _said(results: Results) -> dict[str, str]:
    """What each option is called within a sentence; the one of a run is the service."""
    return {results["scenario"]: "the service"} if "scenario" in results else said(results)


def _as_options(results: Results, tables: Tables) -> tuple[Results, pd.DataFrame]:
    """The results and the years of every option; a run is the one option there is."""
    table = tables["net_flow_by_year"]
    if "competing" not in results:
        name = results["scenario"]
        alone = {"option": name, "title": results["title"]}
        results = {**results, "competing": [name], "options": [alone]}
        table = table.assign(option=name)
    return results, _rows(table)


def _fan(axes: Axes, one: pd.DataFrame, colour: str) -> None:
    years = [0, *(one["year"] + 1)]
    for low, high, deep in _ENDS:
        ends = [0.0, *one[low]], [0.0, *one[high]]
        axes.fill_between(years, *ends, color=colour, alpha=deep, lw=0)
        for end in ends:
            axes.plot(years, end, color=colour, lw=0.8, alpha=0.7)
    axes.plot(years, [0.0, *one["median"]], color=colour, lw=1.8, ls="--", label="median")
    axes.plot(years, [0.0, *one["mean"]], color=colour, lw=2.5, label="mean")
    axes.axhline(0, color=PALETTE[4], lw=1.2)


def _name_lines(axes: Axes, one: pd.DataFrame) -> None:
    """Name the mean and the median at their right ends, the upper one above."""
    last = one.iloc[-1]
    upper = "mean" if last["mean"] >= last["median"] else "median"
    for name in ("mean", "median"):
        above = name == upper
        axes.annotate(
            name, (last["year"] + 1, last[name]), xytext=(-4, 4 if above else -4), ha="right",
            va="bottom" if above else "top", textcoords="offset points", color=PALETTE[4],
            fontweight="bold", zorder=6,
        )  # fmt: skip


def _chances_below(axes: Axes, one: pd.DataFrame) -> None:
    """Beneath each year, the chance that it has paid back by its end."""
    chances = {int(row["year"]) + 1: row["chance_paid_back"] for _, row in one.iterrows()}
    last = max(chances)
    step = -(-last // _MOST_YEARS)
    years = [year for year in range(last, -1, -step) if year in chances][::-1]
    axes.set_xticks(years, [f"{year}\n{share(chances[year])}" for year in years])
    axes.set_xlabel("Years since the start, with the chance that the service has paid back by then")


def _chance_within(axes: Axes, one: pd.DataFrame) -> None:
    last = one.iloc[-1]
    axes.annotate(
        f"paid back by year {int(last['year']) + 1}:\n{share(last['chance_paid_back'])} chance",
        (0.03, 0.03), xycoords="axes fraction", ha="left", va="bottom", color=PALETTE[4],
        bbox=_PLATE, zorder=5,
    )  # fmt: skip


def _mark(axes: Axes, one: pd.DataFrame, term: int) -> None:
    """Where the grant ends, and where the mean has paid back."""
    near: dict[str, Any] = {"color": PALETTE[4], "textcoords": "offset points"}
    last = int(one["year"].max()) + 1
    if term <= last:
        is_early = term < 0.45 * last  # no room for the words before the line
        axes.axvline(term, color=PALETTE[4], lw=1.5, ls=(0, (4, 2)))
        axes.annotate(
            "grant ends", (term, 1), xycoords=axes.get_xaxis_transform(), va="top",
            xytext=(4 if is_early else -4, -2), ha="left" if is_early else "right", **near,
        )  # fmt: skip
    year = pays_in(one)
    if year is None:
        return
    totals = [0.0, *one["mean"]]
    before, after = totals[year - 1], totals[year]
    at = year - 1 + (-before / (after - before) if after != before else 0.0)
    is_late = at > 0.75 * (len(totals) - 1)
    axes.plot([at], [0.0], marker="D", ms=10, color=PALETTE[4], markeredgecolor="white", zorder=5)
    axes.annotate(
        f"paid back\nin year {year}", (at, 0.0), xytext=(0, -10), va="top",
        ha="right" if is_late else "center",
        bbox=_PLATE, **near,
    )  # fmt: skip


def _rows(table: pd.DataFrame) -> pd.DataFrame:
    """The years up to the last in which anything is spent or avoided in some option."""
    flow = table.groupby("option", sort=False)["mean"].diff().fillna(table["mean"]).abs()
    some = table.loc[flow > _PARTLY, "year"]
    return table[table["year"] <= some.max()] if len(some) else table.iloc[:0]


def _at(row: pd.Series) -> str:
    return f"{pounds(row['mean'])} (9 in 10: {pounds(row['p5'])} to {pounds(row['p95'])})"


def _about(results: Results) -> str:
    return (
        f"Public spending avoided less cost so far, present value, {results['price_year']} prices; "
        f"savings {window(results)}. Solid: mean. Dashed: median. Bands, chance "
        "taken out: 1 in 2, 9 in 10."
    )
