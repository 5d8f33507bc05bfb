"""EVSI: nothing for no study, EVPPI for one without end, and the truth between."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from benchmarks import information_toys as toys
from benchmarks.information import OBSERVATION_SD
from scipy.special import ndtri

from familyflow.economics.decisions import value_of_sample_normal
from familyflow.experiments.information.partial import Parts
from familyflow.experiments.information.sample import NOTHING, evsi, shown
from familyflow.experiments.information.study import Study
from familyflow.experiments.information.worth import best, by_size
from familyflow.problems import InputError

DRAWS, SEED = 4_000, 20270110
SIZES = [0, 10, 30, 100, 300, 1_000, 3_000, 10_000]
STUDY = Study("ratio", 100, 2.0, 0.3, 0.8, 0.1, 20_000, 300, 18)


@pytest.fixture(scope="module")
def observed(seed, sums):
    """EVSI of so many observations of the first parameter, each with a spread of 6,000."""
    parts, luck = sums.parts(), toys.normals(["study"], DRAWS, seed)[:, 0]
    known = parts.fit([0])

    def value(observations):
        return evsi(
            known, parts.raw_gain, sums.x[:, 0] + OBSERVATION_SD / np.sqrt(observations) * luck
        )

    return value, parts.of([0])


@pytest.mark.statistical
@pytest.mark.parametrize("observations", [25, 50, 100, 500])
def test_a_sample_is_worth_what_the_formula_says(observed, observations):
    value, _ = observed
    truth = value_of_sample_normal(toys.MEAN, toys.A_SD, OBSERVATION_SD, observations)

    assert abs(value(observations).value - truth) < 3 * value(observations).se


@pytest.mark.statistical
def test_a_sample_is_worth_more_the_larger_it_is_and_never_more_than_the_parameter(observed):
    value, known = observed

    values = [value(n) for n in (1, 5, 25, 50, 100, 500, 5_000)]

    for less, more in pairwise(values):
        assert 0 <= less.value <= more.value + 2 * more.se
    assert all(each.value <= known.value + 2 * known.se for each in values)
    assert value(1e12).value == pytest.approx(known.value, rel=1e-4)


@pytest.fixture(scope="module")
def ratios():
    """Net benefit 400 - 1,000 x ratio, a lognormal one of about .4, under chance; and its study."""
    z, luck = toys.normals(["ratio", "chance"], DRAWS, SEED).T
    ratio = 0.4 * np.exp(0.3 * z)
    expected = np.column_stack([np.zeros(DRAWS), 400 - 1_000 * ratio])
    raw = expected + np.column_stack([np.zeros(DRAWS), 250 * luck])
    parts = Parts(expected, ratio[:, np.newaxis], raw)
    uniforms = (np.random.default_rng(SEED).permutation(DRAWS) + 0.5) / DRAWS
    return ratio, parts, uniforms


def test_no_study_is_worth_exactly_nothing_and_an_endless_one_the_parameter(ratios):
    ratio, parts, uniforms = ratios
    known = parts.fit([0])

    none = shown(replace(STUDY, families_per_arm=0), ratio, uniforms)
    endless = shown(replace(STUDY, families_per_arm=1e12), ratio, uniforms)

    assert none is None
    assert evsi(known, parts.raw_gain, none) == NOTHING
    assert evsi(known, parts.raw_gain, np.zeros(DRAWS)) == NOTHING
    assert evsi(known, parts.raw_gain, endless).value == pytest.approx(
        parts.of([0]).value, rel=0.01
    )


def test_data_stray_from_the_truth_by_the_standard_error_times_a_normal_number(ratios):
    ratio, _, uniforms = ratios

    strayed = (shown(STUDY, ratio, uniforms) - np.log(ratio)) / STUDY.standard_error(ratio)

    np.testing.assert_allclose(strayed, ndtri(uniforms), atol=1e-9)
    assert strayed.std() == pytest.approx(1.0, abs=0.001)


def test_the_same_luck_makes_larger_studies_nearer_the_truth_in_every_draw(ratios):
    ratio, _, uniforms = ratios

    off = [
        np.abs(shown(replace(STUDY, families_per_arm=n), ratio, uniforms) - np.log(ratio))
        for n in SIZES[1:]
    ]

    for smaller, larger in pairwise(off):
        assert (larger <= smaller).all()


@pytest.mark.statistical
def test_studies_are_worth_more_the_larger_and_some_size_is_worth_its_cost(ratios):
    ratio, parts, uniforms = ratios

    sizes = by_size(STUDY, SIZES, parts.fit([0]), parts.raw_gain, ratio, uniforms, 20_000)

    values = [each.evsi.value for each in sizes]
    assert values[0] == 0.0
    assert values[1] < 0.6 * parts.of([0]).value  # ten families a side show little
    for less, more in pairwise(sizes):
        assert less.evsi.value <= more.evsi.value + 2 * more.evsi.se
    assert values == sorted(values)  # the same luck: smooth in the size
    assert values[-1] <= parts.of([0]).value + 2 * parts.of([0]).se
    chosen = best(sizes)
    assert 0 < chosen.study.families_per_arm < SIZES[-1]
    assert chosen.net_benefit == max(each.net_benefit for each in sizes)
    assert chosen.net_benefit == pytest.approx(20_000 * chosen.evsi.value - chosen.cost)
    assert chosen.break_even * chosen.evsi.value == pytest.approx(chosen.cost)


def test_with_few_families_to_come_no_study_is_worth_its_cost(ratios):
    ratio, parts, uniforms = ratios

    sizes = by_size(STUDY, SIZES, parts.fit([0]), parts.raw_gain, ratio, uniforms, 100)

    assert best(sizes).study.families_per_arm == 0
    assert best(sizes).net_benefit == 0.0


def test_ratios_that_have_no_logarithm_and_other_draws_are_refused(ratios):
    ratio, parts, uniforms = ratios

    with pytest.raises(InputError, match=r"a ratio is 0\.0"):
        shown(STUDY, ratio * 0, uniforms)
    with pytest.raises(InputError, match="numbers of draws differ"):
        shown(STUDY, ratio, uniforms[:-1])
    with pytest.raises(InputError, match="numbers of draws differ"):
        evsi(parts.fit([0]), parts.raw_gain, ratio[:-1])
