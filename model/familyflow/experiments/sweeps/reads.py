"""Results remembered by what was read for them, so that nothing is worked out twice.

A function of a point's values is worked out with the keys noted that it reads. Another point that
agrees on these keys would read the same ones and find the same, whatever its other values are. So
a price that moves simulates nothing again. Exact, as long as the function depends on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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


class Remembered(Generic[Thing]):
    """What a function of values was found to be, by the values that it read.

    parameters: says what a key is made of. most: results kept; one more, and all are forgotten.
    """

    def __init__(self, parameters: Mapping[str, Parameter], most: int) -> None:
        self._parameters, self._most = parameters, most
        self._readings: dict[tuple[str, ...], dict[bytes, Thing]] = {}
        self._kept = 0

    def each(
        self, values: DrawnValues, also: Floats, work: Callable[[Noted, int], Thing]
    ) -> list[Thing]:
        """What `work` gives for each point: (its values, its place among these points).

        also: whatever else it depends on, rows of numbers (point, number).
        """
        names = list(values.columns)
        table = np.column_stack([*values.columns.values(), also]) if names else also
        more = list(range(len(names), table.shape[1]))
        columns = {reading: self._columns(reading, names) + more for reading in self._readings}
        found = []
        for point, row in enumerate(table):
            known = None
            for reading, places in columns.items():
                known = self._readings.get(reading, {}).get(row[places].tobytes())
                if known is not None:
                    break
            if known is None:
                noted = Noted(values[point])
                known = work(noted, point)
                reading = tuple(sorted(noted.read))
                if reading not in columns:
                    columns[reading] = self._columns(reading, names) + more
                self._keep(reading, row[columns[reading]].tobytes(), known)
            found.append(known)
        return found

    def _keep(self, reading: tuple[str, ...], key: bytes, thing: Thing) -> None:
        if self._kept >= self._most:
            self._readings.clear()
            self._kept = 0
        self._readings.setdefault(reading, {})[key] = thing
        self._kept += 1

    def _columns(self, reading: Sequence[str], names: Sequence[str]) -> list[int]:
        """Which of the named columns decide what these keys hold."""
        keys = set(reading)
        for key in reading:  # a length that varies is made of other numbers
            varies = self._parameters[key].varies if key in self._parameters else None
            keys |= {str(setting) for setting in varies.settings.values()} if varies else set()
        return [place for place, name in enumerate(names) if name.partition("[")[0] in keys]
