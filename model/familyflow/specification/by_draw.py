"""Numbers of one draw, or of every draw of a block at once: the same code makes plans of either.

Where the draws of a block differ in a number, a column stands in its place: an array (draw,), or
with tables [draw, ...]. Arithmetic is the same for both. What is not is here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Function = TypeVar("Function", bound=Callable[[float], Any])


def as_number(value: Any) -> Any:
    """A number as a float; a column as it is."""
    return value if isinstance(value, np.ndarray) else float(value)


def each(function: Callable[[float], Any], numbers: Any) -> Any:
    """A function of a number; of a column, what it gives for each draw.

    Draw for draw, since numpy's own logarithms may differ from it in their last bits.
    """
    if isinstance(numbers, np.ndarray):
        return np.array([function(one) for one in numbers.tolist()])
    return function(numbers)


def by_draw(function: Function) -> Function:
    """Let a function of one number take a column too, as `each` does."""

    @wraps(function)
    def of_either(numbers: Any) -> Any:
        return each(function, numbers) if isinstance(numbers, np.ndarray) else function(numbers)

    wrapped: Any = of_either
    made: Function = wrapped
    return made


@by_draw
def whole(number: float) -> int:
    """A number without what is behind its point."""
    return int(number)


def settled(condition: Any) -> bool:
    """A condition that shapes a plan: it must hold in every draw, or in none (else ValueError)."""
    if not isinstance(condition, np.ndarray):
        return bool(condition)
    if condition.all():
        return True
    if condition.any():
        raise ValueError("these draws have plans of different shapes")
    return False


def alike(one: Any, other: Any) -> bool:
    """Whether two numbers, or two nested tuples of them, are equal in every draw."""
    try:
        return bool(one == other)
    except ValueError:  # there are columns among them
        if isinstance(one, tuple):
            return len(one) == len(other) and all(map(alike, one, other))
        return bool(np.all(one == other))


def across(numbers: Any, axes: int) -> Any:
    """A column as what multiplies tables of so many axes, draw by draw; a number as it is."""
    if isinstance(numbers, np.ndarray):
        return numbers.reshape(*numbers.shape, *[1] * axes)
    return numbers


def stacked(parts: Sequence[Any], axis: int = -1) -> npt.NDArray[Any]:
    """Numbers or columns side by side: an array (part,), or (draw, part) if a draw enters it."""
    if np.ndarray in map(type, parts):
        return np.stack(np.broadcast_arrays(*parts), axis=axis)
    return np.array(parts)
