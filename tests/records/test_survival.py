"""Curves of censored times, and whether a constant chance fits."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from familyflow.records.lifetimes import fit
from familyflow.records.survival import aalen_johansen, kaplan_meier

# Days 3, 5, 5+, 7, 9+, 12: by hand 5/6, 5/6 x 4/5, x 2/3, x 0.
TIMES = np.array([3.0, 5.0, 5.0, 7.0, 9.0, 12.0])
HAPPENED = np.array([True, True, False, True, False, True])


def test_the_curve_by_hand() -> None:
    found = kaplan_meier(TIMES, HAPPENED)

    assert found.times.tolist() == [3.0, 5.0, 7.0, 12.0]
    assert found.at_risk.tolist() == [6, 5, 3, 1]
    assert found.share == pytest.approx([5 / 6, 2 / 3, 4 / 9, 0.0])
    assert found.at(2.0) == (1.0, 1.0, 1.0)
    assert found.at(6.9)[0] == pytest.approx(2 / 3)


def test_the_interval_by_hand() -> None:
    _, low, high = kaplan_meier(TIMES, HAPPENED).at(5.0)
    # Greenwood 1/(6 x 5) + 1/(5 x 4) = 1/12; on log(-log S) its root over |log S|
    half = 1.959964 * np.sqrt(1 / 12) / -np.log(2 / 3)

    assert low == pytest.approx((2 / 3) ** np.exp(half))
    assert high == pytest.approx((2 / 3) ** np.exp(-half))


def test_the_curve_is_that_of_scipy() -> None:
    luck = np.random.default_rng(7)
    times, happened = np.ceil(luck.exponential(60.0, 500)), luck.uniform(size=500) < 0.6
    scipys = stats.ecdf(stats.CensoredData.right_censored(times, ~happened)).sf
    found = kaplan_meier(times, happened)

    assert found.share == pytest.approx(scipys.evaluate(found.times))


def test_competing_endings_by_hand() -> None:
    found = aalen_johansen(np.array([1.0, 2.0, 2.0, 3.0]), np.array([1, 2, 0, 1]), 2)

    # day 1: 1/4 first; day 2: 3/4 x 1/3 second; day 3: what is left, 1/2, first
    assert found.share == pytest.approx(np.array([[0.25, 0.0], [0.25, 0.25], [0.75, 0.25]]))
    assert found.at(0.5).tolist() == [0.0, 0.0]


def test_endings_and_those_who_go_on_make_all() -> None:
    luck = np.random.default_rng(3)
    times, way = np.ceil(luck.exponential(30.0, 300)), luck.integers(0, 4, 300)
    both = aalen_johansen(times, way, 3).share.sum(axis=1)

    assert both + kaplan_meier(times, way > 0).share == pytest.approx(np.ones(len(both)))


def test_without_censoring_the_mean_is_the_mean_and_the_shape_is_that_of_scipy() -> None:
    times = stats.weibull_min(1.6, scale=20.0).rvs(400, random_state=11) + 0.5
    found = fit(times, np.full(400, True))
    shape, _, scale = stats.weibull_min.fit(times, floc=0.0)

    assert found.mean == pytest.approx(times.mean())
    assert (found.shape, found.scale) == pytest.approx((shape, scale), rel=1e-3)


def test_a_rising_chance_is_told_from_a_constant_one() -> None:
    times = stats.weibull_min(2.0, scale=20.0).rvs(200, random_state=5)
    seen = times < 25.0
    found = fit(np.minimum(times, 25.0), seen)

    assert not found.fits
    assert "does not fit" in found.in_words
    assert "later rather than sooner" in found.in_words


def test_a_constant_chance_is_doubted_as_seldom_as_is_said() -> None:
    """Seed 2026; of 1,000 censored samples 5 % within the 99.99 % band of the binomial."""
    luck = np.random.default_rng(2026)
    doubted = 0
    for _ in range(1000):
        times, censored = luck.exponential(30.0, 150), luck.uniform(5.0, 60.0, 150)
        doubted += not fit(np.minimum(times, censored), times < censored).fits

    low, high = stats.binom.interval(0.9999, 1000, 0.05)
    assert low <= doubted <= high


def test_where_nothing_happened_nothing_fits() -> None:
    with pytest.raises(ValueError, match="nothing happened"):
        fit(np.array([1.0, 2.0]), np.array([False, False]))
