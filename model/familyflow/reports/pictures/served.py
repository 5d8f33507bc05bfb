"""Who is served and who is not: the families that each option starts with, and loses."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.pictures.labels import called, said
from familyflow.reports.signs import lowered
from familyflow.reports.style import PALETTE, headings, new_figure
from familyflow.reports.words import NOT_PLACED, as_shown, count

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BARS: Final = (
    ("families_started", "start", ""),
    ("families_gave_up_waiting", "give up waiting", "////"),
    ("families_turned_away", lowered(NOT_PLACED), "...."),
)
NOBODY: Final = "nobody starts: there is no service"
_GAP: Final = 0.7  # of a bar, between options


def draw(results: Results, tables: Tables) -> Axes | None:
    """Three bars an option, each with its number and its words beside it."""
    rows = results["given_up"]
    if not any(row["means"]["families_started"] for row in rows):
        return None
    height = len(BARS) + _GAP
    _, axes = new_figure((9.0, 1.9 + 0.26 * height * len(rows)))
    titles, most = called(results), 0.0
    for number, row in enumerate(rows):
        for place, (figure, label, hatch) in enumerate(BARS):
            families, at = row["means"][figure] or 0.0, number * height + place
            if row["option"] not in results["competing"]:
                _beside(axes, NOBODY, 0.0, number * height + 1)
                break
            axes.barh(at, families, 0.86, color=PALETTE[place], hatch=hatch, edgecolor="white")
            _beside(axes, f"{count(families)} {label}", families, at)
            most = max(most, families)
    axes.set_ylim(-0.7, height * len(rows) - _GAP - 0.3)
    axes.set_yticks(
        [number * height + 1 for number in range(len(rows))],
        [fill(titles[row["option"]], 24) for row in rows],
    )
    axes.set_xlim(0, 1.42 * most)
    axes.grid(False, axis="y")
    axes.invert_yaxis()
    axes.set_xlabel("Families over the funding term (mean of draws)")
    headings(axes, finding(results), _ABOUT)
    return axes


def finding(results: Results) -> str:
    """Who starts work with most and with fewest families."""
    titles = said(results)
    rows = results["given_up"]
    started = {row["option"]: row["means"]["families_started"] or 0.0 for row in rows}
    able = [name for name in started if name in results["competing"]]
    most = max(able, key=lambda name: started[name])
    fewest = min(able, key=lambda name: started[name])
    if most == fewest:
        lost = _row(results, most)["means"]["families_gave_up_waiting"] or 0.0
        return (
            f"{titles[most]} starts work with {count(started[most])} families, and "
            f"{count(lost)} give up waiting"
        )
    more = as_shown(started[most], count) - as_shown(started[fewest], count)
    return (
        f"{titles[most]} starts work with {count(started[most])} families, "
        f"{count(more)} more than {titles[fewest]}"
    )


def words(results: Results, tables: Tables) -> str:
    """Every bar."""
    titles = called(results)
    told = []
    for row in results["given_up"]:
        bars = [f"{count(row['means'][figure] or 0.0)} {label}" for figure, label, _ in BARS]
        is_some = row["option"] in results["competing"]
        told.append(f"{titles[row['option']]}: {', '.join(bars) if is_some else NOBODY}")
    return f"Bar chart of families over the term. {finding(results)}. {'; '.join(told)}. {_ABOUT}"


_ABOUT: Final = (
    "Solid: families who start. Hatched: who give up waiting. Dotted: sent elsewhere, moved away "
    "or still waiting when the list closed. Not drawn: those who decline or never begin."
)


def _beside(axes: Axes, text: str, families: float, at: float) -> None:
    axes.annotate(
        text, (families, at), xytext=(5, 0), textcoords="offset points", va="center", fontsize=11,
        bbox={"facecolor": "white", "alpha": 0.85, "edgecolor": "none", "pad": 0.5},
    )  # fmt: skip


def _row(results: Results, option: str) -> Results:
    return next(row for row in results["given_up"] if row["option"] == option)
