"""Smoothing gives back expected quantities, with no part in them for a draw's own chance."""

import numpy as np
import pytest

from familyflow.experiments.information.basis import fit_basis, strength
from familyflow.experiments.information.smoothing import FOLDS, Smoother, share_foretold
from familyflow.problems import InputError

SEED = 20270103
DRAWS = 2_003


@pytest.fixture(scope="module")
def toy():
    rng = np.random.default_rng(SEED)
    x = rng.normal(size=(DRAWS, 6))
    expected = np.column_stack([
        100 + 3 * x[:, 0] + x[:, 1], 5 + x[:, 2] ** 2, x[:, 0] * x[:, 1], np.full(DRAWS, 4.0),
    ])  # fmt: skip
    chance = rng.normal(size=expected.shape) * [6, 3, 2, 0]
    return x, expected, expected + chance


@pytest.fixture(scope="module")
def basis(toy):
    x, _, shown = toy
    return fit_basis(x, strength(x, shown), curved=3, crossed=3)


def fed(basis, x, shown, block=DRAWS, target=None):
    smoother = Smoother(basis, target)
    for first in range(0, len(x), block):
        smoother.feed(x[first : first + block], shown[first : first + block], first)
    return smoother


@pytest.mark.statistical
def test_expected_quantities_come_back_from_under_the_chance(toy, basis):
    x, expected, shown = toy

    smoothed = fed(basis, x, shown).fit().predict(x)

    # K columns take in K / n of the variance of chance: the root of it, half as much again allowed
    allowed = 1.5 * np.array([6, 3, 2]) * np.sqrt(basis.size / DRAWS)
    assert (np.sqrt(((smoothed - expected) ** 2).mean(axis=0))[:3] < allowed).all()
    np.testing.assert_allclose(smoothed[:, 3], 4.0, rtol=1e-9)


def test_blocks_of_any_size_give_the_same_fits(toy, basis):
    x, _, shown = toy

    whole, pieces = fed(basis, x, shown).fit(), fed(basis, x, shown, 97).fit()

    assert whole.ridge == pieces.ridge
    np.testing.assert_allclose(pieces.predict(x), whole.predict(x), rtol=1e-9, atol=1e-9)
    parts = [pieces.predict(x[first : first + 7], first) for first in range(0, DRAWS, 7)]
    np.testing.assert_allclose(np.vstack(parts), pieces.predict(x), rtol=1e-12)


def test_a_draws_own_chance_has_no_part_in_its_prediction(toy, basis):
    x, _, shown = toy
    other = shown.copy()
    other[1_002] += 1e6  # of fold 2

    before, after = (fed(basis, x, each).fit((0.01,)).predict(x) for each in (shown, other))

    same_fold = np.arange(DRAWS) % FOLDS == 2
    np.testing.assert_allclose(after[same_fold], before[same_fold], rtol=1e-6)
    assert np.abs(after[~same_fold] - before[~same_fold]).max() > 1.0


def test_the_share_foretold_is_that_of_the_predictions_themselves(toy, basis):
    x, _, shown = toy

    smoothed = fed(basis, x, shown).fit()

    np.testing.assert_allclose(
        smoothed.r2[:3], share_foretold(shown, smoothed.predict(x))[:3], rtol=1e-9
    )
    assert smoothed.r2[3] == 0.0
    # truth: 10 / 46 of the first
    assert smoothed.r2[0] == pytest.approx(10 / 46, abs=0.06)


def test_a_sum_of_smoothed_quantities_is_the_sum_smoothed(toy, basis):
    x, _, shown = toy
    weights = np.array([2.0, -1.0, 0.5, 3.0])

    parts = fed(basis, x, shown).fit((0.03,)).predict(x)
    total = fed(basis, x, (shown @ weights)[:, np.newaxis]).fit((0.03,)).predict(x)

    np.testing.assert_allclose(parts @ weights, total[:, 0], rtol=1e-8)


def test_the_penalty_is_the_one_that_foretells_the_target_best(toy, basis):
    x, _, shown = toy
    target = np.array([1.0, 0.0, 0.0, 0.0])

    chosen = fed(basis, x, shown, target=target).fit()
    others = [fed(basis, x, shown[:, :1]).fit((ridge,)) for ridge in (1e-6, 0.01, 0.1, 3.0)]

    assert chosen.target_r2 == pytest.approx(chosen.r2[0], rel=1e-9)
    assert chosen.target_r2 >= max(float(other.r2[0]) for other in others)
    assert chosen.coefficients.shape == (FOLDS, basis.size, 4)


def test_parameters_that_do_nothing_foretell_nothing(toy, basis):
    x, _, _ = toy
    chance = np.random.default_rng(SEED + 1).normal(size=(DRAWS, 3))

    smoothed = fed(basis, x, chance).fit()

    assert smoothed.ridge >= 0.3
    assert (np.abs(smoothed.r2) < 0.02).all()


def test_the_intercept_is_not_drawn_in(toy, basis):
    x, _, shown = toy

    drawn_in = fed(basis, x, shown).fit((1e9,)).predict(x)

    np.testing.assert_allclose(drawn_in[:, 0], 100.0, atol=1.0)


def test_quantities_that_do_not_match_are_refused(toy, basis):
    x, _, shown = toy
    smoother = fed(basis, x, shown)

    with pytest.raises(InputError, match="numbers of draws differ"):
        smoother.feed(x[:10], shown[:9])
    with pytest.raises(InputError, match="other quantities"):
        smoother.feed(x[:10], shown[:10, :2])
    with pytest.raises(InputError, match="without gaps"):
        smoother.feed(x[:10], np.full((10, 4), np.nan))
    with pytest.raises(InputError, match="2 weights for 4 quantities"):
        Smoother(basis, np.ones(2)).feed(x[:10], shown[:10])
    with pytest.raises(InputError, match="9 draws are too few"):
        fed(basis, x[:9], shown[:9]).fit()
