"""The scenarios that options start from, read once: shipped ones, and those that people bring."""

from __future__ import annotations

import tempfile
from functools import cache, lru_cache
from pathlib import Path

from familyflow.experiments.inputs import load_inputs
from familyflow.problems import InputError, Problem, Problems, bad_input
from familyflow.scenarios.resolve import Resolved
from familyflow.scenarios.scenario import read_scenario
from familyflow.shipped import scenarios_folder
from familyflow.web.drafts import Draft, OwnFile, ready_made


@cache
def base_of(name: str) -> Resolved:
    """A shipped scenario. Raises InputError."""
    return load_inputs(name)


def read_ready_made() -> None:
    """Read every shipped scenario now, so that the first page need not wait for it."""
    for name in ready_made():
        base_of(name)


def scenario_of(draft: Draft, name: str) -> Resolved:
    """What an option starts from: a scenario of the draft's own, or a shipped one."""
    for file in draft.scenarios:
        if file.name == name:
            return own_scenario(file.name, file.text)
    return base_of(name)


@lru_cache(maxsize=64)
def own_scenario(name: str, text: str) -> Resolved:
    """A scenario that somebody brought. Raises InputError, also where it leads to other files.

    Only what is shipped may be built upon: a path in an uploaded file would be a way to read files
    of the machine that serves the page.
    """
    with tempfile.TemporaryDirectory(prefix="familyflow-") as folder:
        path = Path(folder) / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        _must_stand_alone(path)
        try:
            return load_inputs(str(path))
        except InputError as error:
            raise _without_paths(error) from None


def check_parameter_file(file: OwnFile) -> None:
    """Raise InputError with every mistake in a parameter file, laid over what is shipped."""
    with tempfile.TemporaryDirectory(prefix="familyflow-") as folder:
        path = Path(folder) / f"{file.name}.yaml"
        path.write_text(file.text, encoding="utf-8")
        try:
            load_inputs(str(scenarios_folder() / "core_offer.yaml"), (), [path])
        except InputError as error:
            raise _without_paths(error) from None


def _must_stand_alone(path: Path) -> None:
    problems = Problems()
    scenario = read_scenario(path, problems)
    if scenario is None or problems.found:
        raise _without_paths(InputError(problems.found or [Problem(path.name, 0, 0, "is empty")]))
    if scenario.extends is not None and scenario.extends not in ready_made():
        raise bad_input(
            f"it extends '{scenario.extends}', which does not come with familyflow",
            f"Here a scenario may extend {', '.join(ready_made())}, or none.",
            where=path.name,
        )
    if scenario.parameter_files:
        raise bad_input(
            "it names parameter files, which this page cannot follow",
            "Take 'parameters:' out and upload the parameter file by itself.",
            where=path.name,
        )


def _without_paths(error: InputError) -> InputError:
    """The same mistakes with the names of files as people know them."""
    return InputError(
        Problem(Path(one.file).name, one.line, one.column, one.what, one.to_do)
        for one in error.problems
    )
