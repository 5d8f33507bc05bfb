"""Who pays, who saves and when: parts add up, and the grant's end divides them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.economics.test_relations import random_run

from familyflow.economics.discounting import flat
from familyflow.economics.funding import Funder
from familyflow.economics.targets import by_draw
from familyflow.economics.who_pays import nets, parties, years_shown
from familyflow.problems import InputError

MANY = settings(max_examples=25, deadline=None)
UNDISCOUNTED = {"schedules": {"flat": flat(0.0)}, "schedule": "flat"}
LOTTERY = Funder("Fund", True, False, {0: 60_000.0, 1: 60_000.0}, "2024/25", lottery=True)
COUNCIL = Funder("Council", True, True, {0: 90_000.0, 1: 90_000.0}, "2024/25")


@MANY
@given(st.integers(0, 2**32 - 1))
def test_payers_and_savers_add_up_to_the_net_of_every_funder(toy, seed):
    ledger = toy.priced(random_run(toy, seed), **UNDISCOUNTED)
    (everyone,) = [net for net in nets(ledger) if net.name == "every_funder"]

    by_year = sum(party.by_year for party in parties(ledger))

    assert by_year == pytest.approx(everyone.by_year.mean(axis=(0, 1)))
    assert everyone.by_year.sum(axis=-1).mean(axis=1) == pytest.approx(
        by_draw(ledger, "net_saving")
    )


def test_lottery_money_is_public_and_no_tax(toy):
    ledger = toy.priced(funders=(LOTTERY, COUNCIL), **UNDISCOUNTED)
    by_name = {net.name: net.by_year.sum() for net in nets(ledger)}
    paid = {row.name: ledger.paid[..., k].sum() for k, row in enumerate(ledger.funder_rows)}

    without, with_it = by_name["public_without_lottery"], by_name["public_with_lottery"]

    assert paid["Fund"] > 0
    assert without - with_it == pytest.approx(paid["Fund"])
    assert by_name["council"] == pytest.approx(
        ledger.saving_by_year(ledger.weights(agency="council")).sum() - paid["Council"]
    )


def test_the_councils_own_lottery_money_is_refused():
    with pytest.raises(InputError, match="Lottery money is public and not the council's"):
        Funder("x", True, True, {}, "2024/25", lottery=True)


def test_cash_comes_in_the_year_in_which_whole_places_can_be_released(toy):
    ledger = toy.priced(toy.hand_run(), **UNDISCOUNTED)
    council = next(party for party in parties(ledger) if party.name == "council")

    # 80, then 110 weeks avoided: one place of 52 weeks, then two, each released a year later
    first = council.first_cash_year
    assert first == 2
    assert council.cash[:2] == pytest.approx([0.0, 0.0])
    assert council.cash[3] == pytest.approx(2 * council.cash[2])


def test_years_shown_end_with_the_last_pound(toy):
    ledger = toy.priced(toy.hand_run(), **UNDISCOUNTED)

    assert years_shown(ledger) == 4
    assert all(len(party.by_year) == 4 == len(party.cash) for party in parties(ledger))
    assert years_shown(toy.priced(toy.amounts({}))) == 2


def test_a_payer_has_no_cash_and_a_saver_pays_nothing(toy):
    for party in parties(toy.priced(toy.hand_run())):
        if party.role == "pays":
            assert (party.by_year <= 0).all()
            assert not np.any(party.cash)
