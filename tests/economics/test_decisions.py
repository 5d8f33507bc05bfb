"""Choosing on the mean, the chance of being right, and what certainty would be worth."""

import numpy as np
import pytest
from scipy.special import ndtri

from familyflow.economics.decisions import (
    best_on_the_mean,
    chance_positive_normal,
    evpi,
    frontier,
    gains,
    probability_best,
    probability_best_as_one,
    same_draws,
    standard_error_of_chance,
    value_of_perfect_normal,
    value_of_sample_normal,
)
from familyflow.problems import InputError

FIVE_DRAWS = [[0, 10, 5], [0, 10, -20], [0, -60, 30], [0, 10, 0], [0, 10, 5]]
# every point stands for the same share of a standard normal
NORMAL = ndtri((np.arange(200_000) + 0.5) / 200_000)


def test_the_frontier_is_the_chance_of_the_best_on_the_mean_and_not_the_highest_chance():
    assert best_on_the_mean(FIVE_DRAWS) == 2
    np.testing.assert_allclose(probability_best(FIVE_DRAWS), [0.0, 0.8, 0.2], rtol=1e-12)
    assert frontier(FIVE_DRAWS) == pytest.approx(0.2, rel=1e-12)
    assert evpi(FIVE_DRAWS) == pytest.approx(10.0, rel=1e-12)


@pytest.mark.parametrize(("mean", "sd", "chance", "value"), [
    (500, 2_000, 0.598706, 572.6894),
    (200, 1_000, 0.5792597, 306.8946),
])  # fmt: skip
def test_a_normal_net_benefit_against_nothing(mean, sd, chance, value):
    nb = np.column_stack([np.zeros_like(NORMAL), mean + sd * NORMAL])

    assert chance_positive_normal(mean, sd) == pytest.approx(chance, abs=1e-6)
    assert value_of_perfect_normal(mean, sd) == pytest.approx(value, rel=1e-6)
    assert frontier(nb) == pytest.approx(chance, abs=1e-5)
    assert evpi(nb) == pytest.approx(value, rel=1e-4)


@pytest.mark.statistical
def test_a_million_normal_draws_give_the_value_of_perfect_information():
    nb = np.random.default_rng(20270101).normal(500, 2_000, 1_000_000)

    gained = gains(np.column_stack([np.zeros_like(nb), nb]))

    assert abs(gained.mean() - 572.6894) < 3 * gained.std() / 1_000


def test_percentiles_and_the_error_of_a_chance_are_those_of_the_normal():
    points = np.percentile(200 + 1_000 * NORMAL, [10, 50, 90])

    np.testing.assert_allclose(points, [-1_081.55, 200.0, 1_481.55], atol=0.02)
    assert standard_error_of_chance(0.58, 10_000) == pytest.approx(0.00494, abs=5e-6)


def test_two_points():
    assert evpi([[0, 1_000]] * 2 + [[0, -500]] * 3) == pytest.approx(300.0, rel=1e-12)


@pytest.mark.parametrize(("sd", "value"), [(1_600, 419.2238), (1_200, 269.6963), (2_000, 572.6894)])
def test_part_of_what_is_not_known_is_worth_the_value_at_its_own_spread(sd, value):
    assert value_of_perfect_normal(500, sd) == pytest.approx(value, rel=1e-6)


@pytest.mark.parametrize(("observations", "value"), [
    (25, 299.1174), (50, 348.8301), (100, 380.6473), (500, 410.8573), (float("inf"), 419.2238),
])  # fmt: skip
def test_a_sample_is_worth_the_value_at_the_spread_of_what_will_be_believed(observations, value):
    assert value_of_sample_normal(500, 1_600, 6_000, observations) == pytest.approx(value, rel=1e-6)


def test_no_sample_and_nothing_uncertain_are_worth_nothing():
    assert value_of_sample_normal(500, 1_600, 6_000, 0) == 0.0
    assert value_of_sample_normal(500, 0.0, 6_000, 10) == 0.0
    assert value_of_perfect_normal(500, 0.0) == 0.0


def test_a_loss_is_worth_knowing_as_much_as_a_gain():
    assert value_of_perfect_normal(-300, 900) == value_of_perfect_normal(300, 900)


def test_ties_are_shared_and_a_single_option_needs_no_information():
    np.testing.assert_array_equal(probability_best([[1, 1], [2, 2]]), [0.5, 0.5])
    np.testing.assert_allclose(probability_best([[3, 3, 0], [0, 0, 0]]), [5 / 12, 5 / 12, 1 / 6])
    assert best_on_the_mean([[1, 1], [2, 2]]) == 0
    assert evpi([[4.0], [-7.0]]) == 0.0
    assert frontier([[4.0], [-7.0]]) == 1.0


def test_an_option_that_is_there_twice_leaves_the_chances_of_all():
    nb = np.random.default_rng(2).normal(size=(50, 3))
    twice = nb[:, [0, 1, 2, 1]]

    found = probability_best_as_one(twice, [0, 1, 2, 1])

    np.testing.assert_array_equal(found, probability_best(nb)[[0, 1, 2, 1]])
    np.testing.assert_array_equal(probability_best_as_one(nb, [0, 1, 2]), probability_best(nb))


def test_the_same_pounds_on_every_option_change_no_value():
    nb = np.random.default_rng(1).normal(size=(200, 4)) * 100

    shifted = nb + np.arange(200)[:, np.newaxis]

    assert evpi(shifted) == pytest.approx(evpi(nb), rel=1e-9)
    np.testing.assert_allclose(probability_best(shifted), probability_best(nb))


@pytest.mark.parametrize(
    "nb", [[], [[]], [[1, 2], [3]], [1.0, 2.0], [[1, float("nan")]], np.empty((0, 2))]
)
def test_rows_that_differ_are_empty_or_have_gaps_are_refused(nb):
    with pytest.raises(InputError, match="net benefit by draw and option"):
        evpi(nb)


def test_tables_of_different_draws_are_refused():
    with pytest.raises(InputError, match="parameters 3, net benefit 4"):
        same_draws(parameters=3, net_benefit=4)


def test_a_negative_spread_is_refused():
    with pytest.raises(InputError, match="standard deviation is -1"):
        value_of_perfect_normal(0, -1)
