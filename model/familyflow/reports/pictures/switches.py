"""Switching values: each number on its own 95% range, from what is stated to where it turns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.pictures.swept import (
    PLATE,
    SHOWN,
    measured,
    others,
    rows_of,
    target_of,
    what,
)
from familyflow.reports.signs import Sign, lowered, sign_of
from familyflow.reports.style import HATCH, PALETTE, headings
from familyflow.reports.units import amount, figure, figures_apart
from familyflow.reports.varied import LUCK, Varied, by_name, is_known, ranked, varied_by

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_METHODS: Final = ("switching", "tornado", "morris", "sobol", "pawn")
_THICK: Final = 0.16  # inches
_BETTER, _WORSE = PALETTE[1], "#D9D9D9"
_SMALLER: Final = 10.5


def draw(results: Results, tables: Tables) -> Axes | None:
    """A bar for each range, coloured where the result is on its better side."""
    target, varied = target_of(results, *_METHODS), varied_by(results)
    rows = [] if target is None else _rows(results, varied)[:SHOWN]
    if target is None or not rows:
        return None
    sign = sign_of(target, results)
    axes, places = rows_of([measured(row["factor"], varied) for row in rows], least=2.4)
    for place, row in zip(places, rows, strict=True):
        _bar(axes, place, row, sign, varied)
    axes.set_xlim(-0.21, 1.21)
    axes.set_xticks([0.0, 1.0], ["lower end", "upper end"])
    axes.grid(False)
    axes.set_xlabel("Each number's own 95% range")
    headings(axes, finding(results), _about(results, rows, sign))
    return axes


def finding(results: Results) -> str:
    """How many numbers, each moved alone, would turn the result."""
    target, varied = results["targets"][0], varied_by(results)
    rows, sign = _rows(results, varied), sign_of(target, results)
    turning = [row for row in rows if is_known(row["value"])]
    label, many = lowered(str(target["label"])), len(rows)
    if not turning:
        none = "No number" if many > 1 else "The number looked at"
        told = f"of the {many} looked at, moved alone over its 95% range," if many > 1 else "does"
        turns = "turns" if many > 1 else "not turn"
        return f"{none} {told} {turns} {label} past {sign.at:g}"
    first = turning[0]
    value = amount(first["value"], varied.unit(first["factor"]))
    nearest = "nearest " if results["method"] == "switching" else "first "
    which = nearest if len(turning) > 1 else ""
    return (
        f"{len(turning)} of {many} number{'' if many == 1 else 's'} looked at would, moved alone, "
        f"turn {label} past {sign.at:g}: {which}{varied.said(first['factor'])} at {value}"
    )


def words(results: Results, tables: Tables) -> str:
    """Every number with its stated value, its range and where it turns."""
    varied, sign = varied_by(results), sign_of(results["targets"][0], results)
    rows = _rows(results, varied)[:SHOWN]
    told = "; ".join(_told(row, varied) for row in rows)
    return f"Bars of ranges. {finding(results)}. {told}. {_about(results, rows, sign)}"


def _told(row: Mapping[str, Any], varied: Varied) -> str:
    name = row["factor"]
    unit, ends = varied.unit(name), varied.range_of(name)
    assert ends is not None
    value = "no turn" if not is_known(row["value"]) else f"turns at {figure(row['value'], unit)}"
    return (
        f"{measured(name, varied)}, stated {figure(row['stated'], unit)}, {value} "
        f"({figure(ends[0], unit)} to {figure(ends[1], unit)})"
    )


def _rows(results: Results, varied: Varied) -> list[Mapping[str, Any]]:
    """The switches there are, in the order of the method, of numbers with a range."""
    target, method = results["targets"][0], str(results["method"])
    switches = by_name(target.get("switches", ()))
    order = [row["factor"] for row in ranked(target, method, varied) if row["factor"] != LUCK]
    return [switches[n] for n in order if n in switches and varied.range_of(n) is not None]


def _bar(axes: Axes, place: float, row: Mapping[str, Any], sign: Sign, varied: Varied) -> None:
    """The range, its ends, the stated value above it and the turn beneath."""
    name = row["factor"]
    unit, ends = varied.unit(name), varied.range_of(name)
    assert ends is not None
    turn = row["value"] if is_known(row["value"]) else None
    figures = figures_apart([*ends, row["stated"], *([] if turn is None else [turn])], unit)
    _colour(axes, place, row, ends, sign)
    for at, value, side in ((-0.045, ends[0], "right"), (1.045, ends[1], "left")):
        axes.text(at, place, figure(value, unit, figures), ha=side, va="center", fontsize=_SMALLER)
    stated = _place(row["stated"], ends)
    axes.plot([stated], [place], marker="o", ms=8, color=PALETTE[0], mec="white", zorder=4)
    _note(axes, stated, place, f"stated {figure(row['stated'], unit, figures)}", above=True)
    if turn is None:
        better = row["below"] == sign.wanted
        text = "better throughout" if better and not sign.is_plain else "no turn"
        _note(axes, 0.5, place, text, above=False)
        return
    at = _place(turn, ends)
    axes.plot([at], [place], marker="D", ms=8, color=PALETTE[2], mec="white", zorder=5)
    more = f", one of {row['crossings']}" if row["crossings"] > 1 else ""
    _note(axes, at, place, f"turns at {figure(turn, unit, figures)}{more}", above=False)


def _colour(
    axes: Axes, place: float, row: Mapping[str, Any], ends: tuple[float, float], sign: Sign
) -> None:
    """Green and hatched on the better side; where it turns more than once, only what is known."""
    edges = [0.0, 1.0]
    sides = [row["below"]]
    if is_known(row["value"]):
        edges = [0.0, _place(row["value"], ends), 1.0]
        sides = [row["below"], row["above"]]
    for left, right, side in zip(edges, edges[1:], sides, strict=False):
        better = side == sign.wanted and row["crossings"] <= 1
        axes.barh(
            place, right - left, _THICK, left=left, color=_BETTER if better else _WORSE,
            hatch=HATCH if better else "", edgecolor="white", linewidth=0.5,
        )  # fmt: skip
    axes.barh(place, 1.0, _THICK, left=0.0, color="none", edgecolor=PALETTE[4], linewidth=0.8)


def _note(axes: Axes, x: float, place: float, text: str, *, above: bool) -> None:
    side = "left" if x < 0.2 else "right" if x > 0.8 else "center"
    edge = place - _THICK / 2 if above else place + _THICK / 2  # rows run downwards
    axes.annotate(
        text, (x, edge), xytext=(0, 3 if above else -3), textcoords="offset points", ha=side,
        va="bottom" if above else "top", fontsize=_SMALLER, bbox=PLATE, zorder=3,
    )  # fmt: skip


def _place(value: float, ends: tuple[float, float]) -> float:
    """From 0 at the lower end to 1 at the upper; a value beyond an end lies just outside it."""
    if ends[1] <= ends[0]:
        return 0.5
    return min(max((value - ends[0]) / (ends[1] - ends[0]), -0.02), 1.02)


def _about(results: Results, rows: list[Mapping[str, Any]], sign: Sign) -> str:
    every = _rows(results, varied_by(results))
    side = f"would {sign.would(sign.wanted)}"
    return (
        f"{what(results)} Round: as stated. Diamond: where it turns. Green and hatched: "
        f"{sign.subject} {side}; not coloured where it turns more than once.{others(every, rows)}"
    )
