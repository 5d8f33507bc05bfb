"""EVPPI: the truth from under chance, nothing for what is useless, never less for knowing more."""

from itertools import pairwise

import numpy as np
import pytest
from benchmarks import information_toys as toys
from benchmarks.information import appraised

from familyflow.economics.decisions import evpi
from familyflow.experiments.information.basis import fit_basis
from familyflow.experiments.information.partial import Parts, binned
from familyflow.experiments.information.spread import matched
from familyflow.problems import InputError

GROUPS = [[0], [0, 1], [0, 1, 3], [0, 1, 2, 3, 4]]


@pytest.fixture(scope="module")
def of_sums(sums):
    return sums.parts()


@pytest.fixture(scope="module")
def of_products(products):
    return products.parts()


@pytest.mark.statistical
@pytest.mark.parametrize(("group", "truth"), [
    ([0], toys.A_TRUTH), ([1], toys.B_TRUTH), ([0, 1], toys.SUM_TRUTH),
])  # fmt: skip
def test_parts_of_what_adds_up_are_worth_what_they_are(of_sums, group, truth):
    found = of_sums.of(group)

    assert abs(found.value - truth) < 3 * found.se


@pytest.mark.statistical
@pytest.mark.parametrize(("group", "name"), [
    ([0], "price"), ([1], "t0"), ([2], "t1"), ([1, 2], "t0 and t1"), ([0, 1], "price and t0"),
    ([0, 1, 2], "all"),
])  # fmt: skip
def test_parts_of_price_times_quantity_are_worth_what_they_are(of_products, group, name):
    found = of_products.of(group)

    assert abs(found.value - toys.product_truths()[name]) < 3 * found.se


@pytest.mark.statistical
@pytest.mark.parametrize("toy", ["sums", "products"])
def test_knowing_more_is_never_worth_less_nor_more_than_knowing_all(request, seed, toy):
    found = request.getfixturevalue(toy)
    parts, all_of_it = request.getfixturevalue(f"of_{toy}"), found.perfect().smoothed

    values = [parts.of(group) for group in GROUPS]

    assert all(each.value >= 0 for each in values)
    for less, more in pairwise(values):
        assert less.value <= more.value + 2 * more.se
    assert values[-1].value <= all_of_it.value + 2 * all_of_it.se
    explained = [each.explained for each in values]
    assert explained == sorted(explained)


@pytest.mark.statistical
def test_useless_parameters_are_worth_next_to_nothing_once_corrected(sums, of_sums):
    useless = [of_sums.of([k]) for k in (2, 3, 4)]
    group = of_sums.of([2, 3, 4])

    assert max(each.value for each in useless) < 0.02 * toys.SUM_TRUTH
    assert group.value <= group.uncorrected
    assert group.value < 0.03 * toys.SUM_TRUTH
    assert of_sums.floor() < 0.02 * toys.SUM_TRUTH


@pytest.mark.statistical
def test_correction_takes_out_most_of_what_a_close_decision_makes_of_useless_parameters():
    # 20 useless parameters at 1,000 draws where both options are as good: chance decides
    rng = np.random.default_rng(20270107)
    x, gain = rng.normal(size=(1_000, 20)), rng.normal(size=1_000) * 100
    nb = np.column_stack([np.zeros(1_000), gain - gain.mean()])

    singles = Parts(nb, x).singles()

    before, after = (
        np.mean([getattr(s, name) for s in singles]) for name in ("uncorrected", "value")
    )
    # 4 columns of 1,000 draws: sd 100 sqrt(4 / 1,000) = 6.3, and .4 of it is 2.5 pounds
    assert before == pytest.approx(2.4, abs=0.4)
    assert after < 0.5 * before


