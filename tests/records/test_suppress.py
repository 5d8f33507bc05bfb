"""Small counts are hidden, and what is shown does not give them away."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from familyflow.records.suppress import (
    LEAST,
    hidden_cells,
    hidden_rows,
    in_words,
    with_totals,
)

TABLES = arrays(
    np.int64, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.integers(0, 40)
)


def solved(shown: np.ndarray, hidden: np.ndarray) -> set[tuple[int, int]]:
    """Hidden cells that an outsider finds from the totals: by the rank of the equations with and
    without a cell taken as known."""
    rows, columns = shown.shape
    unknown = [tuple(place) for place in np.argwhere(hidden)]
    equations = []
    for row in range(rows):
        equations.append([_sign(p[1], columns) if p[0] == row else 0 for p in unknown])
    for column in range(columns):
        equations.append([_sign(p[0], rows) if p[1] == column else 0 for p in unknown])
    matrix = np.array(equations, dtype=float).reshape(rows + columns, len(unknown))
    rank = np.linalg.matrix_rank(matrix) if unknown else 0
    found = set()
    for place, cell in enumerate(unknown):
        one = np.eye(len(unknown))[place]
        if np.linalg.matrix_rank(np.vstack([matrix, one])) == rank:
            found.add((int(cell[0]), int(cell[1])))
    return found


def _sign(place: int, size: int) -> int:
    return -1 if place == size - 1 else 1


@given(TABLES)
def test_no_small_count_is_shown_and_none_can_be_worked_out(counts: np.ndarray) -> None:
    whole, hidden = with_totals(counts), hidden_cells(counts)

    assert hidden[whole < LEAST].all()
    assert solved(np.where(hidden, -1, whole), hidden) == set()


def test_the_solver_of_this_test_finds_what_is_badly_hidden() -> None:
    whole = with_totals(np.array([[3, 20], [30, 40]]))

    assert solved(whole, whole < LEAST) == {(0, 0)}


def test_a_table_of_large_counts_is_shown_whole() -> None:
    assert not hidden_cells(np.array([[10, 20], [30, 40]])).any()
    assert hidden_rows([10, 20, 30]) == (False, False, False)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([50, 3, 12], (False, True, True)),
        ([50, 20, 0, 5], (False, True, True, True)),  # five together would tell that one has none
        ([50, 6, 4, 3], (False, True, True, True)),
        ([60, 3], (True, True)),
        ([2, 1], (True, True)),
    ],
)
def test_hidden_rows_are_enough_not_to_be_told_apart(
    counts: list[int], hidden: tuple[bool, ...]
) -> None:
    assert hidden_rows(counts) == hidden


@given(st.lists(st.integers(0, 50), min_size=2, max_size=8))
def test_rows_shown_are_large_and_those_hidden_have_ten_together(counts: list[int]) -> None:
    hidden = hidden_rows(counts)
    lost = [count for count, out in zip(counts, hidden, strict=True) if out]

    assert all(count >= LEAST for count, out in zip(counts, hidden, strict=True) if not out)
    assert not lost or all(hidden) or (len(lost) > 1 and sum(lost) >= 2 * LEAST)


def test_counts_in_words_are_to_the_nearest_five_and_never_below() -> None:
    assert [in_words(count) for count in (0, 4, 5, 7, 8, 1234)] == [
        "fewer than 5", "fewer than 5", "5", "5", "10", "1,235",
    ]  # fmt: skip
