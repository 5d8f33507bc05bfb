"""The chain from population to net outcome gives the figures of a workbook kept by hand."""

from dataclasses import replace

import pytest

from familyflow.economics.adjustments import Deadweight
from familyflow.economics.chain import ChainCost, ChainLine, appraise
from familyflow.economics.discounting import flat
from familyflow.problems import InputError

LINE = ChainLine(
    name="fewer children in care",
    population=100,
    prevalence=0.6,
    engagement=0.8,
    retained=0.75,
    impact=0.4,
    deadweight=Deadweight("proportional", 0.25),
    optimism_bias=0.15,
    unit_value=10_000,
    lag_years=1,
    saving_years=3,
    drop_off=0.2,
    falls_on={"council": 0.60, "NHS": 0.25, "police": 0.15},
    cashable_share=0.5,
)
COST = ChainCost([100_000, 0, 0, 0], optimism_bias=0.05)
PENNY = 0.005


def test_each_link_of_the_chain():
    assert LINE.steps() == pytest.approx((100, 60, 48, 36, 14.4, 10.8, 9.18))


def test_savings_by_year_and_their_present_value():
    result = appraise([LINE], COST, flat(0.035))

    assert LINE.saving_by_year(4) == pytest.approx([0, 91_800, 73_440, 58_752])
    assert result.cost == pytest.approx(105_000)
    assert result.saving == pytest.approx(210_243.62, abs=PENNY)
    assert result.net_present_budget_impact == pytest.approx(-105_243.62, abs=PENNY)
    assert result.fiscal_return.value == pytest.approx(2.002320, abs=5e-7)


def test_payback_undiscounted_and_discounted():
    result = appraise([LINE], COST, flat(0.035))

    assert result.payback_undiscounted.value == pytest.approx(1.1797, abs=5e-5)
    assert result.payback_discounted.value == pytest.approx(1.2378, abs=5e-5)


@pytest.mark.parametrize(
    ("share", "cash", "ratio"), [(0.5, 105_121.81, 1.001160), (0.3, 63_073.08, 0.600696)]
)
def test_the_cashable_part(share, cash, ratio):
    result = appraise([replace(LINE, cashable_share=share)], COST, flat(0.035))

    assert result.cashable == pytest.approx(cash, abs=PENNY)
    assert result.cashable_return.value == pytest.approx(ratio, abs=1e-6)


def test_the_split_between_agencies_adds_up():
    result = appraise([LINE], COST, flat(0.035))

    assert result.by_agency["council"] == pytest.approx(126_146.17, abs=PENNY)
    assert result.by_agency["NHS"] == pytest.approx(52_560.90, abs=PENNY)
    assert result.by_agency["police"] == pytest.approx(31_536.54, abs=PENNY)
    assert sum(result.by_agency.values()) == pytest.approx(result.saving, rel=1e-12)


def test_an_impact_below_what_happens_anyway_costs_money():
    worse = replace(LINE, impact=0.2, deadweight=Deadweight("percentage_point", 0.3))

    assert worse.steps().net < 0
    assert appraise([worse], COST, flat(0.035)).saving < 0


def test_nobody_engaged_leaves_the_fixed_cost():
    result = appraise([replace(LINE, engagement=0.0)], COST, flat(0.035))

    assert result.saving == 0
    assert result.net_present_budget_impact == pytest.approx(105_000)


def test_without_a_cost_there_is_no_ratio():
    result = appraise([LINE], ChainCost([0, 0, 0, 0]), flat(0.035))

    assert result.fiscal_return.value is None
    assert "no cost" in result.fiscal_return.reason


def test_savings_beyond_the_horizon_are_not_counted():
    assert replace(LINE, lag_years=5).saving_by_year(4).tolist() == [0, 0, 0, 0]
    assert replace(LINE, lag_years=3).saving_by_year(4).tolist() == pytest.approx([0, 0, 0, 91_800])


def test_children_per_family_multiply_a_line_by_family():
    assert replace(LINE, units_each=2.2).saving_by_year(2)[1] == pytest.approx(2.2 * 91_800)


def test_more_deadweight_means_less_saved():
    more = replace(LINE, deadweight=Deadweight("proportional", 0.5))

    assert more.saving_by_year(4).sum() < LINE.saving_by_year(4).sum()


@pytest.mark.parametrize(
    "wrong",
    [
        {"prevalence": 1.2},
        {"impact": -0.1},
        {"retained": 2.0},
        {"falls_on": {"council": 0.9}},
        {"lag_years": -1},
    ],
)
def test_a_wrong_link_is_refused_and_the_line_named(wrong):
    with pytest.raises(InputError, match="fewer children in care"):
        replace(LINE, **wrong)
