"""A funder's budget: nothing is lost on the way to the headings, and no year is overasked."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.economics.test_relations import random_run

from familyflow.economics import targets
from familyflow.economics.adjustments import OptimismBias
from familyflow.economics.bid import budget_rows
from familyflow.economics.costs import CostLine, costs_by_year
from familyflow.economics.funding import Funder
from familyflow.economics.prices import Deflators
from familyflow.economics.quantities import Quantities
from familyflow.economics.unit_costs import UnitCost
from familyflow.economics.uplift import Uplift
from familyflow.problems import InputError

MANY = settings(max_examples=25, deadline=None)
HEADINGS = ("Salaries", "Premises", "Capital")


def level(ledger, **growth):
    """Prices that stand still, from a term that begins in the price year."""
    return replace(ledger.inputs.uplift, **growth)


@MANY
@given(st.integers(0, 2**32 - 1), st.floats(0, 400_000), st.floats(0, 400_000))
def test_headings_add_up_to_the_money_cost_and_the_mean_bill_is_shared_once(
    toy, seed, grant, council
):
    funders = (
        Funder("Fund", True, False, {0: grant, 1: grant}, "2024/25"),
        Funder("Council", True, True, {0: council}, "2024/25"),
    )
    ledger = toy.priced(random_run(toy, seed), funders=funders)

    rows = budget_rows(ledger, HEADINGS, "Fund", level(ledger))

    money = ledger.cost_by_year(discounted=False, in_kind=False)[:, :, :2].mean(axis=(0, 1))
    assert sum(row.total for row in rows) == pytest.approx(money)
    asked, other = sum(row.asked for row in rows), sum(row.other for row in rows)
    unfunded = sum(row.unfunded for row in rows)
    offered = np.array([grant + council, grant])
    # a year whose mean cost is offered leaves nobody missing, however draws differ about it
    covered = np.clip(money, -offered, offered)
    assert unfunded == pytest.approx(money - covered, abs=1e-6)
    assert asked + other == pytest.approx(covered, abs=1e-6)
    assert asked[0] * council == pytest.approx(other[0] * grant, abs=1e-2, rel=1e-9)
    assert other[1] == pytest.approx(0.0, abs=1e-6)
    assert [row.heading for row in rows][:3] == list(HEADINGS)


def test_of_a_certain_bill_the_funders_pay_as_in_the_table_of_payers(toy):
    funders = (
        Funder("Fund", True, False, {0: 9_000.0, 1: 30_000.0}, "2024/25"),
        Funder("Council", True, True, {0: 5_000.0}, "2024/25"),
    )
    ledger = toy.priced(funders=funders)

    rows = budget_rows(ledger, HEADINGS, "Fund", level(ledger))

    paid = ledger.paid[:, :, :2].mean(axis=(0, 1))
    assert ledger.paid.shape[:2] == (1, 1)
    assert sum(row.asked for row in rows) == pytest.approx(paid[:, 0])
    assert sum(row.other for row in rows) == pytest.approx(paid[:, 1])
    assert sum(row.unfunded for row in rows) == pytest.approx(paid[:, -1])


def test_no_more_cash_is_asked_than_an_award_names(toy):
    award = replace(toy.FUNDERS[0], by_year={0: 30_000.0, 1: 30_000.0}, in_cash=True)
    index = Deflators({"2024/25": 100.0, "2025/26": 105.0, "2016/17": 80.0}, "of a test")
    ledger = toy.priced(funders=(award,), deflators=index)

    rows = budget_rows(ledger, HEADINGS, "Lottery", level(ledger, pay=0.04))

    assert sum(row.asked for row in rows) == pytest.approx([30_000.0, 30_000.0])
    # in the appraisal the second year's cash is worth what prices leave of it
    assert ledger.paid[0, 0, :2, 0] == pytest.approx([30_000.0, 30_000.0 / 1.05])


def test_a_budget_asks_only_a_funder_that_there_is(toy):
    ledger = toy.priced()

    with pytest.raises(InputError, match=r"no funder 'Lotery'(.|\n)*There are: Lottery"):
        budget_rows(ledger, HEADINGS, "Lotery", level(ledger))
    nobody = budget_rows(ledger, HEADINGS, "", level(ledger))
    assert not any(row.asked.any() for row in nobody)


def test_overheads_follow_pay_in_full(toy):
    ledger = toy.priced()
    by_heading = {row.heading: row for row in budget_rows(ledger, HEADINGS, "", level(ledger))}

    assert by_heading["Overheads"].total == pytest.approx(0.25 * by_heading["Salaries"].total)
    assert not by_heading["Salaries"].asked.any()


def test_capital_is_a_cost_under_its_own_heading(toy):
    van = UnitCost("van", "A van", 12_000.0, "GBP per year", "2024/25", grade="C")
    line = CostLine(
        "van", "A van", "service_years", van, "fixed", type="capital", heading="Capital"
    )
    plain, more = toy.priced(), toy.priced(cost_lines=(*toy.COST_LINES, line))

    by_heading = {row.heading: row.total for row in budget_rows(more, HEADINGS, "", level(more))}

    assert by_heading["Capital"] == pytest.approx([12_000.0, 12_000.0])
    cost = more.cost_by_year(discounted=False) - plain.cost_by_year(discounted=False)
    assert cost[0, 0, :2] == pytest.approx([12_000.0, 12_000.0])


def test_pay_and_prices_grow_apart(toy):
    index = Deflators({"2024/25": 100.0, "2025/26": 102.0, "2016/17": 80.0}, "of a test")
    plain, grown = (
        {row.heading: row.total for row in budget_rows(ledger, HEADINGS, "", uplift)}
        for ledger, uplift in (
            (toy.priced(), level(toy.priced())),
            (
                toy.priced(deflators=index, first_year="2025/26", later_price_growth=0.02),
                Uplift(index, "2024/25", "2025/26", 2, pay=0.03, later_prices=0.02),
            ),
        )
    )

    assert grown["Salaries"] == pytest.approx(plain["Salaries"] * np.array([1.03, 1.0609]))
    assert grown["Overheads"] == pytest.approx(plain["Overheads"] * np.array([1.03, 1.0609]))
    assert grown["Premises"] == pytest.approx(plain["Premises"] * np.array([1.02, 1.0404]))


# Simkiss et al. 2013, BMJ Open 3:e002851, table 6: what parenting courses cost at four sites
PARTS = {
    "salaries": (63_002.0, 33_341.40, 52_772.0, 44_423.0),
    "training": (5_801.90, 4_733.90, 5_081.90, 5_144.0),
    "room hire": (3_883.89, 3_003.0, 3_000.0, 3_000.0),
    "materials": (3_750.0, 1_625.0, 2_250.0, 2_250.0),
    "crèche": (17_862.66, 17_097.96, 15_000.0, 15_000.0),
}
COURSES = (15.0, 13.0, 15.0, 15.0)


@pytest.fixture(scope="module")
def sites():
    """The published table through the ledger's own cost lines: a site is a draw. (site, line)."""
    amounts = np.zeros((4, 1, 2, 1, 2, 1))
    amounts[:, 0, 1, 0, 1, 0] = COURSES
    quantities = Quantities(("groups_run",), ("groups",), amounts)
    lines = [
        CostLine(
            name,
            name,
            "groups_run",
            UnitCost(name, name, np.array(pounds) / COURSES, "GBP per group", "2010/11"),
            "per_group",
        )
        for name, pounds in PARTS.items()
    ]
    prices = np.column_stack([line.unit_cost.value for line in lines])
    return costs_by_year(lines, quantities, prices, None)[:, 0, 0]


