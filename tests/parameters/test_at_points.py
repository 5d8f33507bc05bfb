"""Values at the points of a sweep: quantiles where asked, stated values elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from familyflow.experiments.inputs import load_inputs
from familyflow.parameters.at_points import place_of, quantile_of, stated_value, values_at
from familyflow.parameters.correlations import Correlation
from familyflow.parameters.dirichlet import Dirichlet
from familyflow.parameters.draws import base_values, drawn_uniforms, every_draw, uncertain

SEED = 20261129
PARAMETERS = load_inputs("core_offer").parameters
NAMES = uncertain(PARAMETERS)
SINGLE = [name for name in NAMES if "[" not in name]
SHARES = [name for name in NAMES if "[" in name]


def element_of(name):
    key, _, element = name.rstrip("]").partition("[")
    return PARAMETERS[key], element or None


def test_a_point_that_moves_nothing_is_the_stated_values():
    nowhere = {name: np.full(2, np.nan) for name in NAMES}
    base = base_values(PARAMETERS)

    for values in values_at(PARAMETERS, nowhere, 2):
        for name, value in base.items():
            if isinstance(value, dict) and isinstance(PARAMETERS[name].distribution, Dirichlet):
                assert values[name] == pytest.approx(value)
            else:
                assert values[name] == value, name


def test_points_where_everything_moves_are_the_draws_of_a_run_bit_for_bit():
    draws = every_draw(PARAMETERS, SEED, range(5))
    points = values_at(PARAMETERS, drawn_uniforms(PARAMETERS, SEED, range(5)), 5)

    assert set(draws.columns) == set(points.columns)
    for name, column in draws.columns.items():
        assert (column == points.columns[name]).all(), name


def test_correlated_numbers_are_those_of_a_run_too():
    pair = (SINGLE[0], SINGLE[5])
    together = [Correlation(*pair, 0.8)]
    draws = every_draw(PARAMETERS, SEED, range(50), together)
    independent = drawn_uniforms(PARAMETERS, SEED, range(50))
    points = values_at(PARAMETERS, independent, 50, together)
    alone = values_at(PARAMETERS, {pair[1]: independent[pair[1]]}, 50, together)

    for name in pair:
        assert (draws.columns[name] == points.columns[name]).all()
    assert (alone.columns[pair[1]] != points.columns[pair[1]]).any()
    assert (alone.columns[pair[1]] == quantiles(pair[1], independent[pair[1]])).all()


def quantiles(name, uniforms):
    return PARAMETERS[name].distribution.quantile(uniforms)


@pytest.mark.parametrize("name", [SINGLE[0], SINGLE[40], SHARES[0], SHARES[-1]])
def test_one_number_moves_alone(name):
    uniforms = np.array([0.025, np.nan, 0.975])
    points = values_at(PARAMETERS, {name: uniforms}, 3)
    key = name.partition("[")[0]
    base = base_values(PARAMETERS)

    for place, values in enumerate(points):
        assert {n for n in base if values[n] != base[n]} <= {key} | varying_on(key), place
    parameter, element = element_of(name)
    low, stated, high = points.columns[name]
    assert low == quantile_of(parameter, 0.025, element)
    assert high == quantile_of(parameter, 0.975, element)
    assert stated == pytest.approx(stated_value(parameter, element))


def varying_on(key):
    return {
        name
        for name, parameter in PARAMETERS.items()
        if parameter.varies is not None and key in parameter.varies.settings.values()
    }


@pytest.mark.parametrize("name", SHARES)
def test_shares_still_add_up_and_the_others_keep_their_proportions(name):
    key, _, element = name.rstrip("]").partition("[")
    points = values_at(PARAMETERS, {name: np.array([0.05, 0.6, 0.99])}, 3)
    stated = PARAMETERS[key].table

    for values in points:
        table = values[key]
        assert sum(table.values()) == pytest.approx(sum(stated.values()))
        rest = {n: share for n, share in table.items() if n != element and stated[n] > 0}
        ratios = [share / stated[n] for n, share in rest.items()]
        assert ratios == pytest.approx([ratios[0]] * len(ratios))


@pytest.mark.long
def test_a_share_alone_has_the_spread_that_it_has_in_draws():
    # a Dirichlet's margins are betas: 20,000 draws, quantiles within 1.5 points of share
    name = SHARES[1]
    parameter, element = element_of(name)
    drawn = every_draw(PARAMETERS, SEED, range(20_000)).columns[name]
    for uniform in (0.1, 0.5, 0.9):
        below = np.mean(drawn < quantile_of(parameter, uniform, element))
        assert below == pytest.approx(uniform, abs=0.015)


def test_some_shares_without_the_others_are_a_fault():
    key = SHARES[0].partition("[")[0]
    of_table = [name for name in SHARES if name.startswith(key)]
    assert len(of_table) > 2
    some = {name: np.array([0.5]) for name in of_table[:2]}
    with pytest.raises(ValueError, match="do not"):
        values_at(PARAMETERS, some, 1)


@pytest.mark.parametrize("name", [*SINGLE[::9], *SHARES[::3]])
def test_the_place_of_the_stated_value_gives_it_back(name):
    parameter, element = element_of(name)
    stated, place = stated_value(parameter, element), place_of(parameter, element)
    assert 0.0 < place < 1.0
    assert quantile_of(parameter, place, element) == pytest.approx(stated, rel=1e-6)


def test_a_value_beyond_the_belief_has_its_place_next_to_the_end():
    parameter, _ = element_of(SINGLE[0])
    assert 0.0 < place_of(parameter, None, -1e9) < 1e-9
    assert 1.0 - 1e-9 < place_of(parameter, None, 1e12) < 1.0
