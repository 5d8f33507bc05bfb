"""Children in care on an average day of each year, without the service and with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd
from matplotlib.ticker import MaxNLocator

from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.style import PALETTE, headings, source_of
from familyflow.reports.words import count, window

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ARMS: Final[tuple[tuple[str, str, str, str, Literal["left", "right"]], ...]] = (
    ("without", PALETTE[2], "o", "--", "left"), ("with", PALETTE[0], "s", "-", "right"),
)  # fmt: skip


def draw(results: Results, tables: Tables) -> Axes | None:
    """Both arms above, their difference with its interval beneath. None where no child is in care.

    That holds for a service without families, too: nobody is followed.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    rows = tables["in_care_by_year"]
    if not rows[["without_mean", "with_mean"]].to_numpy().any():
        return None
    figure = Figure(figsize=(9.0, 6.8))
    FigureCanvasAgg(figure)
    panels = figure.subplots(2, 1, sharex=True, height_ratios=(1.25, 1.0))
    upper: Axes = panels[0]
    lower: Axes = panels[1]
    years = rows["year"] + 1
    for arm, colour, marker, line, _ in _ARMS:
        look: dict[str, Any] = {"color": colour, "marker": marker, "ls": line, "ms": 7}
        upper.plot(years, rows[f"{arm}_mean"], lw=2.5, label=arm, **look)
    _name_arms(upper, rows)
    upper.set_ylim(0, 1.15 * max(upper.dataLim.y1, 1e-9))
    upper.yaxis.set_major_locator(MaxNLocator(4))
    _draw_fewer(lower, rows)
    if results["term_years"] <= len(rows):
        _mark_end(upper, lower, results["term_years"])
    lower.set_xlabel("Year since the start of the funding term")
    lower.set_xlim(0.4, len(rows) + 0.6)
    lower.xaxis.set_major_locator(MaxNLocator(min(len(rows) + 1, 16), integer=True))
    headings(upper, finding(results, tables), _about(results),
             source_of(results, "in_care_by_year"))  # fmt: skip
    return upper


def finding(results: Results, tables: Tables) -> str:
    """The year in which the difference is largest, and whether its interval spans nothing."""
    row = _widest(tables["in_care_by_year"])
    year, without = int(row["year"]) + 1, count(row["without_mean"])
    if row["fewer_mean"] == 0.0:
        return (
            f"As many children are in care with the service as without it: {without} in year {year}"
        )
    doubt = "; there may be no difference" if row["fewer_low"] < 0.0 < row["fewer_high"] else ""
    return (
        f"In year {year}, {count(row['with_mean'])} children are in care on an average day with "
        f"the service, {without} without{doubt}"
    )


def words(results: Results, tables: Tables) -> str:
    """Each year in both arms, with the difference."""
    rows = tables["in_care_by_year"]
    told = [
        f"year {int(row['year']) + 1}: {count(row['without_mean'])} without, "
        f"{count(row['with_mean'])} with, {_difference(row)}"
        for _, row in rows.iterrows()
    ]
    return (
        f"Line chart above, points with intervals beneath. {finding(results, tables)}. "
        f"{'; '.join(told)}. {_about(results)}"
    )


def _difference(row: pd.Series) -> str:
    low, mean, high = (count(row[f"fewer_{part}"]) for part in ("low", "mean", "high"))
    return f"{mean} fewer (19 in 20: {low} to {high})"


def _widest(rows: pd.DataFrame) -> pd.Series:
    return rows.iloc[int(rows["fewer_mean"].abs().to_numpy().argmax())]


def _name_arms(axes: Axes, rows: pd.DataFrame) -> None:
    """Name the lines above the axes, and write their values where they lie furthest apart."""
    row = _widest(rows)
    upper = "without" if row["without_mean"] >= row["with_mean"] else "with"
    for arm, colour, _, line, side in _ARMS:
        is_above, look = arm == upper, "dashed" if line == "--" else "solid"
        bold: dict[str, Any] = {"color": colour, "fontweight": "bold"}
        axes.set_title(f"In care {arm} the service ({look})", loc=side, fontsize=12, **bold)
        axes.annotate(
            count(row[f"{arm}_mean"]), (row["year"] + 1, row[f"{arm}_mean"]),
            xytext=(0, 7 if is_above else -9), textcoords="offset points", ha="center",
            va="bottom" if is_above else "top", **bold,
        )  # fmt: skip


def _draw_fewer(axes: Axes, rows: pd.DataFrame) -> None:
    years, mean = rows["year"] + 1, rows["fewer_mean"]
    axes.bar(years, mean, 0.55, color=PALETTE[1], zorder=2)
    ends = [mean - rows["fewer_low"], rows["fewer_high"] - mean]
    ends = [end.clip(lower=0.0) for end in ends]
    axes.errorbar(years, mean, yerr=ends, color=PALETTE[4], ls="none", lw=1.8, capsize=5, zorder=3)
    for year, value, high in zip(years, mean, rows["fewer_high"], strict=True):
        axes.annotate(
            count(value), (year, max(high, value, 0.0)), xytext=(0, 4), ha="center", va="bottom",
            textcoords="offset points", color=PALETTE[4],
        )  # fmt: skip
    axes.axhline(0, color=PALETTE[4], lw=1.2)
    axes.margins(y=0.25)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.set_title("Fewer with the service", loc="left", fontsize=12, fontweight="bold",
                   color=PALETTE[4])  # fmt: skip


def _mark_end(upper: Axes, lower: Axes, term: int) -> None:
    for axes in (upper, lower):
        axes.axvline(term + 0.5, color=PALETTE[4], lw=1.5, ls=(0, (4, 2)), zorder=1)
    upper.annotate(
        "grant ends", (term + 0.5, 0), xycoords=upper.get_xaxis_transform(), xytext=(4, 3),
        textcoords="offset points", ha="left", va="bottom", color=PALETTE[4],
    )  # fmt: skip


def _about(results: Results) -> str:
    return (
        f"Children of the families referred, counted {window(results)}, mean of draws; the lines "
        "fall as families are no longer counted. Lines on bars: 19 in 20, chance taken out."
    )
