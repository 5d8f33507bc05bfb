"""Hidden rows of a table: only their sum is used, and they are held as surely as that allows."""

import numpy as np
import pytest

from familyflow.records.hidden_split import split_figures, surely
from familyflow.records.shares import dirichlet_figures

PRIOR = (12.0, 1.6, 1.2, 25.2)
HIDDEN = (False, True, True, False)
SEED, MANY = 11, 400_000


def test_how_the_sum_is_split_is_nowhere_in_what_comes_out():
    seen = [split_figures((90, few, 9 - few, 201), HIDDEN, PRIOR) for few in range(10)]

    assert all(one == seen[0] for one in seen)
    assert sorted(seen[0]) == [1, 2]


def test_mean_and_sd_are_those_of_the_sum_and_the_part_drawn_one_after_the_other():
    rng = np.random.default_rng(SEED)
    group = rng.beta(1.6 + 1.2 + 9, 12.0 + 25.2 + 291, MANY)
    drawn = group * rng.beta(1.6, 1.2, MANY)

    figure, sd = split_figures((90, 4, 5, 201), HIDDEN, PRIOR)[1]

    error = drawn.std() / np.sqrt(MANY)
    assert abs(figure.value - drawn.mean()) < 4.79 * error
    assert sd == pytest.approx(drawn.std(), rel=0.01)
    inside = np.mean((figure.low <= drawn) & (drawn <= figure.high))
    assert inside == pytest.approx(0.95, abs=0.003)


def test_hidden_rows_are_held_less_surely_than_their_counts_would_allow():
    counted = dirichlet_figures([p + n for p, n in zip(PRIOR, (90, 4, 5, 201), strict=True)])

    figures = split_figures((90, 4, 5, 201), HIDDEN, PRIOR)
    concentration = surely(340.0, list(figures.values()))

    for place in (1, 2):
        wide = figures[place][0].high - figures[place][0].low
        assert wide > 1.2 * (counted[place].high - counted[place].low)
        mean, sd = figures[place][0].value, figures[place][1]
        assert np.sqrt(mean * (1 - mean) / (concentration + 1.0)) >= sd * (1 - 1e-12)
    assert 2.8 < concentration < 340.0


def test_where_nothing_is_hidden_nothing_changes():
    assert split_figures((90, 40, 50, 201), (False,) * 4, PRIOR) == {}
    assert surely(340.0, []) == 340.0
