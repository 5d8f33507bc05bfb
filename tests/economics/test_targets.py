"""Each money target is what it says, and says why where it is not defined."""

from dataclasses import replace

import numpy as np
import pytest

from familyflow.economics import targets
from familyflow.economics.discounting import flat
from familyflow.problems import InputError


def value(ledger, name):
    return targets.mean(ledger, name).value


def test_the_toy_by_hand(toy):
    ledger = toy.priced()

    # costs 106,500 in years 0 and 1; savings 80,000 in year 1 and 110,000 in year 2; at 10 %
    cost = 106_500 + 106_500 / 1.1
    saving = 80_000 / 1.1 + 110_000 / 1.21
    assert value(ledger, "cost") == pytest.approx(cost)
    assert value(ledger, "cost_in_money") == pytest.approx(105_000 + 105_000 / 1.1)
    assert value(ledger, "fiscal_saving") == pytest.approx(saving)
    assert value(ledger, "cashable_saving") == pytest.approx(26_000 / 1.21 + 52_000 / 1.331)
    assert value(ledger, "net_saving") == pytest.approx(saving - cost)
    assert value(ledger, "fiscal_return") == pytest.approx(saving / cost)
    assert value(ledger, "saving_in_budget_window") == pytest.approx(80_000 / 1.1)
    assert value(ledger, "saving_after_budget_window") == pytest.approx(110_000 / 1.21)
    assert value(ledger, "cost_per_family_started") == pytest.approx(cost / 20)
    assert value(ledger, "cost_per_family_completed") == pytest.approx(cost / 16)
    assert value(ledger, "cost_per_child") == pytest.approx(cost / 40)
    assert value(ledger, "cost_per_care_week_avoided") == pytest.approx(cost / 190)


def test_public_value_adds_economic_and_social_value_and_the_second_ratio_weaker_evidence(toy):
    ledger = toy.priced()

    harm = sum(2 * (3_000 + 7_000) / 1.1**year for year in range(4))
    assert value(ledger, "public_value") == value(ledger, "fiscal_saving")
    assert value(ledger, "benefit_cost_ratio_with_weaker_evidence") == pytest.approx(
        (value(ledger, "fiscal_saving") + harm) / value(ledger, "cost")
    )


def test_transfers_are_fiscal_but_not_of_public_value(toy):
    transfer = replace(toy.FOSTER, transfer=True)
    lines = (replace(toy.BENEFIT_LINES[0], unit_cost=transfer),)

    ledger = toy.priced(benefit_lines=lines)

    assert value(ledger, "fiscal_saving") > 0
    assert value(ledger, "public_value") == 0


def test_break_even_placements_is_cost_over_the_average_cost_of_an_entry(toy):
    ledger = toy.priced()

    weeks = 100 + 200 / 1.1 + 200 / 1.21 + 50 / 1.331
    entry = weeks * 1_000 / 5
    assert value(ledger, "break_even_placements") == pytest.approx(value(ledger, "cost") / entry)


def test_break_even_effect_scales_the_saving_to_the_cost(toy):
    ledger = toy.priced()

    times = value(ledger, "break_even_effect")
    assert times * value(ledger, "fiscal_saving") == pytest.approx(value(ledger, "cost"))


def test_a_ratio_s_mean_is_the_ratio_of_means(toy):
    run = toy.hand_run(draws=2)
    run.amounts[1] *= np.where(np.array(run.names) == "child_weeks_looked_after.foster", 3.0, 1.0)
    line = replace(toy.COST_LINES[1], unit_cost=replace(toy.PREMISES, value=np.array([1e3, 9e5])))
    ledger = toy.priced(run, cost_lines=(toy.COST_LINES[0], line))

    saving, cost = targets.by_draw(ledger, "fiscal_saving"), targets.by_draw(ledger, "cost")
    assert value(ledger, "fiscal_return") == pytest.approx(saving.mean() / cost.mean())
    assert value(ledger, "fiscal_return") != pytest.approx((saving / cost).mean(), rel=0.01)


def test_draws_average_their_replications(toy):
    run = toy.hand_run(draws=2, replications=3)
    run.amounts[1, 2] = 0.0

    ledger = toy.priced(run)

    cost = targets.by_draw(ledger, "cost")
    assert targets.by_replication(ledger, "cost").shape == (2, 3)
    assert cost[1] == pytest.approx(cost[0] * 2 / 3)


def test_every_target_has_a_unit_and_a_number_or_a_reason(toy):
    nothing = toy.priced(toy.amounts({}))

    for name in targets.TARGETS:
        found = targets.mean(nothing, name)
        assert targets.unit(name)
        assert (found.value is None) == bool(found.reason)
        if found.value is not None:
            assert np.isfinite(found.value)


def test_a_draw_without_a_ratio_is_marked_and_others_keep_theirs(toy):
    run = toy.hand_run(draws=2)
    run.amounts[1] = 0.0

    found = targets.by_draw(toy.priced(run), "fiscal_return")

    assert np.isnan(found).tolist() == [False, True]


def test_payback_is_of_the_mean_flow_with_the_share_of_draws_that_never_pay(toy):
    run = toy.hand_run(draws=2)
    care = run.names.index("child_weeks_looked_after.foster")
    run.amounts[1, :, 0, :, :, care] *= 10

    found = targets.payback_of(toy.priced(run), discounted=False)

    # year 0: weeks avoided 0 and 900: mean 450,000 saved against 106,500
    assert found.years.value == 0.0
    assert found.share_never == 0.5


def test_payback_of_the_toy_is_not_within_its_horizon(toy):
    assert targets.payback_of(toy.priced()).years.reason == "not within the years followed"


def test_payback_undiscounted_of_the_toy_with_cheaper_posts(toy):
    cheap = (replace(toy.COST_LINES[1]),)

    found = targets.payback_of(toy.priced(cost_lines=cheap, overheads=None), discounted=False)

    # 5,000 a year against 80,000 in year 1
    assert found.years.value == pytest.approx(5_000 / 75_000)


def test_nothing_to_pay_back_says_so(toy):
    found = targets.payback_of(toy.priced(toy.amounts({})))

    assert found.years.value is None
    assert found.years.reason == "there is no cost to pay back"


def test_lines_may_be_discounted_on_their_own_schedule(toy):
    undiscounted = replace(toy.BENEFIT_LINES[0], discount="none")

    ledger = toy.priced(benefit_lines=(undiscounted,))

    assert value(ledger, "fiscal_saving") == pytest.approx(190_000)


def test_an_unknown_schedule_is_refused(toy):
    with pytest.raises(InputError, match="no discount schedule 'gb_helth'"):
        toy.inputs(schedule="gb_helth")


def test_mid_year_timing_discounts_everything_by_half_a_year_more(toy):
    start = toy.priced(timing="start", schedules={"flat": flat(0.10)})
    middle = toy.priced(timing="mid", schedules={"flat": flat(0.10)})

    assert value(middle, "cost") == pytest.approx(value(start, "cost") / 1.1**0.5)


def test_an_unknown_target_is_refused_with_those_that_exist(toy):
    with pytest.raises(InputError, match="net_present_value"):
        targets.mean(toy.priced(), "net_present_worth")


def test_two_lines_of_one_name_are_refused(toy):
    with pytest.raises(InputError, match="two lines have one name: foster"):
        toy.inputs(benefit_lines=(toy.BENEFIT_LINES[0], toy.BENEFIT_LINES[0]))


def test_a_term_lasts_at_least_a_year(toy):
    with pytest.raises(InputError, match="at least a year"):
        toy.inputs(term_years=0)
