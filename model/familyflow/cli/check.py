"""``familyflow check``: every mistake in the files, nothing run."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from familyflow.cli import options
from familyflow.cli.output import say, say_json, warn
from familyflow.problems import InputError, Problem, Problems

BAD_INPUT = 2
RECORDS, FAMILY = ".csv", "family"
UNIT_COSTS = frozenset({"code", "value"})  # columns by which an edition of them is known
Told = tuple[list[Problem], list[Problem | str]]  # mistakes, and what is only warned of


def check(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="Files of parameters, scenarios and records (.csv)."
        ),
    ],
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Find every mistake in your files.

    Parameters, scenarios and case records, with file, line and column; nothing is run.
    """
    from familyflow.scenarios.check import check_files

    asked = len(files)
    files, records = _apart([_file(path) for path in files])
    found, told = check_files(files)
    problems: list[Problem] = [*found]
    warnings: list[Problem | str] = [*told]
    for wrong, doubtful in map(_about_records, records):
        problems += wrong
        warnings += doubtful
    if not problems:
        for wrong, doubtful in (_together(files), _about_parameters(files)):
            problems += [one for one in wrong if one not in problems]
            warnings += doubtful
    warnings = list(dict.fromkeys(warnings))
    if as_json:
        say_json({"problems": [*map(_told, problems)], "warnings": [*map(_told, warnings)]})
        if problems:
            raise typer.Exit(BAD_INPUT)
        return
    warn(warnings)
    if problems:
        raise InputError(sorted(problems))
    if not quiet:
        say(f"{asked} file{'' if asked == 1 else 's'} checked: no mistakes found.")


def _file(path: Path) -> Path:
    """The file itself, or that of the scenario of this name."""
    from familyflow.scenarios.names import find_scenario, scenario_names

    named = len(path.parts) == 1 and not path.suffix and not path.exists()
    return find_scenario(str(path)) if named and str(path) in scenario_names() else path


def _apart(files: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Files of parameters and scenarios, and files of case records."""
    from familyflow.records.file_text import column_names

    records = [
        file
        for file in files
        if file.suffix.casefold() == RECORDS and not _is_of_unit_costs(column_names(file))
    ]
    return [file for file in files if file not in records], records


def _is_of_unit_costs(names: Set[str]) -> bool:
    return names >= UNIT_COSTS and FAMILY not in names


def _about_records(file: Path) -> Told:
    """Of a file of records: its mistakes, and what should be known of how it is read."""
    from familyflow.records.care_columns import NEEDED
    from familyflow.records.file_text import column_names

    names = column_names(file)
    if {name.casefold() for name in NEEDED} <= names:
        return _about_care(file)
    if {"area", "measure"} <= names:
        return _about_figures(file)
    return _about_cases(file)


def _about_figures(file: Path) -> Told:
    from familyflow.records.areas.figures import read_figures

    problems = Problems()
    read_figures(file, problems)
    return problems.found, []


def _about_care(file: Path) -> Told:
    from familyflow.records.care_read import read_care

    problems = Problems()
    found = read_care(file, problems, None, date.today())
    return problems.found, [f"{file}: {one}" for one in (found.told if found else ())]


def _about_cases(file: Path) -> Told:
    from familyflow.experiments.inputs import REFERENCE, load_inputs
    from familyflow.parameters.draws import base_values
    from familyflow.records.read import read_records
    from familyflow.records.words import words_of

    problems = Problems()
    words = words_of(base_values(load_inputs(REFERENCE).parameters))
    found = read_records(file, words, problems, today=date.today())
    said = (*found.told, *found.counted) if found else ()
    return problems.found, [f"{file}: {one}" for one in said]


def _together(files: Sequence[Path]) -> Told:
    """What does not fit together in each scenario, its queue, its funding, what is doubtful in it.

    A parameter file that stands alone is looked at as it changes the core offer.
    """
    from familyflow.experiments.inputs import REFERENCE, load_inputs
    from familyflow.experiments.planned_cost import warnings_of
    from familyflow.experiments.review import objections
    from familyflow.scenarios.check import parameter_files_among, scenarios_among

    asked: list[tuple[str, list[Path], Path]] = [
        *((str(file), [], file) for file in scenarios_among(files)),
        *((REFERENCE, [file], file) for file in parameter_files_among(files)),
    ]
    problems: dict[Problem, None] = {}
    warnings: list[Problem | str] = []
    for scenario, beside, file in asked:
        try:
            resolved = load_inputs(scenario, parameter_files=beside)
        except InputError as error:
            problems |= dict.fromkeys(error.problems)
            continue
        warnings += [f"{file}: {warning}" for warning in warnings_of(resolved.parameters)]
        warnings += resolved.warnings
        if not beside:
            warnings += objections(resolved.parameters, resolved.entries, date.today())[1]
    return sorted(problems), warnings


def _about_parameters(files: Sequence[Path]) -> Told:
    """Of parameter files: what a reviewer would doubt in the entries that stand in them."""
    from familyflow.experiments.review import objections
    from familyflow.scenarios.check import libraries_among

    problems: list[Problem] = []
    warnings: list[Problem | str] = []
    for library, shown in libraries_among(files):
        wrong, doubtful = objections(library.parameters, library.entries, date.today())
        problems += [problem for problem in wrong if problem.file in shown]
        warnings += [problem for problem in doubtful if problem.file in shown]
    return problems, warnings


def _told(problem: Problem | str) -> dict[str, object]:
    if isinstance(problem, str):
        return {"what": problem}
    return {
        "file": problem.file,
        "line": problem.line or None,
        "column": problem.column or None,
        "what": problem.what,
        "to_do": problem.to_do,
    }
