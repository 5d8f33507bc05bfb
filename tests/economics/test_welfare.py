"""Years of well-being and weights for who gains."""

import numpy as np
import pytest

from familyflow.economics.discounting import discount_factors, flat, present_value
from familyflow.economics.prices import Deflators, uprate
from familyflow.economics.welfare import distributional_weight, value_of_wellbeing
from familyflow.problems import InputError


def test_a_fifth_of_a_point_for_two_years():
    yearly = value_of_wellbeing(0.2, 1, 13_000)

    assert yearly == pytest.approx(2_600)
    assert present_value([yearly] * 2, discount_factors(flat(0.015), 2)) == pytest.approx(
        5_161.58, abs=0.005
    )
    assert present_value([yearly] * 2, discount_factors(flat(0.035), 2)) == pytest.approx(
        5_112.08, abs=0.005
    )


def test_weights_at_the_published_elasticity():
    incomes = np.array([15_000.0, 25_000.0, 50_000.0, 75_000.0, 100_000.0])

    assert distributional_weight(incomes, 35_000.0, 1.3) == pytest.approx(
        [3.009, 1.549, 0.629, 0.371, 0.255], abs=0.0005
    )


def test_the_reference_income_has_weight_one():
    assert distributional_weight(35_000.0, 35_000.0, 1.3) == 1.0


@pytest.mark.parametrize("income", [0.0, -1.0])
def test_an_income_is_above_zero(income):
    with pytest.raises(InputError, match="above 0"):
        distributional_weight(income, 35_000.0, 1.3)


def test_a_point_of_life_satisfaction_moved_to_2024_by_prices_alone():
    """13,000 of 2019 at a price level 1.2329162 times as high; growth of incomes left out."""
    index = Deflators({"2019/20": 1.0, "2024/25": 1.2329162}, "of a test")

    moved = uprate(13_000.0, index, "2019/20", "2024/25")

    assert moved == pytest.approx(16_027.91, abs=0.005)
    assert value_of_wellbeing(0.2, 1, moved) == pytest.approx(0.2 * moved)
