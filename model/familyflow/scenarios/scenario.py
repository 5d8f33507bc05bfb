"""A scenario as it stands in its file: what it extends, what it sets and what it assumes.

A scenario is named by a path, or by a name looked up in `./scenarios` and then among the shipped
ones. This file reads no numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from familyflow.parameters import conversions
from familyflow.parameters.models import Model, Text, Texts
from familyflow.parameters.validation import Report, validated
from familyflow.parameters.yaml_file import parse_value, read_yaml
from familyflow.parameters.yaml_text import shown_path
from familyflow.parameters.yaml_tree import (
    NOWHERE,
    Items,
    Node,
    Place,
    Scalar,
    Section,
    Wrong,
    kind_of,
)
from familyflow.problems import InputError, Problems, bad_input
from familyflow.scenarios.names import find_scenario, name_problem

DEEPEST = 8
_CHOICES = {"type": "object", "additionalProperties": True}
Seed = Annotated[int, BeforeValidator(conversions.seed)]


class ScenarioModel(Model):
    """One file in scenarios/."""

    title: Text = Field(description="The scenario in a few words, as reports head it.")
    question: Text | None = Field(None, description="The question it answers.")
    unproven: Text | None = Field(
        None,
        description="What it changes that no evidence links to outcomes: the answer is cost only.",
    )
    extends: Text | None = Field(None, description="The scenario it changes: a name, or a path.")
    set: Annotated[Any, WithJsonSchema(_CHOICES)] | None = Field(
        None, description="Decisions, by key: what a commissioner controls."
    )
    assume: Annotated[Any, WithJsonSchema(_CHOICES)] | None = Field(
        None, description="Beliefs, by key, each with `because`."
    )
    parameters: Texts | None = Field(
        None, description="Parameter files laid over the shipped ones."
    )
    seed: Seed | None = Field(None, description="The study seed.", ge=0, lt=2**64)


@dataclass(frozen=True)
class Given:
    """A choice as it stands in the file."""

    key: str
    node: Node
    place: Place
    kind: Literal["set", "assume"]


@dataclass(frozen=True)
class Scenario:
    """One scenario file, its choices not yet checked against the parameters."""

    name: str
    path: Path
    title: str
    question: str = ""
    unproven: str = ""
    extends: str | None = None
    extends_place: Place = NOWHERE
    seed: int | None = None
    parameter_files: tuple[Path, ...] = ()
    choices: tuple[Given, ...] = ()


def read_scenario(path: Path, problems: Problems) -> Scenario | None:
    """The scenario in a file, or None with every mistake noted."""
    wrong = name_problem(path.name)
    if wrong:
        problems.add(shown_path(path), 0, 0, wrong, "Give the file another name.")
    top = read_yaml(path, problems)
    if top is None:
        return None
    if isinstance(top, Items):
        problems.add(
            *top.place, "expected named sections, found a list", "Begin with 'title: ...'."
        )
        return None
    report = Report(problems, path.stem)
    model = validated(ScenarioModel, top, report)
    choices = [*_given(top, "set", report), *_given(top, "assume", report)]
    extends = top.entries.get("extends")
    if model is None:  # its choices are looked at all the same: all mistakes at once
        named = extends.text if isinstance(extends, Scalar) and not extends.blank else None
        place = extends.place if extends else top.place
        return Scenario(path.stem, path, "", "", "", named, place, choices=tuple(choices))
    return Scenario(
        name=path.stem,
        path=path,
        title=model.title,
        question=model.question or "",
        unproven=model.unproven or "",
        extends=model.extends,
        extends_place=extends.place if extends else top.place,
        seed=model.seed,
        parameter_files=tuple(path.parent / file for file in model.parameters or ()),
        choices=tuple(choices),
    )


def read_sets(sets: Sequence[str]) -> list[Given]:
    """The choices of `--set KEY=VALUE`. Raises InputError. Their kind is settled by the key."""
    given: list[Given] = []
    for text in sets:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise bad_input(
                f"--set {text}: KEY=VALUE is due", "For example service.team.key_workers=6."
            )
        place = Place(f"--set {key.strip()}", 0, 0)
        if any(before.key == key.strip() for before in given):
            raise bad_input("this key is set twice", "Keep one.", where=place.file)
        given.append(Given(key.strip(), parse_value(value, place.file), place, "set"))
    return given


def lineage(path: Path, folder: Path | None, problems: Problems) -> list[Scenario]:
    """The scenario and its parents, itself first; mistakes are noted."""
    found: list[Scenario] = []
    seen: list[Path] = []
    while True:
        seen.append(path.resolve())
        scenario = read_scenario(path, problems)
        if scenario is None:
            return found
        found.append(scenario)
        if scenario.extends is None:
            return found
        parent = _parent(scenario, folder, problems)
        if parent is None:
            return found
        if parent.resolve() in seen:
            what = (
                f"'{scenario.name}' extends itself"
                if parent.resolve() == seen[-1]
                else "scenarios extend each other in a circle: "
                + " -> ".join([*(s.name for s in found), parent.stem])
            )
            problems.add(*scenario.extends_place, what, "Extend another scenario, or none.")
            return found
        if len(found) >= DEEPEST:
            what = f"more than {DEEPEST} scenarios extend one another"
            problems.add(*scenario.extends_place, what, "Extend a scenario nearer the root.")
            return found
        path = parent


def _parent(scenario: Scenario, folder: Path | None, problems: Problems) -> Path | None:

    try:
        return find_scenario(str(scenario.extends), folder, beside=scenario.path.parent)
    except InputError as error:
        for problem in error.problems:
            problems.add(*scenario.extends_place, f"extends: {problem.what}", problem.to_do)
        return None


def _given(top: Section, kind: Literal["set", "assume"], report: Report) -> list[Given]:
    node = top.entries.get(kind)
    if node is None or (isinstance(node, Scalar) and node.blank):
        return []
    if not isinstance(node, Section):
        report.value(node, Wrong(f"keys with their values are due here, not {kind_of(node)}"), kind)
        return []
    return [Given(key, child, node.names[key], kind) for key, child in node.entries.items()]
