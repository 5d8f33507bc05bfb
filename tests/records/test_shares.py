"""Shares: Wilson's interval, and posteriors that lean on the prior as its weight says."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from familyflow.parameters.distributions import Beta, Pert
from familyflow.records import shares

SHIPPED = Pert(0.05, 0.10, 0.20)


def test_twelve_of_eighty_by_hand() -> None:
    found = shares.wilson(12, 80)

    assert found.value == 0.15
    assert (round(found.low, 4), round(found.high, 4)) == (0.0879, 0.2441)


@given(st.integers(1, 10_000), st.floats(0.0, 1.0))
def test_a_wilson_end_is_as_far_from_the_share_as_its_own_spread_allows(
    n: int, part: float
) -> None:
    events = float(round(part * n))
    found, z = shares.wilson(events, n), shares.z_of()

    for end in (found.low, found.high):
        if 1e-9 < end < 1.0 - 1e-9:
            assert math.isclose(
                abs(found.value - end),
                z * math.sqrt(end * (1 - end) / n),
                rel_tol=1e-6,
                abs_tol=1e-9,
            )


@pytest.mark.parametrize(("events", "cases"), [(5, 4), (-1, 4), (0, 0)])
def test_what_is_no_share_is_refused(events: float, cases: float) -> None:
    with pytest.raises(ValueError, match="no share"):
        shares.wilson(events, cases)


def test_the_prior_has_the_mean_and_the_spread_of_the_shipped_belief() -> None:
    prior = Beta(*shares.beta_prior(0.10, SHIPPED, 1.0))
    # a pert is a beta over its range: variance (mean - low) (high - mean) / 7
    sd = math.sqrt((SHIPPED.mean - 0.05) * (0.20 - SHIPPED.mean) / 7)

    assert math.isclose(prior.mean, SHIPPED.mean, rel_tol=1e-12)
    assert math.isclose(shares.beta_sd(prior), sd, rel_tol=1e-3)


def test_weight_times_the_prior_is_weight_times_as_many_cases() -> None:
    once, thrice = (sum(shares.beta_prior(0.1, SHIPPED, weight)) for weight in (1.0, 3.0))

    assert math.isclose(thrice, 3.0 * once)
    assert sum(shares.beta_prior(0.1, None, 1.0)) == 1.0  # without a belief: one case
    assert shares.beta_prior(0.1, SHIPPED, 0.0) == (0.5, 0.5)  # Jeffreys


def test_ever_more_weight_gives_the_shipped_mean_and_no_weight_the_records() -> None:
    heavy = shares.beta_posterior(40, 100, shares.beta_prior(0.1, SHIPPED, 1e7))
    none = shares.beta_posterior(400_000, 1_000_000, shares.beta_prior(0.1, SHIPPED, 0.0))

    assert math.isclose(heavy.mean, SHIPPED.mean, rel_tol=1e-4)
    assert math.isclose(none.mean, 0.4, rel_tol=1e-5)


def test_the_posterior_lies_between_prior_and_records_and_narrows_with_cases() -> None:
    prior = shares.beta_prior(0.1, SHIPPED, 1.0)
    found = [shares.beta_posterior(0.3 * n, n, prior) for n in (10, 100, 1000)]
    means = [SHIPPED.mean, *(one.mean for one in found), 0.3]

    assert means == sorted(means)
    assert shares.beta_sd(found[0]) > shares.beta_sd(found[1]) > shares.beta_sd(found[2])


def test_a_table_of_shares_by_hand() -> None:
    prior = shares.dirichlet_prior([0.5, 0.3, 0.2], 10.0, 1.0)
    posterior = shares.dirichlet_posterior([5, 10, 15], prior)
    figures = shares.dirichlet_figures(posterior)

    assert posterior == pytest.approx((10.0, 13.0, 17.0))
    assert [one.value for one in figures] == pytest.approx([0.25, 0.325, 0.425])
    assert (figures[0].low, figures[0].high) == pytest.approx(Beta(10.0, 30.0).interval())


def test_hidden_rows_are_known_by_their_sum_alone() -> None:
    one = shares.spread_evenly([50, 3, 12], [False, True, True], [0.6, 0.1, 0.3])
    other = shares.spread_evenly([50, 1, 14], [False, True, True], [0.6, 0.1, 0.3])

    assert one == pytest.approx((50.0, 3.75, 11.25))
    assert one == pytest.approx(other)
