"""Later money is worth less, at rates that fall over time and only from then on."""

import numpy as np
import pytest

from familyflow.economics.discounting import (
    Schedule,
    annuity_factor,
    discount_factors,
    flat,
    present_value,
)
from familyflow.problems import InputError

MILLIONTH = 1e-6


@pytest.mark.parametrize(
    ("year", "factor"),
    [
        (1, 0.966184),
        (2, 0.933511),
        (3, 0.901943),
        (5, 0.841973),
        (10, 0.708919),
        (20, 0.502566),
        (30, 0.356278),
        (31, 0.345901),
        (75, 0.094214),
        (76, 0.091916),
        (125, 0.027411),
    ],
)
def test_the_standard_schedule_gives_the_published_factors(toy, year, factor):
    assert discount_factors(toy.GB_STANDARD, 126)[year] == pytest.approx(factor, abs=MILLIONTH)


def test_a_lower_rate_starts_from_the_factor_already_reached(toy):
    factors = discount_factors(toy.GB_STANDARD, 77)

    assert factors[31] == pytest.approx(factors[30] / 1.03, rel=1e-12)
    assert factors[76] == pytest.approx(factors[75] / 1.025, rel=1e-12)


@pytest.mark.parametrize(
    ("year", "factor"), [(1, 0.985222), (5, 0.928260), (10, 0.861667), (30, 0.639762)]
)
def test_the_health_schedule_gives_the_published_factors(toy, year, factor):
    assert discount_factors(toy.GB_HEALTH, 31)[year] == pytest.approx(factor, abs=MILLIONTH)


@pytest.mark.parametrize(("year", "factor"), [(0, 0.982946), (1, 0.949707), (4, 0.856581)])
def test_money_in_the_middle_of_a_year_is_discounted_by_half_a_year_more(toy, year, factor):
    factors = discount_factors(toy.GB_STANDARD, 5, "mid")

    assert factors[year] == pytest.approx(factor, abs=MILLIONTH)


def test_money_at_the_end_of_a_year_is_money_at_the_start_of_the_next(toy):
    start = discount_factors(toy.GB_STANDARD, 41, "start")
    end = discount_factors(toy.GB_STANDARD, 40, "end")

    np.testing.assert_allclose(end, start[1:], rtol=1e-14)


def test_ten_level_years_are_the_annuity_factors():
    assert annuity_factor(flat(0.035), 10, "start") == pytest.approx(8.607687, abs=MILLIONTH)
    assert annuity_factor(flat(0.035), 10, "end") == pytest.approx(8.316605, abs=MILLIONTH)


def test_thirty_level_years_equal_the_annuity_formula():
    formula = (1 - 1.035**-30) / 0.035

    assert annuity_factor(flat(0.035), 30, "end") == pytest.approx(formula, rel=1e-12)


def test_with_no_discounting_the_annuity_factor_is_the_years():
    assert annuity_factor(flat(0.0), 7) == 7.0


def test_a_thousand_in_two_years_is_worth_933_51():
    assert present_value([0, 0, 1_000], discount_factors(flat(0.035), 3)) == pytest.approx(
        933.5107, abs=5e-5
    )


@pytest.mark.parametrize(
    ("timing", "value"), [("end", 4_515.0524), ("start", 4_673.0792), ("mid", 4_593.3863)]
)
def test_five_payments_of_a_thousand(timing, value):
    factors = discount_factors(flat(0.035), 5, timing)

    assert present_value([1_000] * 5, factors) == pytest.approx(value, abs=5e-5)


def test_a_hundred_spent_and_thirty_back_for_five_years():
    factors = discount_factors(flat(0.035), 6)
    benefits = present_value([0, 30, 30, 30, 30, 30], factors)

    assert benefits - 100 == pytest.approx(35.451571, abs=MILLIONTH)
    assert benefits / 100 == pytest.approx(1.354516, abs=MILLIONTH)


def test_a_programme_that_starts_to_pay_in_its_fourth_year(toy):
    factors = discount_factors(toy.GB_STANDARD, 10)

    cost = present_value([100, 50, 50] + [0] * 7, factors)
    benefit = present_value([0] * 3 + [30] * 7, factors)

    assert cost == pytest.approx(194.984714, abs=MILLIONTH)
    assert benefit == pytest.approx(171.239767, abs=MILLIONTH)
    assert benefit - cost == pytest.approx(-23.744947, abs=MILLIONTH)
    assert benefit / cost == pytest.approx(0.878221, abs=MILLIONTH)


def test_present_value_keeps_the_axes_before_the_years():
    flows = np.ones((2, 3, 4))

    assert present_value(flows, discount_factors(flat(0.0), 4)).shape == (2, 3)


@pytest.mark.parametrize(
    "steps", [(), ((1, 0.03),), ((0, 0.03), (0, 0.02)), ((0, 0.03), (30, 0.02), (10, 0.01))]
)
def test_the_years_of_a_schedule_rise_from_zero(steps):
    with pytest.raises(InputError, match="rise from 0"):
        Schedule("wrong", steps)


@pytest.mark.parametrize("rate", [-1.0, float("nan"), float("inf")])
def test_a_rate_is_a_share(rate):
    with pytest.raises(InputError, match="rate from year 0"):
        flat(rate)


def test_an_unknown_timing_is_refused():
    with pytest.raises(InputError, match="start, mid or end"):
        discount_factors(flat(0.035), 3, "noon")
