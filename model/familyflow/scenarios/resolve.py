"""A scenario made whole: the parameters with every choice of the scenario and its parents made.

Precedence: `--set`, then the scenario, its parent, the parent's parent ..., then the parameter
files named (last first), then the shipped parameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from familyflow.parameters.correlations import Correlation
from familyflow.parameters.draws import base_values
from familyflow.parameters.entry import read_entry
from familyflow.parameters.library import Entries, Library, library_of, read_library
from familyflow.parameters.overridden import Overridden
from familyflow.parameters.parameter import Parameter, Varies
from familyflow.parameters.yaml_text import shown_path
from familyflow.parameters.yaml_tree import Place, Scalar, Section, at
from familyflow.problems import Problems
from familyflow.scenarios.canonical import canonical
from familyflow.scenarios.choices import choose, far_off
from familyflow.scenarios.names import find_scenario
from familyflow.scenarios.scenario import Given, lineage, read_sets
from familyflow.shipped import parameters_folder, scenarios_folder

BY_HAND = "--set"


@dataclass(frozen=True)
class Choice:
    """What was chosen for one key, why, and where: file:line:column, or `--set`."""

    value: Any
    because: str
    where: str
    kind: Literal["set", "assume"]


@dataclass(frozen=True)
class Resolved:
    """A scenario ready to run. `parameters` holds every entry after the choices."""

    name: str
    title: str
    question: str
    unproven: str
    path: Path
    seed: int
    parameters: Mapping[str, Parameter]
    choices: Mapping[str, Choice]
    correlations: tuple[Correlation, ...]
    warnings: tuple[str, ...]
    lineage: tuple[str, ...]
    entries: Entries = field(repr=False, compare=False)
    parameter_files: tuple[str, ...] = ()

    def overridden(self) -> Iterator[tuple[Parameter, Overridden]]:
        """What parameter files give in vain, because something laid over it gives it too."""
        for one in self.entries.overridden:
            made = read_entry(one.name, one.section, one.place, Problems())
            if made is not None:
                yield made, one

    def place(self, key: str) -> str:
        """Where the entry, or the choice made for it, stands: file:line:column."""
        return str(self.spot(key))

    def spot(self, key: str, *path: str | int) -> Place:
        """The place of an entry, or of what stands at a path below it (table, row, column)."""
        own = self.entries.places[key]
        below = at(self.entries.sections[key], path) if path else own
        return below if below.line else own

    def changed_by_files(self) -> dict[str, list[str]]:
        """By the name of each parameter file laid over the shipped ones: what comes from it."""
        changed: dict[str, list[str]] = {}
        shipped = str(parameters_folder())
        for key, place in self.entries.places.items():
            is_choice = key in self.choices
            if not is_choice and not str(Path(place.file).resolve()).startswith(shipped):
                changed.setdefault(Path(place.file).name, []).append(key)
        return changed

    def chosen(self) -> list[str]:
        """The keys chosen, the user's own first.

        Typed ones, those of the scenario, of parameter files, of its parents; what is shipped last.
        """
        own, shipped = shown_path(self.path), f"{shown_path(scenarios_folder())}/"

        def distance(key: str) -> int:
            place = self.entries.places[key]
            if not place.line:
                return 0
            if place.file.startswith(shipped):
                return 4
            return 1 if place.file == own else 2 if place.file in self.parameter_files else 3

        places = self.entries.places.items()
        of_files = [key for key, place in places if place.file in self.parameter_files]
        return sorted(dict.fromkeys([*self.choices, *of_files]), key=distance)

    def set_by_hand(self) -> dict[str, Any]:
        """What `--set` chose, by key: no file says it, so the answer must."""
        return {
            key: choice.value for key, choice in self.choices.items() if choice.where == BY_HAND
        }

    def canonical(self) -> dict[str, Any]:
        """All that decides the numbers and nothing else: tells whether two runs are the same.

        Keys are sorted and numbers are floats; titles, notes, sources and file names are left out.
        """
        return {
            "parameters": {
                name: canonical(self.parameters[name]) for name in sorted(self.parameters)
            },
            "correlations": sorted(
                [*sorted((c.first, c.second)), c.rank] for c in self.correlations
            ),
        }


def resolve(
    scenario: str | Path,
    *,
    sets: Sequence[str] = (),
    parameter_files: Sequence[str | Path] = (),
    folder: Path | None = None,
    library: Path | None = None,
    earlier: Sequence[Sequence[str]] = (),
) -> Resolved:
    """The scenario (a path or a name) with its parents, parameter files and `--set`s laid in order.

    `folder` is where names are looked up first (default ./scenarios); `library` the folder of
    parameters (default the shipped ones); `earlier` the `--set`s of the runs that this one prices
    again, the first run's first. Raises InputError with every mistake found.
    """
    problems = Problems()
    given_sets = [given for typed in (*earlier, sets) for given in read_sets(typed)]
    found = lineage(find_scenario(str(scenario), folder), folder, problems)
    files = [file for one in reversed(found) for file in one.parameter_files]
    paths = [library or parameters_folder(), *files, *(Path(file) for file in parameter_files)]
    base = read_library(paths, problems)
    chosen, choices = choose(base, found, given_sets, problems)
    problems.raise_if_any()
    made = library_of(chosen, problems, base)
    problems.raise_if_any()
    warnings = [*made.warnings, *far_off(base, made, choices)]
    own = found[0]
    return Resolved(
        name=own.name,
        title=own.title,
        question=next((one.question for one in found if one.question), ""),
        unproven=own.unproven,
        path=own.path,
        seed=next((one.seed for one in found if one.seed is not None), 1),
        parameters=dict(made),
        choices={key: _choice(key, given, made) for key, given in choices.items()},
        correlations=made.correlations,
        warnings=tuple(warnings),
        lineage=tuple(one.name for one in found),
        entries=made.entries,
        parameter_files=tuple(shown_path(path) for path in paths[1:]),
    )


def check_scenario(
    path: Path, base: Library, problems: Problems, folder: Path | None = None
) -> list[str]:
    """Note every mistake of a scenario file and its parents against this library; the warnings."""
    found = lineage(path, folder, problems)
    files = [file for one in reversed(found) for file in one.parameter_files]
    if files:
        base = read_library([parameters_folder(), *files], problems)
    chosen, choices = choose(base, found, [], problems)
    if problems.found:
        return []
    made = library_of(chosen, problems, base)
    return [*made.warnings, *far_off(base, made, choices)]


def _choice(key: str, given: Given, made: Library) -> Choice:
    because = given.node.entries.get("because") if isinstance(given.node, Section) else None
    reason = because.text if isinstance(because, Scalar) else ""
    where = str(given.place) if given.place.line else BY_HAND
    return Choice(base_values({key: _settled(made, key)})[key], reason, where, given.kind)


def _settled(made: Library, key: str) -> Parameter:
    """The parameter with keys among the settings of `varies` replaced by their stated numbers."""
    parameter = made[key]
    if parameter.varies is None:
        return parameter
    settings = {
        name: made[setting].value if isinstance(setting, str) else setting
        for name, setting in parameter.varies.settings.items()
    }
    varies = Varies(parameter.varies.by, parameter.varies.shape, settings)
    return Parameter(name=key, label=parameter.label, unit=parameter.unit, varies=varies)
