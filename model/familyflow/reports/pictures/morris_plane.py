"""Morris' plane: how far numbers move a result, and how unequally."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.pictures.labels import beside_points
from familyflow.reports.pictures.swept import (
    SHOWN,
    SMALL,
    in_unit,
    named,
    others,
    target_of,
    told,
    what,
)
from familyflow.reports.signs import lowered
from familyflow.reports.style import PALETTE, headings
from familyflow.reports.varied import Varied, is_known, ranked, varied_by

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_METHOD: Final = "morris"
_KEY: Final = 96  # characters in a line of the key
_PLANE, _LINE = 5.6, 0.2  # inches


class Move(NamedTuple):
    """Where a number or group lies; a group has no sigma and lies on the line beneath."""

    name: str
    mu_star: float
    half: float
    sigma: float | None


def draw(results: Results, tables: Tables) -> Axes | None:
    """mu* against sigma, the first ones numbered, with a key beneath."""
    target, varied = target_of(results, _METHOD), varied_by(results)
    moves = [] if target is None else _moves(target, varied)
    if target is None or not any(move.mu_star > 0.0 for move in moves):
        return None
    shown, rest = moves[:SHOWN], moves[SHOWN:]
    key = "\n".join(
        fill(f"{_numbered(k)}  {move.name}", _KEY, subsequent_indent="       ")
        for k, move in enumerate(shown, 1)
    )
    axes = _axes(key)
    for move in shown:
        _mark(axes, move)
    axes.scatter(
        [move.mu_star for move in rest], [move.sigma or 0.0 for move in rest], s=14,
        color=PALETTE[4], linewidths=0, zorder=2,
    )  # fmt: skip
    _frame(axes, moves)
    in_unit(axes.xaxis, target["unit"])
    in_unit(axes.yaxis, target["unit"])
    axes.set_xlabel("mu*: mean size of a move across all that is believed of a number")
    axes.set_ylabel("sigma: how unequal its moves are")
    headings(axes, finding(results), _about(results, moves, shown))
    places = [(move.mu_star, move.sigma or 0.0) for move in moves]
    beside_points(axes, [str(k + 1) for k in range(len(shown))], places)
    return axes


def finding(results: Results) -> str:
    """What moves the result most, or which are too close to say so."""
    target, varied = results["targets"][0], varied_by(results)
    moves = _moves(target, varied)
    top = moves[0]
    close = [move for move in moves[1:] if move.mu_star + move.half >= top.mu_star - top.half]
    rows = ranked(target, _METHOD, varied)
    size = f"{told(top.mu_star, target)} (± {told(top.half, target)})"
    label = lowered(str(target["label"]))
    first = varied.said(rows[0]["factor"])
    if close:
        return (
            f"{len(close) + 1} of {len(moves)} may move {label} most, as far as these paths tell; "
            f"highest is {first}, by {size}"
        )
    return f"{first} moves {label} most, by {size}"


def words(results: Results, tables: Tables) -> str:
    """Every numbered place."""
    target, varied = results["targets"][0], varied_by(results)
    moves = _moves(target, varied)
    shown = moves[:SHOWN]
    rows = "; ".join(
        f"{k} {move.name}: mu* {told(move.mu_star, target)}, "
        + ("no sigma" if move.sigma is None else f"sigma {told(move.sigma, target)}")
        for k, move in enumerate(shown, 1)
    )
    return f"Scatter chart. {finding(results)}. {rows}. {_about(results, moves, shown)}"


def _moves(target: Mapping[str, Any], varied: Varied) -> list[Move]:
    return [
        Move(
            named(row["factor"], varied),
            row["mu_star"],
            row["mu_star_half_width"] if is_known(row["mu_star_half_width"]) else 0.0,
            row["sigma"] if is_known(row["sigma"]) else None,
        )
        for row in ranked(target, _METHOD, varied)
        if is_known(row["mu_star"])
    ]


def _axes(key: str) -> Axes:
    """The plane, and its key beneath it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    beneath = _LINE * (key.count("\n") + 1) + 0.1
    figure = Figure(figsize=(9.0, _PLANE + beneath + 0.4))
    FigureCanvasAgg(figure)
    above, below = figure.subplots(2, 1, height_ratios=[_PLANE - 1.6, beneath])
    below.axis("off")
    below.text(0.0, 1.0, key, fontsize=SMALL, va="top", transform=below.transAxes, linespacing=1.25)
    plane: Axes = above
    return plane


def _numbered(place: int) -> str:
    """The number, as wide with one figure as with two."""
    return f"{place:>2}".replace(" ", "\N{FIGURE SPACE}")


def _mark(axes: Axes, move: Move) -> None:
    """A round mark with its half-width; a square on the line beneath for what has no sigma."""
    is_group = move.sigma is None
    axes.errorbar(
        [move.mu_star], [move.sigma or 0.0], xerr=[move.half], fmt="s" if is_group else "o",
        color=PALETTE[2] if is_group else PALETTE[0], ecolor=PALETTE[1], elinewidth=1.2, ms=7,
        capsize=2, clip_on=False, zorder=3,
    )  # fmt: skip


def _frame(axes: Axes, moves: Sequence[Move]) -> None:
    """Both axes from nothing, and the line where moves are as unequal as they are large."""
    wide = max(move.mu_star + move.half for move in moves) or 1.0
    high = max(*(move.sigma or 0.0 for move in moves), 0.25 * wide)
    axes.set_xlim(0.0, 1.06 * wide)
    axes.set_ylim(0.0, 1.12 * high)
    end = min(1.06 * wide, 1.12 * high)
    axes.plot([0.0, end], [0.0, end], color=PALETTE[4], lw=1, ls="--", label="sigma = mu*")
    axes.annotate(
        "sigma = mu*", (end, end), xytext=(-16, -4) if end < 1.06 * wide else (-16, 4),
        textcoords="offset points", ha="right", va="top" if end < 1.06 * wide else "bottom",
        fontsize=SMALL, color=PALETTE[4],
    )  # fmt: skip


def _about(results: Results, moves: Sequence[Move], shown: Sequence[Move]) -> str:
    groups = " Squares: groups, which have no sigma." if any(m.sigma is None for m in moves) else ""
    return (
        f"{what(results)} Far right: moves it much. High up: its moves bend, or hang on other "
        f"numbers. Thin lines: 95% intervals.{groups}"
        f"{others(moves, shown).replace('in the tables', 'as dots, named in the tables')}"
    )
