"""The scenario and parameter files of a comparison, laid out so that they make it again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from familyflow.problems import Problems
from familyflow.reports.commands import compare_command
from familyflow.scenarios.scenario import lineage
from familyflow.shipped import scenarios_folder
from familyflow.store import Manifest
from familyflow.web.answers.made_of import options_of

BY_NAME: Final = "scenarios"  # where names are looked up from the folder of the archive
OWN: Final = "inputs"


@dataclass(frozen=True)
class Laid:
    """Files by the names they have in an archive, and the command that uses them there."""

    files: Mapping[str, Path]
    command: str


def laid_out(manifest: Manifest) -> Laid | None:
    """The files of a comparison and its command; None where they are gone or were changed.

    Every scenario stands there with all that it extends: those found by their names in one folder,
    a person's own beside one another as they stood on the machine, without the machine's folders.
    """
    options, asked = options_of(manifest), manifest.asked
    if options is None:
        return None
    named = [option.resolved.path for option in options]
    problems = Problems()
    chains = [one for path in named for one in lineage(path, None, problems)]
    problems.raise_if_any()
    given = [Path(file) for file in asked["parameter_files"]]
    below = [file for one in chains for file in one.parameter_files]
    places = _places([*(one.path for one in chains), *below, *given])
    scenarios = [places[path.resolve()] for path in named]
    command = compare_command(asked, scenarios, [places[file.resolve()] for file in given])
    return Laid({name: path for path, name in places.items()}, command)


def _places(files: Iterable[Path]) -> dict[Path, str]:
    """Where each file stands in the archive."""
    there = list(dict.fromkeys(file.resolve() for file in files))
    by_name = (scenarios_folder().resolve(), Path(BY_NAME).resolve())
    own = [file for file in there if file.parent not in by_name]
    base = Path(os.path.commonpath([file.parent for file in own])) if own else Path()
    return {
        file: f"{OWN}/{file.relative_to(base).as_posix()}"
        if file in own
        else f"{BY_NAME}/{file.name}"
        for file in there
    }
