"""``familyflow new``: a scenario file of your own to start from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from familyflow.cli import options
from familyflow.cli.output import one_line, say, say_json
from familyflow.problems import bad_input
from familyflow.scenarios.names import find_scenario, name_problem
from familyflow.scenarios.written import quoted
from familyflow.shipped import scenarios_folder

TEMPLATE = """\
# A scenario: what is chosen differently from '{parent}', and why.
# Try it:    familyflow check {file}
#            familyflow run {file}

extends: {parent}
title: {title}
question: What would this change cost, do and save?

# Decisions: what a commissioner controls. Take the '# ' away and give your own values.
# 'familyflow explain service.team.key_workers' says what a number means and where it is from.
# set:
#   service.team.key_workers: 7

# Beliefs about the world: give a reason with each.
# assume:
#   service.key_work.attendance: {{value: 0.8, because: Last year's registers.}}
#   unit_costs.staff.key_worker_salary:
#     {{value: 36000, price_year: 2025/26, because: Our own pay scale.}}
"""

USUAL_PARENT = "core_offer"

# What YAML takes for something other than text.
_NOT_TEXT = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false", "null"})


def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    parent: Annotated[
        str, typer.Option("--from", metavar="SCENARIO", help="The scenario to start from.")
    ] = USUAL_PARENT,
    as_json: options.AsJson = False,
) -> None:
    """Start a scenario of your own.

    Writes a commented file that extends another scenario; never overwrites.
    """
    from familyflow.store.atomic import write_file

    _must_be_a_scenario_name(file)
    text = TEMPLATE.format(
        parent=_parent(parent, file), title=_title(file), file=one_line(str(file))
    )
    try:
        write_file(file, text.encode("utf-8"), replace=False)
    except FileExistsError:
        raise bad_input(
            "there is already a file of that name", "Choose another name.", where=str(file)
        ) from None
    if as_json:
        say_json({"file": str(file), "extends": parent})
    else:
        say(f"Wrote {one_line(str(file))}, which extends {one_line(parent)}.")


def _must_be_a_scenario_name(file: Path) -> None:
    problem = name_problem(file.name)
    if not problem and file.suffix not in (".yaml", ".yml"):
        problem = "the name does not end in .yaml"
    if problem:
        to_do = "Give a name such as scenarios/my_scenario.yaml."
        raise bad_input(problem, to_do, where=str(file))


def _parent(parent: str, file: Path) -> str:
    """What to write after 'extends:': the name as given, or the path as seen from the new file."""
    if parent.endswith((".yaml", ".yml")) or "/" in parent or "\\" in parent:
        found = find_scenario(parent)
        _must_be_sound(found)
        return _quoted(Path(os.path.relpath(found, file.parent)).as_posix())
    _must_be_sound(find_scenario(parent, beside=file.parent))
    return _quoted(parent)


def _must_be_sound(parent: Path) -> None:
    """Whoever extends a scenario has its mistakes. The shipped ones are known to have none."""
    if parent.resolve().parent == scenarios_folder().resolve():
        return
    from familyflow.experiments.inputs import load_inputs  # heavy, and seldom needed here

    load_inputs(str(parent))


def _title(file: Path) -> str:
    return _quoted(file.stem.replace("_", " ").capitalize())


def _quoted(text: str) -> str:
    """As YAML text: without quotes where it needs none."""
    is_plain = text.isascii() and text.isidentifier() and text.lower() not in _NOT_TEXT
    return text if is_plain else quoted(text)
