"""How much of a result's spread each number brings: alone, and with what it does jointly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.pictures.swept import (
    NONE,
    PLATE,
    SHOWN,
    named,
    others,
    rows_of,
    target_of,
    what,
)
from familyflow.reports.signs import lowered
from familyflow.reports.style import HATCH, PALETTE, headings
from familyflow.reports.units import figure
from familyflow.reports.varied import LUCK, Varied, is_known, ranked, varied_by
from familyflow.reports.words import share

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_METHOD: Final = "sobol"
_THICK: Final = 0.18  # inches
_SMALLER: Final = 10.5


class Share(NamedTuple):
    """A number's share of the spread with its 95% half-width, if there is one."""

    value: float
    half: float | None


def draw(results: Results, tables: Tables) -> Axes | None:
    """Two bars a number, with 95% intervals; grey where it cannot be told from none."""
    target, varied = target_of(results, _METHOD), varied_by(results)
    rows = [] if target is None else _rows(target, varied)
    if not rows:
        return None
    axes, places = rows_of([named(row["factor"], varied) for row in rows], least=2.0)
    for place, row in zip(places, rows, strict=True):
        _bar(axes, place - _THICK * 0.55, _share(row, "S1"), _colour(row, PALETTE[0]), "")
        _bar(axes, place + _THICK * 0.55, _share(row, "ST"), _colour(row, PALETTE[1]), HATCH)
    axes.axvline(0.0, color=PALETTE[4], lw=1)
    reach = [
        (one.value - (one.half or 0.0), one.value + (one.half or 0.0))
        for row in rows
        for one in (_share(row, "S1"), _share(row, "ST"))
        if one is not None
    ]
    high = max(end for _, end in reach)
    axes.set_xlim(1.05 * min(0.0, *(end for end, _ in reach)), 1.25 * high)
    axes.xaxis.set_major_formatter(lambda value, _: figure(round(value, 6), "share"))
    axes.set_xlabel("Share of the spread")
    headings(axes, finding(results), _about(results, rows))
    return axes


def finding(results: Results) -> str:
    """Which number brings most, if that is sure, and how much of the spread is chance."""
    target, varied = results["targets"][0], varied_by(results)
    rows = [
        row
        for row in ranked(target, _METHOD, varied)
        if not row["is_none"] and row["factor"] != LUCK
    ]
    first = [row for row in rows if row["rank"] == rows[0]["rank"]]
    what_moves = f"the spread of {lowered(str(target['label']))}"
    if not rows:
        return f"No number can be told from one that adds nothing to {what_moves}{_luck(target)}"
    top = _share(first[0], "ST")
    told = "" if top is None else f" ({share(top.value)} in all)"
    if len(first) > 1:
        return (
            f"Any of {len(first)} numbers may bring the largest part of {what_moves}; "
            f"highest is {varied.said(first[0]['factor'])}{told}{_luck(target)}"
        )
    most = f"{varied.said(first[0]['factor'])} brings the largest part of {what_moves}"
    return f"{most}{told}{_luck(target)}"


def words(results: Results, tables: Tables) -> str:
    """Every number's two shares."""
    target, varied = results["targets"][0], varied_by(results)
    rows = _rows(target, varied)
    told = "; ".join(
        f"{named(row['factor'], varied)}: {_told(_share(row, 'S1'))} alone, "
        f"{_told(_share(row, 'ST'))} in all{', not told from none' if row['is_none'] else ''}"
        for row in rows
    )
    return f"Bar chart of shares. {finding(results)}. {told}. {_about(results, rows)}"


def _luck(target: Mapping[str, Any]) -> str:
    chance = target.get("chance")
    return "" if not chance else f"; chance {share(chance['ST'])}"


def _rows(target: Mapping[str, Any], varied: Varied) -> list[Mapping[str, Any]]:
    """The first numbers, with chance among them by its share, where it was varied."""
    rows = ranked(target, _METHOD, varied)
    chance = target.get("chance")
    luck = [row for row in rows if row["factor"] == LUCK]
    if chance and not luck:
        luck = [{"factor": LUCK, **chance, "S1_conf": None, "ST_conf": None, "is_none": False}]
    shown = [row for row in rows if row["factor"] != LUCK][: SHOWN - len(luck)]
    return sorted([*shown, *luck], key=lambda row: -row["ST"] if is_known(row["ST"]) else 0.0)


def _share(row: Mapping[str, Any], name: str) -> Share | None:
    value, half = row[name], row[f"{name}_conf"]
    return Share(value, half if is_known(half) else None) if is_known(value) else None


def _colour(row: Mapping[str, Any], usual: str) -> str:
    if row["factor"] == LUCK:
        return PALETTE[2]
    return NONE if row["is_none"] else usual


def _bar(axes: Axes, place: float, one: Share | None, colour: str, hatch: str) -> None:
    from matplotlib.patheffects import Normal, Stroke

    if one is None:
        axes.annotate("not known", (0.0, place), xytext=(5, 0), textcoords="offset points",
                      va="center", fontsize=_SMALLER)  # fmt: skip
        return
    axes.barh(place, one.value, _THICK, color=colour, hatch=hatch, edgecolor="white", linewidth=0.5)
    end = max(one.value, 0.0)
    if one.half is not None:
        casing = [Stroke(linewidth=3.5, foreground="white"), Normal()]
        ends = [one.value - one.half, one.value + one.half]
        axes.plot(ends, [place, place], color=PALETTE[4], lw=1.5, path_effects=casing)
        end = max(end, ends[1])
    axes.annotate(
        _told(one), (end, place), xytext=(6, 0), textcoords="offset points", va="center",
        fontsize=_SMALLER, bbox=PLATE,
    )  # fmt: skip


def _told(one: Share | None) -> str:
    return "not known" if one is None else figure(round(one.value, 3), "share", 2)


def _about(results: Results, rows: list[Mapping[str, Any]]) -> str:
    indices = [row for row in results["targets"][0]["indices"] if row["factor"] != LUCK]
    shown = [row for row in rows if row["factor"] != LUCK]
    chance = " Purple: chance." if len(shown) < len(rows) else ""
    return (
        f"{what(results)} Solid: what would go of the spread if the number were known (S1). "
        "Hatched: what would be left if all others were (ST). Thin lines: 95% intervals. Grey: "
        f"cannot be told from none.{chance}{others(indices, shown)}"
    )
