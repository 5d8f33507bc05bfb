"""Lays a new edition of a unit cost database over the unit costs that carry its codes.

An entry takes the figure and its price year. Its doubt keeps its proportion to the value, and
nothing else changes. Codes joined by + are the sum of both; `per_code` says how many times the
database's figure an entry's value is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from familyflow.parameters import numerals
from familyflow.parameters.edition_file import Figure, read_edition
from familyflow.parameters.nearest import listed
from familyflow.parameters.numerals import neat
from familyflow.parameters.yaml_tree import Items, Node, Place, Scalar, Section, Wrong
from familyflow.problems import Problems

if TYPE_CHECKING:
    from familyflow.parameters.library import Entries

SAME = 1e-6  # a factor is written with so many digits: closer than this, the figure is repeated
FAR = 10.0  # a figure this many times the one before is more likely of another unit


def add_edition(path: Path, entries: Entries, problems: Problems) -> None:
    """Give every entry with a code of this file its figure; a code nobody uses is warned of."""
    figures = read_edition(path, problems)
    used: set[tuple[str, str]] = set()
    for name, section in entries.sections.items():
        keys = _keys(section)
        found = [figures[key] for key in keys if key in figures]
        if not found or "value" not in section.entries:
            continue
        used.update((figure.code, figure.kind) for figure in found)
        if _can_be_used(name, keys, found, entries.warnings, problems):
            entries.sections[name] = _with_figure(name, section, found, path, entries.warnings)
            entries.places[name] = found[0].place
    for key, figure in figures.items():
        if key not in used:
            entries.warnings.append(_unused(figure, entries.sections.values()))


def _keys(section: Section) -> list[tuple[str, str]]:
    """The codes of an entry, each with the entry's kind."""
    kind = _text(section, "kind") or "fiscal"
    codes = [code.strip() for code in _text(section, "code").split("+")]
    return [(code, kind) for code in codes if code]


def _can_be_used(
    name: str,
    keys: Sequence[tuple[str, str]],
    found: Sequence[Figure],
    warnings: list[str],
    problems: Problems,
) -> bool:
    first = found[0]
    there = {figure.code for figure in found}
    lacking = [code for code, _ in keys if code not in there]
    if lacking:
        warnings.append(
            f"{first.place}: {listed(sorted(there))} stands here without {listed(lacking)}: "
            f"{name} is the sum of all of them and keeps its own value. Add {listed(lacking)}."
        )
        return False
    years = sorted({figure.price_year for figure in found})
    if len(years) > 1:
        what = f"{' + '.join(there)} are added up in {name}, and are in prices of {listed(years)}"
        problems.add(*first.place, what, "Bring them to one price year.")
        return False
    return True


def _with_figure(
    name: str, section: Section, found: Sequence[Figure], path: Path, warnings: list[str]
) -> Section:
    """The entry with the figure of the edition, its doubt in proportion and its source named."""
    before = numerals.number_in(section, "value")
    times = numerals.number_in(section, "per_code") or 1.0
    value = times * math.fsum(figure.value for figure in found)
    first = found[0]
    fields: dict[str, Node] = {"source": _source(found, times, path)}
    is_same = first.price_year == _text(section, "price_year") and _is_close(value, before)
    if before and not is_same:
        fields |= _changed(section, value, value / before, first)
        fields["note"] = _scalar(f"{_sum(found, times)}; the doubt in proportion.", first.place)
        if not 1 / FAR < value / before < FAR:
            warnings.append(
                f"{first.place}: {name} = {neat(value)} is far from {neat(before)} before: check "
                f"the unit ({_text(section, 'unit')}) and per_code."
            )
    names = dict.fromkeys(fields, first.place)
    return Section({**section.entries, **fields}, {**section.names, **names}, first.place)


def _changed(section: Section, value: float, ratio: float, figure: Figure) -> dict[str, Node]:
    number = _scalar(repr(int(value) if value.is_integer() else value), figure.place)
    changed: dict[str, Node] = {
        "value": number,
        "price_year": _scalar(figure.price_year, figure.place),
    }
    doubt, series = section.entries.get("distribution"), section.entries.get("dated")
    if isinstance(doubt, Section):
        changed["distribution"] = _scaled(doubt, ratio, figure.place)
    if isinstance(series, Section):
        year = figure.price_year
        changed["dated"] = Section(
            {**series.entries, year: number}, {**series.names, year: figure.place}, figure.place
        )
    return changed


def _scaled(node: Node, ratio: float, place: Place) -> Node:
    """Every pound of a distribution's settings times the ratio; shares stay.

    What is wrong with it is wrong with the figure, so it stands at the figure's place.
    """
    if isinstance(node, Section):
        times = {name: 1.0 if name == "shares" else ratio for name in node.entries}
        scaled = {n: _scaled(child, times[n], place) for n, child in node.entries.items()}
        return Section(scaled, dict.fromkeys(node.names, place), place)
    if isinstance(node, Items):
        return Items(tuple(_scaled(item, ratio, place) for item in node.items), place)
    number = _number(node)
    text = node.text if number is None or ratio == 1.0 else repr(number * ratio)
    return Scalar(text, node.plain, place)


def _source(found: Sequence[Figure], times: float, path: Path) -> Section:
    first = found[0]
    unit = f" ({first.unit})" if first.unit else ""
    said = {
        "title": first.edition,
        "where": f"{_sum(found, times)}{unit}; {path.name}, line {first.place.line}",
        "year": first.year or "not stated",
    }
    nodes: dict[str, Node] = {name: Scalar(text, False, first.place) for name, text in said.items()}
    return Section(nodes, dict.fromkeys(nodes, first.place), first.place)


def _sum(found: Sequence[Figure], times: float) -> str:
    """The sum as somebody would write it: 'SS6.0, 1515 x 2'."""
    codes, figures = (
        " + ".join(parts)
        for parts in ([f.code for f in found], [neat(figure.value) for figure in found])
    )
    shown = f"({figures})" if times != 1.0 and len(found) > 1 else figures
    return f"{codes}, {shown}" + (f" x {neat(times)}" if times != 1.0 else "")


def _unused(figure: Figure, sections: Iterable[Section]) -> str:
    others = {_text(s, "kind") for s in sections if figure.code in _text(s, "code").split("+")}
    known = listed(sorted(others - {""}))
    also = f" The code is that of {known}: say so in a column 'kind' if that is meant."
    return (
        f"{figure.place}: no {figure.kind} unit cost uses the code {figure.code}, so its row "
        f"changes nothing.{also if known else ''}"
    )


def _is_close(value: float, before: float | None) -> bool:
    return before is not None and math.isclose(value, before, rel_tol=SAME)


def _number(node: Node | None) -> float | None:
    try:
        return float(numerals.number(node))
    except Wrong:
        return None  # noted where the entry is read


def _scalar(text: str, place: Place) -> Scalar:
    return Scalar(text, True, place)


def _text(section: Section, field: str) -> str:
    node = section.entries.get(field)
    return node.text.strip() if isinstance(node, Scalar) and not node.blank else ""
