"""Two numbers together: a result at every pair of their values, and where it changes its sign."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.pictures.swept import measured, named, target_of, told, what
from familyflow.reports.signs import lowered, sign_of
from familyflow.reports.style import PALETTE, headings, new_figure
from familyflow.reports.units import figure, figures_apart
from familyflow.reports.varied import Varied, is_known, varied_by

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap

_METHOD: Final = "grid"
_MOST_WRITTEN: Final = 8  # values across, above which cells have colour only
_CELL: Final = 0.46  # inches of height


class Table(NamedTuple):
    """Outputs (second, first), NaN where not known, with the values of both numbers, rising."""

    first: list[float]
    second: list[float]
    outputs: npt.NDArray[np.float64]


def draw(results: Results, tables: Tables) -> Axes | None:
    """A field of colours, blue where the result is above nothing and orange below."""
    target, varied = target_of(results, _METHOD), varied_by(results)
    cells = None if target is None else _table(target)
    if target is None or cells is None:
        return None
    _, axes = new_figure((9.0, 2.9 + max(3.0, _CELL * len(cells.second))))
    at = sign_of(target, results).at
    most = float(np.nanmax(np.abs(cells.outputs - at))) or 1.0
    axes.imshow(
        np.ma.masked_invalid(cells.outputs), cmap=_colours(), vmin=at - most, vmax=at + most,
        origin="lower", aspect="auto",
    )  # fmt: skip
    axes.set_facecolor("#E5E5E5")
    axes.grid(False)
    if len(cells.first) <= _MOST_WRITTEN:
        _write(axes, cells, target, at + 0.45 * most)
    _turns(axes, cells.outputs - at)
    _stated(axes, cells, target, varied)
    _scale(axes, cells, target, varied)
    headings(axes, finding(results), _about(results, cells))
    return axes


def finding(results: Results) -> str:
    """At how many pairs the result is on its better side, and where it is best."""
    target, sign = results["targets"][0], sign_of(results["targets"][0], results)
    cells = _table(target)
    assert cells is not None
    known = cells.outputs[~np.isnan(cells.outputs)]
    better = int(((known >= sign.at) == (sign.wanted > 0)).sum())
    best = float(known.max() if sign.wanted > 0 else known.min())
    if sign.is_plain:
        return (
            f"{target['label']} lies between {told(float(known.min()), target)} and "
            f"{told(float(known.max()), target)} over {len(known)} pairs of two numbers"
        )
    pairs = f"{len(known)} pair{'' if len(known) == 1 else 's'}"
    return (
        f"{sign.subject.capitalize()} would {sign.would(sign.wanted)} at {better or 'none'} of "
        f"{pairs}; at best the {lowered(str(target['label']))} is {told(best, target)}"
    )


def words(results: Results, tables: Tables) -> str:
    """Both numbers, and the result at the corners."""
    target, varied = results["targets"][0], varied_by(results)
    cells = _table(target)
    assert cells is not None
    names = (target["first"], target["second"])
    corners = "; ".join(
        f"{figure(cells.first[x], varied.unit(names[0]))} and "
        f"{figure(cells.second[y], varied.unit(names[1]))}: "
        f"{told(float(cells.outputs[y, x]), target)}"
        for y in sorted({0, len(cells.second) - 1})
        for x in sorted({0, len(cells.first) - 1})
    )
    return (
        f"Field of colours over {named(names[0], varied)} and {named(names[1], varied)}. "
        f"{finding(results)}. Corners: {corners}. {_about(results, cells)}"
    )


def _table(target: Mapping[str, Any]) -> Table | None:
    """The cells in rows and columns; None where no cell is known."""
    first = sorted({cell["first"] for cell in target["cells"]})
    second = sorted({cell["second"] for cell in target["cells"]})
    outputs = np.full((len(second), len(first)), np.nan)
    for cell in target["cells"]:
        if is_known(cell["output"]):
            outputs[second.index(cell["second"]), first.index(cell["first"])] = cell["output"]
    return None if np.isnan(outputs).all() else Table(first, second, outputs)


def _colours() -> Colormap:
    from matplotlib.colors import LinearSegmentedColormap

    ends = [PALETTE[3], "#FFFFFF", PALETTE[0]]
    return LinearSegmentedColormap.from_list("below and above nothing", ends)


def _write(axes: Axes, cells: Table, target: Mapping[str, Any], dark: float) -> None:
    """The result in every cell; those above `dark` are filled darkly."""
    for (y, x), output in np.ndenumerate(cells.outputs):
        is_dark = output > dark
        text = figure(output, target["unit"]) if is_known(output) else "not known"
        axes.text(
            x, y, text.replace(" million", "m"), ha="center", va="center",
            fontsize=9 if len(cells.first) > 6 else 11, color="white" if is_dark else "black",
        )  # fmt: skip


def _turns(axes: Axes, outputs: npt.NDArray[np.float64]) -> None:
    """A thick line between neighbours of different sign; none beside what is not known."""
    signs = np.where(np.isnan(outputs), np.nan, np.where(outputs >= 0.0, 1.0, -1.0))
    lines = [
        ([x + 0.5, x + 0.5], [y - 0.5, y + 0.5])
        for y, x in np.argwhere(signs[:, 1:] * signs[:, :-1] < 0.0)
    ] + [
        ([x - 0.5, x + 0.5], [y + 0.5, y + 0.5])
        for y, x in np.argwhere(signs[1:] * signs[:-1] < 0.0)
    ]
    for across, up in lines:
        axes.plot(across, up, color="black", lw=3, solid_capstyle="round", label="turn")


def _stated(axes: Axes, cells: Table, target: Mapping[str, Any], varied: Varied) -> None:
    """A ring where both numbers have their stated values, if they lie on the field."""
    ends = ((target["first"], cells.first), (target["second"], cells.second))
    at = []
    for name, values in ends:
        stated = varied.stated(name)
        if stated is None or not values[0] <= stated <= values[-1]:
            return
        at.append(float(np.interp(stated, values, range(len(values)))))
    axes.plot(*[[place] for place in at], marker="o", ms=13, mfc="none", mec="black", mew=2)


def _scale(axes: Axes, cells: Table, target: Mapping[str, Any], varied: Varied) -> None:
    """Both numbers' values along the axes, with their whole names."""
    for axis, name, values in (
        ("x", target["first"], cells.first),
        ("y", target["second"], cells.second),
    ):
        unit = varied.unit(name)
        figures = figures_apart(values, unit)
        places = _few(len(values))
        texts = [figure(values[place], unit, figures) for place in places]
        label = fill(measured(name, varied), 70 if axis == "x" else 40)
        axes.set(**{f"{axis}ticks": places, f"{axis}ticklabels": texts, f"{axis}label": label})


def _few(count: int) -> Sequence[int]:
    """The places of at most eight of so many values, evenly apart."""
    return range(0, count, math.ceil(count / _MOST_WRITTEN))


def _about(results: Results, cells: Table) -> str:
    target, varied = results["targets"][0], varied_by(results)
    stated = target["stated"]
    as_stated = ""
    if is_known(stated):
        pair = [
            "not known" if value is None else figure(value, varied.unit(name))
            for name in (target["first"], target["second"])
            for value in [varied.stated(name)]
        ]
        as_stated = f" As stated ({pair[0]} and {pair[1]}): {told(stated, target)}."
    at = sign_of(target, results).at
    turn = " Thick line: where it turns." if _has_turn(cells.outputs - at) else ""
    of_colours = f"Blue: above {at:g}. Orange: below. Ring: as stated."
    of_colours += " Grey: not known." if np.isnan(cells.outputs).any() else ""
    return f"{what(results)}{as_stated} {of_colours}{turn}"


def _has_turn(outputs: npt.NDArray[np.float64]) -> bool:
    known = outputs[~np.isnan(outputs)]
    return bool((known >= 0.0).any() and (known < 0.0).any())