def test_the_published_group_costs_come_out_site_by_site(sites):
    # the fourth total is printed 10 too high: its lines add up to 69,817
    assert sites.sum(axis=1) == pytest.approx([94_300.45, 59_801.26, 78_103.90, 69_817.0], abs=0.1)
    per_course = sites.sum(axis=1) / COURSES
    assert per_course == pytest.approx([6_286.70, 4_600.0, 5_206.93, 4_654.47], abs=0.1)
    assert per_course.mean() == pytest.approx(5_187.05, abs=0.1)
    assert per_course.std(ddof=1) == pytest.approx(782.68, abs=0.1)


def test_the_published_cost_per_family_and_shares_of_lines_come_out(sites):
    per_course = (sites.sum(axis=1) / COURSES).mean()

    each = [per_course / families for families in (8, 13, 6)]
    assert each == pytest.approx([648.38, 399.00, 864.51], abs=0.1)
    shares = 100 * sites.sum(axis=0) / sites.sum()
    assert shares == pytest.approx([64.1, 6.9, 4.3, 3.3, 21.5], abs=0.1)


def test_a_correction_for_optimism_is_no_line_of_a_budget(toy):
    shares = dict.fromkeys("ABCDE", 0.4)
    plain = toy.priced()
    for bias in (
        OptimismBias("haircut", shares, shares),
        OptimismBias("spread", shares, shares, np.array([2.0])),
    ):
        cut = toy.priced(optimism_bias=bias)

        assert cut.total_cost > 1.3 * plain.total_cost
        for name in ("cost_undiscounted", "cost_per_family_started_undiscounted"):
            assert targets.by_draw(cut, name) == pytest.approx(targets.by_draw(plain, name))
        both = (budget_rows(one, HEADINGS, "Lottery", level(one)) for one in (plain, cut))
        for before, after in zip(*both, strict=True):
            assert after.total == pytest.approx(before.total)
            assert after.asked == pytest.approx(before.asked)
