"""What is written for a number is the same, draw by draw, for a column of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from familyflow.specification.by_draw import across, alike, as_number, each, settled, stacked, whole
from familyflow.specification.variates import cumulate, weekly_rate, yearly_rate

CHANCES = st.lists(st.floats(0.0, 0.999), min_size=2, max_size=8)


@given(CHANCES)
def test_rates_of_a_column_are_those_of_its_numbers_to_the_last_bit(chances):
    column = np.array(chances)

    assert weekly_rate(column).tolist() == [weekly_rate(one) for one in chances]
    assert yearly_rate(column).tolist() == [yearly_rate(one) for one in chances]
    assert whole(100.0 * column).tolist() == [whole(100.0 * one) for one in chances]
    assert each(math.sqrt, column).tolist() == [math.sqrt(one) for one in chances]


@given(CHANCES)
def test_running_sums_of_columns_leave_the_columns_as_they_were(chances):
    column = np.array(chances)

    _, second = cumulate([column, 0.25])

    assert second.tolist() == [cumulate([one, 0.25])[1] for one in chances]
    assert column.tolist() == chances


def test_a_condition_is_settled_when_every_draw_agrees_on_it():
    assert settled(True)
    assert settled(np.array([True, True]))
    assert not settled(np.array([False, False]))
    with pytest.raises(ValueError, match="different shapes"):
        settled(np.array([True, False]))


def test_nested_numbers_are_alike_when_they_are_equal_in_every_draw():
    one, same, other = np.array([1.0, 2.0]), np.array([1.0, 2.0]), np.array([1.0, 3.0])

    assert alike((1.0, (one, 2.0)), (1.0, (same, 2.0)))
    assert not alike((1.0, (one, 2.0)), (1.0, (other, 2.0)))
    assert not alike((one, 1.0), (same, 2.0))
    assert alike(np.array([1.0, 1.0]), 1.0)
    assert not alike(one, 1.0)


def test_columns_stand_beside_numbers_and_multiply_tables_draw_by_draw():
    column, table = np.array([2.0, 3.0]), np.array([[1.0, 10.0]])

    assert stacked([1.0, column]).tolist() == [[1.0, 2.0], [1.0, 3.0]]
    assert stacked([1.0, 2.0]).tolist() == [1.0, 2.0]
    assert (across(column, 2) * table).tolist() == [[[2.0, 20.0]], [[3.0, 30.0]]]
    assert across(2.0, 2) == as_number(2) == 2.0
