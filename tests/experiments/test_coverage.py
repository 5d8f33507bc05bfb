"""Intervals hold what they say they hold: the whole procedure, on toys with known truth.

2,000 times, seeds fixed in benchmarks.coverage. An exact 95 % interval falls outside 93.0 to 96.8 %
once in 10,000 fixed seeds; the goal of 94 to 96 % is measured by `python -m benchmarks.coverage`.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from benchmarks import coverage
from benchmarks.coverage import DRAWS, SHARES, figure, held_belief, held_mean, monte_carlo, twice
from benchmarks.interval_toys import TOYS, VERY_SKEWED, Sample, Toy
from scipy import stats

from familyflow.economics.targets import combined
from familyflow.experiments import sampling, statistics
from familyflow.experiments.intervals import Interval, mean_interval

TIMES = 2_000
FEWER = 500  # where a fault is to be seen
ONE_IN = 10_000
NPV, _, PER_FAMILY = TOYS

pytestmark = pytest.mark.statistical


def band(share: float, times: int) -> tuple[float, float]:
    low, high = stats.binom.ppf([0.5 / ONE_IN, 1 - 0.5 / ONE_IN], times, share) / times
    return low, high


def is_within(found: dict[float, float], times: int) -> list[bool]:
    return [band(share, times)[0] <= found[share] <= band(share, times)[1] for share in SHARES]


def test_the_band_is_the_one_stated() -> None:
    assert band(0.95, TIMES) == pytest.approx((0.930, 0.968), abs=1e-3)


@pytest.mark.parametrize("toy", TOYS, ids=lambda toy: toy.name)
def test_monte_carlo_intervals_hold_the_mean_as_often_as_they_say(toy: Toy) -> None:
    found = held_mean(toy, DRAWS, TIMES)

    assert is_within(found, TIMES) == [True, True], found


def with_the_wrong_quantile(sample: Sample, share: float) -> Interval:
    """The quantile of one tail for two, of a normal: 1.645."""
    return monte_carlo(sample, 1.0 - 2.0 * (1.0 - share))


def unpaired(sample: Sample, share: float) -> Interval:
    """As if the two scenarios had met luck of their own."""
    assert sample.other is not None
    one, other = (mean_interval(figure(part).by_draw(), share) for part in sample)
    middle = np.mean(one) - np.mean(other)
    half = math.hypot(np.ptp(one), np.ptp(other)) / 2.0
    return Interval(middle - half, middle + half)


def by_families(sample: Sample, share: float) -> Interval:
    """The mean of the ratios of draws for the ratio of the means."""
    return mean_interval(combined(sample.one)[:, 0], share)


@pytest.mark.parametrize(
    ("toy", "fault"),
    [
        (NPV, with_the_wrong_quantile),
        (PER_FAMILY, with_the_wrong_quantile),
        (PER_FAMILY, unpaired),
        (PER_FAMILY, by_families),
    ],
)
def test_a_planted_fault_is_seen(toy: Toy, fault: coverage.Procedure) -> None:
    found = held_mean(toy, DRAWS, FEWER, fault)

    assert is_within(found, FEWER) == [False, False], found


@pytest.mark.parametrize("chance", coverage.OF_CHANCE)
@pytest.mark.parametrize("toy", TOYS, ids=lambda toy: toy.name)
def test_intervals_of_doubt_hold_as_much_of_the_belief_as_they_say(toy: Toy, chance: float) -> None:
    held = held_belief(toy, DRAWS, chance, FEWER)

    for share in SHARES:
        error = held[share].std() / math.sqrt(FEWER)
        assert held[share].mean() == pytest.approx(share, abs=0.01 + 4.79 * error)


@pytest.mark.parametrize("fault", ["chance left in", "lower end"])
def test_another_share_of_chance_is_seen(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = {
        "chance left in": lambda measured, error: 0.0,
        "lower end": lambda measured, error: measured - 1.2816 * error,
    }[fault]
    monkeypatch.setattr(statistics, "_given_back", planted)

    held = held_belief(NPV, DRAWS, 0.6, FEWER)[0.80]

    assert held.mean() > 0.81 + 4.79 * held.std() / math.sqrt(FEWER)


def test_as_many_draws_are_simulated_twice_as_in_a_run() -> None:
    for draws in (10, 60, 1_000, 1_001):
        given = {"draws": draws, "replications": 1, "common_luck": False, "twice": True}
        settings = type("Settings", (), given)

        assert twice(draws) == sampling.draws_twice(settings)


@pytest.mark.parametrize("chance", coverage.OF_CHANCE)
@pytest.mark.parametrize("toy", [*TOYS, VERY_SKEWED], ids=lambda toy: toy.name)
def test_the_truth_of_the_toys_is_as_stated(toy: Toy, chance: float) -> None:
    draws = 50_000
    sample = toy.sample(np.random.default_rng(1), draws, chance)
    values = combined(sample.one)
    if sample.other is not None:
        values = values - combined(sample.other)

    error = values[:, 0].std() / math.sqrt(draws)
    measured = ((values[:, 0] - values[:, 1]) ** 2).mean() / 2.0 / values[:, 0].var()
    # of a skewed variance the standard error is some .014
    assert values[:, 0].mean() == pytest.approx(toy.mean, abs=4.79 * error)
    assert measured == pytest.approx(chance, abs=4.79 * 0.014)
    assert toy.held(-1e15, 1e15) == pytest.approx(1.0)
    if chance == 0.0:
        assert toy.held(*np.percentile(values, [2.5, 97.5])) == pytest.approx(0.95, abs=0.005)
