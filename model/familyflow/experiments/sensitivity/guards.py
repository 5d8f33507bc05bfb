"""What must hold before an output is given to SALib, which would take almost anything.

It turns NaN into zeros, takes the seed 0 for none, draws from numpy's global state, and reads rows
by their order alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt

from familyflow.problems import bad_input

Floats = npt.NDArray[np.float64]
MOST_NAMED = 10


def checked_outputs(outputs: npt.ArrayLike, points: int) -> Floats:
    """One finite output for each point, in the points' order, as an array (point,).

    Raises ValueError for another number of rows, since order is all that SALib reads, and
    InputError with the row numbers, from 0, where an output is not finite.
    """
    found = np.array(outputs, dtype=np.float64)
    if found.shape != (points,):
        raise ValueError(f"outputs have the shape {found.shape}; {points} points want ({points},)")
    wrong = np.flatnonzero(~np.isfinite(found))
    if len(wrong):
        rows = ", ".join(str(row) for row in wrong[:MOST_NAMED])
        more = len(wrong) - MOST_NAMED
        raise bad_input(
            f"{len(wrong)} of {points} points have no finite output: row {rows}"
            + (f" and {more} more" if more > 0 else ""),
            "No index is given: leaving rows out would mix up all others. Choose an output that "
            "is always defined, or narrow what makes it undefined.",
            where="outputs",
        )
    return found


def moves(outputs: Floats) -> bool:
    """Whether there is any spread to share out."""
    return bool(outputs.max() > outputs.min())


def salib_seed(seed: int) -> int:
    """A seed that SALib takes for one: never 0, and within what numpy's global state takes."""
    return seed % (2**32 - 1) + 1


@contextmanager
def global_state_kept() -> Iterator[None]:
    """Leave numpy's global state of chance as it was: some analyses of SALib set it."""
    before = np.random.get_state()
    try:
        yield
    finally:
        np.random.set_state(before)


def refuse_other_than_powers_of_two(n: int) -> None:
    """Raise InputError, naming the next one that is a power of two, from 2 on."""
    if n >= 2 and n & (n - 1) == 0:
        return
    following = 2 ** max(1, (max(n, 2) - 1).bit_length())
    raise bad_input(
        f"n is {n}; Sobol points are balanced only for a power of two",
        f"Give {following}.",
        where="--n",
    )
