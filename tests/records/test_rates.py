"""Rates: exact intervals, and gammas that hold the shipped number with its weight."""

from __future__ import annotations

import math

import pytest
from scipy import stats

from familyflow.parameters.distributions import Pert
from familyflow.records import rates
from familyflow.records.rates import Seen

RATE = Pert(0.08, 0.15, 0.25)
CHANCE = Pert(0.004, 0.0075, 0.015)
WEEKS = Pert(13.0, 26.0, 52.0)


def test_ten_events_in_five_years_by_the_published_table() -> None:
    found = rates.exact(Seen(10, 5.0))  # Garwood: 10 events, 4.795 to 18.390

    assert found.value == 2.0
    assert (round(5 * found.low, 3), round(5 * found.high, 3)) == (4.795, 18.390)


def test_at_the_ends_of_the_exact_interval_the_count_is_as_rare_as_is_said() -> None:
    found = rates.exact(Seen(7, 2.0))

    assert stats.poisson.sf(6, 2 * found.low) == pytest.approx(0.025)
    assert stats.poisson.cdf(7, 2 * found.high) == pytest.approx(0.025)


def test_a_rate_by_hand_without_weight_and_with_ever_more() -> None:
    alone = rates.prior_of_rate(0.15, RATE, 0.0) + Seen(8, 40.0)
    heavy = rates.prior_of_rate(0.15, RATE, 1e7) + Seen(8, 40.0)

    assert alone == Seen(8.5, 40.0)
    assert rates.central(alone).low == pytest.approx(stats.gamma.ppf(0.025, 8.5, scale=1 / 40))
    assert rates.central(heavy).value == pytest.approx(RATE.mean, rel=1e-4)


def test_the_prior_of_a_rate_has_the_mean_and_spread_of_the_belief() -> None:
    prior = rates.prior_of_rate(0.15, RATE, 1.0)
    sd = math.sqrt((RATE.mean - 0.08) * (0.25 - RATE.mean) / 7)

    assert prior.rate == pytest.approx(RATE.mean)
    assert math.sqrt(prior.events) / prior.exposure == pytest.approx(sd, rel=1e-3)


def test_a_chance_is_the_mean_over_the_rates_that_make_it() -> None:
    posterior = Seen(6.0, 500.0)
    draws = 1 - stats.gamma.expect(lambda rate: math.e**-rate, args=(6.0,), scale=1 / 500)
    figure, sd = rates.chance_figure(posterior)

    assert figure.value == pytest.approx(draws, rel=1e-6)
    assert sd == pytest.approx(math.sqrt(6) / 500, rel=0.05)
    assert figure.low < figure.value < figure.high


def test_ever_more_weight_gives_the_shipped_chance_and_the_shipped_mean_time() -> None:
    seen = Seen(9, 700.0)
    chance, _ = rates.chance_figure(rates.prior_of_chance(0.0075, CHANCE, 1e7) + seen)
    time = rates.mean_time_figure(rates.prior_of_mean_time(26.0, WEEKS, 1e7) + seen)

    assert chance.value == pytest.approx(CHANCE.mean, rel=1e-3)
    assert time.value == pytest.approx(WEEKS.mean, rel=1e-3)


def test_the_prior_of_a_mean_time_has_the_mean_and_spread_of_the_belief() -> None:
    prior = rates.prior_of_mean_time(26.0, WEEKS, 1.0)
    sd = math.sqrt((WEEKS.mean - 13) * (52 - WEEKS.mean) / 7)
    found = stats.invgamma(prior.events, scale=prior.exposure)

    assert found.mean() == pytest.approx(WEEKS.mean)
    assert found.std() == pytest.approx(sd, rel=1e-3)


def test_more_events_narrow_every_belief() -> None:
    few, many = Seen(10, 100.0), Seen(100, 1000.0)
    for prior, figure in (
        (rates.prior_of_rate(0.15, RATE, 1.0), rates.central),
        (rates.prior_of_mean_time(26.0, WEEKS, 1.0), rates.mean_time_figure),
    ):
        wide, narrow = (figure(prior + seen) for seen in (few, many))
        assert narrow.high / narrow.low < wide.high / wide.low
