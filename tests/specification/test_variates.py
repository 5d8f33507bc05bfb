"""Whole-number arithmetic: what is spent never depends on how the days are cut up."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from familyflow.specification.variates import (
    HIGHEST_RATE,
    NEVER,
    ONE,
    Spread,
    choice,
    cumulate,
    days_until,
    threshold,
    units,
    weekly_rate,
    whole_days,
)

uniforms = st.floats(min_value=2.0**-53, max_value=1 - 2.0**-53)


@given(uniforms, st.integers(1, HIGHEST_RATE))
def test_a_clock_rings_after_the_first_days_that_spend_it(uniform, rate):
    remaining = threshold(uniform)

    days = days_until(remaining, rate)

    assert days >= 1
    assert (days - 1) * rate < remaining <= days * rate


@given(uniforms)
def test_a_threshold_is_at_least_one_unit(uniform):
    assert threshold(uniform) >= 1


def test_a_rate_of_zero_never_rings():
    assert days_until(threshold(0.5), 0) == NEVER


def test_rates_are_cut_at_the_highest():
    assert units(1e9) == HIGHEST_RATE
    assert units(1.0) == ONE


def test_a_weekly_chance_is_that_chance_over_seven_days():
    rate = weekly_rate(0.05)

    assert 1 - math.exp(-7 * rate / ONE) == pytest.approx(0.05, rel=1e-12)


@pytest.mark.parametrize(("days", "whole"), [(0.0, 1), (0.4, 1), (1.5, 2), (2.49, 2), (182.5, 183)])
def test_lengths_are_whole_days_and_at_least_one(days, whole):
    assert whole_days(days) == whole


def test_a_choice_follows_declared_order():
    shares = cumulate([0.2, 0.3, 0.5])

    assert [choice(u, shares) for u in (0.0, 0.199, 0.2, 0.499, 0.5, 0.999999)] == [
        0,
        0,
        1,
        1,
        2,
        2,
    ]


def test_a_choice_never_falls_off_the_end_by_rounding():
    assert choice(1 - 2.0**-53, cumulate([0.1] * 10)) == 9


@given(uniforms, uniforms)
def test_every_spread_rises_with_its_uniform(first, second):
    low, high = sorted((first, second))
    spreads = [
        Spread("constant", 0, 5, 0),
        Spread("uniform", 2, 0, 9),
        Spread("whole_numbers", 8, 0, 14),
        Spread("triangular", 2, 4, 8),
        Spread("exponential", 0, 26, 0),
    ]

    assert all(spread.at(low) <= spread.at(high) for spread in spreads)


def test_spreads_have_their_published_middles():
    assert Spread("whole_numbers", 8, 0, 14).at(0.5) == 11
    assert Spread("triangular", 2, 4, 8).at(1 / 3) == pytest.approx(4.0)
    assert Spread("exponential", 0, 10, 0).at(1 - math.exp(-1)) == pytest.approx(10.0)
    assert Spread("uniform", 2, 0, 12).at(0.25) == 4.5
