"""Rows of the journal have one order, whatever numbers they hold."""

import numpy as np
import pytest

from familyflow.specification.journal import COLUMNS, in_order

SEED = 8
LARGEST = 2**63 - 1


@pytest.mark.parametrize("widest", [0, 1, 7, 3_000, 2**40, 2**61, 2**62, LARGEST])
def test_rows_are_in_the_order_of_all_their_columns(widest: int) -> None:
    chance = np.random.default_rng(SEED)
    for columns in range(1, len(COLUMNS) + 1):
        few = chance.integers(-1, 3, (500, len(COLUMNS)))
        few[:, :columns] = chance.integers(-widest, widest, (500, columns), endpoint=True)
        rows = few[:, chance.permutation(len(COLUMNS))]

        assert in_order(rows).tolist() == sorted(rows.tolist())


def test_the_largest_and_smallest_numbers_that_there_are_have_their_place() -> None:
    rows = np.array([[LARGEST, 0], [-LARGEST - 1, 1], [-1, LARGEST], [-1, -LARGEST - 1], [0, 0]])

    assert in_order(rows).tolist() == sorted(rows.tolist())


def test_no_rows_are_in_order() -> None:
    nothing = np.zeros((0, len(COLUMNS)), np.int64)

    assert in_order(nothing).shape == nothing.shape
