"""The numbers of every draw, kept by number and not by draw: small, and priced without a loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, overload

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Complete = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True)
class DrawnValues(Sequence[Mapping[str, Any]]):
    """Every draw's value of every parameter; as a sequence it gives one whole mapping a draw.

    base: the stated values. columns: what is drawn, by its name (`key`, or `key[element]` for the
    shares of a table), one number a draw. complete: makes a draw's mapping from what is drawn in
    it, or one of columns from columns. chosen: keys at another value in every draw.
    """

    draws: int
    base: Mapping[str, Any]
    columns: Mapping[str, Floats]
    complete: Complete
    chosen: Mapping[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return self.draws

    @overload
    def __getitem__(self, place: int) -> Mapping[str, Any]: ...
    @overload
    def __getitem__(self, place: slice) -> DrawnValues: ...
    def __getitem__(self, place: int | slice) -> Mapping[str, Any] | DrawnValues:
        if isinstance(place, slice):
            columns = {name: column[place] for name, column in self.columns.items()}
            return replace(self, draws=len(range(self.draws)[place]), columns=columns)
        if not -self.draws <= place < self.draws:
            raise IndexError(place)
        drawn = {name: column.item(place) for name, column in self.columns.items()}
        whole = self.complete(drawn)
        return {**whole, **self.chosen} if self.chosen else whole

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return (self[place] for place in range(self.draws))

    def block(self, first: int, count: int) -> Mapping[str, Any]:
        """One whole mapping for several draws: what is drawn is a column (draw,) in it."""
        drawn = {name: column[first : first + count] for name, column in self.columns.items()}
        return {**self.complete(drawn), **self.chosen}

    def column(self, key: str) -> Floats:
        """One number of every draw, as an array (draw,): drawn, or the same in each."""
        if key in self.columns and key not in self.chosen:
            return self.columns[key]
        return np.full(self.draws, float(self.stated[key]))

    @cached_property
    def stated(self) -> Mapping[str, Any]:
        """Every parameter as stated or chosen: for what is the same in every draw."""
        return {**self.base, **self.chosen}

    def by_key(self) -> Mapping[str, Floats | Mapping[str, Floats]]:
        """What is drawn, by key: a number a draw, or for a table such a column by its elements."""
        found: dict[str, Any] = {}
        for name, column in self.columns.items():
            key, _, element = name.rstrip("]").partition("[")
            if element:
                found.setdefault(key, {})[element] = column
            else:
                found[key] = column
        return found

    def sharing(self, other: DrawnValues) -> DrawnValues:
        """The same, holding the columns of `other` in the place of its own where they are equal."""
        columns = {
            name: known
            if (known := other.columns.get(name)) is not None and np.array_equal(known, column)
            else column
            for name, column in self.columns.items()
        }
        return replace(self, columns=columns)

    def choosing(self, key: str, value: Any) -> DrawnValues:
        """The same draws with one key at another value in all of them."""
        return replace(self, chosen={**self.chosen, key: value})


def in_one(values: Mapping[str, Any]) -> DrawnValues:
    """One draw of its own: these values."""
    return DrawnValues(1, values, {}, lambda _: values)
