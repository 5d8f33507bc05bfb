"""Intervals over draws are about the expected value: chance is measured and taken out."""

import numpy as np
import pytest

from familyflow.experiments.statistics import (
    NO_CHANCE,
    _given_back,
    estimate,
    probability,
    share_of_chance,
    shrunk,
)

SEED = 20261123


def _toy(draws: int, parameter_sd: float, chance_sd: float):
    rng = np.random.default_rng(SEED)
    expected = rng.normal(100.0, parameter_sd, draws)
    first = expected + rng.normal(0.0, chance_sd, draws)
    second = expected + rng.normal(0.0, chance_sd, draws)
    return expected, first, second


def test_the_share_of_chance_is_recovered_on_a_toy_with_known_truth():
    _, first, second = _toy(20_000, parameter_sd=3.0, chance_sd=4.0)

    # truth 16 / 25; its standard error at n = 20,000 is about .0055
    assert share_of_chance(first, first, second).measured == pytest.approx(0.64, abs=4.79 * 0.0055)


def test_percentiles_without_chance_are_those_of_the_expected_value():
    expected, first, second = _toy(20_000, parameter_sd=3.0, chance_sd=4.0)
    chance = share_of_chance(first, first, second)

    q = estimate(first, "GBP", chance)

    # standard error of a 2.5 % point of N(100, 3) at n = 20,000 is about .057, of c as above
    assert q["low"] == pytest.approx(np.percentile(expected, 2.5), abs=0.4)
    assert q["high"] == pytest.approx(np.percentile(expected, 97.5), abs=0.4)


def test_no_chance_leaves_plain_percentiles():
    values = np.arange(1001.0)

    q = estimate(values, "GBP")

    assert (q["low"], q["p10"], q["mean"], q["p90"], q["high"]) == (25, 100, 500, 900, 975)


def test_replications_share_the_chance_between_them():
    _, first, second = _toy(20_000, parameter_sd=0.0, chance_sd=4.0)

    both = (first + second) / 2.0

    chance = share_of_chance(both, first, second, replications=2)
    assert chance.measured == pytest.approx(1.0, abs=0.05)


def test_equal_values_have_no_share_of_chance():
    same = np.full(50, 3.0)

    assert share_of_chance(same, same, same) == NO_CHANCE
    assert shrunk(same, NO_CHANCE).tolist() == same.tolist()


def test_a_probability_carries_its_monte_carlo_interval():
    values = np.array([1.0] * 12 + [-1.0] * 68)

    q = probability(values, NO_CHANCE)

    assert q["mean"] == 0.15
    assert q["low"] == pytest.approx(0.0879, abs=5e-4)  # Wilson 12 of 80
    assert q["high"] == pytest.approx(0.2441, abs=5e-4)


def test_an_interval_of_few_draws_errs_on_the_wide_side():
    rng = np.random.default_rng(SEED)
    used, measured = [], []
    for _ in range(400):
        expected = rng.normal(0.0, 3.0, 50)
        first, second = (expected + rng.normal(0.0, 6.0, 50) for _ in range(2))
        chance = share_of_chance(first, first, second)
        used.append(chance.used)
        measured.append(chance.measured)

    # truth .8: what is used lies near the lower end of a 90 % interval, which is below the truth
    # about nine times in ten; 400 trials have a standard error of .015, and the jackknife is not
    # exact: threshold .80
    assert np.mean(np.array(used) < 0.8) > 0.80
    assert np.mean(np.array(measured) >= 1.0) > 0.02  # what would have left a point
    assert np.mean(np.array(used) >= 1.0) < 0.01


def test_what_the_error_of_the_share_costs_is_given_back_but_no_more_than_its_lower_end():
    # (1.96^2 + 1) / 4 x .05^2 / .4, below the 1.28 x .05 of the lower end
    assert _given_back(0.6, 0.05) == pytest.approx(0.6 - 1.21036 * 0.0025 / 0.4, abs=1e-7)
    assert _given_back(0.9, 0.2) == pytest.approx(0.9 - 1.28155 * 0.2, abs=1e-5)
    assert _given_back(1.3, 0.2) == pytest.approx(1.0 - 1.28155 * 0.2, abs=1e-5)
    assert _given_back(0.6, 0.0) == 0.6
    assert _given_back(1.0, 0.0) == 1.0


def test_the_share_that_is_used_comes_to_the_truth_as_draws_are_added():
    _, first, second = _toy(20_000, parameter_sd=3.0, chance_sd=4.0)

    chance = share_of_chance(first, first[:4000], second[:4000])

    assert chance.used == pytest.approx(0.64, abs=0.05)
    assert chance.used < chance.measured


def test_the_share_of_chance_of_three_draws_by_hand():
    values = np.array([0.0, 1.0, 2.0])  # their variance is 1, with one degree of freedom spent

    found = share_of_chance(values, values, values + 1.0)

    assert found.measured == pytest.approx(0.5, rel=1e-12)
