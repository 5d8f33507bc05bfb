"""Whether the team can cope: the caseload beside what it could hold, and the waiting list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from matplotlib.ticker import MaxNLocator

from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.style import PALETTE, headings, source_of
from familyflow.reports.words import count, share

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WEEKS_IN_YEAR: Final = 365 / 7
_NAMES: Final = {"caseload": "Families with a key worker", "waiting": "Families waiting"}
_LOOKS: Final = {"caseload": (PALETTE[0], "-"), "waiting": (PALETTE[2], "--")}
_PLACES: Final = "places in the posts that are filled"


def draw(results: Results, tables: Tables) -> Axes:
    """The caseload above, with the places there are; the list beneath; bands for 9 draws in 10."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    weekly = tables["weekly"]
    figure = Figure(figsize=(9.0, 6.4))
    FigureCanvasAgg(figure)
    panels = figure.subplots(2, 1, sharex=True)
    years = (weekly["week"] + 1) / _WEEKS_IN_YEAR
    for axes, name in zip(panels, _NAMES, strict=True):
        _draw_course(axes, years, weekly, name)
    _draw_places(panels[0], years, weekly)
    for axes in panels:
        axes.set_ylim(0, 1.12 * max(axes.dataLim.y1, 1.0))
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    panels[1].set_xlabel("Years since the start of the funding term")
    panels[1].set_xlim(0, results["term_years"])
    panels[1].xaxis.set_major_locator(MaxNLocator(min(results["term_years"], 10), integer=True))
    first: Axes = panels[0]
    headings(first, finding(results), _about(), source_of(results, "weekly"))
    return first


def finding(results: Results) -> str:
    """How long families wait, and how many give up."""
    flow = results["flow"]
    wait, gave_up = flow["mean_wait_weeks"]["mean"], flow["families_gave_up_waiting"]["mean"]
    if wait is None:
        return "No family is allocated a key worker within the funding term"
    return (
        f"Families allocated a key worker wait {count(wait)} weeks on average; "
        f"{count(gave_up)} give up waiting"
    )


def words(results: Results, tables: Tables) -> str:
    """The list, the caseload and the places at the start, the middle and the end of the term."""
    weekly = tables["weekly"]
    told = [_told(weekly.iloc[place]) for place in (0, len(weekly) // 2, len(weekly) - 1)]
    used = results["flow"]["caseload_utilisation"]["mean"]
    full = "" if used is None else f" Over the term {share(used)} of the places are taken."
    return f"Line charts by week. {finding(results)}. {'; '.join(told)}.{full} {_about()}"


def _told(row: pd.Series) -> str:
    bands = {
        name: f"{count(row[f'{name}_mean'])} ({count(row[f'{name}_p5'])} to "
        f"{count(row[f'{name}_p95'])})"
        for name in _NAMES
    }
    return (
        f"In week {int(row['week']) + 1}: {bands['caseload']} with a key worker and room for "
        f"{count(row['places_mean'])}, {bands['waiting']} waiting"
    )


def _draw_course(axes: Axes, years: pd.Series, weekly: pd.DataFrame, name: str) -> None:
    colour, line = _LOOKS[name]
    low, high = weekly[f"{name}_p5"], weekly[f"{name}_p95"]
    axes.fill_between(years, low, high, color=colour, alpha=0.18, lw=0)
    axes.plot(years, weekly[f"{name}_mean"], color=colour, ls=line, lw=2.5, label=name)
    axes.set_title(_NAMES[name], loc="left", fontsize=12, fontweight="bold", color=colour)


def _draw_places(axes: Axes, years: pd.Series, weekly: pd.DataFrame) -> None:
    """The capacity, year by year, named on the line."""
    places = weekly["places_mean"]
    axes.plot(years, places, color=PALETTE[4], ls=":", lw=2.2, label="places")
    near: dict[str, Any] = {"textcoords": "offset points", "color": PALETTE[4]}
    axes.annotate(
        _PLACES, (years.iloc[-1], places.iloc[-1]), xytext=(-6, 5), ha="right", va="bottom",
        bbox={"facecolor": "white", "alpha": 0.85, "edgecolor": "none", "pad": 0.8}, **near,
    )  # fmt: skip


def _about() -> str:
    return (
        "Families at the end of each week. Lines: mean of draws. Bands: nine draws in ten. Dotted: "
        "how many families the posts filled and present could hold, mean of the year."
    )
