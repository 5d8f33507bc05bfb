"""Puts published cases to the model and says of every figure how it compares."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from familyflow.experiments.published.form import FigureModel
from familyflow.experiments.published.judged import (
    Verdict,
    beside_of,
    due_of,
    shown,
    verdict_on,
)
from familyflow.experiments.published.read import Case, read_cases
from familyflow.experiments.published.world import World
from familyflow.experiments.verify import Verified
from familyflow.problems import InputError, Problem, Problems


@dataclass(frozen=True)
class Compared:
    """One figure. beside: what the model's stands beside, in words; due, low and high: in numbers.

    of: how the model's own is called; model: what it gives, None where that is not defined.
    is_exact: whether it must agree; ratio: the model's over the one due; source and grade: its
    own, or those of the case.
    """

    name: str
    label: str
    unit: str
    of: str
    beside: str
    due: float | None
    low: float | None
    high: float | None
    model: float | None
    verdict: Verdict
    is_exact: bool
    within: float | None
    ratio: float | None
    source: str
    url: str
    grade: str
    status: str
    note: str

    @property
    def holds(self) -> bool:
        """False only where an exact figure fails."""
        return self.verdict != "differs"


@dataclass(frozen=True)
class Answered:
    """One case with all its figures."""

    file: str
    title: str
    validity: str
    calculation: str
    by: str
    source: str
    url: str
    grade: str
    status: str
    note: str
    figures: tuple[Compared, ...]

    @property
    def failed(self) -> tuple[Compared, ...]:
        """The exact figures that do not agree."""
        return tuple(one for one in self.figures if not one.holds)


def against_published(against: Path | str, world: World) -> list[Answered]:
    """Every case in the order of its files. Raises InputError for mistakes in any of them."""
    cases = read_cases(against)
    _check_warnings(cases, world)
    return [_answered(case, world) for case in cases]


def as_checks(answered: Sequence[Answered]) -> list[Verified]:
    """The exact figures as checks, to be kept with those of the model itself."""
    return [
        Verified(f"published: {case.title}: {one.label}", one.holds, _found(one))
        for case in answered
        for one in case.figures
        if one.is_exact
    ]


def as_data(case: Answered) -> dict[str, Any]:
    """A case for machines, with whether each figure holds."""
    figures = [asdict(one) | {"holds": one.holds} for one in case.figures]
    return asdict(case) | {"figures": figures, "holds": not case.failed}


def _found(one: Compared) -> str:
    return f"{shown(one.model)}, {one.beside} {one.unit}"


def _check_warnings(cases: Sequence[Case], world: World) -> None:
    """That the parameters named by `warn_above` are there, before anything is simulated."""
    problems = Problems()
    for case in cases:
        for name, figure in case.figures.items():
            key = figure.warn_above
            if key is not None and not isinstance(world.base.get(key), (int, float)):
                what = f"figures.{name}.warn_above: there is no number '{key}'"
                problems.add(*case.places[name], what, "Find its name with 'familyflow explain'.")
    problems.raise_if_any()


def _answered(case: Case, world: World) -> Answered:
    told, given = case.told, _worked(case, world)
    return Answered(
        file=case.file,
        title=told.title,
        validity=told.validity,
        calculation=told.calculation,
        by=case.calculation.told,
        source=_source(case, None),
        url=told.source.url or "",
        grade=told.grade,
        status=told.status,
        note=told.note or "",
        figures=tuple(_compared(case, name, given, world) for name in case.figures),
    )


def _worked(case: Case, world: World) -> Mapping[str, float]:
    """What the model gives; what economics refuses is told with the file it came from."""
    try:
        return case.calculation.work(case.inputs, world)
    except InputError as error:
        if case.calculation.is_simulated:
            raise
        raise InputError(_in_file(case.file, error)) from error


def _in_file(file: str, error: InputError) -> Iterator[Problem]:
    for one in error.problems:
        yield Problem(file, 0, 0, f"inputs: {one.what}", one.to_do)


def _compared(case: Case, name: str, given: Mapping[str, float], world: World) -> Compared:
    figure = case.figures[name]
    model = given[figure.of or name]
    due = due_of(figure, given, world.base)
    source = figure.source or case.told.source
    return Compared(
        name=name,
        label=figure.label,
        unit=figure.unit,
        of=figure.of or name if figure.same_as else "the model",
        beside=beside_of(figure, due),
        due=due if due is not None and math.isfinite(due) else None,
        low=figure.low,
        high=figure.high,
        model=model if math.isfinite(model) else None,
        verdict=verdict_on(figure, model, due),
        is_exact=figure.within is not None,
        within=figure.within,
        ratio=model / due if due and math.isfinite(model / due) else None,
        source=_source(case, figure),
        url=source.url or "",
        grade=figure.grade or case.told.grade,
        status=figure.status or case.told.status,
        note=figure.note or "",
    )


def _source(case: Case, figure: FigureModel | None) -> str:
    source = (figure.source if figure else None) or case.told.source
    return f"{source.title}, {source.where} ({source.year})"
