"""The ledger's own checks on a priced run: what must hold whatever the numbers are."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from familyflow.economics.appraisal import Ledger
from familyflow.economics.inputs import LedgerInputs
from familyflow.economics.quantities import WITH, WITHOUT
from familyflow.economics.statements import by_agency, by_funder, by_year
from familyflow.economics.unit_costs import UnitCost, value_per
from familyflow.economics.windows import within

TOLERANCE = 1e-9


@dataclass(frozen=True)
class Check:
    """One identity: what was found, and what it must equal within a relative tolerance."""

    name: str
    found: float
    expected: float

    @property
    def passed(self) -> bool:
        """Whether both are finite and equal, but for rounding."""
        scale = max(abs(self.found), abs(self.expected), 1.0)
        return bool(abs(self.found - self.expected) <= TOLERANCE * scale)


def identities(ledger: Ledger) -> list[Check]:
    """Every identity of the ledger, on this very run."""
    return [
        *_parts_add_up(ledger),
        *_windows_add_up(ledger),
        *_without_discounting(ledger),
        *_priced_again(ledger),
        *_prices_there_and_back(ledger),
    ]


def _parts_add_up(ledger: Ledger) -> list[Check]:
    fiscal = ledger.weights("fiscal")
    cost, saving = float(ledger.total_cost.mean()), float(ledger.total_saving(fiscal).mean())
    cash = float(ledger.total_cashable(fiscal).mean())
    agencies, years = by_agency(ledger), by_year(ledger)
    return [
        Check("cost by agency adds up", sum(float(a.cost.mean()) for a in agencies), cost),
        Check("cost by funder adds up", sum(float(f.paid.mean()) for f in by_funder(ledger)), cost),
        Check("cost by year adds up", sum(float(y.cost.mean()) for y in years), cost),
        Check(
            "saving by agency adds up", sum(float(a.fiscal_saving.mean()) for a in agencies), saving
        ),
        Check("saving by year adds up", sum(float(y.fiscal_saving.mean()) for y in years), saving),
        Check(
            "cashable saving by agency adds up",
            sum(float(a.cashable_saving.mean()) for a in agencies),
            cash,
        ),
    ]


def _windows_add_up(ledger: Ledger) -> list[Check]:
    """The headline is its years in the term and those after it."""
    fiscal, term = ledger.weights("fiscal"), ledger.inputs.term_years
    within_term = float(ledger.saving_by_year(fiscal)[:, :, :term].sum(axis=-1).mean())
    after = float(ledger.total_saving(fiscal, "after_term").mean())
    total = float(ledger.total_saving(fiscal).mean())
    return [Check("saving within and after the term adds up", within_term + after, total)]


def _without_discounting(ledger: Ledger) -> list[Check]:
    plain = replace(
        ledger,
        cost_discount=np.ones_like(ledger.cost_discount),
        saving_discount=np.ones_like(ledger.saving_discount),
    )
    fiscal = ledger.weights("fiscal")
    saved = float(ledger.saving_by_year(fiscal, discounted=False).sum(axis=-1).mean())
    cost = float(ledger.counted(ledger.cost).sum(axis=(-1, -2)).mean())
    return [
        Check("cost at a rate of 0 is the plain sum", float(plain.total_cost.mean()), cost),
        Check(
            "saving at a rate of 0 is the plain sum",
            float(plain.total_saving(fiscal).mean()),
            saved,
        ),
    ]


def _priced_again(ledger: Ledger) -> list[Check]:
    """The first draw and replication priced by a second route: plain loops, line by line."""
    simulated = [line.chain is None for line in ledger.inputs.benefit_lines]
    every = ledger.weights("fiscal", weaker=True) * np.array(simulated, dtype=np.float64)
    saved = ledger.saving_by_year(every, discounted=False)[0, 0].sum()
    return [
        Check(
            "cost of the first draw, priced again",
            float(ledger.cost[0, 0].sum()),
            _cost_again(ledger.inputs),
        ),
        Check("saving of the first draw, priced again", float(saved), _saving_again(ledger.inputs)),
    ]


def _cost_again(inputs: LedgerInputs) -> float:
    amounts, names = inputs.quantities.amounts[0, 0], inputs.quantities.names
    cost = pay = 0.0
    for line in inputs.cost_lines:
        place = names.index(line.quantity)
        pounds = float((amounts[WITH, ..., place] - amounts[WITHOUT, ..., place]).sum())
        pounds *= _price_of(line.unit_cost, inputs, place)
        pounds *= _first(inputs.optimism_bias.cost_factor(line.unit_cost.grade))
        cost += pounds
        pay += pounds if line.pay else 0.0
    return cost + (pay * _first(inputs.overheads.share) if inputs.overheads else 0.0)


def _saving_again(inputs: LedgerInputs) -> float:
    amounts, names = inputs.quantities.amounts[0, 0], inputs.quantities.names
    counted = within(amounts, inputs.window, inputs.window, inputs.term_years)
    saved = 0.0
    for line in inputs.benefit_lines:
        if line.unit_cost.kind != "fiscal":
            continue
        if line.chain is not None:  # worked out from families, not counted in the journal
            continue
        place = names.index(line.quantity)
        fewer = float((counted[WITHOUT, :, place] - counted[WITH, :, place]).sum())
        share = _first(line.share) * _first(inputs.optimism_bias.saving_factor(line.worst_grade))
        saved += fewer * share * _price_of(line.unit_cost, inputs, place)
    return saved


def _price_of(unit_cost: UnitCost, inputs: LedgerInputs, place: int) -> float:
    value = _first(value_per(unit_cost, inputs.quantities.units[place]))
    return value * inputs.deflators.factor(unit_cost.price_year, inputs.price_year)


def _prices_there_and_back(ledger: Ledger) -> list[Check]:
    inputs = ledger.inputs
    years = {line.unit_cost.price_year for line in inputs.cost_lines}
    years |= {line.unit_cost.price_year for line in inputs.benefit_lines}
    return [
        Check(
            f"{year} prices there and back",
            inputs.deflators.factor(year, inputs.price_year)
            * inputs.deflators.factor(inputs.price_year, year),
            1.0,
        )
        for year in sorted(years)
    ]


def _first(amount: object) -> float:
    return float(np.ravel(np.asarray(amount, dtype=np.float64))[0])
