"""Runs a pydantic model over a section of a file and says each mistake in words, at its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.parameters.numerals import neat
from familyflow.parameters.yaml_tree import Node, Place, Scalar, Section, Wrong, at, written
from familyflow.problems import Problems

M = TypeVar("M", bound=BaseModel)


class Report:
    """Notes the mistakes of one entry: each message names the key, and the value as written."""

    def __init__(self, problems: Problems, name: str) -> None:
        self.problems, self.name = problems, name
        self.count = 0

    def at(self, place: Place, what: str, to_do: str = "") -> None:
        """Note a mistake at a place; `what` follows the name of the entry."""
        self.count += 1
        self.problems.add(*place, f"{self.name}{what}", to_do)

    def value(self, node: Node, wrong: Wrong, field: str = "") -> None:
        """Note a wrong value: 'name.field = 1.4: must lie between 0 and 1'."""
        shown = f".{field}" if field else ""
        if isinstance(node, Scalar):
            shown += f" = {written(node)}"
        self.at(node.place, f"{shown}: {wrong.what}", wrong.to_do)


def validated(model: type[M], section: Section, report: Report) -> M | None:
    """The model filled from the section, or None with every mistake noted."""
    try:
        return model.model_validate(dict(section.entries))
    except ValidationError as error:
        for mistake in error.errors(include_url=False):
            _note(mistake, model, section, report)
        return None


def child(root: Node, path: tuple[int | str, ...]) -> Node | None:
    """What stands at this path, or None."""
    node: Node | None = root
    for step in path:
        node = node.entries.get(str(step)) if isinstance(node, Section) else None
    return node


def _note(
    mistake: Mapping[str, Any], model: type[BaseModel], root: Section, report: Report
) -> None:
    path = tuple(mistake["loc"])
    field = ".".join(str(step) for step in path)
    around, node = child(root, path[:-1]), child(root, path)
    if mistake["type"] == "extra_forbidden" and isinstance(around, Section):
        known = list(_model_at(model, path[:-1]).model_fields)
        given = str(path[-1])
        to_do = did_you_mean(given, known, otherwise=f"Known here: {listed(known)}.")
        if given.isdigit() and isinstance(node, Scalar) and node.blank:
            to_do = "A comma inside {...} begins a new name: write 38000, not 38,000."
        elif " " in given and isinstance(node, Scalar) and node.blank:
            to_do = "A comma inside {...} begins a new name: put the text before it in quotes."
        report.at(around.names[given], f": there is no '{field}'", to_do)
    elif mistake["type"] == "missing":
        to_do = _description(_model_at(model, path[:-1]), str(path[-1]))
        report.at(at(root, path[:-1]), f" has no '{field}'", to_do)
    elif mistake["type"] == "literal_error" and node is not None:
        allowed = [
            part.strip(" '") for part in mistake["ctx"]["expected"].replace(" or ", ",").split(",")
        ]
        to_do = did_you_mean(
            str(mistake["input"]), allowed, otherwise=f"Allowed are {listed(allowed)}."
        )
        report.value(node, Wrong("is not one of the words allowed", to_do), field)
    else:
        wrong = mistake.get("ctx", {}).get("error")
        if not isinstance(wrong, Wrong):
            wrong = _in_our_words(mistake)
        report.value(node if node is not None else root, wrong, field)


_LIMITS = {
    "greater_than": ("must be above {}", "gt"),
    "greater_than_equal": ("must be {} or more", "ge"),
    "less_than": ("must be below {}", "lt"),
    "less_than_equal": ("must be {} or less", "le"),
}


def _in_our_words(mistake: Mapping[str, Any]) -> Wrong:
    """What pydantic found, as we say it."""
    if mistake["type"] in _LIMITS:
        words, limit = _LIMITS[mistake["type"]]
        return Wrong(words.format(neat(mistake["ctx"][limit])))
    return Wrong("this cannot be used here", "Look at the shipped entries for its form.")


def _description(model: type[BaseModel], field: str) -> str:
    info = model.model_fields.get(field)
    return f"{field}: {info.description}" if info and info.description else ""


def _model_at(model: type[BaseModel], path: tuple[int | str, ...]) -> type[BaseModel]:
    for step in path:
        info = model.model_fields.get(str(step))
        nested = _models_in(info.annotation) if info else []
        model = nested[0] if nested else model
    return model


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in get_args(annotation) for found in _models_in(part)]
