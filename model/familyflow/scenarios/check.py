"""Every mistake in parameter and scenario files, at once; nothing is run and nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from familyflow.parameters.library import EDITION, Library, read_library
from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.parameters.yaml_file import read_yaml
from familyflow.parameters.yaml_text import shown_path
from familyflow.parameters.yaml_tree import Items, Section
from familyflow.problems import Problem, Problems
from familyflow.scenarios.resolve import check_scenario
from familyflow.scenarios.scenario import ScenarioModel
from familyflow.shipped import parameters_folder

_OF_A_SCENARIO = tuple(ScenarioModel.model_fields)


def check_files(paths: Iterable[str | Path]) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """The mistakes and the warnings of parameter files, scenarios and folders of them.

    A file in a folder named `parameters` is read as part of that folder; one that stands alone
    changes the shipped parameters, and so does an edition of unit costs (.csv); one with `title`,
    `set` or the like is a scenario.
    """
    problems = Problems()
    warnings: list[str] = []
    trees: dict[Path, set[str]] = {}
    alone: list[Path] = []
    scenarios: list[Path] = []
    for path in _files(paths, problems):
        if path.suffix.lower() == EDITION:
            alone.append(path)
            continue
        tree = _tree_of(path)
        if tree is not None:
            trees.setdefault(tree, set()).add(shown_path(path))
            continue
        kind = _kind(path, problems)
        if kind is not None:
            (scenarios if kind == "scenario" else alone).append(path)
    for tree, shown in trees.items():
        warnings += _check_tree(tree, shown, problems)
    if alone:
        warnings += _check_alone(alone, problems)
    if scenarios:
        warnings += _check_scenarios(scenarios, problems)
    return tuple(sorted(problems.found)), tuple(dict.fromkeys(warnings))


def scenarios_among(paths: Iterable[str | Path]) -> list[Path]:
    """The scenario files among these files and folders; mistakes in them are not looked for."""
    return _of_kind("scenario", paths)


def parameter_files_among(paths: Iterable[str | Path]) -> list[Path]:
    """The parameter files among these that stand alone: they change the shipped parameters."""
    return _of_kind("parameters", paths)


def _of_kind(kind: str, paths: Iterable[str | Path]) -> list[Path]:
    unheard = Problems()
    return [
        path
        for path in _files(paths, unheard)
        if path.suffix.lower() != EDITION
        and _tree_of(path) is None
        and _kind(path, unheard) == kind
    ]


def libraries_among(paths: Iterable[str | Path]) -> list[tuple[Library, set[str]]]:
    """The parameters in which each of these parameter files stands, and the files as shown.

    A whole folder is one library; a file that stands alone is laid over the shipped parameters.
    """
    unheard = Problems()
    found: dict[tuple[Path, ...], set[str]] = {}
    for path in _files(paths, unheard):
        tree = None if path.suffix.lower() == EDITION else _tree_of(path)
        if tree is not None:
            found.setdefault((tree,), set()).add(shown_path(path))
        elif path.suffix.lower() == EDITION or _kind(path, unheard) == "parameters":
            found[parameters_folder(), path] = {shown_path(path)}
    return [(read_library(where, unheard), shown) for where, shown in found.items()]


def _files(paths: Iterable[str | Path], problems: Problems) -> list[Path]:
    files: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix in (".yaml", ".yml"))
            if not inside:
                problems.add(shown_path(path), 0, 0, "there is no .yaml file in this folder")
            files += inside
        elif path.suffix.lower() not in (".yaml", ".yml", EDITION) and path.exists():
            what = f"'{path.suffix or path.name}' is no parameter file and no scenario"
            problems.add(shown_path(path), 0, 0, what, "These are .yaml files, or .csv.")
        else:
            files.append(path)
    return list(dict.fromkeys(files))


def _tree_of(path: Path) -> Path | None:
    """The folder of parameters a file belongs to: the shipped one, or one named `parameters`."""
    parents = path.absolute().parents
    return next((folder for folder in parents if folder.name == "parameters"), None)


def _kind(path: Path, problems: Problems) -> str | None:
    found = Problems()
    top = read_yaml(path, found)
    problems.found += [p for p in found.found if p not in problems.found]
    if top is None:
        return None
    if isinstance(top, Items):
        problems.add(*top.place, "expected named sections, found a list", "Give each entry a name.")
        return None
    if set(top.entries) & set(_OF_A_SCENARIO):
        return "scenario"
    if any("." in name or isinstance(node, Section) for name, node in top.entries.items()):
        return "parameters"
    first = next(iter(top.entries), "")
    to_do = did_you_mean(first, _OF_A_SCENARIO) or (
        f"A scenario has {listed(_OF_A_SCENARIO)}; a parameter file has entries by full names."
    )
    problems.add(*top.place, "this is not known to be a parameter file or a scenario", to_do)
    return None


def _check_tree(tree: Path, shown: set[str], problems: Problems) -> Sequence[str]:
    """Read a whole folder of parameters, and keep what concerns the files asked about."""
    found = Problems()
    library = read_library(tree, found)
    problems.found += [p for p in found.found if p.file in shown and p not in problems.found]
    return [w for w in library.warnings if w.partition(":")[0] in shown]


def _check_alone(files: Sequence[Path], problems: Problems) -> Sequence[str]:
    warnings: list[str] = []
    for file in files:
        found = Problems()
        warnings += read_library([parameters_folder(), file], found).warnings
        problems.found += [p for p in found.found if p not in problems.found]
    return warnings


def _check_scenarios(files: Sequence[Path], problems: Problems) -> Sequence[str]:
    warnings: list[str] = []
    shipped = read_library(parameters_folder(), Problems())
    for file in files:
        _check_twin(file, problems)
        found = Problems()
        warnings += check_scenario(file, shipped, found)
        problems.found += [p for p in found.found if p not in problems.found]
    return warnings


def _check_twin(file: Path, problems: Problems) -> None:
    """Two scenarios whose names differ only by case are one file on some machines."""
    for other in file.absolute().parent.glob("*.yaml"):
        if other.name != file.name and other.name.casefold() == file.name.casefold():
            what = f"'{file.name}' and '{other.name}' differ only by case"
            problems.add(shown_path(file), 0, 0, what, "Rename one of them.")
