"""How many draws and replications: worked numbers and laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from familyflow.experiments.precision import (
    LEAST_DRAWS,
    MOST_REPLICATIONS,
    Variances,
    best_replications,
    chance_of_right_sign,
    draws_to_be_within,
    draws_to_decide,
    half_width,
    variance_of_difference,
    variances,
)

SEED = 20_261_128
SIZES = st.floats(1.0, 1e6)


def test_the_law_of_total_variance() -> None:
    of = Variances(600.0**2, 8_000.0**2)

    assert math.sqrt(of.of_a_draw(150)) == pytest.approx(886.942, abs=5e-4)
    assert math.sqrt(of.of_a_draw(10**12)) == pytest.approx(600.0, abs=1e-6)


@given(SIZES, SIZES, st.integers(1, 10_000))
def test_more_families_never_take_away_the_doubt_about_the_numbers(
    between: float, within: float, families: int
) -> None:
    of = Variances(between, within)

    assert of.of_a_draw(families) > of.of_a_draw(families + 1) > between


def test_more_draws_make_the_mean_as_precise_as_one_likes() -> None:
    assert Variances(600.0**2, 0.0).of_the_mean(10**8) == pytest.approx(0.0036)


def test_published_standard_errors() -> None:
    assert half_width(8_000.0**2, 10_000) == pytest.approx(156.80, abs=5e-3)

    together, apart = (variance_of_difference(8e3**2, 8e3**2, r) for r in (0.9, 0.0))

    assert math.sqrt(together) == pytest.approx(3_577.7, abs=0.05)
    assert math.sqrt(apart) == pytest.approx(11_313.7, abs=0.05)
    assert apart / together == pytest.approx(10.0)  # ten times fewer runs


def test_the_chance_of_a_saving() -> None:
    assert chance_of_right_sign(200.0, 1_000.0**2, 1) == pytest.approx(0.5792597, abs=5e-8)
    assert chance_of_right_sign(-200.0, 1_000.0**2, 1) == pytest.approx(0.5792597, abs=5e-8)
    assert chance_of_right_sign(0.0, 1_000.0**2, 10) == 0.5
    assert (chance_of_right_sign(5.0, 0.0, 10), chance_of_right_sign(0.0, 0.0, 10)) == (1.0, 0.5)


def test_the_two_variances_are_recovered_from_draws_simulated_twice() -> None:
    rng = np.random.default_rng(SEED)
    expected = rng.normal(0.0, 600.0, 20_000)
    first, second = (expected + rng.normal(0.0, 800.0, 20_000) for _ in range(2))

    of = variances(first, first, second)
    of_both = variances((first + second) / 2.0, first, second, replications=2)

    # a variance of n normals has a relative standard error of sqrt(2/n) = .01; 4.79 of them
    assert of.within == pytest.approx(800.0**2, rel=4.79 * 0.01)
    assert of.between + of.within == pytest.approx(1e6, rel=4.79 * 0.01)
    assert of_both.between == pytest.approx(of.between, rel=0.05)


def test_chance_alone_leaves_no_variance_between_draws() -> None:
    assert variances(np.ones(10), np.zeros(5), np.full(5, 4.0)) == (0.0, 8.0)


@pytest.mark.parametrize(
    ("between", "within", "cost", "best"),
    [
        (1.0, 1.0, 1.0, 1),  # sqrt(1)
        (1.0, 16.0, 4.0, 8),  # sqrt(64)
        (1.0, 2.0, 1.0, 1),  # sqrt(2): 3 x 2 equals 2 x 3, so the fewer
        (1.0, 6.25, 1.0, 3),  # 2.5: 4.125 x 3 = 12.375, 3.083 x 4 = 12.333
        (4.0, 1.0, 1.0, 1),
        (1.0, 5.0, 0.0, 1),
        (0.0, 5.0, 2.0, MOST_REPLICATIONS),
        (5.0, 0.0, 2.0, 1),
        (0.0, 0.0, 0.0, 1),
    ],
)
def test_the_square_root_rule(between: float, within: float, cost: float, best: int) -> None:
    found = best_replications(Variances(between, within), cost)

    assert found.replications == best
    if between and within and cost:
        assert found.exact == pytest.approx(math.sqrt(cost * within / between))


@given(SIZES, SIZES, st.floats(0.01, 100.0))
def test_no_other_number_of_replications_is_better_for_the_same_work(
    between: float, within: float, cost: float
) -> None:
    of = Variances(between, within)

    best = best_replications(of, cost).replications

    def work(replications: int) -> float:
        return of.of_a_draw(replications) * (cost + replications)

    assert work(best) <= min(work(r) for r in range(1, MOST_REPLICATIONS + 1)) * (1 + 1e-12)


def test_draws_for_an_absolute_number_of_pounds() -> None:
    variance = (8_200.0 / 1.959963984540054) ** 2 * 1_000

    found = draws_to_be_within(5_000.0, variance, 1_000)

    assert (found.draws, found.now) == (2_690, pytest.approx(8_200.0))
    assert found.reason == (
        "1,000 draws: the difference is known to within £8,200; to be within £5,000 takes 2,690."
    )
    assert draws_to_be_within(9_000.0, variance, 1_000).reason == (
        "1,000 draws: the difference is known to within £8,200, and £9,000 would do: 831 would do."
    )
    assert half_width(variance, 2_690) <= 5_000.0 < half_width(variance, 2_689)


def test_half_the_pounds_take_four_times_the_draws_whatever_the_mean() -> None:
    once, twice = (draws_to_be_within(p, 8_000.0**2, 100).draws for p in (100.0, 50.0))

    assert once is not None
    assert twice == pytest.approx(4 * once, abs=4)


def test_what_no_number_of_draws_would_tell_is_said() -> None:
    found = draws_to_be_within(0.01, 8_000.0**2, 100)

    assert found.draws is None
    assert found.reason.endswith("to be within £0.01 takes more than 100,000,000.")


def test_draws_to_decide_rightly() -> None:
    found = draws_to_decide(0.95, mean=-2_000.0, variance_of_draw=60_000.0**2, draws=1_000)

    # (1.6448536 x 60,000 / 2,000)^2 = 2,434.99
    assert (found.draws, found.now) == (2_435, pytest.approx(0.8541, abs=5e-5))
    assert found.reason == (
        "1,000 draws: the sign of the difference is right with a probability of 85.4 %; "
        "for 95 % it takes 2,435."
    )
    assert chance_of_right_sign(-2_000.0, 60_000.0**2, 2_435) >= 0.95


def test_a_clear_answer_needs_few_draws() -> None:
    found = draws_to_decide(0.95, 50_000.0, 60_000.0**2, 1_000, subject="the net saving")

    assert found.draws == LEAST_DRAWS
    assert found.reason == (
        "1,000 draws: the sign of the net saving is right with a probability of more than 99.9 %, "
        "and 95 % was asked for: far fewer would do."
    )


@pytest.mark.parametrize("mean", [0.0, 5e-324, 1e-9, -1e-9])
def test_what_is_too_near_nothing_cannot_be_decided(mean: float) -> None:
    found = draws_to_decide(0.95, mean, 60_000.0**2, 1_000)

    assert found.draws is None
    assert "too near 0" in found.reason


def test_without_variance_the_fewest_draws_do() -> None:
    assert draws_to_be_within(1.0, 0.0, 100).draws == LEAST_DRAWS
    assert draws_to_decide(0.95, 3.0, 0.0, 100).draws == LEAST_DRAWS


def test_reasons_for_replications_are_sentences() -> None:
    one, many = (best_replications(Variances(1.0, within), 4.0) for within in (0.25, 16.0))

    assert one.reason == (
        "One replication each: chance is 20% of the variance of a single one, and a new draw costs "
        "4 times as much as one more replication, so that new draws tell more than replications."
    )
    assert many.reason == (
        "8 replications each: chance is 94% of the variance of a single one, and a new draw costs "
        "4 times as much as one more replication; for the same work the mean has 58% less variance "
        "than with one."
    )


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: draws_to_be_within(0.0, 1.0, 10), "above 0"),
        (lambda: draws_to_be_within(math.nan, 1.0, 10), "above 0"),
        (lambda: draws_to_be_within(1.0, 1.0, 10, share=95.0), "between 0 and 1"),
        (lambda: draws_to_decide(95.0, 1.0, 1.0, 10), "between a half and 1"),
        (lambda: draws_to_decide(0.5, 1.0, 1.0, 10), "between a half and 1"),
        (lambda: best_replications(Variances(1.0, 1.0), -1.0), "0 or more"),
    ],
)
def test_a_question_without_meaning_is_refused(call, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
