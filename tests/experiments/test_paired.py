"""Two scenarios compared draw by draw."""

from __future__ import annotations

import math

import numpy as np
import pytest

from familyflow.experiments.intervals import mean_interval, ratio_difference_interval
from familyflow.experiments.paired import paired_difference
from familyflow.experiments.per_draw import PerDraw

SEED = 20_261_128
DRAWS = 60


def figure(parts: int, seed: int, unit: str = "GBP") -> PerDraw:
    made = np.random.default_rng(seed).lognormal(3.0, 0.8, (parts, DRAWS, 2))
    return PerDraw(tuple(made), unit)


@pytest.mark.parametrize("parts", [1, 2, 3])
def test_a_scenario_against_itself_differs_by_exactly_nothing(parts: int) -> None:
    one = figure(parts, SEED)

    found = paired_difference(one, one)

    assert not found.by_draw.any()
    assert (found.mean, found.monte_carlo_interval) == (0.0, (0.0, 0.0))


@pytest.mark.parametrize("parts", [1, 2, 3])
def test_differences_add_up(parts: int) -> None:
    a, b, c = (figure(parts, SEED + k) for k in range(3))

    first, second, whole = (paired_difference(*pair) for pair in ((a, b), (b, c), (a, c)))

    scale = abs(a.mean()) + abs(b.mean()) + abs(c.mean())
    assert first.mean + second.mean == pytest.approx(whole.mean, abs=1e-12 * scale)
    assert first.by_draw + second.by_draw == pytest.approx(whole.by_draw, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("parts", [1, 2, 3])
def test_swapped_labels_change_every_sign_exactly(parts: int) -> None:
    one, other = figure(parts, SEED), figure(parts, SEED + 1)

    there, back = paired_difference(one, other), paired_difference(other, one)

    low, high = there.monte_carlo_interval
    assert back.by_draw.tolist() == (-there.by_draw).tolist()
    assert back.mean == -there.mean
    assert back.monte_carlo_interval == (-high, -low)


@pytest.mark.parametrize("parts", [1, 2, 3])
def test_the_mean_difference_is_the_difference_of_the_means_that_are_printed(parts: int) -> None:
    one, other = figure(parts, SEED), figure(parts, SEED + 1)

    found = paired_difference(one, other)

    assert found.mean == pytest.approx(one.mean() - other.mean(), rel=1e-12)
    assert found.monte_carlo_interval.low < found.mean < found.monte_carlo_interval.high


def test_the_interval_is_of_paired_differences() -> None:
    shared = np.random.default_rng(SEED).normal(0.0, 1_000.0, (DRAWS, 1))
    one, other = (PerDraw((shared + extra,), "GBP") for extra in (100.0, 0.0))

    found = paired_difference(one, other)

    # what both share is a thousand pounds wide and falls out
    assert found.monte_carlo_interval == pytest.approx((100.0, 100.0), abs=1e-9)


def test_a_sum_and_a_ratio_use_their_own_intervals() -> None:
    one, other = figure(1, SEED), figure(1, SEED + 1)
    above, below = figure(2, SEED), figure(2, SEED + 1)

    sums, ratios = paired_difference(one, other, 0.8), paired_difference(above, below, 0.8)

    assert sums.monte_carlo_interval == mean_interval(one.by_draw() - other.by_draw(), 0.8)
    parts = [part.mean(axis=1) for each in (above, below) for part in each.parts]
    assert ratios.monte_carlo_interval == ratio_difference_interval(*parts, 0.8)


def test_draws_in_which_one_never_happens_are_left_out_and_counted() -> None:
    values = np.arange(6.0)[:, np.newaxis]
    gaps = values.copy()
    gaps[2] = math.nan
    one, other = PerDraw((values**2,), "weeks"), PerDraw((gaps,), "weeks")

    found = paired_difference(one, other)

    assert np.flatnonzero(np.isnan(found.by_draw)).tolist() == [2]
    assert (found.draws_undefined, found.unit) == (1, "weeks")
    assert found.mean == pytest.approx((0 + 0 + 6 + 12 + 20) / 5)
    assert found.monte_carlo_interval == mean_interval(np.array([0.0, 0.0, 6.0, 12.0, 20.0]))


def test_a_ratio_that_is_undefined_in_some_draws_has_a_mean_all_the_same() -> None:
    above, below = np.full((4, 1), 6.0), np.array([[0.0], [1.0], [2.0], [3.0]])
    one, other = PerDraw((above, below), "ratio"), PerDraw((above, below + 1.0), "ratio")

    found = paired_difference(one, other)

    assert found.draws_undefined == 1
    assert found.mean == pytest.approx(24 / 6 - 24 / 10)


def test_what_never_happens_in_any_draw_has_no_difference() -> None:
    never, some = (
        PerDraw((np.full((4, 1), math.nan),), "weeks"),
        PerDraw((np.ones((4, 1)),), "weeks"),
    )
    zero = PerDraw((np.ones((4, 1)), np.zeros((4, 1))), "ratio")

    for found in (paired_difference(some, never), paired_difference(zero, zero)):
        assert math.isnan(found.mean)
        assert np.isnan(found.monte_carlo_interval).all()
        assert found.draws_undefined == 4


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (figure(1, 1, "weeks"), "not of one kind"),
        (figure(2, 1), "not of one kind"),
        (PerDraw((np.ones((3, 1)),), "GBP"), "60 draws and 3"),
    ],
)
def test_only_like_is_compared_with_like(other: PerDraw, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        paired_difference(figure(1, SEED), other)
