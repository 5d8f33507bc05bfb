"""Which numbers a sweep varies, what moves together, and what a reader is told of each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from familyflow.experiments.sensitivity.factors import LUCK, Factors, factors_of
from familyflow.parameters.at_points import place_of, quantile_of, stated_value
from familyflow.parameters.correlations import Correlation, blocks
from familyflow.parameters.draws import uncertain
from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.parameters.parameter import Parameter
from familyflow.parameters.references import names_drawn
from familyflow.problems import Problems, bad_input
from familyflow.scenarios.resolve import Resolved

_GROUP = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,39}", re.ASCII)
_TAKEN = (LUCK, "chance")  # as the factor that picks the luck is called, and what readers see
LOW, HIGH = 0.025, 0.975  # the ends of the range that a number is told with


@dataclass(frozen=True)
class Varied:
    """The numbers that are varied, by name: a key, or ``key[element]`` for a share of a table.

    groups: what moves together, by a name that stands where a number's would.
    """

    parameters: Mapping[str, Parameter]
    names: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]

    def factors(self, *, luck: bool) -> Factors:
        """As the methods that vary everything at once want them. luck: chance as one more."""
        return factors_of(self.names, self.groups, luck=luck)

    def value_at(self, name: str, uniform: float) -> float:
        """The value of a number at a place in its belief."""
        parameter, element = self._of(name)
        return quantile_of(parameter, uniform, element)

    def stated(self, name: str) -> float:
        """The stated value of a number."""
        return stated_value(*self._of(name))

    def place(self, name: str, value: float | None = None) -> float:
        """The uniform at which a number has this value; by default its stated value."""
        parameter, element = self._of(name)
        return place_of(parameter, element, value)

    @cached_property
    def told(self) -> list[dict[str, Any]]:
        """A row a number: name, label, unit, stated, low, high, grade and status."""
        return [self._told(name) for name in self.names]

    def told_groups(self) -> list[dict[str, Any]]:
        """A row a group: its name, label and factors."""
        return [
            {"group": group, "label": self._label(group), "factors": list(members)}
            for group, members in self.groups.items()
        ]

    def _told(self, name: str) -> dict[str, Any]:
        parameter, element = self._of(name)
        return {
            "factor": name,
            "label": parameter.label + (f": {element.replace('_', ' ')}" if element else ""),
            "unit": parameter.unit,
            "stated": stated_value(parameter, element),
            "low": self.value_at(name, LOW),
            "high": self.value_at(name, HIGH),
            "grade": parameter.grade,
            "status": parameter.status or "assumed",
        }

    def _of(self, name: str) -> tuple[Parameter, str | None]:
        key, _, element = name.rstrip("]").partition("[")
        return self.parameters[key], element or None

    def _label(self, group: str) -> str:
        parameter = self.parameters.get(group)
        return parameter.label if parameter is not None else group.replace("_", " ")


def varied_in(resolved: Resolved, asked: Sequence[str] = (), groups: Sequence[str] = ()) -> Varied:
    """What is varied of a scenario.

    asked: names, keys, or the start of keys up to a dot; by default everything uncertain. groups:
    ``NAME=KEY,KEY`` of such. Shares of one table, and numbers that are correlated, move together
    in any case. Raises InputError with every mistake.
    """
    known = uncertain(resolved.parameters)
    problems = Problems()
    names = _chosen(asked, known, resolved, "--vary", problems) if asked else known
    given = _given(groups, names, resolved, problems)
    problems.raise_if_any()
    together = _together(names, resolved)
    for group, members in together.items():
        for name, own in given.items():
            if set(own) & set(members) and not set(members) <= set(own):
                what = f"{name} holds a part of {group}, whose numbers move together"
                to_do = "Put all of them in one group, or leave them out."
                problems.add("--group", 0, 0, what, to_do)
    problems.raise_if_any()
    taken = {name for members in given.values() for name in members}
    of_own = {group: members for group, members in together.items() if taken.isdisjoint(members)}
    return Varied(resolved.parameters, tuple(sorted(names)), {**of_own, **given})


def pairs_among(correlations: Sequence[Correlation], names: Collection[str]) -> list[Correlation]:
    """The correlations between numbers that are varied: one that stands still moves no other."""
    return [pair for pair in correlations if pair.first in names and pair.second in names]


def check_grid(varied: Varied) -> None:
    """Refuse anything but two numbers that can stand wherever they are put. Raises InputError."""
    keys = {name.partition("[")[0] for name in varied.names}
    if len(varied.names) != 2:
        raise bad_input(
            f"a grid is over two numbers, and --vary means {len(varied.names)}",
            "Give each of the two by its whole name.",
            where="--vary",
        )
    if len(keys) == 1:
        raise bad_input(
            f"both are shares of {keys.pop()}, which together can be no more than the whole",
            "Put one share of it in a grid, with another number.",
            where="--vary",
        )


def check_tables(varied: Varied) -> None:
    """Refuse some of a table's shares without the others: at one point only all can move, or one.

    Raises InputError.
    """
    problems = Problems()
    for key in dict.fromkeys(name.partition("[")[0] for name in varied.names if "[" in name):
        drawn = list(names_drawn(varied.parameters[key]))
        there = [name for name in drawn if name in varied.names]
        if 1 < len(there) < len(drawn):
            what = f"{', '.join(there)} cannot move at once without the other shares of {key}"
            problems.add("--vary", 0, 0, what, f"Vary all of it (--vary {key}), or one share.")
    problems.raise_if_any()


def _together(names: Sequence[str], resolved: Resolved) -> dict[str, tuple[str, ...]]:
    """Shares of a table, by its key; correlated numbers, by the first of them and their number."""
    found: dict[str, list[str]] = {}
    for name in names:
        key, _, element = name.partition("[")
        if element:
            found.setdefault(key, []).append(name)
    for block in blocks(pairs_among(resolved.correlations, names)):
        found[f"{block.keys[0]} and {len(block.keys) - 1} correlated"] = list(block.keys)
    return {group: tuple(members) for group, members in found.items() if len(members) > 1}


def _given(
    groups: Sequence[str], names: Sequence[str], resolved: Resolved, problems: Problems
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for text in groups:
        name, equals, members = text.partition("=")
        name = name.strip()
        asked = [one.strip() for one in members.split(",") if one.strip()]
        if not equals or not _GROUP.fullmatch(name) or not asked:
            to_do = "Write NAME=KEY,KEY as in pay=unit_costs.staff., with a name of plain letters."
            problems.add("--group", 0, 0, f"{text!r} is no group", to_do)
        elif name in found or name.lower() in _TAKEN or name in resolved.parameters:
            problems.add("--group", 0, 0, f"the name {name} is taken", "Give it another.")
        else:
            found[name] = tuple(_chosen(asked, names, resolved, "--group", problems))
    for name in {one for members in found.values() for one in members}:
        holding = [group for group, members in found.items() if name in members]
        if len(holding) > 1:
            what = f"{name} is in {' and '.join(holding)}"
            problems.add("--group", 0, 0, what, "Give each number one group.")
    return found


def _chosen(
    asked: Iterable[str], known: Sequence[str], resolved: Resolved, option: str, problems: Problems
) -> list[str]:
    """The names that are meant, each once; what means none of them is noted."""
    found: dict[str, None] = {}
    for one in asked:
        start = one.rstrip("*").rstrip(".") + "."
        meant = [
            name for name in known
            if one in (name, name.partition("[")[0]) or name.startswith(start)
        ]  # fmt: skip
        if not meant:
            problems.add(option, 0, 0, *_not_there(one, known, resolved))
        found |= dict.fromkeys(meant)
    return list(found)


def _not_there(one: str, known: Sequence[str], resolved: Resolved) -> tuple[str, str]:
    if one in resolved.parameters:
        return (
            f"{one} is not uncertain here: it has no distribution",
            "Choose one that has, or give it one with --parameters FILE.",
        )
    keys = [*known, *(name.partition("[")[0] for name in known)]
    starts = listed(dict.fromkeys(name.partition(".")[0] + "." for name in known))
    to_do = did_you_mean(one, keys, otherwise=f"Their names begin with {starts}")
    return f"there is no uncertain number {one!r}", to_do
