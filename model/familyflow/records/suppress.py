"""Small counts are not shown, and none can be worked out from what is shown.

Cells under 5 are hidden first; then further cells, until no hidden one follows from the totals.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from familyflow.records.arrays import Bools, Floats, Ints

LEAST: Final = 5  # the smallest count that is shown
FEWEST_CASES: Final = 10  # fewer are no sample
HIDDEN: Final = "fewer than 5"
_ROUNDED_TO: Final = 5
_NOTHING: Final = 1e-9


def in_words(count: float) -> str:
    """A count as it is shown: to the nearest 5, so that two totals do not give away a difference.

    >>> in_words(123), in_words(4)
    ('125', 'fewer than 5')
    """
    return HIDDEN if count < LEAST else f"{rounded(count):,}"


def about(amount: float) -> str:
    """An amount to three significant digits, in plain digits.

    >>> about(12345.6), about(0.01234)
    ('12,300', '0.0123')
    """
    return f"{float(f'{amount:.3g}'):,.10g}"


def rounded(count: float) -> int:
    """To the nearest 5, at least 5."""
    return max(_ROUNDED_TO, _ROUNDED_TO * round(count / _ROUNDED_TO))


def hidden_rows(counts: Sequence[int]) -> tuple[bool, ...]:
    """Which rows of a table are hidden, where the total is shown.

    Those hidden are two or more, and ten or more together: with five of them, one of five would
    tell that the others have none.
    """
    numbers = np.asarray(counts, dtype=np.int64)
    hidden = numbers < LEAST
    for place in np.argsort(numbers, kind="stable"):
        if not hidden.any() or (hidden.sum() > 1 and numbers[hidden].sum() >= 2 * LEAST):
            break
        hidden[place] = True
    return tuple(bool(one) for one in hidden)


def hidden_cells(counts: Ints) -> Bools:
    """Which cells of a table with its totals are hidden: an array (row + 1, column + 1).

    counts: (row, column), without totals. The last row and column of what comes back are those of
    the totals.
    """
    whole = with_totals(counts)
    hidden = np.asarray(whole < LEAST)
    lines = _lines(whole.shape)
    while True:
        found = recoverable(hidden, lines)
        if not found.any():
            return hidden
        place = int(np.flatnonzero(found)[0])
        _hide_another(place, whole, hidden, lines)


def with_totals(counts: Ints) -> Ints:
    """The table with a last row and a last column of totals."""
    wide = np.concatenate([counts, counts.sum(axis=1, keepdims=True)], axis=1)
    return np.concatenate([wide, wide.sum(axis=0, keepdims=True)], axis=0)


def recoverable(hidden: Bools, lines: Floats) -> Bools:
    """Which hidden cells (flat) are determined by those shown: the system has one answer there."""
    places = np.flatnonzero(hidden.ravel())
    found = np.zeros(hidden.size, dtype=np.bool_)
    if len(places):
        free = _null_space(lines[:, places])
        found[places] = (np.abs(free) < _NOTHING).all(axis=1)
    return found


def _null_space(matrix: Floats) -> Floats:
    _, sizes, right = np.linalg.svd(matrix, full_matrices=True)
    rank = int((sizes > _NOTHING).sum())
    return np.asarray(right[rank:].T)


def _lines(shape: tuple[int, ...]) -> Floats:
    """One equation a row and a column: its cells less its total make 0."""
    rows, columns = shape
    equations = []
    for row in range(rows):
        one = np.zeros(shape)
        one[row, :-1], one[row, -1] = 1.0, -1.0
        equations.append(one.ravel())
    for column in range(columns):
        one = np.zeros(shape)
        one[:-1, column], one[-1, column] = 1.0, -1.0
        equations.append(one.ravel())
    return np.array(equations)


def _hide_another(place: int, whole: Ints, hidden: Bools, lines: Floats) -> None:
    """Hide the smallest cell that is shown in the lines of this one, or else anywhere."""
    shown = ~hidden.ravel()
    beside = (np.abs(lines[lines[:, place] != 0.0]) > 0.0).any(axis=0) & shown
    among = np.flatnonzero(beside if beside.any() else shown)
    smallest = among[np.argmin(whole.ravel()[among])]
    hidden.flat[smallest] = True
