"""The plain-Python share of a beta agrees with scipy's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betainc

from familyflow.parameters.incomplete_beta import share_below


@given(
    mean=st.floats(0.001, 0.999),
    strength=st.floats(0.05, 1e5),
    away=st.floats(-4.0, 4.0),
)
def test_the_share_below_agrees_with_another_library(
    mean: float, strength: float, away: float
) -> None:
    spread = (mean * (1.0 - mean) / (strength + 1.0)) ** 0.5
    x = min(1.0 - 1e-9, max(1e-9, mean + away * spread))
    a, b = mean * strength, (1.0 - mean) * strength

    assert share_below(x, a, b) == pytest.approx(betainc(a, b, x), abs=1e-8)


def test_a_uniform_is_a_beta() -> None:
    assert share_below(0.3, 1.0, 1.0) == pytest.approx(0.3, abs=1e-15)
