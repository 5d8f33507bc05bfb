"""What is varied: numbers by name, alone or in groups that move together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from familyflow.problems import InputError, Problem

LUCK = "luck"  # the factor that picks the luck of a point; no parameter has a name without a dot


@dataclass(frozen=True)
class Factors:
    """Names in alphabetical order: a point is the same however a file orders its numbers.

    groups: the group of each name that is in one; others stand alone.
    """

    names: tuple[str, ...]
    groups: Mapping[str, str]

    @cached_property
    def told_apart(self) -> tuple[str, ...]:
        """What gets an index of its own: groups and names in none, in the order of the names."""
        return tuple(dict.fromkeys(self.group_of(name) for name in self.names))

    @property
    def is_grouped(self) -> bool:
        """Whether there are groups, if only of one name."""
        return bool(self.groups)

    def group_of(self, name: str) -> str:
        """The group of a name, or the name itself."""
        return self.groups.get(name, name)

    def problem(self) -> dict[str, Any]:
        """The unit cube as SALib asks for it: new each time, since its samplers write in it."""
        asked: dict[str, Any] = {
            "num_vars": len(self.names),
            "names": list(self.names),
            "bounds": [[0.0, 1.0] for _ in self.names],
        }
        if self.is_grouped:
            asked["groups"] = [self.group_of(name) for name in self.names]
        return asked


def factors_of(
    names: Iterable[str], groups: Mapping[str, Iterable[str]] | None = None, *, luck: bool = False
) -> Factors:
    """What is varied. groups: names by group. luck: one factor more, which picks the luck.

    Raises InputError with every mistake: a name twice or in two groups, a group of names that are
    not varied, a group called as a name, fewer than two factors to tell apart.
    """
    given = [*names, *([LUCK] if luck else [])]
    members_of = {group: tuple(members) for group, members in (groups or {}).items()}
    of_name = {name: group for group, members in members_of.items() for name in members}
    made = Factors(tuple(sorted(set(given))), of_name)
    problems = [
        Problem("factors", 0, 0, what, to_do) for what, to_do in _mistakes(given, members_of, made)
    ]
    if problems:
        raise InputError(problems)
    return made


def _mistakes(
    given: list[str], groups: Mapping[str, tuple[str, ...]], made: Factors
) -> Iterable[tuple[str, str]]:
    for name, times in Counter(given).items():
        if times > 1:
            yield f"{name} is given {times} times", "Give each factor once."
    grouped = Counter(name for members in groups.values() for name in members)
    for name, times in grouped.items():
        if name not in made.names:
            yield f"{name} is in a group and is not varied", "Vary it, or take it out of the group."
        if times > 1:
            yield f"{name} is in a group {times} times", "Give each factor one group."
    for group in groups:
        if group in made.names:
            yield f"the group {group} is called as one of the factors", "Give it another name."
    if not made.names:
        yield "nothing is varied", "Give at least two numbers that are uncertain."
    elif len(made.told_apart) == 1:
        yield (
            f"{made.told_apart[0]} is all that varies, so it is all of the spread",
            "Give at least two factors or groups.",
        )
