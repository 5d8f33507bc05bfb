"""The scenario that the form of a cost case writes, with every mistake beside its field."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from familyflow.experiments.inputs import load_inputs
from familyflow.parameters.yaml_file import parse_yaml
from familyflow.parameters.yaml_tree import Items, Node, Section
from familyflow.problems import InputError, Problem, Problems
from familyflow.scenarios.written import scenario_text
from familyflow.web.cases.choices import choices
from familyflow.web.cases.form import CaseForm
from familyflow.web.cases.made import Choices, Path
from familyflow.web.mistakes import Told, in_words
from familyflow.web.started import CASE, Started, written_out

MOST_READINGS: Final = 4
Place = tuple[int, int]  # line and column in the scenario that was written


@dataclass(frozen=True)
class Checked:
    """A form that was looked at: what a job is asked for it, or its mistakes."""

    asked: dict[str, Any]
    problems: tuple[Told, ...]


def check(form: CaseForm, start: Started) -> Checked:
    """The form as a scenario, read as any file is; every mistake at once.

    What stands in a field that cannot be read is left out of the scenario, so that the rest is
    looked at all the same.
    """
    made = choices(form, start)
    files = _files(form, start, made)
    told = [*made.problems, *_as_read(form, start, made)]
    # what was chosen for all options stands in the scenario: the form may have changed it since
    asked = {**start.asked(), "files": files, "scenario": CASE, "sets": []}
    return Checked(asked, tuple(_one_a_field(told)))


def _files(form: CaseForm, start: Started, made: Choices) -> dict[str, str]:
    text = scenario_text(
        start.extends,
        form.title.strip() or "-",
        start.resolved.question,
        made.set,
        made.assume,
        _unproven(start, made),
    )
    return {**start.files, CASE: text}


def _unproven(start: Started, made: Choices) -> str:
    """What no evidence links to outcomes: that of the scenario which is changed, and of the form.

    A case that is changed once more was one of ours: what its form added is told anew.
    """
    parent = (start.parent or start.resolved).unproven
    added = [one for one in made.unproven if one not in parent]
    return "; ".join([parent, *added] if parent else added)


def _as_read(form: CaseForm, start: Started, made: Choices) -> list[Told]:
    """What the loader says, in its own words.

    It looks at ranges first, and at what fits together only where those are kept: so what is wrong
    is taken out, and the rest is read again until nothing more is found.
    """
    told: list[Told] = []
    left = made
    for _ in range(MOST_READINGS):
        files = _files(form, start, left)
        problems = _problems(files, start)
        places = _places(files[CASE], left.fields)
        found = [_told(problem, places) for problem in problems]
        told += found
        wrong = {one.field for one in found}
        keys = {path[1] for path, name in left.fields.items() if name in wrong and len(path) > 1}
        if not keys:
            break
        left = _without(left, keys)
    return told


def _without(made: Choices, keys: Collection[object]) -> Choices:
    """The same choices but for those of these keys."""
    return Choices(
        {key: value for key, value in made.set.items() if key not in keys},
        {key: value for key, value in made.assume.items() if key not in keys},
        {path: name for path, name in made.fields.items() if len(path) < 2 or path[1] not in keys},
        unproven=made.unproven,
    )


def _problems(files: Mapping[str, str], start: Started) -> Sequence[Problem]:
    with written_out(files) as folder:
        beside = [folder / name for name in start.parameter_files]
        try:
            load_inputs(str(folder / CASE), (), beside)
        except InputError as error:
            return error.problems
    return ()


def _told(problem: Problem, places: Mapping[Place, str]) -> Told:
    """A problem with its field: that of the last thing which begins at its place or before."""
    words = in_words(problem)
    if not problem.file.endswith(CASE):
        return Told("", words)
    at = (problem.line, problem.column)
    before = [place for place in places if place <= at]
    return Told(places[max(before)] if before else "", words)


def _one_a_field(told: list[Told]) -> list[Told]:
    """The first mistake of each field: what follows from it is not told as well."""
    found: dict[str, Told] = {}
    for number, one in enumerate(told):
        found.setdefault(one.field or f"#{number}", one)
    return list(found.values())


def _places(text: str, fields: Mapping[Path, str]) -> dict[Place, str]:
    """Where each field's name stands in the scenario."""
    top = parse_yaml(text, CASE, Problems())
    found = {}
    for path, name in fields.items():
        place = _place(top, path)
        if place is not None:
            found[place] = name
    return found


def _place(node: Node | None, path: Path) -> Place | None:
    place = None
    for step in path:
        if isinstance(node, Section) and step in node.entries:
            place, node = node.names[str(step)], node.entries[str(step)]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            place = node.place
        else:
            return None
    return None if place is None else (place.line, place.column)
