"""The rows of a run become one block of numbers, every row in its cell."""

import numpy as np
import pandas as pd
import pytest

from familyflow.economics.quantities import Quantities, quantities_from_rows
from familyflow.problems import InputError

UNITS = {"sessions": "times", "never_happened": "weeks"}


def rows(**change):
    plain = {
        "draw": [0, 0, 1, 0],
        "replication": [0, 0, 1, 0],
        "arm": ["with", "with", "without", "with"],
        "year": [0, 0, 2, 1],
        "in_follow_up": [1, 1, 0, 1],
        "event": ["sessions", "sessions", "sessions", "not priced"],
        "quantity": [2.0, 3.0, 4.0, 9.0],
    }
    return {**plain, **change}


def block(table):
    return quantities_from_rows(table, UNITS, draws=2, replications=2, years=3)


def test_rows_of_one_cell_add_up_and_others_stay_apart():
    found = block(rows())

    assert found.amounts[0, 0, 1, 0, 1, 0] == 5.0
    assert found.amounts[1, 1, 0, 2, 0, 0] == 4.0
    assert found.amounts.sum() == 9.0


def test_what_never_happened_has_a_place_and_what_is_not_asked_for_has_none():
    found = block(rows())

    assert found.names == ("sessions", "never_happened")
    assert found.with_service("never_happened").tolist() == [[0, 0], [0, 0]]


def test_a_data_frame_will_do():
    assert np.array_equal(block(pd.DataFrame(rows())).amounts, block(rows()).amounts)


def test_no_rows_are_a_run_in_which_nothing_happened():
    empty = {name: [] for name in rows()}

    assert block(empty).amounts.sum() == 0


@pytest.mark.parametrize(
    ("column", "value"), [("draw", 2), ("year", -1), ("replication", 5), ("in_follow_up", 2)]
)
def test_a_row_outside_the_run_is_refused(column, value):
    table = rows()
    table[column] = [value, *table[column][1:]]

    with pytest.raises(InputError, match=column):
        block(table)


def test_an_arm_is_with_or_without():
    with pytest.raises(InputError, match="neither with nor without"):
        block(rows(arm=["with", "with", "treated", "with"]))


@pytest.mark.parametrize("shape", [(1, 1, 2, 3, 2, 2), (1, 1, 3, 3, 2, 1), (1, 2, 3, 2, 1)])
def test_the_axes_of_a_block_are_fixed(shape):
    with pytest.raises(InputError, match="axes"):
        Quantities(("sessions",), ("times",), np.zeros(shape))


def test_a_quantity_that_is_not_a_number_is_refused():
    amounts = np.zeros((1, 1, 2, 1, 2, 1))
    amounts[0, 0, 0, 0, 0, 0] = np.nan

    with pytest.raises(InputError, match="finite"):
        Quantities(("sessions",), ("times",), amounts)
