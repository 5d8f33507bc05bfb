"""Monte Carlo intervals of means: laws first, then the bootstrap and the toys with known truth."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from familyflow.experiments.intervals import (
    influence,
    mean_interval,
    ratio_difference_interval,
    ratios_interval,
    simultaneous_intervals,
    simultaneous_share,
)

SEED = 20_261_128
POUNDS = st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=40)


def skewed(count: int, seed: int = SEED) -> np.ndarray:
    return np.random.default_rng(seed).lognormal(8.0, 1.0, count)


def ratio_parts(count: int, seed: int = SEED) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    families = rng.gamma(100.0, 1.0, count)
    return families * rng.lognormal(8.0, 0.3, count), families


def test_values_without_skew_have_the_plain_t_interval() -> None:
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0])

    assert mean_interval(values) == pytest.approx(
        stats.t.interval(0.95, 4, loc=3.0, scale=math.sqrt(2.5 / 5)), rel=1e-12
    )


def test_the_interval_comes_to_the_plain_one_as_draws_are_added() -> None:
    values = skewed(1_000_000)
    error = values.std(ddof=1) / 1_000

    low, high = mean_interval(values)

    assert (low, high) == pytest.approx(
        (values.mean() - 1.96 * error, values.mean() + 1.96 * error), abs=0.02 * error
    )


def test_the_ends_are_where_halls_transformation_takes_the_quantiles_of_t() -> None:
    values = skewed(200)
    n, skewness = len(values), stats.skew(values)
    ts = (values.mean() - np.array(mean_interval(values))) / (values.std(ddof=1) / math.sqrt(n))

    # Hall (1992), g3 with a = 1/3 and b = 1/6
    root = math.sqrt(n)
    transformed = ts + skewness * (ts**2 / 3 + 1 / 6) / root + skewness**2 * ts**3 / (27 * n)

    assert transformed == pytest.approx(stats.t.ppf([0.975, 0.025], n - 1), rel=1e-9)


def test_of_skewed_values_the_interval_reaches_farther_into_the_long_tail() -> None:
    values = skewed(200)

    low, high = mean_interval(values)

    assert high - values.mean() > 1.2 * (values.mean() - low)


@pytest.mark.statistical
def test_of_few_skewed_draws_plain_t_misses_the_mean_far_more_often() -> None:
    samples, truth = skewed(2_000 * 30).reshape(2_000, 30), math.exp(8.5)
    means, errors = samples.mean(axis=1), samples.std(axis=1, ddof=1) / math.sqrt(30)

    held = np.mean([low <= truth <= high for low, high in map(mean_interval, samples)])
    held_by_t = np.mean(np.abs(means - truth) <= stats.t.ppf(0.975, 29) * errors)

    # measured 20,000 times: .924 and .883; the standard error of each at 2,000 is below .0075
    assert held == pytest.approx(0.924, abs=4.79 * 0.006)
    assert held - held_by_t > 0.02


@given(POUNDS)
def test_swapped_labels_change_every_sign_exactly(differences: list[float]) -> None:
    values = np.array(differences)

    low, high = mean_interval(values)

    assert mean_interval(-values) == (-high, -low)


@given(POUNDS)
def test_a_larger_share_takes_a_wider_interval(differences: list[float]) -> None:
    values = np.array(differences)

    narrow, wide = mean_interval(values, 0.8), mean_interval(values)

    assert wide.low <= narrow.low <= narrow.high <= wide.high


def test_pounds_in_pence_are_a_hundred_times_and_an_offset_moves_both_ends() -> None:
    values = skewed(100)

    low, high = mean_interval(values)

    assert mean_interval(100.0 * values) == pytest.approx((100 * low, 100 * high), rel=1e-12)
    assert mean_interval(values + 5_000.0) == pytest.approx((low + 5_000, high + 5_000), rel=1e-12)


def test_four_times_the_draws_halve_it() -> None:
    narrow, wide = np.ptp(mean_interval(skewed(40_000))), np.ptp(mean_interval(skewed(10_000)))

    assert narrow / wide == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("values", [[], [3.0], [1.0, math.nan, 2.0], [1.0, math.inf, 2.0]])
def test_nothing_is_said_of_one_draw_or_of_what_is_no_number(values: list[float]) -> None:
    assert np.isnan(mean_interval(np.array(values))).all()


def test_equal_values_leave_a_point() -> None:
    assert mean_interval(np.full(30, 0.25)) == (0.25, 0.25)
    assert mean_interval(np.zeros(30)) == (0.0, 0.0)


@pytest.mark.parametrize("share", [0.0, 1.0, 95.0, -0.1])
def test_a_share_lies_between_0_and_1(share: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        mean_interval(np.arange(5.0), share)


def test_the_influence_is_the_derivative_of_the_ratio_in_the_weight_of_a_draw() -> None:
    above, below = ratio_parts(50)
    times = skewed(50, SEED + 1)
    step = 1e-6

    def ratio(weights: np.ndarray) -> float:
        a, b, c = (np.average(part, weights=weights) for part in (above, below, times))
        return float(a / b * c)

    equal = np.ones(50)
    moved = []
    for draw in range(50):
        up = equal.copy()
        up[draw] += step
        moved.append((ratio(up) - ratio(equal)) / step * 50)

    assert influence((above, below, times)) == pytest.approx(moved, rel=1e-3, abs=1.0)
    assert influence((above, below)).mean() == pytest.approx(0.0, abs=1e-9)


def test_a_ratio_over_ones_is_its_mean() -> None:
    above_a, above_b, ones = skewed(100, 1), skewed(100, 2), np.ones(100)

    found = ratio_difference_interval(above_a, ones, above_b, ones)

    assert found == pytest.approx(mean_interval(above_a - above_b), rel=1e-9)


def test_ratios_of_one_scenario_differ_by_exactly_nothing() -> None:
    above, below = ratio_parts(100)

    assert ratio_difference_interval(above, below, above, below) == (0.0, 0.0)


def test_swapped_ratios_change_every_sign_exactly() -> None:
    one, other = ratio_parts(100, 1), ratio_parts(100, 2)

    low, high = ratio_difference_interval(*one, *other)

    assert ratio_difference_interval(*other, *one) == (-high, -low)


@pytest.mark.parametrize("below", [np.zeros(10), -np.ones(10)])
def test_a_ratio_that_is_not_defined_has_no_interval(below: np.ndarray) -> None:
    above = np.arange(10.0)

    found = ratio_difference_interval(above, np.ones(10), above, below)

    assert np.isnan(found).all()
    assert np.isnan(ratios_interval((above, below, above), (above, below, above))).all()


def test_the_interval_of_a_ratio_is_that_of_the_bootstrap() -> None:
    (above_a, below_a), (above_b, below_b) = ratio_parts(1_000, 1), ratio_parts(1_000, 2)

    def difference(*parts: np.ndarray, axis: int = -1) -> np.ndarray:
        a, b, c, d = (part.mean(axis=axis) for part in parts)
        return a / b - c / d

    boot = stats.bootstrap(
        (above_a, below_a, above_b, below_b),
        difference,
        paired=True,
        n_resamples=9_999,
        vectorized=True,
        batch=500,
        rng=np.random.default_rng(SEED),
    ).confidence_interval

    # an end of 9,999 resamples has a standard error of .027 of a standard error; 4.79 of them
    error = (boot.high - boot.low) / 3.92
    assert ratio_difference_interval(above_a, below_a, above_b, below_b) == pytest.approx(
        (boot.low, boot.high), abs=4.79 * 0.027 * error
    )


def test_several_comparisons_share_what_may_be_missed() -> None:
    several = [skewed(100, seed) for seed in range(4)]

    together = simultaneous_intervals(several)

    assert together == tuple(mean_interval(values, 0.9875) for values in several)
    assert simultaneous_intervals([several[0]]) == (mean_interval(several[0]),)
    assert simultaneous_intervals([]) == ()


def test_nothing_compared_has_no_share() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        simultaneous_share(0)
