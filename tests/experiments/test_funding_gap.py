"""Of a gap and of a surplus, what the mean shows is told apart from what only draws show."""

from types import SimpleNamespace

import numpy as np
import pytest

from familyflow.economics.funding import UNFUNDED, share_cost
from familyflow.experiments.results import funding_gap_of

COSTS = np.array([[90.0, 400.0, 20.0], [130.0, 500.0, 10.0]])  # (draw, year)
OFFERED = np.array([[100.0, 150.0, 60.0]])  # (funder, year)


def test_either_way_is_what_the_mean_cost_does_not_lack_or_leave():
    shared = share_cost(COSTS, OFFERED)
    paid = np.concatenate([shared.paid, shared.unfunded[..., np.newaxis]], axis=-1)
    ledger = SimpleNamespace(
        inputs=SimpleNamespace(term_years=3),
        funder_rows=(SimpleNamespace(name="A"), SimpleNamespace(name=UNFUNDED)),
        surplus=shared.surplus.mean(axis=0)[np.newaxis, np.newaxis],
        paid=paid.mean(axis=0)[np.newaxis, np.newaxis],
    )

    gap = funding_gap_of(ledger)

    beyond = COSTS.mean(axis=0) - OFFERED[0]
    assert gap["not_funded"] - gap["either_way"] == pytest.approx(np.maximum(beyond, 0.0).sum())
    assert gap["left_over"] - gap["either_way"] == pytest.approx(np.maximum(-beyond, 0.0).sum())
    assert gap["either_way"] == pytest.approx(5.0)  # the first year: 10 left over, or 30 short
