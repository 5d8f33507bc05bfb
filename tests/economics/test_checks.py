"""The ledger checks itself, and the checks have teeth."""

from dataclasses import replace

import numpy as np
import pytest

from familyflow.economics.adjustments import OptimismBias
from familyflow.economics.checks import Check, identities

SHARES = {"C": 0.15, "E": 0.40}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"funders": ()},
        {"overheads": None},
        {"timing": "mid"},
        {"price_year": "2016/17"},
        {"optimism_bias": OptimismBias("haircut", SHARES, SHARES)},
    ],
)
def test_every_identity_holds_on_a_sound_ledger(toy, change):
    ledger = toy.priced(toy.hand_run(draws=3, replications=2), **change)

    assert [check for check in identities(ledger) if not check.passed] == []


def failing(ledger):
    return {check.name for check in identities(ledger) if not check.passed}


def test_an_agency_that_loses_a_share_is_caught(toy):
    ledger = toy.priced()

    broken = replace(ledger, agencies={**ledger.agencies, "council": np.full(4, 0.9)})

    assert failing(broken) == {"saving by agency adds up", "cashable saving by agency adds up"}


def test_a_funder_who_pays_too_little_is_caught(toy):
    ledger = toy.priced()

    broken = replace(ledger, paid=ledger.paid * 0.99)

    assert failing(broken) == {"cost by agency adds up", "cost by funder adds up"}


def test_a_wrong_price_is_caught_by_the_second_route(toy):
    ledger = toy.priced()

    assert "cost of the first draw, priced again" in failing(
        replace(ledger, cost=ledger.cost * 1.001)
    )
    assert "saving of the first draw, priced again" in failing(
        replace(ledger, saving=ledger.saving * 1.001)
    )


def test_what_is_not_a_number_never_passes():
    assert not Check("a check", float("nan"), float("nan")).passed
