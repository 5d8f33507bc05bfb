"""The tables of a printed sweep: what each number or group does to one result, most first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any, Final

from familyflow.reports.units import amount, figure, figures_apart
from familyflow.reports.varied import LUCK, Varied, is_known, ranked, varied_by

Results = Mapping[str, Any]
SHOWN: Final = 15
_NAME, _CELL, _MARK = 40, 22, 12
_WIDE: Final = 94  # characters of a line between its indents
_NOT_KNOWN: Final = "not known"
_ACROSS: Final = 7  # columns of a grid on one line


def table(results: Results, target: Results) -> Iterator[str]:
    """The lines for one target by the method of the results: headings, rows, and what is left."""
    method, varied = str(results["method"]), varied_by(results)
    if method == "grid":
        yield from _grid(target, varied)
        return
    headings, cells = _COLUMNS[method]
    rows = ranked(target, method, varied)
    if not rows:
        return
    yield _line("", [*headings], "")
    for row in rows[:SHOWN]:
        name = row["factor"]
        yield from _row(varied.label(name), cells(row, target, varied), varied.mark(name))
    if len(rows) > SHOWN:
        yield f"  {len(rows) - SHOWN} more in the tables folder (tables/*.csv)."


def output(value: float | None, target: Results) -> str:
    """A result in its unit, or that it is not known."""
    return figure(value, target["unit"]) if is_known(value) else _NOT_KNOWN


def _row(label: str, cells: Sequence[str], mark: str) -> Iterator[str]:
    """A row, its label over as many lines as it takes."""
    first, *further = wrap(label, _NAME - 1)
    yield _line(first, cells, mark)
    yield from (f"    {rest}" for rest in further)


def _line(label: str, cells: Sequence[str], mark: str) -> str:
    told = "".join(f"{cell:>{_CELL}}" for cell in cells)
    return f"  {label:{_NAME}}{told}  {mark:{_MARK}}".rstrip()


def _ends(row: Results, target: Results, varied: Varied) -> list[str]:
    """The result at either end."""
    return [output(row["at_lower"], target), output(row["at_upper"], target)]


def _switch(row: Results, target: Results, varied: Varied) -> list[str]:
    """The stated value, and from which or up to which value the result is above zero."""
    unit = varied.unit(row["factor"])
    if not is_known(row["value"]):
        side = "at all tried" if row["below"] > 0 else "at none tried"
        return [figure(row["stated"], unit), side]
    figures = figures_apart([row["stated"], row["value"]], unit)
    value = figure(row["value"], unit, figures)
    side = f"from {value}" if row["above"] > 0 else f"up to {value}"
    turns = f" ({row['crossings']} turns)" if row["crossings"] > 1 else ""
    return [figure(row["stated"], unit, figures), f"{side}{turns}"]


def _moves(row: Results, target: Results, varied: Varied) -> list[str]:
    half = row["mu_star_half_width"]
    doubt = f" ± {output(half, target)}" if is_known(half) else ""
    sigma = output(row["sigma"], target) if is_known(row["sigma"]) else "a group: none"
    return [f"{output(row['mu_star'], target)}{doubt}", sigma]


def _indices(row: Results, target: Results, varied: Varied) -> list[str]:
    rank = "none" if row["is_none"] else f"{row['rank']}"
    both = [_with_doubt(row[name], row[f"{name}_conf"]) for name in ("S1", "ST")]
    return [f"{both[0]}", f"{both[1]}  {rank:>6}"]


def _gaps(row: Results, target: Results, varied: Varied) -> list[str]:
    return [f"{row['gap']:.3f}", "not told from none" if row["is_none"] else ""]


def _with_doubt(value: float | None, half: float | None) -> str:
    if not is_known(value):
        return _NOT_KNOWN
    told = figure(round(value, 3), "share", 2)
    return f"{told} ± {figure(round(half, 3), 'share', 2)}" if is_known(half) else told


def range_told(name: str, varied: Varied) -> str:
    """'£760 to £1,290 per child-week', the 95% range of a number; nothing for a group."""
    ends, unit = varied.range_of(name), varied.unit(name)
    if name == LUCK or ends is None:
        return ""
    figures = figures_apart(ends, unit)
    return f"{figure(ends[0], unit, figures)} to {amount(ends[1], unit, figures)}"


_Cells = Callable[[Results, Results, Varied], list[str]]
_COLUMNS: Final[dict[str, tuple[tuple[str, str], _Cells]]] = {
    "tornado": (("at its lower end", "at its upper end"), _ends),
    "switching": (("stated", "above zero"), _switch),
    "morris": (("mu* (± 95%)", "sigma"), _moves),
    "sobol": (("S1, alone", "ST, in all    rank"), _indices),
    "pawn": (("gap", ""), _gaps),
}


def _grid(target: Results, varied: Varied) -> Iterator[str]:
    """A row for each value of the first number, a column for each of the second."""
    names = target["first"], target["second"]
    outputs = {(cell["first"], cell["second"]): cell["output"] for cell in target["cells"]}
    down = sorted({first for first, _ in outputs})
    across = sorted({second for _, second in outputs})
    rows, columns = _spread(down, SHOWN), _spread(across, _ACROSS)
    cell = 12
    units = [varied.unit(name) for name in names]
    for where, name in (("Down", names[0]), ("Across", names[1])):
        first, *further = wrap(f"{where}: {varied.label(name)}", _WIDE)
        yield f"  {first}"
        yield from (f"    {rest}" for rest in further)
    yield f"  {'':{cell}}" + "".join(f"{figure(value, units[1]):>{cell}}" for value in columns)
    for value in rows:
        told = [_short(outputs.get((value, other)), target) for other in columns]
        yield f"  {figure(value, units[0]):{cell}}" + "".join(f"{text:>{cell}}" for text in told)
    if (len(rows), len(columns)) != (len(down), len(across)):
        yield "  Some of the values tried; all are in the tables folder (tables/*.csv)."


def _short(value: float | None, target: Results) -> str:
    return output(value, target).replace(" million", "m")


def _spread(values: Sequence[float], most: int) -> list[float]:
    """At most so many of the values, evenly apart, with both ends."""
    if len(values) <= most:
        return list(values)
    return [values[round(place * (len(values) - 1) / (most - 1))] for place in range(most)]
