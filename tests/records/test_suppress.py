"""Small counts are hidden, and what is shown does not give them away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from familyflow.records.suppress import (
    LEAST,
    hidden_rows,
    in_words,
)


def test_rows_of_large_counts_are_shown() -> None:
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
