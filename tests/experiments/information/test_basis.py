"""Columns of parameters: nested for nested groups, the same for any block, straight in tails."""

import numpy as np
import pytest

from familyflow.experiments.information.basis import fit_basis, strength
from familyflow.problems import InputError

SEED = 20270102
DRAWS = 1_000


@pytest.fixture(scope="module")
def x():
    rng = np.random.default_rng(SEED)
    columns = rng.normal(size=(DRAWS, 5)) * [1, 100, 1e-4, 1, 1] + [0, 5_000, 0, 0, 0]
    columns[:, 3] = 7.0  # does not vary
    columns[:, 4] = rng.integers(0, 2, DRAWS)  # yes or no
    return columns


@pytest.fixture(scope="module")
def basis(x):
    return fit_basis(x, np.array([3.0, 2.0, 1.0, 9.0, 0.5]), curved=5, crossed=3)


def test_what_does_not_vary_is_left_out_and_yes_or_no_is_a_line(basis):
    members = [set(each) for each in basis.members]

    assert [members.count({j}) for j in range(5)] == [4, 4, 4, 0, 1]
    assert [pair for pair in members if len(pair) == 2] == [{0, 1}, {0, 2}, {1, 2}]
    assert members[0] == set()
    assert basis.size == 1 + 13 + 3


def test_the_columns_of_a_parameter_are_orthonormal_and_its_line_keeps_its_sign(x, basis):
    columns = basis.columns(x)[:, basis.within([1])]

    np.testing.assert_allclose(columns.T @ columns / DRAWS, np.eye(5), atol=1e-8)
    assert np.corrcoef(columns[:, 1], x[:, 1])[0, 1] == pytest.approx(1.0)


def test_a_block_of_rows_has_the_columns_it_has_among_all(x, basis):
    np.testing.assert_allclose(basis.columns(x[137:140]), basis.columns(x)[137:140], rtol=1e-9)


def test_larger_groups_have_every_column_of_smaller_ones(basis):
    assert set(basis.within([])) == {0}
    assert set(basis.within([0])) < set(basis.within([0, 2])) < set(basis.within([0, 1, 2]))
    assert len(basis.within([0, 2])) == 1 + 4 + 4 + 1
    assert len(basis.within(range(5))) == basis.size


def test_a_curve_is_straight_beyond_its_outer_knots(basis, x):
    far = np.tile(x.mean(axis=0), (3, 1))
    far[:, 0] = [10.0, 11.0, 12.0]

    columns = basis.columns(far)[:, basis.within([0])]

    np.testing.assert_allclose(columns[2] - columns[1], columns[1] - columns[0], rtol=1e-9)


def test_a_parameter_in_other_units_makes_the_same_columns(x, basis):
    in_pence = fit_basis(x * 100.0, np.array([3.0, 2.0, 1.0, 9.0, 0.5]), curved=5, crossed=3)

    np.testing.assert_allclose(in_pence.columns(x * 100.0), basis.columns(x), atol=1e-7)


def test_without_strengths_there_are_lines_only(x):
    assert fit_basis(x).size == 1 + 4


def test_strength_finds_lines_and_bends_and_not_what_does_nothing(x):
    y = np.column_stack([x[:, 0] ** 2, x[:, 1], np.full(DRAWS, 3.0)])

    found = strength(x, y)

    # a useless spline of 4 columns holds 4 / 1,000 of two outputs on average
    assert found[0] > 0.9
    assert found[1] == pytest.approx(1.0, abs=0.03)
    assert found[3] == 0.0
    assert found[4] < 0.03


@pytest.mark.parametrize("wrong", [np.empty((0, 3)), np.ones(4), np.array([[1.0, np.nan]])])
def test_tables_that_are_empty_or_have_gaps_are_refused(wrong):
    with pytest.raises(InputError, match="sampled parameters"):
        fit_basis(wrong)


def test_rows_of_other_parameters_are_refused(basis, x):
    with pytest.raises(InputError, match="rows have 4 parameters, not 5"):
        basis.columns(x[:, :4])
    with pytest.raises(InputError, match="1 strengths for 5 parameters"):
        fit_basis(x, np.ones(1))
