"""Switching values: where a known line crosses zero, or that it does not."""

import numpy as np
import pytest

from familyflow.experiments.sensitivity.switching import switching

STATED = {"up": 0.5, "down": 0.5, "never": 0.5, "turns": 0.12}
CURVES = {
    "up": lambda u: u - 0.7321,
    "down": lambda u: 0.3 - u**2,
    "never": lambda u: 1.0 + u,
    "turns": lambda u: (u - 0.21) * (u - 0.83),
}


def curves(names, uniforms):
    return np.array([CURVES[name](u) for name, u in zip(names, uniforms, strict=True)])


def test_every_crossing_is_found_and_none_where_there_is_none():
    found = {each.factor: each for each in switching(curves, STATED)}

    assert found["up"].uniform == pytest.approx(0.7321, abs=1e-6)
    assert (found["up"].below, found["up"].above) == (-1, 1)
    assert found["down"].uniform == pytest.approx(0.3**0.5, abs=1e-6)
    assert (found["down"].below, found["down"].above) == (1, -1)
    assert (found["never"].uniform, found["never"].crossings) == (None, 0)
    assert (found["never"].below, found["never"].above) == (1, 1)


def test_the_crossing_nearest_to_the_stated_value_is_told_and_that_it_turns_back():
    low, high = (switching(curves, {"turns": stated})[0] for stated in (0.12, 0.9))

    assert low.uniform == pytest.approx(0.21, abs=1e-6)
    assert high.uniform == pytest.approx(0.83, abs=1e-6)
    assert low.crossings == high.crossings == 2


def test_a_turn_on_either_side_of_the_stated_value_is_seen():
    narrow = switching(lambda _, u: (u - 0.43) * (u - 0.47), {"narrow": 0.45})[0]

    assert narrow.crossings == 2
    assert narrow.uniform in (pytest.approx(0.43, abs=1e-6), pytest.approx(0.47, abs=1e-6))


def test_all_factors_are_asked_in_one_batch_a_step():
    batches = []

    def counted(names, uniforms):
        batches.append(len(uniforms))
        return curves(names, uniforms)

    switching(counted, STATED)

    assert len(batches) == 21
    assert set(batches[1:]) == {3}  # those that switch


def test_nothing_that_switches_ends_at_the_ladder():
    assert [each.uniform for each in switching(lambda _, u: u + 1, {"a": 0.5, "b": 0.1})] == [
        None,
        None,
    ]


def test_a_factor_whose_output_is_not_finite_is_left_out_and_no_other_is():
    def with_a_hole(names, uniforms):
        outputs = uniforms - 0.33
        return np.where([name == "b" for name in names], np.nan, outputs)

    found = switching(with_a_hole, {"a": 0.5, "b": 0.5, "c": 0.5})
    alone = switching(lambda _, u: u - 0.33, {"a": 0.5, "c": 0.5})
    assert [one.factor for one in found] == ["a", "c"]
    assert found == alone


def test_a_factor_that_is_not_finite_only_near_its_crossing_is_left_out():
    def near(names, uniforms):
        return np.where(abs(uniforms - 0.33) < 0.01, np.nan, uniforms - 0.33)

    assert switching(near, {"a": 0.5}) == []


def test_another_number_of_outputs_than_of_points_is_a_fault():
    with pytest.raises(ValueError, match="shape"):
        switching(lambda _, u: u[:-1], {"a": 0.5})
