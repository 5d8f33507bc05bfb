"""The groups of families by which it is told who is served, in the words of a commissioner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from familyflow.families.columns import FamilyColumns
from familyflow.specification.plan import DOMESTIC_ABUSE, MENTAL_ILL_HEALTH, SUBSTANCE_MISUSE

Ints = npt.NDArray[np.int64]
MOST_TOLD_APART = 4  # children in scope: so many or more are one group


class Grouping(NamedTuple):
    """A way to tell families apart: every family belongs to exactly one of its groups."""

    name: str
    groups: tuple[str, ...]
    place: Callable[[FamilyColumns], Ints]  # which group each family belongs to


def _needing(need: int) -> Callable[[FamilyColumns], Ints]:
    """0 for families with this need, 1 for those without."""
    return lambda families: 1 - (families.needs >> need & 1)


def _needs(families: FamilyColumns) -> Ints:
    every = np.array([families.needs >> need & 1 for need in _NEEDS])
    found: Ints = every.sum(axis=0) - 1  # every family has one at least
    return found


def _children(families: FamilyColumns) -> Ints:
    return np.minimum(families.in_scope, MOST_TOLD_APART) - 1


_NEEDS = (DOMESTIC_ABUSE, SUBSTANCE_MISUSE, MENTAL_ILL_HEALTH)
GROUPINGS: Final = (
    Grouping("all families", ("all families",), lambda families: np.zeros_like(families.number)),
    Grouping("domestic abuse", ("domestic abuse", "no domestic abuse"), _needing(DOMESTIC_ABUSE)),
    Grouping(
        "substance misuse",
        ("parental substance misuse", "no parental substance misuse"),
        _needing(SUBSTANCE_MISUSE),
    ),
    Grouping(
        "mental ill health",
        ("parental mental ill health", "no parental mental ill health"),
        _needing(MENTAL_ILL_HEALTH),
    ),
    Grouping("number of needs", ("one need", "two needs", "all three needs"), _needs),
    Grouping(
        "family size",
        (
            "1 child in scope",
            "2 children in scope",
            "3 children in scope",
            "4 or more children in scope",
        ),
        _children,
    ),
    Grouping(
        "ethnic group",
        ("minority ethnic", "not minority ethnic"),
        lambda families: 1 - families.minority_ethnic,
    ),
    Grouping(
        "interpreter",
        ("needs an interpreter", "needs no interpreter"),
        lambda families: 1 - families.interpreter,
    ),
    Grouping(
        "level of need on arrival",
        ("universal services only", "early help", "child in need", "child protection plan"),
        lambda families: families.level,
    ),
)
GROUPS: Final = tuple((kind.name, group) for kind in GROUPINGS for group in kind.groups)


def members(families: FamilyColumns) -> Ints:
    """1 where a family belongs to a group: (group, family), the groups in the order of GROUPS."""
    found = [
        kind.place(families) == np.arange(len(kind.groups))[:, np.newaxis] for kind in GROUPINGS
    ]
    return np.concatenate(found).astype(np.int64)
