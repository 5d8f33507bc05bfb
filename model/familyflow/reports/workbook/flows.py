"""What the formulas give for the run's own numbers: the cached values, worked out beside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.economics.discounting import discount_factors
from familyflow.reports.workbook.kept import Kept
from familyflow.reports.workbook.terms import Term

SIDES = ("cost", "saving", "cash")


@dataclass(frozen=True)
class Flows:
    """Money of the run by term: prices (term,), flow and present (term, year) in pounds.

    discount: factors (year,) by schedule.
    """

    prices: Floats
    flow: Floats
    present: Floats
    discount: dict[str, Floats]

    def present_of(self, weights: Floats) -> Floats:
        """Present value by year of the terms at their weights (term,)."""
        return np.asarray(weights @ self.present)


def flows_of(kept: Kept) -> Flows:
    """Quantities of the run's own numbers times prices, and their present value."""
    discount = {
        name: discount_factors(kept.inputs.schedules[name], kept.years, kept.inputs.timing)
        for name in sorted({term.schedule for term in kept.terms})
    }
    prices = np.array([price_of(kept, term) for term in kept.terms])
    flow = np.array([amounts[0] for amounts in kept.quantities]) * prices[:, np.newaxis]
    present = flow * np.array([discount[term.schedule] for term in kept.terms])
    return Flows(prices, flow, present, discount)


def price_of(kept: Kept, term: Term) -> float:
    """Pounds of the price year of the results for one unit of the term's quantity."""
    uplift = kept.inputs.deflators.factor(term.price_year, kept.inputs.price_year)
    return float(np.prod([one.mean for one in term.factors])) * term.each * uplift


def weights_of(kept: Kept, side: str, counts: str = "", agency: str = "") -> Floats:
    """How much of each term counts (term,): of one side, by a mark, at one agency's share.

    counts: fiscal or public_value for the headline's evidence; with `+weaker` for all evidence;
    in_kind; empty for every term of the side.
    """
    weights = [
        float(term.side == side)
        * _marked(term, counts)
        * (term.shares.get(agency, 0.0) if agency else 1.0)
        for term in kept.terms
    ]
    return np.array(weights)


def _marked(term: Term, counts: str) -> float:
    mark, _, weaker = counts.partition("+")
    if mark in ("", "in_kind"):
        return float(term.in_kind) if mark else 1.0
    counted = term.fiscal if mark == "fiscal" else term.public_value
    return float(counted * (1 if weaker else term.headline))
