"""Reads published cases: those that are shipped, or files of one's own, every mistake at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from familyflow.experiments.published.calculations import CALCULATIONS, Calculation
from familyflow.experiments.published.form import CaseModel, FigureModel, Validity
from familyflow.parameters.models import Model
from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.parameters.validation import Report, validated
from familyflow.parameters.yaml_file import read_yaml
from familyflow.parameters.yaml_text import shown_path
from familyflow.parameters.yaml_tree import Node, Place, Scalar, Section, Wrong, kind_of
from familyflow.problems import Problems, bad_input

SHIPPED: Final = "published"
ORDER: Final[Sequence[Validity]] = ("verification", "cross", "external", "face", "predictive")
_CASES: Final = Path(__file__).resolve().parent / "cases"
_SUFFIXES: Final = (".yaml", ".yml")


@dataclass(frozen=True)
class Case:
    """A case that can be put to the model. figures: by the name each has in the file, at places."""

    file: str
    told: CaseModel
    calculation: Calculation
    inputs: Model
    figures: dict[str, FigureModel]
    places: dict[str, Place]

    @property
    def order(self) -> tuple[int, str]:
        """Where it stands among others: sums that must agree first."""
        return ORDER.index(self.told.validity), self.file


def read_cases(against: Path | str) -> list[Case]:
    """The shipped cases (the word `published`), those of a folder, or that of a file.

    Raises InputError with every mistake in every file.
    """
    files = _files(against)
    problems = Problems()
    read = [_read(file, problems) for file in files]
    problems.raise_if_any()
    return sorted((case for case in read if case is not None), key=lambda case: case.order)


def _files(against: Path | str) -> Sequence[Path]:
    place = _CASES if str(against) == SHIPPED else Path(against)
    if not place.is_dir():
        return [place]  # that there is none is told as of any file
    files = sorted(file for file in place.iterdir() if file.suffix in _SUFFIXES)
    if not files:
        raise bad_input(
            "there is no file of a published case (.yaml) in it",
            "'--against published' takes those that are shipped.",
            where=shown_path(place),
        )
    return files


def _read(file: Path, problems: Problems) -> Case | None:
    top = read_yaml(file, problems)
    if top is None:
        return None
    if not isinstance(top, Section):
        problems.add(*top.place, "expected named sections, found a list", "Begin with 'title: '.")
        return None
    report = Report(problems, file.stem)
    told = validated(CaseModel, top, report)
    figures = _figures(top, report)
    calculation = _calculation(top, report)
    if calculation is None:
        return None
    inputs = _inputs(calculation, top, report)
    if told is None or inputs is None or report.count:
        return None
    section = top.entries["figures"]
    assert isinstance(section, Section)
    _check_names(calculation.names(inputs), figures, section, report)
    return Case(_shown(file), told, calculation, inputs, figures, section.names)


def _shown(file: Path) -> str:
    """How answers name the file: no path of this machine for one that is shipped."""
    return f"{SHIPPED}/{file.name}" if file.parent == _CASES else shown_path(file)


def _calculation(top: Section, report: Report) -> Calculation | None:
    node = top.entries.get("calculation")
    if not isinstance(node, Scalar) or node.blank:
        return None  # told by the form
    if node.text not in CALCULATIONS:
        known = f"Known are {listed(CALCULATIONS)}."
        to_do = did_you_mean(node.text, CALCULATIONS, otherwise=known)
        report.value(node, Wrong("there is no such calculation", to_do), "calculation")
        return None
    return CALCULATIONS[node.text]


def _inputs(calculation: Calculation, top: Section, report: Report) -> Model | None:
    node = top.entries.get("inputs")
    if node is None or (isinstance(node, Scalar) and node.blank):
        node = Section({}, {}, top.place)
    if not isinstance(node, Section):
        _refuse(node, "inputs", report)
        return None
    inputs = validated(calculation.model, node, Report(report.problems, "inputs"))
    if inputs is None:
        report.count += 1
        return None
    for field, wrong in calculation.mistakes(inputs):
        report.value(node.entries[field], wrong, f"inputs.{field}")
    return inputs


def _figures(top: Section, report: Report) -> dict[str, FigureModel]:
    node = top.entries.get("figures")
    if node is None:
        return {}  # told by the form
    if not isinstance(node, Section) or not node.entries:
        _refuse(node, "figures", report)
        return {}
    read = {name: _figure(name, entry, report) for name, entry in node.entries.items()}
    return {name: figure for name, figure in read.items() if figure is not None}


def _figure(name: str, node: Node, report: Report) -> FigureModel | None:
    if not isinstance(node, Section):
        _refuse(node, f"figures.{name}", report)
        return None
    own = Report(report.problems, f"figures.{name}")
    figure = validated(FigureModel, node, own)
    for field, wrong in figure.mistakes() if figure else ():
        own.value(node.entries.get(field, node), wrong, field)
    report.count += own.count
    return figure


def _check_names(
    known: Sequence[str], figures: dict[str, FigureModel], section: Section, report: Report
) -> None:
    """That every figure named is one that the calculation gives."""
    for name, figure in figures.items():
        for named in (figure.of or name, figure.same_as):
            if named is not None and named not in known:
                to_do = did_you_mean(named, known, otherwise=f"It gives {listed(known)}.")
                what = f".figures.{name}: the calculation gives no '{named}'"
                report.at(section.names[name], what, to_do)


def _refuse(node: Node, field: str, report: Report) -> None:
    found = "an empty section" if isinstance(node, Section) else kind_of(node)
    report.value(node, Wrong(f"a section of names is due here, not {found}"), field)
