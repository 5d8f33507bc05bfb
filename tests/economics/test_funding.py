"""Funders share the cost in proportion; what they do not cover is shown, and so is what is left."""

import numpy as np
import pytest

from familyflow.economics import statements, targets
from familyflow.economics.funding import Funder, share_cost
from familyflow.problems import InputError

FUNDING = np.array([[60.0, 60.0], [40.0, 20.0]])


def test_a_cost_within_funding_is_shared_in_proportion():
    shared = share_cost(np.array([50.0, 40.0]), FUNDING)

    assert shared.paid.tolist() == [[30, 20], [30, 10]]
    assert shared.unfunded.tolist() == [0, 0]
    assert shared.surplus.tolist() == [50, 40]


def test_a_cost_beyond_funding_leaves_a_gap_that_nobody_pays():
    shared = share_cost(np.array([130.0, 80.0]), FUNDING)

    assert shared.paid.tolist() == [[60, 40], [60, 20]]
    assert shared.unfunded.tolist() == [30, 0]
    assert shared.surplus.tolist() == [0, 0]


def test_a_year_without_funding_is_unfunded():
    shared = share_cost(np.array([10.0, 5.0]), np.array([[20.0, 0.0]]))

    assert shared.paid.tolist() == [[10], [0]]
    assert shared.unfunded.tolist() == [0, 5]


def test_what_is_paid_and_unfunded_is_the_cost():
    cost = np.random.default_rng(1).uniform(0, 200, size=(3, 2, 2))

    shared = share_cost(cost, FUNDING)

    np.testing.assert_allclose(shared.paid.sum(axis=-1) + shared.unfunded, cost, rtol=1e-14)


def test_the_toy_s_funders_pay_in_proportion_and_its_surplus_is_shown(toy):
    ledger = toy.priced()

    # 105,000 of cost in each year against 120,000 and then 105,000
    assert ledger.paid[0, 0, 0, :3].tolist() == [52_500, 35_000, 17_500]
    assert ledger.paid[0, 0, 1, :3].tolist() == [60_000, 40_000, 5_000]
    assert statements.surplus_by_year(ledger)[0].tolist() == [15_000, 0, 0, 0]
    assert ledger.warnings == ()


def test_a_shortfall_is_warned_of_with_its_year(toy):
    ledger = toy.priced(funders=toy.FUNDERS[:2])

    assert ledger.warnings == (
        "Funding is short of cost in year 0: GBP 5,000 is unfunded on average.",
        "Funding is short of cost in year 1: GBP 5,000 is unfunded on average.",
    )
    assert [row.funder for row in statements.by_funder(ledger)][-1] == "unfunded"


def test_no_funder_at_all_is_warned_of(toy):
    ledger = toy.priced(funders=())

    assert ledger.warnings == ("No funder is named: the whole cost is unfunded.",)
    assert ledger.total_paid(public=True).sum() == 0


def test_only_public_money_is_in_the_budget_impact(toy):
    ledger = toy.priced()

    paid = {row.funder: row.paid[0] for row in statements.by_funder(ledger)}
    impact = targets.mean(ledger, "net_present_budget_impact").value
    saving = targets.mean(ledger, "fiscal_saving").value
    assert impact == pytest.approx(paid["Lottery"] + paid["Council"] - saving)


def test_the_council_s_own_position_counts_its_money_and_its_savings(toy):
    ledger = toy.priced()

    paid = {row.funder: row.paid[0] for row in statements.by_funder(ledger)}
    assert targets.mean(ledger, "council_net_saving").value == pytest.approx(
        targets.mean(ledger, "fiscal_saving").value - paid["Council"]
    )


def test_a_grant_in_older_prices_is_uprated(toy):
    old = Funder("Old grant", True, False, {0: 80_000.0, 1: 84_000.0}, "2016/17")

    ledger = toy.priced(funders=(old,))

    assert statements.surplus_by_year(ledger)[0].tolist() == pytest.approx([0, 0, 0, 0])
    assert ledger.paid[0, 0, 0, 0] == pytest.approx(100_000)


def test_council_money_is_public():
    with pytest.raises(InputError, match="public money"):
        Funder("Council", False, True, {}, "2024/25")


@pytest.mark.parametrize("by_year", [{-1: 10.0}, {0: -10.0}, {0: float("nan")}])
def test_funding_counts_years_from_zero_and_is_not_negative(by_year):
    with pytest.raises(InputError, match="funder Grant"):
        Funder("Grant", True, False, by_year, "2024/25")
