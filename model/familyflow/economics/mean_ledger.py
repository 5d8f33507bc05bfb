"""The ledger of the mean of many draws: what tables of means read, whatever the number of draws.

Everything that follows from a priced ledger by sums is linear in its pounds and units, so a table
of the mean ledger is the mean of the tables. Ledgers of blocks of draws are added up one by one:
memory does not grow with the draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from familyflow.economics.adjustments import Deadweight
from familyflow.economics.amounts import Amount, Floats, columns
from familyflow.economics.appraisal import Ledger
from familyflow.economics.savings import BenefitLine

_LINKS = ("prevalence", "engagement", "retained", "impact", "attribution", "units_each")


class Totals:
    """What the arrays of one block's ledger add up to, over draws and replications.

    Ledgers of the same block under other rules hold most of these arrays too.
    """

    def __init__(self, ledger: Ledger) -> None:
        # with the array itself, so that no other can come to stand in its place
        self._found: dict[int, tuple[Floats, Floats]] = {
            id(amounts): (amounts, amounts.sum(axis=(0, 1)))
            for _, amounts in _by_simulation(ledger)
        }

    def of(self, amounts: Floats) -> Floats:
        """The sum of this array, which is taken here if it is none of the ledger's."""
        found = self._found.get(id(amounts))
        return np.asarray(amounts.sum(axis=(0, 1))) if found is None else found[1]


class MeanLedger:
    """Adds up ledgers of blocks of draws, in their order, and gives the ledger of the mean."""

    def __init__(self) -> None:
        self._first: Ledger | None = None
        self._sums: dict[str, Floats] = {}
        self._simulations = 0

    def add(self, ledger: Ledger, totals: Totals | None = None) -> None:
        """Add the ledger of one more block of draws. totals: of the block under other rules."""
        draws, replications = ledger.cost.shape[:2]
        totals = totals or Totals(ledger)
        for name, amounts in _by_simulation(ledger):
            self._add(name, totals.of(amounts))
        for name, numbers in _by_draw(ledger, draws):
            self._add(name, numbers.sum(axis=0) * replications)
        self._simulations += draws * replications
        self._first = self._first or _small(ledger)

    def ledger(self) -> Ledger:
        """The mean of all draws and replications, as a ledger of one draw and replication."""
        first = self._first
        assert first is not None, "no block was added"
        mean = {name: total / self._simulations for name, total in self._sums.items()}
        alone = {name: mean[name][np.newaxis, np.newaxis] for name, _ in _by_simulation(first)}
        quantities = replace(first.inputs.quantities, amounts=alone["quantities"])
        lines = tuple(
            _at_mean(line, {k: float(v[place]) for k, v in mean.items() if k.startswith("line.")})
            for place, line in enumerate(first.inputs.benefit_lines)
        )
        return replace(
            first,
            inputs=replace(first.inputs, quantities=quantities, benefit_lines=lines),
            cost=alone["cost"],
            planned=alone["planned"],
            avoided=alone["avoided"],
            saving=alone["saving"],
            cashable={name: alone[f"cashable.{name}"] for name in first.cashable},
            paid=alone["paid"],
            surplus=alone["surplus"],
            cost_prices=mean["cost_prices"][np.newaxis],
            saving_prices=mean["saving_prices"][np.newaxis],
        )

    def _add(self, name: str, amounts: Floats) -> None:
        self._sums[name] = self._sums[name] + amounts if name in self._sums else amounts


def _by_simulation(ledger: Ledger) -> Iterator[tuple[str, Floats]]:
    """Arrays (draw, replication, ...)."""
    yield "quantities", ledger.inputs.quantities.amounts
    yield "cost", ledger.cost
    yield "planned", ledger.planned
    yield "avoided", ledger.avoided
    yield "saving", ledger.saving
    yield "paid", ledger.paid
    yield "surplus", ledger.surplus
    for name, cash in ledger.cashable.items():
        yield f"cashable.{name}", cash


def _by_draw(ledger: Ledger, draws: int) -> Iterator[tuple[str, Floats]]:
    """Arrays (draw, line)."""
    yield "cost_prices", ledger.cost_prices
    yield "saving_prices", ledger.saving_prices
    lines = ledger.inputs.benefit_lines
    yield "line.share", columns([(line.share, line.name) for line in lines], draws)
    for link in (*_LINKS, "deadweight"):
        yield f"line.{link}", columns([(_link(line, link), line.name) for line in lines], draws)


def _link(line: BenefitLine, name: str) -> Amount:
    if line.chain is None:
        return 0.0
    value = line.chain.deadweight.value if name == "deadweight" else getattr(line.chain, name)
    amount: Amount = value
    return amount


def _at_mean(line: BenefitLine, mean: dict[str, float]) -> BenefitLine:
    """The line with every number of a draw at its mean; its unit cost is priced already."""
    chain = line.chain
    if chain is not None:
        links: dict[str, Any] = {name: mean[f"line.{name}"] for name in _LINKS}
        deadweight = Deadweight(chain.deadweight.mode, mean["line.deadweight"])
        chain = replace(chain, **links, deadweight=deadweight)
    return replace(line, share=min(1.0, mean["line.share"]), chain=chain)


def _small(ledger: Ledger) -> Ledger:
    """The first block without its big arrays: names, rules and rows are the same in all."""
    one = (slice(0, 1), slice(0, 1))
    amounts = ledger.inputs.quantities.amounts[one].copy()
    return replace(
        ledger,
        inputs=replace(
            ledger.inputs, quantities=replace(ledger.inputs.quantities, amounts=amounts)
        ),
        cost=ledger.cost[one].copy(),
        planned=ledger.planned[one].copy(),
        avoided=ledger.avoided[one].copy(),
        saving=ledger.saving[one].copy(),
        cashable={name: cash[one].copy() for name, cash in ledger.cashable.items()},
        paid=ledger.paid[one].copy(),
        surplus=ledger.surplus[one].copy(),
    )
