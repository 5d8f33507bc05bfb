"""How far knowing one number moves the whole spread of a result, beside what chance would show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.pictures.swept import (
    NONE,
    SHOWN,
    SMALL,
    named,
    others,
    rows_of,
    target_of,
    what,
)
from familyflow.reports.signs import lowered
from familyflow.reports.style import HATCH, PALETTE, headings
from familyflow.reports.varied import Varied, is_known, ranked, varied_by

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_METHOD: Final = "pawn"
_THICK: Final = 0.3  # inches


def draw(results: Results, tables: Tables) -> Axes | None:
    """A bar a number; the floor as a line, hatched and grey where a gap does not reach above it."""
    target, varied = target_of(results, _METHOD), varied_by(results)
    rows = [] if target is None else _rows(target, varied)
    if target is None or not rows:
        return None
    axes, places = rows_of([named(row["factor"], varied) for row in rows])
    for place, row in zip(places, rows, strict=True):
        look = (NONE, HATCH) if row["is_none"] else (PALETTE[0], "")
        axes.barh(place, row["gap"], _THICK, color=look[0], hatch=look[1], edgecolor="white")
        axes.annotate(
            f"{row['gap']:.2f}", (row["gap"], place), xytext=(6, 0), textcoords="offset points",
            va="center", fontsize=SMALL,
        )  # fmt: skip
    floor = target["floor"]
    axes.axvline(floor, color=PALETTE[2], lw=2, ls="--", label="floor")
    axes.annotate(
        f"floor {floor:.2f}", (floor, 1), xycoords=axes.get_xaxis_transform(), xytext=(0, 4),
        textcoords="offset points", ha="center", va="bottom", color=PALETTE[2],
        fontweight="bold", fontsize=SMALL,
    )  # fmt: skip
    axes.set_xlim(0.0, 1.15 * max(floor, *(row["gap"] for row in rows)))
    axes.set_xlabel("Gap, from 0 to 1")
    headings(axes, finding(results), _about(results, rows))
    return axes


def finding(results: Results) -> str:
    """The greatest gap, or that none stands out from chance."""
    target, varied = results["targets"][0], varied_by(results)
    rows = _rows(target, varied)
    told = lowered(str(target["label"]))
    sure = sum(not row["is_none"] for row in target["gaps"])
    if not sure:
        return (
            f"No number can be told from one that moves nothing in {told}: the greatest gap is "
            f"{rows[0]['gap']:.2f}"
        )
    return (
        f"{sure} of {len(target['gaps'])} numbers move {told} by more than the floor of chance; "
        f"the greatest gap ({rows[0]['gap']:.2f}) is that of {varied.said(rows[0]['factor'])}"
    )


def words(results: Results, tables: Tables) -> str:
    """Every gap, and the floor."""
    target, varied = results["targets"][0], varied_by(results)
    rows = _rows(target, varied)
    told = "; ".join(
        f"{named(row['factor'], varied)} {row['gap']:.2f}"
        f"{', not told from none' if row['is_none'] else ''}"
        for row in rows
    )
    return f"Bar chart of gaps. {finding(results)}. {told}. {_about(results, rows)}"


def _rows(target: Mapping[str, Any], varied: Varied) -> list[Mapping[str, Any]]:
    rows = ranked(target, _METHOD, varied)
    return [row for row in rows if is_known(row["gap"])][:SHOWN]


def _about(results: Results, rows: list[Mapping[str, Any]]) -> str:
    target = results["targets"][0]
    return (
        f"{what(results)} Dashed: the floor; 999 of 1,000 numbers that move nothing show no more "
        f"than {target['floor']:.2f} by chance. Grey and hatched: cannot be told from none."
        f"{others(target['gaps'], rows)}"
    )
