"""A saving is what is used less, priced; part of it could be taken out as cash, later."""

from dataclasses import replace

import numpy as np
import pytest

from familyflow.economics import targets
from familyflow.economics.savings import (
    BenefitLine,
    Cashable,
    cashable_by_year,
    refuse_chain_settings,
)
from familyflow.problems import InputError


def test_a_saving_is_weeks_avoided_times_the_price_of_a_week(toy):
    ledger = toy.priced()

    # 800 in 2016/17 prices is 1,000 today; 0, 80, 110 and 0 weeks avoided in the follow-up
    saved = ledger.saving_by_year(ledger.weights("fiscal"), discounted=False)[0, 0]
    assert saved.tolist() == [0, 80_000, 110_000, 0]


def test_weeks_after_the_follow_up_are_outside_the_headline(toy):
    ledger = toy.priced()

    assert ledger.saving[0, 0, 3, 0, 0] == 30_000
    assert ledger.saving[0, 0, 3, 1, 0] == 0


def test_more_care_with_the_service_is_a_negative_saving(toy):
    run = toy.amounts({("child_weeks_looked_after.foster", "with", 0, 1): 10.0})

    assert targets.mean(toy.priced(run), "fiscal_saving").value == -10_000


def test_weaker_evidence_stays_out_of_the_headline(toy):
    ledger = toy.priced()

    with_weaker = ledger.total_saving(ledger.weights("fiscal", weaker=True))
    assert with_weaker > ledger.total_saving(ledger.weights("fiscal"))


def test_a_share_of_a_quantity_is_priced_by_draw(toy):
    line = replace(toy.BENEFIT_LINES[0], share=np.array([0.5, 1.0]))

    ledger = toy.priced(toy.hand_run(draws=2), benefit_lines=(line,))

    saving = ledger.total_saving(ledger.weights("fiscal"))[:, 0]
    assert saving[1] == 2 * saving[0]


def line_with(toy, cashable, **more):
    return replace(toy.BENEFIT_LINES[0], cashable=cashable, **more)


def cash(toy, weeks, cashable, **more):
    """Cash by year for weeks avoided (draw, replication, year) at one pound a week."""
    avoided = np.asarray(weeks, dtype=float)[..., np.newaxis]
    line = line_with(toy, cashable, **more)
    return cashable_by_year([line], avoided, np.ones((avoided.shape[0], 1)))[..., 0]


def test_a_share_of_spot_purchased_weeks_is_cash_in_the_same_year(toy):
    assert cash(toy, [[[100.0, 50.0]]], Cashable(0.8)).tolist() == [[[80.0, 40.0]]]


def test_whole_units_only_are_released_and_a_year_later(toy):
    found = cash(toy, [[[51.0, 52.0, 104.5]]], Cashable(1.0, lag_years=1, units_per_year=52.0))

    assert found.tolist() == [[[0.0, 0.0, 52.0, 104.0]]]


def test_below_one_caseload_nothing_is_released(toy):
    found = cash(toy, [[[7.9 * 52]]], Cashable(1.0, units_per_year=8 * 52.0))

    assert found.tolist() == [[[0.0]]]


def test_whole_units_are_taken_in_each_replication_before_the_average(toy):
    weeks = [[[78.0], [26.0]]]  # mean 52, yet only one of the two releases a placement

    found = cash(toy, weeks, Cashable(1.0, units_per_year=52.0))

    assert found.mean() == 26.0


def test_more_care_takes_whole_units_back_in_the_same_way(toy):
    found = cash(toy, [[[-51.0, -60.0]]], Cashable(1.0, units_per_year=52.0))

    assert found.tolist() == [[[0.0, -52.0]]]


def test_a_year_added_up_from_days_is_still_a_whole_unit(toy):
    weeks = sum([1 / 7] * 364)  # a hair below 52

    assert cash(toy, [[[weeks]]], Cashable(1.0, units_per_year=52.0)) == pytest.approx(52.0)


def test_the_share_of_a_line_comes_before_whole_units(toy):
    found = cash(toy, [[[104.0]]], Cashable(1.0, units_per_year=52.0), share=0.5)

    # half of 104 weeks is one unit; prices hold the share already, so 104 are counted at it
    assert found.tolist() == [[[104.0]]]


def test_a_line_with_a_share_of_nothing_releases_nothing(toy):
    assert cash(toy, [[[104.0]]], Cashable(1.0, units_per_year=52.0), share=0.0) == 0.0


def test_only_fiscal_lines_release_cash(toy):
    line = replace(toy.BENEFIT_LINES[3], cashable=Cashable(1.0))

    assert cashable_by_year([line], np.ones((1, 1, 2, 1)), np.ones((1, 1))).sum() == 0


def test_cash_released_after_the_term_is_not_in_the_budget_window(toy):
    ledger = toy.priced()

    # 80 weeks avoided in year 1 release one placement (52 weeks, half cashable) in year 2
    fiscal = ledger.weights("fiscal")
    followed = ledger.cashable_by_year(fiscal, discounted=False)[0, 0]
    budget = ledger.cashable_by_year(fiscal, "budget", discounted=False)[0, 0]
    assert followed.tolist() == [0, 0, 26_000, 52_000, 0]
    assert budget.tolist() == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"share": 1.2}, "not a share"),
        ({"share": -0.1}, "not a share"),
        ({"lag_years": -1}, "Whole years"),
        ({"lag_years": 0.5}, "Whole years"),
        ({"units_per_year": 0.0}, "units_per_year"),
    ],
)
def test_a_wrong_rule_of_cashability_is_refused(rule, words):
    with pytest.raises(InputError, match=words):
        Cashable(**rule)


@pytest.mark.parametrize("setting", ["deadweight", "attribution", "drop_off", "profile"])
def test_a_simulated_line_refuses_what_the_other_arm_holds(setting):
    with pytest.raises(InputError, match=rf"weeks in care(.|\n)*{setting}"):
        refuse_chain_settings("weeks in care", ["quantity", "unit_cost", setting])


def test_a_simulated_line_without_such_settings_passes():
    refuse_chain_settings("weeks in care", ["quantity", "unit_cost", "cashable"])


def test_evidence_is_of_one_of_two_kinds(toy):
    with pytest.raises(InputError, match="comparison_group or weaker"):
        replace(toy.BENEFIT_LINES[0], evidence="hearsay")


def test_a_saving_must_fall_on_somebody(toy):
    with pytest.raises(InputError, match="falls_on"):
        BenefitLine("a line", "A line", "care_entries", toy.PREMISES)


def test_a_line_is_as_weak_as_its_weakest_part(toy):
    assert replace(toy.BENEFIT_LINES[0], grade="E").worst_grade == "E"
    assert replace(toy.BENEFIT_LINES[0], grade="A").worst_grade == "C"
