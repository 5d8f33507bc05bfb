"""The unit costs of a run: what entries say of themselves reaches the economics."""

from __future__ import annotations

import pytest

from familyflow.economics.unit_costs import UnitCost
from familyflow.experiments.pricing import unit_cost_of
from familyflow.parameters.drawn_values import in_one
from familyflow.parameters.draws import base_values, every_draw
from familyflow.scenarios.resolve import resolve

HOME = "unit_costs.children_social_care.residential_week"


def priced(year: str, key: str = HOME) -> UnitCost:
    parameters = resolve("core_offer", sets=[f"appraisal.price_year={year}"]).parameters
    return unit_cost_of(parameters, in_one(base_values(parameters)), key)


@pytest.mark.parametrize(
    ("year", "value", "price_year"),
    [
        ("2024/25", 6106.0, "2023/24"),
        ("2021/22", 6106.0, "2023/24"),
        ("2019/20", 3870.0, "2019/20"),
        ("2010/11", 3870.0, "2019/20"),
    ],
)
def test_a_place_in_a_home_has_the_price_published_nearest(
    year: str, value: float, price_year: str
) -> None:
    cost = priced(year)

    assert cost.value[0] == pytest.approx(value, rel=1e-12)
    assert cost.price_year == price_year


def test_a_price_without_a_series_stays_at_its_own_year() -> None:
    key = "unit_costs.children_social_care.foster_week"

    assert priced("2010/11", key).price_year == "2017/18"


def test_draws_keep_their_distance_from_the_figure() -> None:
    parameters = resolve("core_offer").parameters
    values = every_draw(parameters, 1, range(3))
    early = values.choosing("appraisal.price_year", "2019/20")

    late, before = (unit_cost_of(parameters, drawn, HOME).value for drawn in (values, early))

    assert before / 3870.0 == pytest.approx(late / 6106.0, rel=1e-12)
