"""Chances, rates and published ratios are kept apart."""

import pytest

from familyflow.economics.rates import (
    chance_from_rate,
    chance_in_part,
    rate_from_chance,
    with_hazard_ratio,
    with_odds_ratio,
    with_relative_risk,
)
from familyflow.problems import InputError


def test_rate_to_chance_and_parts_of_a_year():
    assert chance_from_rate(0.2, 0.25) == pytest.approx(0.0487706, abs=5e-8)
    assert chance_in_part(0.30, 12) == pytest.approx(0.0292855, abs=5e-8)
    assert chance_in_part(0.30, 52) == pytest.approx(0.00683566, abs=5e-9)
    assert chance_in_part(0.36, 2) == pytest.approx(0.20)
    assert chance_in_part(0.2, 12) == pytest.approx(0.0184235, abs=5e-8)
    assert rate_from_chance(0.2) == pytest.approx(0.2231436, abs=5e-8)


def test_each_kind_of_ratio_acts_on_its_own_scale():
    assert with_hazard_ratio(0.30, 0.7) == pytest.approx(0.2209441, abs=5e-8)
    assert with_relative_risk(0.30, 0.7) == pytest.approx(0.21)
    assert with_odds_ratio(0.30, 0.7) == pytest.approx(0.21 / 0.91)


def test_a_ratio_of_one_changes_nothing():
    for act in (with_hazard_ratio, with_relative_risk, with_odds_ratio):
        assert act(0.3, 1.0) == pytest.approx(0.3, rel=1e-15)


def test_a_relative_risk_never_gives_a_chance_above_one():
    assert with_relative_risk(0.8, 2.0) == 1.0


def test_a_certain_event_has_no_finite_rate():
    with pytest.raises(InputError, match="no finite rate"):
        rate_from_chance(1.0)


@pytest.mark.parametrize("chance", [-0.1, 1.1, float("nan")])
def test_what_is_not_a_chance_is_refused(chance):
    for act in (with_hazard_ratio, with_relative_risk, with_odds_ratio):
        with pytest.raises(InputError, match="not a share"):
            act(chance, 0.7)
