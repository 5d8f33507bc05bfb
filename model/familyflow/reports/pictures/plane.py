"""The cost-effectiveness plane: what each option costs more or less, and avoids more or less."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd
from matplotlib.ticker import MaxNLocator

from familyflow.reports.answer import FEWEST
from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.pictures.labels import NOTHING, Name, called, look, names_beside, said
from familyflow.reports.style import PALETTE, headings, new_figure
from familyflow.reports.words import MINUS, count, pounds, window

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NO_SERVICE: Final = "no service"
_ROOM: Final = 0.18  # of the width or height that a quadrant takes before it is named


class Difference(NamedTuple):
    """An option less what it is set against, on the mean; known: whether the sign of weeks is."""

    option: str
    cost: float
    weeks: float
    known: bool


def against(results: Results) -> str | None:
    """What options are set against: the first, where it has rivals; else None, for no service."""
    competing = results["competing"]
    first = results["options"][0]["option"]
    return str(first) if len(competing) > 1 and first in competing else None


def differences(results: Results) -> list[Difference]:
    """Every option with a service less what it is set against."""
    first, found = against(results), []
    rows = results["options"] if first is None else results["differences"]
    for row in rows:
        cost, weeks = row["money"]["cost"], row["flow"]["care_weeks_avoided"]
        if row["option"] in results["competing"] and None not in (cost["mean"], weeks["mean"]):
            known = first is None or _sign_known(weeks, results["draws"])
            found.append(Difference(row["option"], cost["mean"], weeks["mean"], known))
    return found


def draw(results: Results, tables: Tables) -> Axes | None:
    """Cost against care weeks avoided: a point a draw, a large mark for the mean."""
    shown = differences(results)
    if not shown:
        return None
    _, axes = new_figure((9.0, 5.5))
    titles, names = called(results), []
    for one in shown:
        style = look(results["competing"].index(one.option))
        cloud = _cloud(tables["plane"], one.option, against(results))
        axes.scatter(
            cloud["care_weeks_avoided"], cloud["cost"], s=14, marker=style.marker,
            color=style.colour, alpha=0.6, linewidths=0, rasterized=True,
        )  # fmt: skip
        axes.scatter(
            [one.weeks], [one.cost], s=150, marker=style.marker, color=style.colour,
            edgecolor="white", linewidths=1.5, zorder=4,
        )  # fmt: skip
        names.append(Name(titles[one.option], (one.weeks, one.cost), style))
    first = against(results)
    other = NO_SERVICE if first is None else titles[first]
    names.append(Name(_upper(other), (0.0, 0.0), NOTHING))
    axes.plot([0.0], [0.0], color=NOTHING.colour, marker=NOTHING.marker, ms=9, zorder=4)
    _frame(axes)
    names_beside(axes, names, leaders=True)
    axes.set_xlabel(f"Weeks in care avoided, less those of {other}")
    axes.set_ylabel(fill(f"Cost, less that of {other}", 40))
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.10g}".replace("-", MINUS))
    axes.yaxis.set_major_formatter(lambda value, _: pounds(value) if value else "£0")
    headings(axes, finding(results), _about(results))
    return axes


def finding(results: Results) -> str:
    """What the cheapest and the dearest cost and avoid beside the rest."""
    titles, shown = said(results), sorted(differences(results), key=lambda one: one.cost)
    told = [shown[0], shown[-1]] if len(shown) > 1 else shown
    first = against(results)
    parts = "; ".join(_told(titles[one.option], one, bare=first is None) for one in told)
    return f"On the mean {parts}" if first is None else f"Beside {titles[first]}, {parts}"


def words(results: Results, tables: Tables) -> str:
    """The finding, and where the mean of every option lies."""
    titles, shown = said(results), differences(results)
    every = ""
    if len(shown) > 2:
        bare = against(results) is None
        told = "; ".join(_told(titles[one.option], one, bare=bare) for one in shown)
        every = f" All of them: {told}."
    return (
        f"Scatter chart of cost against weeks in care avoided. {finding(results)}.{every} "
        f"{_about(results)}"
    )


def _about(results: Results) -> str:
    rough = "" if results["draws"] >= FEWEST else f" Only {results['draws']} draws: rough."
    return (
        f"Cost in present value, {results['price_year']} prices; care weeks {window(results)}. "
        "Large marks: means. Small: single draws, which hold chance as well as what is not known."
        f"{rough}"
    )


def _sign_known(figure: Mapping[str, Any], draws: int) -> bool:
    ends = figure.get("monte_carlo_low"), figure.get("monte_carlo_high")
    if figure["mean"] == 0.0 or draws < FEWEST or None in ends:
        return True
    return bool(ends[0] * ends[1] > 0.0)  # type: ignore[operator]  # neither is None


def _told(title: str, one: Difference, *, bare: bool) -> str:
    if bare:
        avoids = "avoids" if one.weeks >= 0 else "adds"
        return (
            f"{title} costs {pounds(one.cost)} and {avoids} {count(abs(one.weeks))} weeks in care"
        )
    costs = f"{title} costs {pounds(abs(one.cost))} {'more' if one.cost > 0 else 'less'}"
    if not one.cost:
        costs = f"{title} costs the same"
    if not one.known:
        return f"{costs}, and whether it avoids more weeks in care these draws cannot tell"
    if not one.weeks:
        return f"{costs} and avoids as many weeks in care"
    more = "more" if one.weeks > 0 else "fewer"
    return f"{costs} and avoids {count(abs(one.weeks))} {more} weeks in care"


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]


def _cloud(points: pd.DataFrame, option: str, less: str | None) -> pd.DataFrame:
    """The draws of an option less the same draws of what it is set against."""
    columns = ["cost", "care_weeks_avoided"]
    mine = points[points["option"] == option].set_index("draw")[columns]
    if less is None:
        return mine
    return mine - points[points["option"] == less].set_index("draw")[columns]


def _frame(axes: Axes) -> None:
    """Lines through nothing, and the quadrants named in plain words."""
    low, high = _with_nothing(axes.get_xlim(), 0.06)
    bottom, top = _with_nothing(axes.get_ylim(), 0.16)
    axes.set_xlim(low, high)
    axes.set_ylim(bottom, top)
    axes.axvline(0, color=PALETTE[4], lw=1)
    axes.axhline(0, color=PALETTE[4], lw=1)
    left, up = -low / (high - low), top / (top - bottom)
    for is_right, is_up, text in (
        (False, True, "costs more,\navoids fewer"),
        (True, True, "costs more,\navoids more"),
        (False, False, "costs less,\navoids fewer"),
        (True, False, "costs less,\navoids more"),
    ):
        if (1 - left if is_right else left) < _ROOM or (up if is_up else 1 - up) < _ROOM:
            continue
        axes.text(
            0.99 if is_right else 0.01, 0.985 if is_up else 0.015, text, fontsize=11,
            ha="right" if is_right else "left", va="top" if is_up else "bottom",
            transform=axes.transAxes, color=PALETTE[4],
            bbox={"facecolor": "white", "alpha": 0.85, "edgecolor": "none", "pad": 1.5},
        )  # fmt: skip


def _with_nothing(limits: tuple[float, float], room: float) -> tuple[float, float]:
    """Limits that hold 0, with some room beyond."""
    low, high = min(0.0, limits[0]), max(0.0, limits[1])
    if high - low < 1.0:  # all is as what it is set against
        low, high = -1.0, 1.0
    span = high - low
    return low - room * span, high + room * span
