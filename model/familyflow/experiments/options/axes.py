"""What a block of draws tells of an option beyond a run's figures: its value along every axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from familyflow.economics.appraisal import Ledger
from familyflow.economics.discounting import discount_factors, flat
from familyflow.experiments.gathering import More
from familyflow.experiments.per_draw import PerDraw
from familyflow.experiments.statistics import Floats

RATE = "rate."


def at_rates(rates: Sequence[float]) -> More:
    """Reads net present value at each of these flat discount rates, as `rate.<rate>`."""

    def read(ledger: Ledger) -> Mapping[str, PerDraw]:
        flow = _net_value_by_year(ledger)
        return {
            f"{RATE}{rate:g}": PerDraw((_present(flow, ledger, rate),), "GBP") for rate in rates
        }

    return read


def _net_value_by_year(ledger: Ledger) -> Floats:
    """Public value less cost (draw, replication, year), not discounted."""
    weights = ledger.weights("public_value")
    value = ledger.saving_by_year(weights, discounted=False)
    flow: Floats = value - ledger.cost_by_year(discounted=False)
    return flow


def _present(flow: Floats, ledger: Ledger, rate: float) -> Floats:
    factors = discount_factors(flat(rate), flow.shape[-1], ledger.inputs.timing)
    present: Floats = np.asarray((flow * factors).sum(axis=-1))
    return present
