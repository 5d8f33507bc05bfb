"""The ledger of the mean of many draws, and sums that several rules of appraisal share."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.economics.test_relations import random_run

from familyflow.economics import Ledger, price, price_again
from familyflow.economics.mean_ledger import MeanLedger, Totals

MANY = settings(max_examples=25, deadline=None)
SEEDS = st.integers(0, 2**32 - 1)


@MANY
@given(SEEDS)
def test_sums_taken_once_for_every_rule_give_the_same_bits(toy, seed):
    headline = toy.priced(random_run(toy, seed))
    rules = (
        headline,
        price_again(headline, replace(headline.inputs, window="everything")),
        price(replace(headline.inputs, term_years=headline.inputs.term_years + 1)),
    )
    totals = Totals(headline)

    for ledger in rules:
        assert _bytes(_mean_of(ledger, totals)) == _bytes(_mean_of(ledger, None))


@MANY
@given(SEEDS)
def test_the_ledger_of_the_mean_holds_the_mean_of_its_draws(toy, seed):
    ledger = toy.priced(random_run(toy, seed))

    mean = _mean_of(ledger, None)

    for one, many in ((mean.cost, ledger.cost), (mean.saving, ledger.saving)):
        assert np.allclose(one[0, 0], many.mean(axis=(0, 1)), rtol=1e-12)


def _mean_of(ledger: Ledger, totals: Totals | None) -> Ledger:
    """Of two blocks of the same draws."""
    mean = MeanLedger()
    for _ in range(2):
        mean.add(ledger, totals)
    return mean.ledger()


def _bytes(ledger: Ledger) -> list[bytes]:
    names = ("cost", "planned", "avoided", "saving", "paid", "surplus", "saving_prices")
    return [getattr(ledger, name).tobytes() for name in names] + [
        cash.tobytes() for cash in ledger.cashable.values()
    ]
