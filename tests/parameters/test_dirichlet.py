"""Shares that sum to 1 and are drawn together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from familyflow.parameters.dirichlet import Dirichlet
from familyflow.parameters.draws import every_draw
from familyflow.parameters.library import Library
from familyflow.parameters.shapes import make_dirichlet
from familyflow.parameters.yaml_tree import Wrong

SEED = 20_260


def drawn(dirichlet: Dirichlet, count: int) -> np.ndarray:
    uniforms = np.random.default_rng(SEED).uniform(size=(count, len(dirichlet.drawn)))
    return np.array(
        [dirichlet.parts(dict(zip(dirichlet.drawn, row, strict=True))) for row in uniforms]
    )


def test_breaking_the_stick_gives_the_variances_and_covariances_of_a_dirichlet() -> None:
    count = 20_000
    shares = drawn(Dirichlet((0.1, 0.2, 0.7), 100.0), count)

    covariance = np.cov(shares.T)

    # 4.9 standard errors of a variance (normal approximation), one false alarm in a million
    assert covariance[0, 0] == pytest.approx(0.000891089, rel=4.9 * (2.0 / count) ** 0.5 * 1.2)
    assert covariance[0, 1] == pytest.approx(-0.000198020, abs=4.9 * 0.0012 / count**0.5)
    assert shares.mean(axis=0) == pytest.approx([0.1, 0.2, 0.7], abs=4.9 * 0.046 / count**0.5)


def test_every_draw_sums_to_one_and_what_has_no_share_gets_none() -> None:
    shares = drawn(Dirichlet((0.0, 0.85, 0.0, 0.15, 0.0), 40.0), 200)

    assert np.abs(shares.sum(axis=1) - 1.0).max() < 1e-12
    assert shares.min() >= 0.0
    assert not shares[:, [0, 2, 4]].any()


def test_the_last_share_takes_what_is_left_and_needs_no_luck() -> None:
    assert Dirichlet((0.5, 0.0, 0.3, 0.2), 10.0).drawn == (0, 2)


@pytest.mark.parametrize("shares", [(), (1.0,), (1.0, 0.0)])
def test_one_share_leaves_nothing_to_draw(shares: tuple[float, ...]) -> None:
    with pytest.raises(Wrong):
        make_dirichlet({"concentration": 10.0}, shares)


@pytest.mark.statistical
def test_keyed_draws_have_the_moments_of_a_dirichlet(loaded: Callable[[str], Library]) -> None:
    library = loaded(
        "level:\n  {label: A, unit: table of share, table: {a: 0.1, b: 0.2, c: 0.7}, sums_to: 1,\n"
        "   grade: E, status: assumed, note: x, distribution: {dirichlet: {concentration: 100}}}\n"
    )
    draws, m = 50_000, np.array([0.1, 0.2, 0.7])

    drawn = every_draw(library, SEED, range(draws))
    shares = np.array([drawn.columns[f"service.key_work.level[{name}]"] for name in "abc"])

    covariance = (np.diag(m) - np.outer(m, m)) / 101.0  # .000891089, -.000198020, ...
    variances = np.diag(covariance)
    # 4.79 standard errors: of a mean sd/sqrt(n), of a (co)variance near a normal's, a fifth more
    assert np.abs(shares.mean(axis=1) - m).max() < 4.79 * np.sqrt(variances.max() / draws)
    error = np.sqrt((np.outer(variances, variances) + covariance**2) / draws)
    assert np.all(np.abs(np.cov(shares) - covariance) < 4.79 * 1.2 * error)
    assert covariance[0, [0, 1]] == pytest.approx([0.000891089, -0.000198020], abs=5e-10)
