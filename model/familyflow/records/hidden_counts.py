"""Small counts hidden, and as many others as it takes that nobody can work them out again.

Whoever knows the sums can subtract. So a count that is hidden stays hidden only if the counts that
are shown, with every sum they stand in, leave it at least FEWEST apart.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Generic, TypeVar

import numpy as np

from familyflow.records.suppress import LEAST

Name = TypeVar("Name", bound=object)
FEWEST: Final = LEAST
_SLACK: Final = 1e-6  # of what the solver counts as equal


def suppressed(
    counts: Mapping[Name, int],
    sums: Sequence[tuple[Name, Sequence[Name]]] = (),
    *,
    few: Collection[Name] = (),
    first: Collection[Name] = (),
) -> dict[Name, int | None]:
    """The counts, None for each that is hidden; a count of none is hidden like other small ones.

    sums: a whole and the parts that add up to it, all of them counts. few: hidden whatever their
    count, as where few children stand behind it. first: given up before others.
    """
    table = _Table(counts, sums)
    small = {name for name, count in counts.items() if count < FEWEST or name in few}
    hidden = set(small)
    while found := next((name for name in counts if table.is_known(name, hidden)), None):
        hidden.add(table.also(found, hidden, first))
    for name in sorted(hidden - small, key=lambda one: (one in first, -counts[one])):
        fewer = table.without(name, hidden, small)  # hidden early, it may not be needed by the end
        if not any(table.is_known(one, fewer) for one in fewer):
            hidden = fewer
    return table.shown(hidden)


def in_a_line(counts: Mapping[str, int], whole: str = "all") -> dict[str, int | None]:
    """Counts and their sum under the name `whole`.

    >>> in_a_line({"a": 3, "b": 12, "c": 40})
    {'a': None, 'b': None, 'c': 40, 'all': 55}
    """
    every = {**counts, whole: sum(counts.values())}
    return suppressed(every, [(whole, tuple(counts))])


def in_a_table(
    counts: Mapping[tuple[str, str], int], whole: str = "all"
) -> dict[tuple[str, str], int | None]:
    """Counts by row and column, with sums of rows, of columns and of all under `whole`."""
    rows = tuple(dict.fromkeys(row for row, _ in counts))
    columns = tuple(dict.fromkeys(column for _, column in counts))
    every = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    sums: list[tuple[tuple[str, str], list[tuple[str, str]]]] = []
    sums += [((row, whole), [(row, column) for column in columns]) for row in rows]
    sums += [((whole, column), [(row, column) for row in rows]) for column in columns]
    sums += [((whole, whole), [(row, whole) for row in rows])]
    for name, parts in sums:
        every[name] = sum(every[part] for part in parts)
    sums += [((whole, whole), [(whole, column) for column in columns])]
    return suppressed(every, sums)


def between(
    name: Name,
    shown: Mapping[Name, int | None],
    sums: Sequence[tuple[Name, Sequence[Name]]],
) -> tuple[float, float]:
    """The least and the most that a hidden count can be, for whoever knows the others and the sums.

    The most is infinite where nothing limits it.
    """
    unknown = [one for one, count in shown.items() if count is None]
    place = {one: n for n, one in enumerate(unknown)}
    rows, rights = [], []
    for whole, parts in sums:
        row, right = np.zeros(len(unknown)), 0.0
        for one, sign in [(whole, -1.0), *((part, 1.0) for part in parts)]:
            count = shown[one]
            if count is None:
                row[place[one]] += sign
            else:
                right -= sign * count
        rows.append(row)
        rights.append(right)
    aim = np.zeros(len(unknown))
    aim[place[name]] = 1.0
    if not rows:
        return 0.0, math.inf
    least, most = (_solved(sign * aim, np.array(rows), np.array(rights)) for sign in (1.0, -1.0))
    return least, -most


def _solved(aim: Any, rows: Any, rights: Any) -> float:
    found = _optimize().linprog(aim, A_eq=rows, b_eq=rights, bounds=(0, None), method="highs")
    return float(found.fun) if found.status == 0 else -math.inf


@cache
def _optimize() -> Any:
    """scipy.optimize, imported when first needed: the command line must start fast."""
    return importlib.import_module("scipy.optimize")


@dataclass(frozen=True)
class _Table(Generic[Name]):
    """Counts with the sums that they stand in, to ask what is known if some are hidden."""

    counts: Mapping[Name, int]
    sums: Sequence[tuple[Name, Sequence[Name]]]

    def shown(self, hidden: Collection[Name]) -> dict[Name, int | None]:
        return {name: None if name in hidden else count for name, count in self.counts.items()}

    def is_known(self, name: Name, hidden: Collection[Name]) -> bool:
        """Whether a hidden count can be worked out too closely, and more could be hidden."""
        return (
            name in hidden
            and bool(self._summed() - set(hidden))
            and self._room(name, hidden) < FEWEST - _SLACK
        )

    def also(self, name: Name, hidden: Collection[Name], first: Collection[Name]) -> Name:
        """What to hide besides: what may go first, in its own sums, parts before wholes, small."""
        wholes = {whole for whole, _ in self.sums}
        beside = self._summed(name)
        return min(
            (one for one in self.counts if one in self._summed() and one not in hidden),
            key=lambda one: (one not in beside, one not in first, one in wholes, self.counts[one]),
        )

    def without(self, name: Name, hidden: set[Name], small: set[Name]) -> set[Name]:
        """What stays hidden if one is shown, and with it what it gives away of no small ones."""
        fewer = hidden - {name}
        return {one for one in fewer if one in small or self._room(one, fewer) > _SLACK}

    def _room(self, name: Name, hidden: Collection[Name]) -> float:
        least, most = between(name, self.shown(hidden), self.sums)
        return most - least

    def _summed(self, name: Name | None = None) -> set[Name]:
        """Every count in a sum, or those in sums with one of them."""
        every = [(whole, *parts) for whole, parts in self.sums]
        return {one for names in every if name is None or name in names for one in names}
