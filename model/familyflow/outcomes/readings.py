"""Numbers, tables and lengths as they stand in the values of one draw, or a plain complaint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np

from familyflow.problems import bad_input
from familyflow.specification.by_draw import as_number
from familyflow.specification.variates import Spread


def number(values: Mapping[str, object], key: str) -> float:
    """The number under a key (yes and no are not numbers). Raises InputError.

    Of a block of draws that differ in it, a column (draw,).
    """
    value = values.get(key)
    if type(value) is float:  # nearly always, and to ask for a Real takes ten times as long
        return value
    if isinstance(value, np.ndarray):
        column: Any = value
        found: float = column
        return found
    if isinstance(value, bool) or not isinstance(value, Real):
        raise bad_input(f"{key} is {value!r}", "Give a number.", where=key)
    return float(value)


def table(values: Mapping[str, object], key: str) -> dict[str, float]:
    """The table of numbers under a key, with its names as text. Raises InputError."""
    value = values.get(key)
    if not isinstance(value, Mapping):
        raise bad_input(f"{key} is {value!r}", "Give a table of numbers.", where=key)
    return {str(name): as_number(entry) for name, entry in value.items()}


def records(values: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    """The list of rows under a key, each a mapping. Raises InputError."""
    value = values.get(key)
    if not isinstance(value, Sequence) or not all(isinstance(row, Mapping) for row in value):
        raise bad_input(f"{key} is {value!r}", "Give a list of rows.", where=key)
    return list(value)


def shares_by_length(values: Mapping[str, object], key: str) -> list[tuple[int, float]]:
    """Each whole length that families may have, with the share of families that have it.

    A number is the same length for all; whole numbers from low to high are equally likely.
    """
    value = values.get(key)
    settings = getattr(value, "settings", None)
    if settings is None and isinstance(value, Spread):
        settings = {"low": value.low, "high": value.high, "value": value.mode}
    if settings is None:
        return [(int(number(values, key)), 1.0)]
    shape = getattr(value, "shape", None)
    if shape == "constant":
        return [(int(settings["value"]), 1.0)]
    if shape != "whole_numbers":
        raise bad_input(f"{key} has the shape {shape}", "Give whole_numbers.", where=key)
    lengths = range(int(settings["low"]), int(settings["high"]) + 1)
    return [(length, 1.0 / len(lengths)) for length in lengths]
