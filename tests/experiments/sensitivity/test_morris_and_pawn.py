"""Screening: moves of a known size, and gaps above those that chance makes."""

import numpy as np
import pytest
from SALib.analyze import pawn as salib_pawn
from tests.experiments.sensitivity import toys

from familyflow.experiments.sensitivity import morris, pawn
from familyflow.experiments.sensitivity.factors import factors_of
from familyflow.experiments.sensitivity.pawn import gaps
from familyflow.problems import InputError

ABC, SEED = factors_of("abc"), 5


def screened(function, factors=ABC, paths=20):
    places = morris.points(factors, paths, SEED)
    return morris.effects(factors, places, function(places), SEED)


def test_of_a_sum_every_move_is_its_weight():
    found = screened(lambda x: x @ [1.0, 2.0, -3.0])

    assert found.mu_star == pytest.approx([1.0, 2.0, 3.0])
    assert found.sigma == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)


def test_a_factor_that_acts_by_another_has_spread_and_an_unused_one_no_move():
    found = screened(lambda x: x[:, 0] * x[:, 2])

    assert found.mu_star[1] == 0.0
    assert found.sigma[0] > 0.1


def test_groups_move_together():
    factors = factors_of("abcd", {"both": "ac"})

    found = screened(lambda x: x @ [1.0, 2.0, 3.0, 0.0], factors)

    assert found.factors == ("both", "b", "d")
    assert found.mu_star[1:] == pytest.approx([2.0, 0.0], abs=1e-9)
    assert 2.0 - 1e-9 <= found.mu_star[0] <= 4.0 + 1e-9  # its members pull together or apart


def test_a_group_of_one_is_as_the_factor_alone():
    factors = factors_of("abc", {"z": "a"})

    found = screened(lambda x: x @ [1.0, 2.0, -3.0], factors)

    assert found.factors == ("z", "b", "c")
    assert found.mu_star == pytest.approx([1.0, 2.0, 3.0])


def test_points_have_finite_quantiles_and_are_of_the_seed():
    places = morris.points(ABC, 10, 0)

    assert places.shape == (40, 3)
    assert set(places.ravel().round(6)) <= {0.125, 0.375, 0.625, 0.875}
    assert np.array_equal(places, morris.points(ABC, 10, 0))


def test_too_few_paths_and_what_is_not_finite_are_refused():
    with pytest.raises(InputError, match="at least 4 paths"):
        morris.points(ABC, 3, SEED)
    with pytest.raises(InputError, match="row 1"):
        screened(lambda x: np.where(np.arange(len(x)) == 1, np.nan, 1.0))


@pytest.mark.parametrize(
    ("draws", "ties"),  # decimals to which outputs and some uniforms are cut
    [(503, None), (503, 1), (500, 0), (10_007, None), (10_007, 1)],
)
def test_gaps_are_those_of_salib_bit_for_bit(draws, ties):
    drawn = np.random.default_rng(SEED).random((draws, 6))
    outputs = toys.sobol_g(drawn)
    if ties is not None:
        outputs, drawn[:, 1:3] = outputs.round(ties), drawn[:, 1:3].round(ties)
    told = salib_pawn.analyze(
        {"num_vars": 6, "names": list("abcdef"), "bounds": [[0.0, 1.0]] * 6}, drawn, outputs
    )

    assert pawn._medians(drawn, outputs).tobytes() == told["median"].tobytes()


@pytest.mark.statistical  # seed 5; six factors, the two strongest of Sobol's function
def test_gaps_find_what_moves_and_not_what_does_not():
    factors = factors_of("abcdef")
    drawn = np.random.default_rng(SEED).random((2_000, 6))

    found = gaps(factors, drawn, toys.sobol_g(drawn), SEED)

    assert found.gaps[0] > found.gaps[1] > found.floor
    assert found.is_none[4:].all()
    assert 0 < found.floor < 0.15


def test_gaps_want_enough_draws_something_that_moves_and_leave_the_global_state(monkeypatch):
    monkeypatch.setattr(pawn, "SHUFFLED", 20)  # the floor is no part of this
    drawn = np.random.default_rng(SEED).random((400, 3))
    before = np.random.get_state()[1].copy()

    assert gaps(ABC, drawn, np.ones(400), SEED) is None
    with pytest.raises(InputError, match="Give at least 200"):
        gaps(ABC, drawn[:100], drawn[:100, 0], SEED)
    assert gaps(ABC, drawn, drawn[:, 0], 0).gaps[0] > 0.3
    with pytest.raises(ValueError, match="of b are the same in every draw"):
        gaps(ABC, np.where([False, True, False], 0.5, drawn), drawn[:, 0], SEED)
    assert np.array_equal(np.random.get_state()[1], before)
