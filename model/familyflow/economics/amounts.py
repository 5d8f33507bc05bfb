"""Sums that are one number, or one a draw: how uncertain prices travel through the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from familyflow.problems import bad_input

Floats: TypeAlias = npt.NDArray[np.float64]
Amount: TypeAlias = float | Floats


def by_draw(amount: Amount, draws: int, where: str) -> Floats:
    """The amount as an array with one number a draw.

    An amount by draw must have as many numbers as there are draws: anything else would price one
    draw's quantities with another draw's prices.
    """
    return columns([(amount, where)], draws)[:, 0]


def columns(amounts: Sequence[tuple[Amount, str]], draws: int) -> Floats:
    """One column for each amount (draw, amount); each comes with the name of where it belongs."""
    drawn = [k for k, one in enumerate(amounts) if isinstance(one[0], np.ndarray)]
    numbers = [amount for amount, _ in amounts]
    for column in drawn:
        numbers[column] = 0.0
    filled = np.tile(np.array(numbers, dtype=np.float64), (draws, 1))
    for column in drawn:
        amount, where = amounts[column]
        if np.shape(amount) not in {(), (draws,)}:
            raise bad_input(
                f"there are {np.size(amount)} numbers for {draws} draws",
                "Give one number, or one for each draw.",
                where=where,
            )
        filled[:, column] = amount
    return filled


def finite(amount: Amount) -> bool:
    """Whether no number of the amount is missing or without bound."""
    return bool(np.all(np.isfinite(amount)))


def within(amount: Amount, low: float, high: float) -> bool:
    """Whether every number of the amount lies in low ... high, ends included."""
    values = np.asarray(amount, dtype=np.float64)
    return bool(np.all((values >= low) & (values <= high)))
