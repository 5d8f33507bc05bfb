"""One-way bars: both ends of each factor's range, widest first."""

import numpy as np
import pytest

from familyflow.experiments.sensitivity.tornado import tornado
from familyflow.problems import InputError

WEIGHTS = {"small": 1.0, "down": -3.0, "none": 0.0, "also_none": 0.0}


def weighted(names, uniforms):
    return np.array([WEIGHTS[name] * u for name, u in zip(names, uniforms, strict=True)])


def test_of_a_sum_each_bar_is_its_weight_over_the_middle_95_per_cent():
    bars = tornado(weighted, list(WEIGHTS))

    assert [bar.factor for bar in bars] == ["down", "small", "also_none", "none"]
    assert (bars[0].at_lower, bars[0].at_upper) == pytest.approx((-0.075, -2.925))
    assert [bar.width for bar in bars] == pytest.approx([2.85, 0.95, 0.0, 0.0])


def test_the_order_of_names_moves_no_bar():
    assert tornado(weighted, list(WEIGHTS)) == tornado(weighted, list(WEIGHTS)[::-1])


def test_what_is_not_finite_is_refused():
    with pytest.raises(InputError, match="row 1"):
        tornado(lambda _, u: np.where(u > 0.5, np.inf, u), ["a"])
