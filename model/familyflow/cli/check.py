"""``familyflow check``: every mistake in the files, nothing run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from familyflow.cli import options
from familyflow.cli.output import say, say_json, warn
from familyflow.problems import InputError, Problem

BAD_INPUT = 2


def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Parameter and scenario files.")
    ],
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Find every mistake in your files.

    Parameter and scenario files, with file, line and column; nothing is run.
    """
    from familyflow.scenarios.check import check_files

    problems, warnings = check_files(files)
    if not problems:
        problems, more = _together(files)
        warnings = (*warnings, *more)
    if as_json:
        say_json({"problems": [*map(_told, problems)], "warnings": [*map(_told, warnings)]})
        if problems:
            raise typer.Exit(BAD_INPUT)
        return
    warn(warnings)
    if problems:
        raise InputError(sorted(problems))
    if not quiet:
        say(f"{len(files)} file{'' if len(files) == 1 else 's'} checked: no mistakes found.")


def _together(files: Sequence[Path]) -> tuple[tuple[Problem, ...], list[str]]:
    """What does not fit together in each scenario; its queue, and its cost above its funding.

    A parameter file that stands alone is looked at as it changes the core offer.
    """
    from familyflow.experiments.inputs import REFERENCE, load_inputs
    from familyflow.experiments.planned_cost import warnings_of
    from familyflow.scenarios.check import parameter_files_among, scenarios_among

    asked: list[tuple[str, list[Path], Path]] = [
        *((str(file), [], file) for file in scenarios_among(files)),
        *((REFERENCE, [file], file) for file in parameter_files_among(files)),
    ]
    problems: dict[Problem, None] = {}
    warnings: list[str] = []
    for scenario, beside, file in asked:
        try:
            found = warnings_of(load_inputs(scenario, parameter_files=beside).parameters)
        except InputError as error:
            problems |= dict.fromkeys(error.problems)
            continue
        warnings += [f"{file}: {warning}" for warning in found]
    return tuple(sorted(problems)), warnings


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
