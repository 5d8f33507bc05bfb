"""How a count is shown, and which rows of a table of shares are too small to be.

Counts that stand in sums are hidden by hidden_counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

LEAST: Final = 5  # the smallest count that is shown
FEWEST_CASES: Final = 10  # fewer are no sample
HIDDEN: Final = "fewer than 5"
_ROUNDED_TO: Final = 5


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
