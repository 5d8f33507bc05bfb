"""A folder with the chain of an area: a parameter file, every figure used, and a page."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from textwrap import wrap
from typing import Any, Final

from familyflow.parameters.parameter import Parameter
from familyflow.problems import Problems, bad_input
from familyflow.records.areas.chain import Chain, Number, chain_of_area, doubt_about, shown
from familyflow.records.areas.figures import GRADES, Figure, read_figures
from familyflow.records.areas.measured import measured
from familyflow.records.parameter_file import significant
from familyflow.scenarios.written import LONGEST_LINE, quoted
from familyflow.store.atomic import make_folder, write_files

PARAMETERS, TABLE, ABOUT = "area.yaml", "figures.csv", "area.json"
NAME: Final = "area"
NO_EFFECT: Final = (
    "These are figures of all children of an area. No effect of a service, and nothing about what "
    "would be without it, comes from them."
)
_DIGITS: Final = 3
Pages = Callable[[Chain, Mapping[str, Parameter]], Mapping[str, str]]


@dataclass(frozen=True)
class AreaMade:
    """The chain of an area, and the folder that holds it."""

    folder: Path
    chain: Chain


def area_made(
    area: str,
    shipped: Path,
    parameters: Mapping[str, Parameter],
    *,
    out: Path,
    also: Path | None = None,
    pages: Pages = lambda chain, parameters: {},
) -> AreaMade:
    """Make the chain of an area and keep it under `out`, in one step.

    shipped: the file of figures that ships; also: one of the same form whose figures come first.
    pages: makes further files by name. Raises InputError with every mistake, before anything is
    written.
    """
    problems = Problems()
    figures = {_key(one): one for one in read_figures(shipped, problems)}
    if also is not None:
        figures |= {_key(one): one for one in read_figures(also, problems)}
    problems.raise_if_any()
    chain = chain_of_area(measured(area, tuple(figures.values())), parameters)
    if not chain.numbers:
        why = "; ".join(dict.fromkeys(chain.as_shipped.values()))
        told = f"the figures of {shown(chain.area)} tell nothing of the chain"
        raise bad_input(told, f"Add more of them: {why}.", where="--area")
    text, table = parameter_text(chain, parameters), table_of(chain)
    name = hashlib.sha256((text + table).encode("utf-8")).hexdigest()[:10]
    folder = out / f"{NAME}_{chain.area}_{name}"
    files = {PARAMETERS: text, TABLE: table, ABOUT: _about(chain), **pages(chain, parameters)}
    make_folder(out)
    write_files({folder / file: held.encode("utf-8") for file, held in files.items()})
    return AreaMade(folder, chain)


def _key(figure: Figure) -> tuple[str, str, str, int]:
    return figure.area, figure.measure, figure.row, figure.year


def parameter_text(chain: Chain, parameters: Mapping[str, Parameter]) -> str:
    """The text of a file for `--parameters`."""
    lines = [
        f"# The level-of-need chain of {shown(chain.area)}, made by familyflow calibrate --area.",
        *_comment(NO_EFFECT),
        "",
    ]
    for one in chain.numbers:
        lines += _entry(one, parameters[one.key])
    lines += ["", "# As shipped, and why:"]
    for key, reason in chain.as_shipped.items():
        lines += _comment(f"{key}: {reason}")
    return "\n".join(lines) + "\n"


def _comment(text: str) -> list[str]:
    return wrap(text, LONGEST_LINE, initial_indent="# ", subsequent_indent="#   ")


def _entry(one: Number, shipped: Parameter) -> list[str]:
    lines = [f"{one.key}:"]
    doubt = {} if one.is_table else doubt_about(shipped, one.by_row[""], one.own)
    if one.is_table:
        lines.append("  table:")
        lines += [f"    {quoted(row)}: {_rounded(value)}" for row, value in one.by_row.items()]
    else:
        value = significant(one.by_row[""], _DIGITS)
        lines.append(f"  value: {value!r}")
        for shape, settings in doubt.items():
            given = ", ".join(f"{name}: {_rounded(number)}" for name, number in settings.items())
            lines.append(f"  distribution: {{{shape}: {{{given}}}}}")
    source, where = _source(one), quoted(f"{one.sum} ({whose(one)})")
    return [
        *lines,
        f"  source: {{title: {quoted(source.source)}, where: {where}, year: {source.year}}}",
        f"  grade: {max((shipped.grade or 'E', *(u.grade for u in one.used)), key=GRADES.index)}",
        "  status: derived",
        f"  note: {quoted(f'Figures of {whose(one)}. {_of_doubt(one, drawn=bool(doubt))}')}",
    ]


def _rounded(value: float) -> str:
    return repr(significant(value, _DIGITS))


def _source(one: Number) -> Figure:
    """The first figure of a number names the publication; the page lists all of them."""
    return one.used[0]


def whose(one: Number) -> str:
    """Which areas a number's figures are of, in words."""
    return " and ".join(shown(area) for area in dict.fromkeys(used.area for used in one.used))


def _of_doubt(one: Number, *, drawn: bool) -> str:
    own = f"{100 * one.own:.0f} %"
    if drawn:
        return (
            f"The shipped doubt in proportion, and {own} of the number for small counts and "
            "differences between years."
        )
    return (
        f"Fixed, as the shipped one is; small counts and years would move it by some {own} to "
        "either side."
    )


def table_of(chain: Chain) -> str:
    """Every figure that was used, as CSV, with the number of the model that it is used for."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(["number", *(field.name for field in fields(Figure))])
    for one in chain.numbers:
        writer.writerows([one.key, *astuple(figure)] for figure in one.used)
    return made.getvalue()


def _about(chain: Chain) -> str:
    about: dict[str, Any] = {
        "kind": NAME,
        "area": chain.area,
        "wider": list(chain.areas[1:]),
        "numbers": {one.key: {"value": one.by_row, "sum": one.sum, "of": whose(one)}
                    for one in chain.numbers},
        "as_shipped": dict(chain.as_shipped),
        "never": NO_EFFECT,
    }  # fmt: skip
    return json.dumps(about, indent=2, ensure_ascii=False) + "\n"
