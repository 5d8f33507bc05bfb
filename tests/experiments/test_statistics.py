"""Intervals over draws are about the expected value: chance is measured and taken out."""

import numpy as np
import pytest

from familyflow.experiments.statistics import estimate, probability, share_of_chance, shrunk

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
    assert share_of_chance(first, first, second) == pytest.approx(0.64, abs=4.79 * 0.0055)


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

    assert share_of_chance(both, first, second, replications=2) == pytest.approx(1.0, abs=0.05)


def test_equal_values_have_no_share_of_chance():
    same = np.full(50, 3.0)

    assert share_of_chance(same, same, same) == 0.0
    assert shrunk(same, 0.0).tolist() == same.tolist()


def test_a_probability_carries_its_monte_carlo_interval():
    values = np.array([1.0] * 12 + [-1.0] * 68)

    q = probability(values, chance=0.0)

    assert q["mean"] == 0.15
    assert q["low"] == pytest.approx(0.0879, abs=5e-4)  # Wilson 12 of 80
    assert q["high"] == pytest.approx(0.2441, abs=5e-4)
