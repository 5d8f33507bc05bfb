"""The quantities of a run as one block of numbers: what the ledger prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from familyflow.economics.amounts import Floats
from familyflow.problems import bad_input

ARMS: Final = ("without", "with")
WITHOUT, WITH = 0, 1
OUTSIDE_FOLLOW_UP, IN_FOLLOW_UP = 0, 1


@dataclass(frozen=True)
class Quantities:
    """Quantities by name: amounts[draw, replication, arm, year, in follow-up, quantity].

    Arms are `without` (0) and `with` (1) the service. Years count from the first day of the term.
    The fifth axis says whether the row lies in its family's follow-up window (1) or not (0).
    `units` gives each quantity's unit: weeks, years, hours, times, families ...
    """

    names: tuple[str, ...]
    units: tuple[str, ...]
    amounts: Floats

    def __post_init__(self) -> None:
        shape = self.amounts.shape
        right = len(shape) == 6 and shape[2] == 2 and shape[4] == 2 and shape[5] == len(self.names)
        if not right or len(self.units) != len(self.names):
            raise bad_input(
                f"quantities of shape {shape} for {len(self.names)} names",
                "The axes are draw, replication, arm (2), year, in follow-up (2), quantity.",
                where="quantities",
            )
        if not np.all(np.isfinite(self.amounts)):
            raise bad_input("a quantity is not a finite number", where="quantities")

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return int(self.amounts.shape[0])

    @property
    def replications(self) -> int:
        """How many replications each draw has."""
        return int(self.amounts.shape[1])

    @property
    def years(self) -> int:
        """How many years there are, from the first of the term."""
        return int(self.amounts.shape[3])

    def position(self, name: str, where: str) -> int:
        """Where a quantity stands on the last axis; `where` names who asks, for the error."""
        if name not in self._places:
            near = get_close_matches(name, self.names, n=1)
            raise bad_input(
                f"there is no quantity {name!r}",
                f"Did you mean {near[0]!r}?" if near else "",
                where=where,
            )
        return self._places[name]

    @cached_property
    def used(self) -> Floats:
        """With the service less without it, in or out of follow-up (draw, replication, year, .)."""
        amounts = self.amounts[:, :, WITH] - self.amounts[:, :, WITHOUT]
        return np.asarray(amounts[..., OUTSIDE_FOLLOW_UP, :] + amounts[..., IN_FOLLOW_UP, :])

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {name: place for place, name in enumerate(self.names)}

    def with_service(self, name: str) -> Floats:
        """Total of one quantity in the arm with the service (draw, replication), every year."""
        column = self.amounts[:, :, WITH, :, :, self.position(name, "quantities")]
        return np.asarray(column.sum(axis=(2, 3)))


def quantities_from_rows(
    rows: Mapping[str, Sequence[Any] | npt.NDArray[Any]],
    units: Mapping[str, str],
    *,
    draws: int,
    replications: int,
    years: int,
) -> Quantities:
    """The block of numbers from the rows of a run's table of quantities.

    Columns: draw, replication, arm ("with" or "without"), year, in_follow_up, event, quantity.
    Every event named in `units` gets a place, also where it never happened; events not named there
    are left out. Rows of one cell add up. A data frame will do.
    """
    names = tuple(units)
    event = _codes(rows["event"], {name: place for place, name in enumerate(names)})
    shape = (draws, replications, 2, years, 2, len(names))
    keep = event >= 0
    columns = [
        np.asarray(rows["draw"], dtype=np.int64)[keep],
        np.asarray(rows["replication"], dtype=np.int64)[keep],
        _codes(rows["arm"], {"without": WITHOUT, "with": WITH})[keep],
        np.asarray(rows["year"], dtype=np.int64)[keep],
        np.asarray(rows["in_follow_up"], dtype=np.int64)[keep],
        event[keep],
    ]
    if (columns[2] < 0).any():
        raise bad_input("an arm is neither with nor without", where="quantities")
    for name, column, length in zip(
        ("draw", "replication", "arm", "year", "in_follow_up", "event"), columns, shape, strict=True
    ):
        if column.size and not 0 <= column.min() <= column.max() < length:
            raise bad_input(f"a {name} lies outside 0 to {length - 1}", where="quantities")
    cells = np.ravel_multi_index(columns, shape)
    quantity = np.asarray(rows["quantity"], dtype=np.float64)[keep]
    amounts = np.zeros(int(np.prod(shape)))
    np.add.at(amounts, cells, quantity)
    return Quantities(names, tuple(units.values()), amounts.reshape(shape))


def _codes(
    words: Sequence[Any] | npt.NDArray[Any], known: Mapping[str, int]
) -> npt.NDArray[np.int64]:
    """The code of each word; -1 where it is not known."""
    return np.fromiter((known.get(word, -1) for word in words), np.int64, len(words))
