"""The terms of what others save, and of the part of it that is cash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from familyflow.economics.amounts import by_draw
from familyflow.economics.inputs import LedgerInputs
from familyflow.economics.savings import BenefitLine
from familyflow.economics.unit_costs import value_per
from familyflow.experiments.inputs import Drawn
from familyflow.reports.workbook.factors import Factors
from familyflow.reports.workbook.terms import Term


def saving_terms(drawn: Drawn, inputs: LedgerInputs, factors: Factors) -> Iterator[Term]:
    """A term for every line of saving, of any kind and evidence."""
    for column, line in enumerate(inputs.benefit_lines):
        yield _saving(drawn, inputs, factors, column, line)


def cash_terms(drawn: Drawn, inputs: LedgerInputs, factors: Factors) -> Iterator[Term]:
    """A term for every fiscal line of which some share may be cash."""
    for column, line in enumerate(inputs.benefit_lines):
        if line.unit_cost.kind == "fiscal":
            term = _saving(drawn, inputs, factors, column, line)
            share = factors.cashable(line)
            yield replace(term, side="cash", part="cash released", factors=(*term.factors, share))


def _saving(
    drawn: Drawn, inputs: LedgerInputs, factors: Factors, column: int, line: BenefitLine
) -> Term:
    """The share of the quantity and any correction for optimism stand in the multiplier."""
    cost, unit = line.unit_cost, line.unit_in(inputs.quantities)
    kept = line.share * inputs.optimism_bias.saving_factor(line.worst_grade)
    return Term(
        side="saving",
        column=column,
        name=line.name,
        label=line.label,
        part="saving",
        unit=unit,
        factors=(factors.unit_cost(cost.key),),
        each=float(value_per(replace(cost, value=1.0), unit)),
        price_year=cost.price_year,
        schedule=line.discount or inputs.schedule,
        multiplier=by_draw(kept, len(drawn.values), line.name),
        kind=cost.kind,
        evidence=line.evidence,
        fiscal=int(cost.kind == "fiscal"),
        public_value=int(not cost.transfer),
        headline=int(line.evidence == "comparison_group"),
        shares=dict(cost.falls_on),
    )
