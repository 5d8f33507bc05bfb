"""Results remembered by what was read for them, so that nothing is worked out twice.

A function of a point's values is worked out with the keys noted that it reads. Another point that
agrees on these keys would read the same ones and find the same, whatever its other values are. So
a price that moves simulates nothing again. Exact, as long as the function depends on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import numpy as np

from familyflow.parameters.drawn_values import DrawnValues, Floats
from familyflow.parameters.parameter import Parameter

Thing = TypeVar("Thing")


class Noted(dict[str, Any]):
    """A point's values, with a note of every key that is asked for."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.read: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.read.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.read.add(str(key))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """As of any mapping."""
        self.read.add(key)
        return super().get(key, default)

    def __iter__(self) -> Iterator[str]:
        raise TypeError("going through all values would be reading them all")

    def keys(self) -> Any:
        """Refused, as going through them is."""
        return iter(self)

    def items(self) -> Any:
        """Refused, as going through them is."""
        return iter(self)

    def values(self) -> Any:
        """Refused, as going through them is."""
        return iter(self)


@dataclass
class Found(Generic[Thing]):
    """What was found so far, by the keys that were read for it and by what stood there."""

    most: int
    readings: dict[tuple[str, ...], dict[bytes, Thing]] = field(default_factory=dict)
    kept: int = 0

    def keep(self, reading: tuple[str, ...], key: bytes, thing: Thing) -> None:
        """Keep one more; when there are too many, all are forgotten first."""
        if self.kept >= self.most:
            self.readings.clear()
            self.kept = 0
        self.readings.setdefault(reading, {})[key] = thing
        self.kept += 1


class Remembered(Generic[Thing]):
    """What a function of values was found to be, by the values that it read; and so its parts.

    parameters: says what a key is made of. most: results kept.
    """

    def __init__(self, parameters: Mapping[str, Parameter], most: int) -> None:
        self._parameters, self._most = parameters, most
        self._whole: Found[Thing] = Found(most)
        self._parts: dict[str, Found[Any]] = {}

    def each(
        self, values: DrawnValues, also: Floats, work: Callable[[Noted, int, Parts], Thing]
    ) -> list[Thing]:
        """What `work` gives for each point: (its values, its place, what remembers parts).

        also: whatever else it depends on, rows of numbers (point, number).
        """
        names = list(values.columns)
        table = np.column_stack([*values.columns.values(), also]) if names else also
        places = _Places(self._parameters, names, range(len(names), table.shape[1]))
        found = []
        for point, row in enumerate(table):
            known = _known(self._whole, row, places.of)
            if known is None:
                noted = Noted(values[point])
                known = work(noted, point, Parts(self._parts, self._most, noted, row, places))
                reading = tuple(sorted(noted.read))
                self._whole.keep(reading, row[places.of(reading)].tobytes(), known)
            found.append(known)
        return found


class Parts:
    """Parts of what is worked out for one point, remembered by what each of them read.

    A part may also be made of what was read before the first of them was asked for.
    """

    def __init__(
        self, found: dict[str, Found[Any]], most: int, noted: Noted, row: Floats, places: _Places
    ) -> None:
        self._found, self._most, self._noted = found, most, noted
        self._row, self._places = row, places
        self._before: set[str] | None = None

    def __call__(self, name: str, make: Callable[[], Any], *, is_solved: bool = False) -> Any:
        """The part of this name. is_solved: whatever else the point depends on enters it."""
        noted, columns = self._noted, self._places.of if is_solved else self._places.of_values
        if self._before is None:
            self._before = set(noted.read)
        found = self._found.setdefault(name, Found(self._most))
        for reading, known in found.readings.items():
            made = known.get(self._row[columns(reading)].tobytes())
            if made is not None:
                noted.read.update(reading)
                return made
        outer, noted.read = noted.read, set(self._before)
        made = make()
        reading = tuple(sorted(noted.read))
        noted.read |= outer
        found.keep(reading, self._row[columns(reading)].tobytes(), made)
        return made


class _Places:
    """Where in a point's row of numbers stands what decides some keys."""

    def __init__(
        self, parameters: Mapping[str, Parameter], names: Sequence[str], also: Sequence[int]
    ) -> None:
        self._parameters, self._names, self._also = parameters, names, list(also)
        self._of_values: dict[tuple[str, ...], list[int]] = {}
        self._of: dict[tuple[str, ...], list[int]] = {}

    def of_values(self, reading: tuple[str, ...]) -> list[int]:
        """The columns that decide what these keys hold."""
        if reading not in self._of_values:
            keys = set(reading)
            for key in reading:  # a length that varies is made of other numbers
                varies = self._parameters[key].varies if key in self._parameters else None
                keys |= {str(setting) for setting in varies.settings.values()} if varies else set()
            self._of_values[reading] = [
                place for place, name in enumerate(self._names) if name.partition("[")[0] in keys
            ]
        return self._of_values[reading]

    def of(self, reading: tuple[str, ...]) -> list[int]:
        """The same, with whatever else a point depends on."""
        if reading not in self._of:
            self._of[reading] = self.of_values(reading) + self._also
        return self._of[reading]


def _known(
    found: Found[Thing], row: Floats, columns: Callable[[tuple[str, ...]], list[int]]
) -> Thing | None:
    for reading, known in found.readings.items():
        made = known.get(row[columns(reading)].tobytes())
        if made is not None:
            return made
    return None
