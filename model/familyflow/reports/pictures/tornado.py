"""One number at a time: how far a result goes from what is stated, at either end of its range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.pictures.swept import (
    NONE,
    PLATE,
    SHOWN,
    SMALL,
    in_unit,
    measured,
    others,
    rows_of,
    target_of,
    told,
    what,
)
from familyflow.reports.style import HATCH, PALETTE, headings
from familyflow.reports.units import amount, figure, figures_apart
from familyflow.reports.varied import Varied, is_known, ranked, varied_by

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_METHOD: Final = "tornado"
_THICK, _THIN = 0.3, 0.2  # inches: a bar, and one of two above each other


class End(NamedTuple):
    """A result at one end of a number's range, and the number's value there."""

    output: float
    value: str
    colour: str
    hatch: str


def draw(results: Results, tables: Tables) -> Axes | None:
    """A bar to each end of each number's range, from the result with all numbers as stated."""
    target, varied = target_of(results, _METHOD), varied_by(results)
    bars = [] if target is None else _bars(target, varied)
    if target is None or not bars:
        return None
    axes, places = rows_of([_row(bar, varied) for bar in bars])
    stated = target["stated"] if is_known(target["stated"]) else None
    for place, bar in zip(places, bars, strict=True):
        _draw_bar(axes, place, _ends(bar, varied), stated)
    _frame(axes, bars, stated, target.get("turns_at", 0.0))
    in_unit(axes.xaxis, target["unit"])
    axes.set_xlabel(str(target["label"]))
    headings(axes, finding(results), _about(results, bars))
    return axes


def finding(results: Results) -> str:
    """The number that moves the result most, and between what."""
    target, varied = results["targets"][0], varied_by(results)
    bars = _bars(target, varied)
    top = bars[0]
    low, *others_known = sorted(end.output for end in _ends(top, varied))
    if not others_known:
        return (
            f"{target['label']} is {told(low, target)} at one end of the range of "
            f"{varied.said(top['factor'])}; the other is not known"
        )
    high = others_known[0]
    return (
        f"{target['label']} moves most with {varied.said(top['factor'])}: from "
        f"{told(low, target)} to {told(high, target)}"
    )


def words(results: Results, tables: Tables) -> str:
    """Every bar with both its ends."""
    target, varied = results["targets"][0], varied_by(results)
    bars = _bars(target, varied)
    rows = "; ".join(
        f"{_row(bar, varied)}: "
        + ", ".join(f"{told(end.output, target)} at {end.value}" for end in _ends(bar, varied))
        for bar in bars
    )
    return f"Tornado chart. {finding(results)}. {rows}. {_about(results, bars)}"


def _bars(target: Mapping[str, Any], varied: Varied) -> list[Mapping[str, Any]]:
    """The widest; those with an end that is not known come last, and those that move nothing go."""
    stated = target["stated"]
    return [
        bar
        for bar in ranked(target, _METHOD, varied)
        if any(is_known(end) and end != stated for end in (bar["at_lower"], bar["at_upper"]))
    ][:SHOWN]


def _row(bar: Mapping[str, Any], varied: Varied) -> str:
    """The name of a row, and whether an end is missing."""
    missing = [side for side in ("lower", "upper") if not is_known(bar[f"at_{side}"])]
    note = f"; {missing[0]} end not known" if missing else ""
    return measured(bar["factor"], varied) + note


def _ends(bar: Mapping[str, Any], varied: Varied) -> list[End]:
    """The ends that are known, the lower first."""
    name, unit = bar["factor"], varied.unit(bar["factor"])
    low, high = varied.range_of(name) or (None, None)
    figures = 3 if low is None or high is None else figures_apart([low, high], unit)
    looks = ((bar["at_lower"], low, PALETTE[1], HATCH), (bar["at_upper"], high, PALETTE[0], ""))
    return [
        End(
            output,
            "" if value is None else figure(value, unit, figures),
            NONE if bar.get("is_none") else colour,
            hatch,
        )
        for output, value, colour, hatch in looks
        if is_known(output)
    ]


def _draw_bar(axes: Axes, place: float, ends: Sequence[End], stated: float | None) -> None:
    """Both ends in one line, or one above the other where they lie on the same side."""
    start = ends[0].output if stated is None else stated
    sides = [end.output - start for end in ends]
    apart = len(ends) == 2 and sides[0] * sides[1] > 0.0
    for k, (end, side) in enumerate(zip(ends, sides, strict=True)):
        thick = _THIN if apart else _THICK
        at = place + (k - 0.5) * thick if apart else place
        axes.barh(
            at, side, thick, left=start, color=end.colour, hatch=end.hatch, edgecolor="white",
            linewidth=0.5,
        )  # fmt: skip
        opposite = sides[1 - k] if len(ends) == 2 else 0.0
        goes_left = side < 0.0 or (side == 0.0 and opposite > 0.0)
        axes.annotate(
            end.value, (end.output, at), xytext=(-5 if goes_left else 5, 0),
            textcoords="offset points", ha="right" if goes_left else "left", va="center",
            fontsize=10.5 if apart else SMALL, bbox=PLATE, zorder=3,
        )  # fmt: skip


def _frame(
    axes: Axes, bars: Sequence[Mapping[str, Any]], stated: float | None, at: float | None
) -> None:
    """Room for the values, a line at what is stated, and one where the answer turns."""
    if stated is not None:
        axes.axvline(stated, color=PALETTE[4], lw=1.5, label="stated")
    low, high = _limits(bars, stated)
    axes.set_xlim(low, high)
    if at is not None and low < at < high:
        axes.axvline(at, color=PALETTE[2], lw=2, ls="--", label="nothing", zorder=1)


def _limits(bars: Sequence[Mapping[str, Any]], stated: float | None) -> tuple[float, float]:
    outputs = [end for bar in bars for end in (bar["at_lower"], bar["at_upper"]) if is_known(end)]
    outputs += [] if stated is None else [stated]
    span = (max(outputs) - min(outputs)) or abs(outputs[0]) or 1.0
    return min(outputs) - 0.2 * span, max(outputs) + 0.2 * span


def _about(results: Results, bars: Sequence[Any]) -> str:
    target = results["targets"][0]
    moved = [bar for bar in target["bars"] if bar["at_lower"] != bar["at_upper"]]
    stated = target["stated"]
    low, high = _limits(bars, stated if is_known(stated) else None)
    at = target.get("turns_at", 0.0)
    is_near = at is not None and low < at < high
    turn = f" Dashed: {amount(at, target['unit'])}." if is_near else ""
    line = (
        f" Line: all as stated, {told(stated, target)}. Solid: at the upper end of a number's 95% "
        "range. Hatched: at the lower end."
        if is_known(stated)
        else " From one end of each number's 95% range to the other; not known as stated."
    )
    chance = " Grey: may be chance." if any(bar.get("is_none") for bar in bars) else ""
    ends = " Each end has the number's value."
    return f"{what(results)}{line}{ends}{chance}{turn}{others(moved, bars)}"
