"""Weighing draws by targets: closed forms of a linear model, and what is known is found again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from familyflow.experiments.chain_fit.fit import fitted, resampled
from familyflow.experiments.chain_fit.targets import Target, read_targets, targets_of
from familyflow.problems import InputError, Problems
from familyflow.records.areas.figures import read_figures
from familyflow.records.areas.measured import measured
from familyflow.shipped import figures_of_areas

SEED, DRAWS = 20261201, 20_000
TOLD = read_targets()["back_within_a_year"]


def target(value: float, sd: float, name: str = "one", use: str = "fit") -> Target:
    told = TOLD.model_copy(update={"output": name, "use": use})
    return Target(name, "", value, sd, "england", 2025, told)


def two_numbers(luck: np.random.Generator, draws: int = DRAWS):
    """Standard normals a and b; the chain gives 2 a, and is blind to b."""
    samples = luck.normal(size=(draws, 2))
    return [{"a": a, "b": b} for a, b in samples], {"one": 2.0 * samples[:, 0]}


def test_a_linear_chain_has_the_posterior_of_the_textbook() -> None:
    """Prior N(0, 1), seen 2 a = 2 with sd 1: mean 0.8, variance 0.2. Seed 20261201, four SE."""
    values, outputs = two_numbers(np.random.default_rng(SEED))
    fit = fitted(["a", "b"], values, outputs, [target(2.0, 1.0)])
    a, b = fit.beliefs

    close = 4.0 / fit.worth**0.5
    assert a.after == pytest.approx(0.8, abs=0.45 * close)
    assert a.sd_after == pytest.approx(0.2**0.5, abs=0.45 * close)
    assert (b.after, b.kept) == (pytest.approx(0.0, abs=close), pytest.approx(1.0, abs=close))
    assert [one.key for one in fit.learnt] == ["a"]
    (first, second) = fit.directions
    assert first == (pytest.approx(4.0, rel=0.05), ("a",))
    assert second[0] == pytest.approx(0.0, abs=1e-6)
    assert fit.informed == 1


def test_a_target_of_which_nothing_is_known_moves_nothing() -> None:
    values, outputs = two_numbers(np.random.default_rng(SEED))
    fit = fitted(["a", "b"], values, outputs, [target(2.0, 1e9)])

    assert fit.worth == pytest.approx(DRAWS)
    assert not fit.learnt


def test_a_check_weighs_nothing_and_is_set_beside() -> None:
    values, outputs = two_numbers(np.random.default_rng(SEED))
    alone = fitted(["a"], values, outputs, [target(2.0, 1.0)])
    both = fitted(["a"], values, outputs, [target(2.0, 1.0), target(9.0, 1.0, use="check")])

    assert both.beliefs == alone.beliefs
    assert both.fits[1].apart < -3.0


def test_targets_that_no_belief_comes_near_are_refused_in_words() -> None:
    values, outputs = two_numbers(np.random.default_rng(SEED))
    with pytest.raises(InputError, match="too few to tell"):
        fitted(["a"], values, outputs, [target(50.0, 0.1)])


def test_intervals_hold_what_was_true_as_often_as_they_say() -> None:
    """Seed 20261201: 200 truths drawn as believed, each seen with its doubt; 99.99 % band."""
    luck = np.random.default_rng(SEED)
    values, outputs = two_numbers(luck, 6_000)
    held = 0
    for truth in luck.normal(size=200):
        seen = target(2.0 * truth + 2.0 * luck.normal(), 2.0)
        fit = fitted(["a"], values, outputs, [seen])
        low, high = np.quantile(fit.samples[fit.chosen, 0], (0.025, 0.975))
        held += low < truth < high

    assert abs(held - 190) < 3.89 * (200 * 0.95 * 0.05) ** 0.5


def test_resampling_gives_each_draw_its_share_to_within_one() -> None:
    luck = np.random.default_rng(SEED)
    weights = luck.gamma(0.5, size=500)
    weights /= weights.sum()
    times = np.bincount(resampled(weights), minlength=500)

    assert times.sum() == 500
    assert np.abs(times - 500 * weights).max() < 1.0


def test_every_target_of_every_area_has_a_value_a_doubt_and_words() -> None:
    problems = Problems()
    figures = read_figures(figures_of_areas(), problems)
    for area in ("england", "north_west", "manchester"):
        found = targets_of(measured(area, figures))
        assert {one.name for one in found} == set(read_targets())
        for one in found:
            assert 0.0 < one.value < 1.0
            assert one.sd > 0.0 or not one.is_fit
            assert one.told.note


def test_what_an_area_publishes_is_in_need_as_its_referrals_are() -> None:
    figures = read_figures(figures_of_areas(), Problems())
    england = measured("england", figures)
    (back,) = [one for one in targets_of(england) if one.name == "back_within_a_year"]
    half = replace(england, figures=tuple(
        replace(one, value=one.value / 2) if one.measure == "re_referral_share" else one
        for one in figures
    ))  # fmt: skip

    assert back.value == pytest.approx(0.226 * (1 - 0.065 - 0.308))
    (less,) = [one for one in targets_of(half) if one.name == "back_within_a_year"]
    assert less.value == pytest.approx(back.value / 2)
