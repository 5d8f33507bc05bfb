"""The tables of a printed sweep: what each number or group does to one result, most first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any, Final, NamedTuple

from familyflow.reports.units import amount, figure, figures_apart
from familyflow.reports.varied import LUCK, Varied, is_known, ranked, varied_by

Results = Mapping[str, Any]
SHOWN: Final = 15
_MARK, _ROOM = 12, 84  # characters of the mark, and of a name with its cells
_WIDE: Final = 94  # characters of a line between its indents
_NOT_KNOWN: Final = "not known"
_ACROSS: Final = 7  # columns of a grid on one line


def table(results: Results, target: Results) -> Iterator[str]:
    """The lines for one target by the method of the results: headings, rows, and what is left."""
    method, varied = str(results["method"]), varied_by(results)
    if method == "grid":
        yield from _grid(target, varied)
        return
    columns = _COLUMNS[method]
    rows = ranked(target, method, varied)
    if not rows:
        return
    at = float(target.get("turns_at") or 0.0)
    headings = [heading.format(at=f"{at:g}" if at else "zero") for heading in columns.headings]
    yield _line("", headings, "", columns.widths)
    for row in rows[:SHOWN]:
        yield from _row(row, columns, target, varied)
    if len(rows) > SHOWN:
        yield f"  {len(rows) - SHOWN} more in the tables folder (tables/*.csv)."
    if of_those := _of_those(rows):
        yield f"  {of_those}"


def _of_those(rows: Sequence[Results]) -> str:
    """How many of all of them do nothing, or nothing that chance may not do."""
    still = sum(
        is_known(row.get("at_lower")) and row["at_lower"] == row["at_upper"] for row in rows
    )
    none = sum(bool(row.get("is_none")) for row in rows) - still
    told = [f"{still} move{'s' if still == 1 else ''} nothing"] if still else []
    told += [f"{none} cannot be told from none"] if none else []
    return f"Of all {len(rows)}, {' and '.join(told)}." if told else ""


def output(value: float | None, target: Results) -> str:
    """A result in its unit, or that it is not known."""
    return figure(value, target["unit"]) if is_known(value) else _NOT_KNOWN


def _row(row: Results, columns: Columns, target: Results, varied: Varied) -> Iterator[str]:
    """A row, its label and its cells over as many lines as they take."""
    name = row["factor"]
    cells = columns.cells(row, target, varied)
    labels = wrap(varied.label(name), columns.name - 1)
    for line in range(max(len(labels), len(cells))):
        label = labels[line] if line < len(labels) else ""
        told = cells[line] if line < len(cells) else []
        indent, mark = ("  ", "") if line else ("", varied.mark(name))
        yield _line(indent + label, told, mark, columns.widths)


def _line(label: str, cells: Sequence[str], mark: str, widths: Sequence[int]) -> str:
    name = _ROOM - sum(widths)
    told = "".join(f" {cell:>{width - 1}}" for cell, width in zip(cells, widths, strict=False))
    return f"  {label:{name}}{told}  {mark:{_MARK}}".rstrip()


def _ends(row: Results, target: Results, varied: Varied) -> list[list[str]]:
    """The result at either end, what of the difference may be chance, and the ends themselves."""
    half = row.get("half_width")
    is_told = is_known(half) and row["at_lower"] != row["at_upper"]
    none = " none" if row.get("is_none") else ""
    doubt = f"± {output(half, target)}{none}" if is_told else ""
    if not is_known(half) and is_known(row["at_lower"]) and is_known(row["at_upper"]):
        doubt = "not known" if "half_width" in row else ""
    unit, ends = varied.unit(row["factor"]), varied.range_of(row["factor"])
    figures = 3 if ends is None else figures_apart(ends, unit)
    values = [] if ends is None else [f"({figure(end, unit, figures)})" for end in ends]
    return [[output(row["at_lower"], target), output(row["at_upper"], target), doubt], values]


def _switch(row: Results, target: Results, varied: Varied) -> list[list[str]]:
    """The stated value, the values at which the result is above the turn, and how sure that is."""
    unit = varied.unit(row["factor"])
    open_ = "" if row.get("is_sure", True) else "open"
    if not is_known(row["value"]):
        side = "at all tried" if row["below"] > 0 else "at none tried"
        return [[figure(row["stated"], unit), side, open_]]
    figures = figures_apart([row["stated"], row["value"]], unit)
    value = figure(row["value"], unit, figures)
    side = f"from {value}" if row["above"] > 0 else f"up to {value}"
    turns = f" ({row['crossings']} turns)" if row["crossings"] > 1 else ""
    low, high = row.get("value_low"), row.get("value_high")
    if not open_ and is_known(low) and is_known(high):
        open_ = f"{figure(low, unit, figures)} to {figure(high, unit, figures)}"
    return [[figure(row["stated"], unit, figures), f"{side}{turns}", open_]]


def _moves(row: Results, target: Results, varied: Varied) -> list[list[str]]:
    half = row["mu_star_half_width"]
    doubt = f" ± {output(half, target)}" if is_known(half) else ""
    sigma = output(row["sigma"], target) if is_known(row["sigma"]) else "a group: none"
    none = "none" if row.get("is_none") else ""
    return [[f"{output(row['mu_star'], target)}{doubt}", sigma, none]]


def _indices(row: Results, target: Results, varied: Varied) -> list[list[str]]:
    first, last = row["rank"], row.get("rank_last", row["rank"])
    rank = f"{first}" if first == last else f"{first} to {last}"
    rank = "none" if row["is_none"] else rank
    both = [_with_doubt(row[name], row[f"{name}_conf"]) for name in ("S1", "ST")]
    return [[*both, rank]]


def _gaps(row: Results, target: Results, varied: Varied) -> list[list[str]]:
    return [[f"{row['gap']:.3f}", "not told from none" if row["is_none"] else ""]]


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


class Columns(NamedTuple):
    """What stands beside the names: headings ({at}: where the result turns), widths, and cells.

    cells: of a row, line by line.
    """

    headings: tuple[str, ...]
    widths: tuple[int, ...]
    cells: Callable[[Results, Results, Varied], list[list[str]]]

    @property
    def name(self) -> int:
        """The characters that are left for a name."""
        return _ROOM - sum(self.widths)


_COLUMNS: Final[dict[str, Columns]] = {
    "tornado": Columns(("at its lower end", "at its upper end", "chance"), (17, 17, 18), _ends),
    "switching": Columns(("stated", "above {at}", "chance leaves"), (12, 20, 20), _switch),
    "morris": Columns(("mu* (± 95%)", "sigma", ""), (26, 17, 7), _moves),
    "sobol": Columns(("S1, alone", "ST, in all", "place"), (16, 16, 12), _indices),
    "pawn": Columns(("gap", ""), (22, 22), _gaps),
}


def _grid(target: Results, varied: Varied) -> Iterator[str]:
    """A row for each value of the second number, a column for each of the first: as it is drawn."""
    names = target["second"], target["first"]
    outputs = {(cell["second"], cell["first"]): cell["output"] for cell in target["cells"]}
    down = sorted({value for value, _ in outputs}, reverse=True)
    across = sorted({value for _, value in outputs})
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
