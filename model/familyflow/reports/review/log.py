"""The assumptions log: every parameter of a run, once, with the fields that the Aqua Book asks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from familyflow.parameters.explain import cited, doubt_in_words, shown
from familyflow.parameters.parameter import Parameter
from familyflow.reports.documents.clean import clean
from familyflow.reports.documents.moves import moved_of
from familyflow.reports.review.kept import MOST_OF_A_NOTE, Reviewed, shown_file
from familyflow.reports.review.ratings import Rating, impact, quality
from familyflow.reports.units import amount
from familyflow.shipped import parameters_folder

OWNER: Final = "not stated"  # a parameter file has no field for it yet
FIGURES: Final = 6  # significant ones: a log says what the file says
MOST_OF_A_VALUE: Final = 8_000
_AMOUNTS: Final = ("value", "table", "varies", "line")


@dataclass(frozen=True)
class Assumption:
    """One row of the log, ready to be read.

    file: where the number belongs. exact: what the manifest holds of it, a number as a number,
    anything else as JSON. rank: 1 moves the answer most; None where the draws do not tell.
    """

    number: int
    key: str
    label: str
    file: str
    unit: str
    price_year: str
    exact: str
    value: str
    doubt: str
    source: str
    grade: str
    status: str
    note: str
    role: str
    quality: Rating
    impact: Rating
    rank: int | None
    moves: float | None
    place: str
    chosen: str
    because: str

    @property
    def id(self) -> str:
        """Its name in this log: A-001."""
        return f"A-{self.number:03d}"

    @property
    def leaf(self) -> str:
        """The last part of its key in words: people search for these too."""
        return self.key.rpartition(".")[2].replace("_", " ")


def log_of(reviewed: Reviewed) -> list[Assumption]:
    """Every parameter of the run, in the order of the files and of the lines in them."""
    moved = moved_of(reviewed.told)
    ranked = sorted(moved, key=lambda key: (-abs(moved[key].moves), key))
    ranks = {key: place for place, key in enumerate(ranked, start=1)}
    files = _files()
    by_file = sorted(
        enumerate(reviewed.parameters), key=lambda held: (_file(held[1], files), held[0])
    )
    return [
        _assumption(reviewed, number, key, _file(key, files), moved, ranks)
        for number, (_, key) in enumerate(by_file, start=1)
    ]


def by_file(log: Iterable[Assumption]) -> list[tuple[str, list[Assumption]]]:
    """The log in groups: the file, and its numbers."""
    return [(file, list(held)) for file, held in groupby(log, key=lambda one: one.file)]


def look_first(log: Sequence[Assumption]) -> list[Assumption]:
    """Numbers of weak evidence that move the answer, or may, the one that moves it most first."""
    found = [one for one in log if one.quality.is_weak and one.impact.is_weak]
    return sorted(found, key=lambda one: one.rank or 0)


def _assumption(
    reviewed: Reviewed,
    number: int,
    key: str,
    file: str,
    moved: Mapping[str, Any],
    ranks: Mapping[str, int],
) -> Assumption:
    parameter, choice = reviewed.parameters[key], reviewed.resolved.choices.get(key)
    rates = impact(parameter, moved.get(key), is_told=bool(moved))
    return Assumption(
        number=number,
        key=key,
        label=parameter.label,
        file=file,
        unit=parameter.unit,
        price_year=parameter.price_year or "",
        exact=exact(reviewed.told.parameters[key]),
        value=clean(value_in_words(parameter), MOST_OF_A_VALUE),
        doubt="" if parameter.is_line else clean(doubt_in_words(parameter), MOST_OF_A_NOTE),
        source=clean(cited(parameter.source), MOST_OF_A_NOTE) if parameter.source else "",
        grade=parameter.grade or "",
        status=parameter.status or "",
        note=parameter.note or "",
        role="line" if parameter.is_line else parameter.role,
        quality=quality(parameter),
        impact=rates,
        rank=ranks.get(key),
        moves=moved[key].moves if key in moved else None,
        place=reviewed.place(key),
        chosen=choice.kind if choice is not None else "",
        because=clean(choice.because) if choice is not None else "",
    )


def exact(held: Mapping[str, Any]) -> str:
    """What the manifest holds as the amount: a number or a text as it is, anything else as JSON."""
    if "value" in held:
        return str(held["value"])
    name = next((one for one in _AMOUNTS if one in held), None)
    return "" if name is None else json.dumps(held[name], ensure_ascii=False, sort_keys=True)


def value_in_words(parameter: Parameter) -> str:
    """The value with its unit as people read it: '£6,106 per child-week', rows, or a spread."""
    if parameter.is_line:
        return "; ".join(
            f"{name.replace('_', ' ')}: {shown(held)}" for name, held in parameter.line().items()
        )
    if parameter.varies is not None:
        told = ", ".join(f"{name} {shown(one)}" for name, one in parameter.varies.settings.items())
        shape = parameter.varies.shape.replace("_", " ")
        return f"differs by {parameter.varies.by}: {shape}, {told} ({parameter.unit})"
    if parameter.table is not None:
        return _table_in_words(parameter.table, parameter.unit)
    if _is_number(parameter.value):
        return amount(float(str(parameter.value)), parameter.unit, FIGURES)
    return shown(parameter.value)


def _table_in_words(table: Any, unit: str) -> str:
    if not isinstance(table, Mapping):
        return "; ".join(shown(row) for row in table)
    of = unit.removeprefix("table of ")
    return "; ".join(
        f"{name}: {amount(float(held), of, FIGURES) if _is_number(held) else shown(held)}"
        for name, held in table.items()
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _files() -> dict[str, str]:
    """By the name that begins its keys, where each shipped parameter file stands."""
    folder = parameters_folder()
    return {
        ".".join(file.relative_to(folder).with_suffix("").parts): shown_file(str(file))
        for file in sorted(folder.rglob("*.yaml"))
    }


def _file(key: str, files: Mapping[str, str]) -> str:
    """The file in which the number belongs: its key is the file's path and a name."""
    start = key
    while start:
        start = start.rpartition(".")[0]
        if start in files:
            return files[start]
    return "other files"
