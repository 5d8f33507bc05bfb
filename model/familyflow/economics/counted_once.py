"""Refuses lines that would count the same thing twice, whether or not they say so themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from familyflow.economics.savings import BenefitLine
from familyflow.problems import InputError, Problem

_ROUNDING = 1e-9


@dataclass(frozen=True)
class DoubleCount:
    """Lines that count one thing twice: which, in what field it shows, and what to do."""

    lines: tuple[str, ...]
    field: str
    what: str
    to_do: str


def counted_once(lines: Sequence[BenefitLine]) -> None:
    """Raise InputError, naming the lines, with everything that is counted twice."""
    found = [Problem(twice.lines[0], 0, 0, twice.what, twice.to_do) for twice in twice_in(lines)]
    if found:
        raise InputError(found)


def twice_in(lines: Sequence[BenefitLine]) -> Iterator[DoubleCount]:
    """Everything that these lines count twice.

    Fiscal, economic and social value of one thing are different values, so each kind is looked at
    by itself. Lines of one double-count group must each declare to be disjoint. Lines that price
    one quantity must share it out (their shares add to 1 at most), or be disjoint, of different
    unit costs and of no common group. A chain must not be worked out for what is simulated.
    """
    told: set[str] = set()
    for twice in (*_of_one_group(lines), *_of_one_quantity(lines)):
        if not told.issuperset(twice.lines):  # two lines of a group often share a quantity too
            told.update(twice.lines)
            yield twice
    yield from _chains_on_what_is_simulated(lines)


def _of_one_group(lines: Iterable[BenefitLine]) -> Iterator[DoubleCount]:
    grouped = (line for line in lines if line.double_count_group)
    for members in _by(grouped, "double_count_group"):
        if len(members) > 1 and not all(line.disjoint for line in members):
            group = members[0].double_count_group
            yield _twice(
                members,
                "double_count_group",
                f"count the same {members[0].unit_cost.kind} value (double-count group {group!r})",
                "Keep one of them, or declare each disjoint.",
            )


def _of_one_quantity(lines: Iterable[BenefitLine]) -> Iterator[DoubleCount]:
    simulated = (line for line in lines if line.chain is None)
    for members in _by(simulated, "quantity"):
        priced = np.max(sum((line.share for line in members), start=np.zeros(1)))
        if len(members) < 2 or priced <= 1 + _ROUNDING or _are_different_things(members):
            continue
        quantity, kind = members[0].quantity, members[0].unit_cost.kind
        yield _twice(
            members,
            "quantity",
            f"price {quantity!r} twice: their shares of its {kind} value add to more than 1",
            "Keep one of them, share it out between them with 'share', or, where one happening "
            "costs two different things, give each its own unit cost and 'disjoint: yes'.",
        )


def _are_different_things(members: Sequence[BenefitLine]) -> bool:
    """Whether one happening is said to cost several things, each with a unit cost of its own."""
    costs = {line.unit_cost.key for line in members}
    groups = [line.double_count_group for line in members if line.double_count_group]
    return (
        all(line.disjoint for line in members)
        and len(costs) == len(members)
        and len(set(groups)) == len(groups)
    )


def _chains_on_what_is_simulated(lines: Sequence[BenefitLine]) -> Iterator[DoubleCount]:
    simulated = {mark: line for line in lines if line.chain is None for mark in _marks(line)}
    for chain in (line for line in lines if line.chain is not None):
        for mark in _marks(chain):
            if mark in simulated:
                line, (what, name, _) = simulated[mark], mark
                yield DoubleCount(
                    (chain.name, line.name),
                    "chain",
                    f"{chain.name} works out by a chain what is simulated: its {what} {name!r} is "
                    f"also that of {line.name}",
                    "Take one of the two lines away: what is simulated already holds who takes "
                    "part, who stays and what would have happened anyway.",
                )
                break


def _marks(line: BenefitLine) -> Iterator[tuple[str, str, str]]:
    """By what a chain and a simulated line can be seen to be about the same thing."""
    cost = line.unit_cost
    yield "quantity", line.quantity, ""
    yield "unit cost", cost.key, ""
    if cost.code:
        yield "unit cost code", cost.code, cost.kind


def _by(lines: Iterable[BenefitLine], field: str) -> Iterable[list[BenefitLine]]:
    """Lines of one kind of value that have the same text in a field, together."""
    together: dict[tuple[str, str], list[BenefitLine]] = {}
    for line in lines:
        together.setdefault((getattr(line, field), line.unit_cost.kind), []).append(line)
    return together.values()


def _twice(lines: Sequence[BenefitLine], field: str, what: str, to_do: str) -> DoubleCount:
    names = tuple(line.name for line in lines)
    return DoubleCount(names, field, f"{', '.join(names)} {what}", to_do)
