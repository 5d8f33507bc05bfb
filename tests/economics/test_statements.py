"""Tables by agency, funder, year, line and heading: their rows add up to the totals."""

from dataclasses import replace

import numpy as np
import pytest

from familyflow.economics import statements, targets
from familyflow.economics.chain_view import implied_chains


def test_agencies_that_pay_and_save_stand_in_one_table(toy):
    rows = {row.agency: row for row in statements.by_agency(toy.priced())}

    assert rows["council"].cost[0] == pytest.approx(35_000 + 40_000 / 1.1)
    assert rows["council"].fiscal_saving[0] == pytest.approx(80_000 / 1.1 + 110_000 / 1.21)
    assert rows["Lottery"].fiscal_saving[0] == 0
    assert (rows["council"].net == rows["council"].fiscal_saving - rows["council"].cost).all()


def test_time_given_stands_with_those_who_give_it(toy):
    given = replace(toy.VOLUNTEER, falls_on={"families": 0.75, "council": 0.25})
    lines = (*toy.COST_LINES[:2], replace(toy.COST_LINES[2], unit_cost=given))
    nobody, somebody = (
        {row.agency: row for row in statements.by_agency(ledger)}
        for ledger in (toy.priced(), toy.priced(cost_lines=lines))
    )

    time = nobody["in kind"].cost
    assert nobody["in kind"].in_kind == pytest.approx(time)
    assert "in kind" not in somebody
    assert somebody["families"].cost == pytest.approx(0.75 * time)
    assert somebody["council"].in_kind == pytest.approx(0.25 * time)
    assert somebody["council"].cost == pytest.approx(nobody["council"].cost + 0.25 * time)
    assert not somebody["Lottery"].in_kind.any()


def test_weaker_evidence_adds_its_own_savers(toy):
    headline = {row.agency for row in statements.by_agency(toy.priced())}
    with_weaker = {row.agency for row in statements.by_agency(toy.priced(), weaker=True)}

    assert with_weaker - headline == {"NHS", "police"}


def test_agencies_add_up_to_the_totals(toy):
    ledger = toy.priced(toy.hand_run(draws=3, replications=2))
    rows = statements.by_agency(ledger)

    for column in ("cost", "fiscal_saving", "cashable_saving"):
        total = sum(getattr(row, column) for row in rows)
        np.testing.assert_allclose(total, targets.by_draw(ledger, column), rtol=1e-12)
    net = sum(row.net for row in rows)
    np.testing.assert_allclose(net, targets.by_draw(ledger, "net_saving"), rtol=1e-12)


def test_years_run_to_the_end_of_the_follow_up_and_add_up(toy):
    ledger = toy.priced()
    rows = statements.by_year(ledger)

    assert [row.year for row in rows] == [0, 1, 2, 3]
    assert [row.in_budget_window for row in rows] == [True, True, False, False]
    assert sum(row.cost for row in rows) == pytest.approx(targets.by_draw(ledger, "cost"))
    assert sum(row.fiscal_saving for row in rows) == pytest.approx(
        targets.by_draw(ledger, "fiscal_saving")
    )


def test_funders_add_up_to_the_cost(toy):
    ledger = toy.priced()

    assert sum(row.paid for row in statements.by_funder(ledger)) == pytest.approx(
        targets.by_draw(ledger, "cost")
    )


def test_a_budget_sets_out_each_line_by_year(toy):
    budget = {row.heading: cost for row, cost in statements.budget(toy.priced()) if row.heading}

    assert budget["Salaries"][0].tolist() == [80_000, 80_000, 0, 0]
    assert budget["Overheads"][0].tolist() == [20_000, 20_000, 0, 0]


def test_each_line_shows_what_is_avoided_and_its_worth(toy):
    foster, home, incidents, harm = statements.by_line(toy.priced())

    assert foster.avoided[0] == 190
    assert home.avoided[0] == home.saving[0] == 0
    assert incidents.avoided[0] == 8
    assert harm.line.evidence == "weaker"
    assert harm.cashable[0] == 0


@pytest.mark.parametrize(
    ("impact", "words"),
    [
        (-105_243.62, "a saving of GBP 105,244 to public budgets"),
        (1_200.0, "a net cost of GBP 1,200 to public budgets"),
        (-0.2, "no change to public budgets"),
    ],
)
def test_the_sign_of_the_budget_impact_is_said_in_words(impact, words):
    assert statements.in_words(impact) == words


def test_a_run_told_as_a_chain_multiplies_to_its_saving(toy):
    chain = implied_chains(toy.priced())[0]

    assert chain.population == 24
    product = chain.population * chain.engagement.value * chain.retained.value
    assert product == pytest.approx(16)
    assert product * chain.net_impact.value * chain.unit_value == pytest.approx(190_000)
    assert chain.saving_of_links == pytest.approx(chain.saving)
    assert chain.deadweight == "nil: comparator simulated"
    assert chain.unit == "weeks"


def test_a_line_that_counts_a_part_of_a_quantity_shows_that_part_at_its_full_price(toy):
    half = replace(toy.BENEFIT_LINES[0], share=0.5)
    whole, part = (
        implied_chains(toy.priced(benefit_lines=(line,)))[0]
        for line in (toy.BENEFIT_LINES[0], half)
    )

    assert part.unit_value == pytest.approx(whole.unit_value)
    assert part.units_avoided == pytest.approx(0.5 * whole.units_avoided)
    assert part.saving_of_links == pytest.approx(part.saving)


def test_a_chain_in_which_nothing_is_avoided_has_reasons(toy):
    chain = implied_chains(toy.priced(toy.amounts({})))[0]

    assert chain.engagement.reason == "no family is referred"
    assert (chain.units_avoided, chain.saving) == (0.0, 0.0)
    assert chain.unit_value == pytest.approx(1_000)  # a price needs no units