@pytest.mark.statistical
def test_the_floor_parts_what_matters_from_what_cannot():
    # seeds 1 to 3, 60 useless parameters each; a floor at 95 % lets one in twenty by, of which the
    # share among 180 has a standard error of .016, and of .05 where it is itself uncertain
    above = []
    for seed in (1, 2, 3):
        parts = appraised(toys.sums(1_000, seed, useless=60)).parts()
        floor, values = parts.floor(), [part.value for part in parts.singles()]
        assert min(values[:2]) > floor > 0
        above += [value > floor for value in values[2:]]

    assert np.mean(above) < 0.05 + 3 * 0.05


@pytest.mark.statistical
def test_bins_of_equal_count_agree_with_the_curve(sums, of_sums):
    curve = of_sums.of([0])

    in_bins = binned(matched(sums.raw, sums.smoothed), sums.x[:, 0])

    assert abs(in_bins - curve.value) < 2 * curve.se
    assert binned(sums.smoothed, sums.x[:, 0], 1) == 0.0
    # each draw in its own bin: the parameter would tell all
    assert binned(sums.smoothed, sums.x[:, 0], len(sums.x)) == pytest.approx(evpi(sums.smoothed))


def test_what_does_not_vary_is_worth_exactly_nothing(sums):
    x = np.column_stack([sums.x, np.full(len(sums.x), 3.0)])

    part = Parts(sums.smoothed, x, sums.raw).of([5])

    assert part[:3] == (0.0, 0.0, 0.0)
    assert part.explained == pytest.approx(0.0, abs=1e-20)


def test_a_parameter_told_twice_is_worth_what_it_is_worth_once(sums):
    x = np.column_stack([sums.x[:, 0], sums.x[:, 0], sums.x[:, 1]])
    parts = Parts(sums.smoothed, x, sums.raw, fit_basis(x, np.ones(3), curved=3, crossed=0))

    assert parts.of([0, 1]).uncorrected == pytest.approx(parts.of([0]).uncorrected, rel=1e-4)


def test_what_hangs_together_is_told_by_either():
    rng = np.random.default_rng(20270108)
    cause, spread = rng.normal(size=(2, 3_000))
    x = np.column_stack([cause + 0.5 * spread, cause])  # the first does nothing by itself
    nb = np.column_stack([np.zeros(3_000), 100 * cause])

    parts = Parts(nb, x)

    # correlation 1 / sqrt(1.25): so much of the spread, 39.89 x .894
    assert parts.of([0]).value == pytest.approx(35.7, abs=2.0)
    assert parts.of([1]).value == pytest.approx(evpi(nb), rel=1e-3)


def test_singles_are_those_of_each_parameter(of_sums):
    assert of_sums.singles() == [of_sums.of([k]) for k in range(5)]


@pytest.mark.statistical
def test_three_options_are_held_together():
    rng = np.random.default_rng(20270109)
    x = rng.normal(size=(4_000, 3))
    expected = np.column_stack([np.zeros(4_000), 100 * x[:, 0], 50 * x[:, 0] + 100 * x[:, 1]])
    raw = expected + rng.normal(size=expected.shape) * 200

    parts = Parts(expected, x, raw)

    known = np.maximum(np.maximum(0, 100 * x[:, 0]), 50 * x[:, 0]).mean()
    part = parts.of([0])
    assert abs(part.value - known) < 3 * part.se
    assert part.value < parts.of([0, 1]).value <= evpi(expected) * 1.02


def test_groups_that_are_not_there_are_refused(of_sums, sums):
    with pytest.raises(InputError, match="no parameter 5 of 5"):
        of_sums.of([0, 5])
    with pytest.raises(InputError, match="numbers of draws differ"):
        Parts(sums.smoothed, sums.x[:-1])
    with pytest.raises(InputError, match="0 bins"):
        binned(sums.smoothed, sums.x[:, 0], 0)


def test_the_same_draws_give_the_same_values_to_the_last_digit(seed, sums):
    again = appraised(toys.sums(4_000, seed))

    assert again.parts().singles() == sums.parts().singles()
    assert again.perfect() == sums.perfect()
