"""Prices what was simulated block by block, and keeps of each block only what the answer needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from familyflow.economics import price
from familyflow.economics.amounts import Floats
from familyflow.economics.appraisal import Ledger
from familyflow.economics.bid import BudgetRow
from familyflow.economics.inputs import uncorrected
from familyflow.economics.mean_ledger import MeanLedger, Totals
from familyflow.experiments.alternatives import FIGURES, Rule, other_rules, priced_under
from familyflow.experiments.cost_case import budget_of, costs_of
from familyflow.experiments.per_draw import Gathered, Growing, PerDraw, twice_of
from familyflow.experiments.pricing import Parameters, Values, ledger_inputs, quantities_in_order
from familyflow.experiments.quantity_names import Quantity
from familyflow.experiments.readings import Sample, readings_of, readings_of_rule
from familyflow.experiments.summed import Summed

More = Callable[[Ledger], Mapping[str, PerDraw]]


@dataclass(frozen=True)
class Priced:
    """All that the answer needs of every draw.

    figures: those with an interval. mean: the ledger of the mean; plain: the same without a
    correction for optimism; others: under other rules. budget: mean over draws.
    """

    figures: Gathered
    mean: Ledger
    plain: Ledger
    others: tuple[tuple[Rule, Ledger], ...]
    budget: tuple[BudgetRow, ...]


@dataclass
class Gathering:
    """Adds up blocks of draws, in their order.

    more: reads further figures off a block's ledger, for an experiment that wants them.
    """

    parameters: Parameters
    values: Values
    names: Sequence[Quantity]
    more: Sequence[More] = ()
    _costs: list[tuple[int, dict[str, Floats]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._rules = other_rules(self.parameters, self.values)
        self._main, self._twice = Growing(len(self.values)), Growing(len(self.values))
        self._mean, self._plain = MeanLedger(), MeanLedger()
        self._others = [MeanLedger() for _ in self._rules]

    def add(self, first: int, block: Summed, again: Summed | None = None) -> None:
        """Add the block of draws that begins with draw `first`.

        again: one more replication of the first draws of the block, to measure chance.
        """
        values = self.values[first : first + len(block.quantities)]
        sample = self._sample(values, block)
        figures, ledger = self._read(sample), sample.ledger
        totals = Totals(ledger)
        self._mean.add(ledger, totals)
        if ledger.inputs.optimism_bias.mode != "none":
            self._plain.add(price(uncorrected(ledger.inputs)), totals)
        for rule, mean in zip(self._rules, self._others, strict=True):
            other = priced_under(rule, ledger, self.parameters, values, self.names)
            figures |= readings_of_rule(rule.key, other, FIGURES)
            mean.add(other, totals)
        self._main.add(figures)
        self._costs.append((len(values), costs_of(ledger, self.values.base)))
        if again is not None:
            more = self._readings(values[: len(again.quantities)], again)
            self._twice.add(twice_of(figures, more))

    def _readings(self, values: Values, block: Summed) -> dict[str, PerDraw]:
        sample = self._sample(values, block)
        figures = self._read(sample)
        for rule in self._rules:
            other = priced_under(rule, sample.ledger, self.parameters, values, self.names)
            figures |= readings_of_rule(rule.key, other, FIGURES)
        return figures

    def _read(self, sample: Sample) -> dict[str, PerDraw]:
        figures = readings_of(sample)
        for read in self.more:
            figures |= read(sample.ledger)
        return figures

    def priced(self) -> Priced:
        """All blocks together."""
        mean = self._mean.ledger()
        corrected = mean.inputs.optimism_bias.mode != "none"
        return Priced(
            figures=Gathered(self._main.figures(), self._twice.figures() or None),
            mean=mean,
            plain=self._plain.ledger() if corrected else mean,
            others=tuple(
                (rule, mean.ledger()) for rule, mean in zip(self._rules, self._others, strict=True)
            ),
            budget=tuple(budget_of(_mean_costs(self._costs), mean, self.values.base)),
        )

    def _sample(self, values: Values, block: Summed) -> Sample:
        return sample_of(self.parameters, values, self.names, block)


def sample_of(
    parameters: Parameters, values: Values, names: Sequence[Quantity], block: Summed
) -> Sample:
    """A block of simulations, priced at the values of its draws."""
    quantities = quantities_in_order(names, block.quantities)
    inputs = ledger_inputs(parameters, values, quantities, names)
    outcomes = frozenset(name.name for name in names if name.is_outcome)
    return Sample(price(inputs), block.figures, outcomes)


def _mean_costs(blocks: Sequence[tuple[int, dict[str, Floats]]]) -> dict[str, Floats]:
    """The mean of the costs of blocks by heading, each weighing by its draws."""
    draws = sum(count for count, _ in blocks)
    return {
        heading: np.asarray(sum(count * costs[heading] for count, costs in blocks) / draws)
        for heading in blocks[0][1]
    }
