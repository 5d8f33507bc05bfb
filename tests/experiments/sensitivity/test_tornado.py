"""One-way bars: both ends of each factor's range, widest first."""

import numpy as np
import pytest

from familyflow.experiments.sensitivity.tornado import tornado

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


def test_a_bar_with_an_end_that_is_not_finite_stands_last_and_moves_no_other():
    def with_a_hole(names, uniforms):
        return np.where([name == "b" for name in names], np.nan, uniforms)

    bars = tornado(with_a_hole, ["a", "b", "c"])
    assert [bar.factor for bar in bars] == ["a", "c", "b"]
    assert [bar.is_known for bar in bars] == [True, True, False]
    assert bars[:2] == tornado(lambda _, u: u, ["a", "c"])


def test_another_number_of_outputs_than_of_points_is_a_fault():
    with pytest.raises(ValueError, match="shape"):
        tornado(lambda _, u: u[:-1], ["a"])
