"""How long a funder lets a bid be, and how small its writing, read from `rules.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Final

from familyflow.parameters.conversions import plain
from familyflow.parameters.yaml_file import read_yaml
from familyflow.problems import Problems

FILE: Final = "rules.yaml"


@dataclass(frozen=True)
class Rule:
    """What one funder asks of a bid's length. bid: which part of it that is of."""

    funder: str
    bid: str
    most_pages: int
    least_points: float
    source: str


def rule_of(funder: str) -> Rule | None:
    """The rule of the funder who is asked; None where none is known."""
    return next((rule for rule in rules() if rule.funder == funder), None)


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule that is known. Raises InputError where the file is damaged."""
    problems = Problems()
    with as_file(files("familyflow.web.cases") / FILE) as path:
        top = read_yaml(path, problems)
    problems.raise_if_any()
    assert top is not None
    return tuple(_rule(row) for row in plain(top).values())


def _rule(row: dict[str, Any]) -> Rule:
    source = row["source"]
    return Rule(
        funder=row["funder"],
        bid=row["bid"],
        most_pages=row["most_pages"],
        least_points=row["least_points"],
        source=f"{source['title']}; {source['where']}",
    )
