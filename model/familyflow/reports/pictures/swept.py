"""What the pictures of a sweep share: one target each, rows with whole names, and their words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from matplotlib.ticker import MaxNLocator

from familyflow.reports.pictures.chart import Results
from familyflow.reports.style import new_figure
from familyflow.reports.units import amount, figure, unit_after
from familyflow.reports.varied import Varied, is_known

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

SHOWN: Final = 15
NONE: Final = "#767676"  # of what cannot be told from none: 4.5:1 on white
SMALL: Final = 11
_NAME: Final = 40  # characters in a line of a row's name
_LINE, _GAP, _HEADS = 0.2, 0.22, 2.3  # inches: a line of a name, between rows, titles and axis
PLATE: Final = {"facecolor": "white", "alpha": 0.85, "edgecolor": "none", "pad": 0.8}


def by_target(results: Results) -> dict[str, Results]:
    """The results with one target only, by the target's own name; by its whole one if not alone."""
    names = [str(target["target"]) for target in results["targets"]]
    ends = Counter(name.rpartition(".")[2] for name in names)
    found: dict[str, Results] = {}
    for name, target in zip(names, results["targets"], strict=True):
        end = name.rpartition(".")[2]
        file = re.sub(r"\W", "_", end if ends[end] == 1 else name)
        found[file] = {**results, "targets": [target]}
    return found


def target_of(results: Results, *methods: str) -> Mapping[str, Any] | None:
    """The one target of the results; None for another method or where nothing moves it."""
    if results["method"] not in methods or not results["targets"]:
        return None
    target: Mapping[str, Any] = results["targets"][0]
    is_told = any(
        rows in target for rows in ("bars", "cells", "switches", "moves", "indices", "gaps")
    )
    return None if target.get("nothing_moves") or not is_told else target


def what(results: Results) -> str:
    """'Net saving, 2024-25 prices.', to stand beneath a title; with what it is counted in."""
    target = results["targets"][0]
    counted = unit_after(str(target["unit"]))
    return f"{target['label']}{f',{counted}' if counted else ''}, {results['price_year']} prices."


def told(value: float | None, target: Mapping[str, Any]) -> str:
    """A result with its unit, never parted at the end of a line, or that it is not known."""
    if not is_known(value):
        return "not known"
    return amount(value, target["unit"]).replace(" million", "\N{NO-BREAK SPACE}million")


def named(name: str, varied: Varied) -> str:
    """A label, marked where it rests on no checked evidence."""
    mark = varied.mark(name)
    return f"{varied.label(name)} ({mark})" if mark else varied.label(name)


def measured(name: str, varied: Varied) -> str:
    """As `named`, with what the number is counted in: 'Foster care, per child-week (assumed)'."""
    label, counted, mark = varied.label(name), unit_after(varied.unit(name)), varied.mark(name)
    return f"{label}{f',{counted}' if counted else ''}{f' ({mark})' if mark else ''}"


def rows_of(names: Sequence[str], *, least: float = 1.0) -> tuple[Axes, list[float]]:
    """Axes with a row for each name, whole, first on top; and where the rows lie, in inches.

    least: the lines that a row has room for, if its name has fewer.
    """
    lines = [wrap(name, _NAME) for name in names]
    heights = [_LINE * max(len(line), least) + _GAP for line in lines]
    tops = [sum(heights[:k]) for k in range(len(heights))]
    places = [top + height / 2 for top, height in zip(tops, heights, strict=True)]
    _, axes = new_figure((9.0, _HEADS + sum(heights)))
    axes.set_yticks(places, ["\n".join(line) for line in lines], fontsize=SMALL)
    axes.set_ylim(sum(heights), 0.0)
    axes.grid(False, axis="y")
    axes.tick_params(axis="y", length=0)
    return axes, places


def in_unit(axis: Axis, unit: str) -> None:
    """A few ticks, in the unit of a result."""
    axis.set_major_locator(MaxNLocator(4))
    axis.set_major_formatter(lambda value, _: figure(value, unit))


def others(rows: Sequence[Any], shown: Sequence[Any]) -> str:
    """How many rows are in the tables only."""
    more = len(rows) - len(shown)
    return f" {more} more in the tables." if more else ""
