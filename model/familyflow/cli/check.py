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
        warnings = (*warnings, *_about_scenarios(files))
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


def _about_scenarios(files: Sequence[Path]) -> list[str]:
    """Of each scenario: a queue that would mean nothing, a cost above its funding."""
    from familyflow.experiments.inputs import load_inputs
    from familyflow.experiments.planned_cost import warnings_of
    from familyflow.scenarios.check import scenarios_among

    return [
        f"{file}: {warning}"
        for file in scenarios_among(files)
        for warning in warnings_of(load_inputs(str(file)).parameters)
    ]


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
