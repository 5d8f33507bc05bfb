"""The terms of what the service costs: pay in its parts, what is bought, overheads on pay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from familyflow.economics.amounts import by_draw
from familyflow.economics.costs import CostLine
from familyflow.economics.funding import IN_KIND
from familyflow.economics.inputs import LedgerInputs
from familyflow.economics.quantities import Quantities
from familyflow.economics.unit_costs import value_per
from familyflow.experiments.inputs import Drawn
from familyflow.experiments.pricing import (
    DECIDED_HOURS,
    OVERHEAD_SHARE,
    SERVICE_YEARS,
    price_key,
)
from familyflow.planning.team import CENTRAL_POSTS, posts_in_order
from familyflow.reports.workbook.factors import PENSION, AboveThreshold, Factors
from familyflow.reports.workbook.terms import Term


@dataclass(frozen=True)
class _Paid:
    """Posts of one salary. each: full-time posts that one unit of the quantity pays."""

    salary: str
    shares: tuple[float, ...]
    each: float
    over: float


def cost_terms(drawn: Drawn, inputs: LedgerInputs, factors: Factors) -> Iterator[Term]:
    """Every term of cost, overheads after the pay that they are a share of.

    inputs: of all draws (their quantities are not read, only named).
    """
    pay = []
    for column, line in enumerate(inputs.cost_lines):
        if not line.pay:
            yield _bought(drawn, inputs, factors, column, line)
            continue
        for paid in _paid(drawn, line):
            for term in _pay(drawn, inputs, factors, column, line, paid):
                pay.append(term)
                yield term
    if inputs.overheads is not None:
        share = factors.share(OVERHEAD_SHARE)
        for term in pay:
            yield replace(
                term,
                name="overheads",
                label=inputs.overheads.label,
                part=f"on {term.label}: {term.part}",
                factors=(*term.factors, share),
                heading=inputs.overheads.heading,
            )


def _line(drawn: Drawn, inputs: LedgerInputs, column: int, line: CostLine) -> Term:
    """What the terms of a line have in common."""
    raised = inputs.optimism_bias.cost_factor(line.unit_cost.grade)
    in_kind = line.type == "in_kind"
    return Term(
        side="cost",
        column=column,
        name=line.name,
        label=line.label,
        part="",
        unit=_unit(inputs.quantities, line),
        factors=(),
        each=1.0,
        price_year=line.unit_cost.price_year,
        schedule=inputs.schedule,
        multiplier=by_draw(raised, len(drawn.values), line.name),
        kind=line.type,
        in_kind=in_kind,
        shares=(line.unit_cost.falls_on or {IN_KIND: 1.0}) if in_kind else {},
        heading=line.heading,
        is_pay=line.pay,
    )


def _bought(
    drawn: Drawn, inputs: LedgerInputs, factors: Factors, column: int, line: CostLine
) -> Term:
    """A line that is one unit cost; hours that were decided are part of its quantity."""
    parameter = drawn.resolved.parameters[line.name]
    term = _line(drawn, inputs, column, line)
    cost = factors.unit_cost(price_key(parameter, drawn.values))
    decided = DECIDED_HOURS.get(str(parameter.quantity))
    if decided is not None:
        hours = drawn.values.column(decided)
        return replace(term, factors=(cost,), multiplier=term.multiplier * hours, unit="hours")
    each = value_per(replace(line.unit_cost, value=1.0), term.unit)
    return replace(term, factors=(cost,), each=float(each))


def _paid(drawn: Drawn, line: CostLine) -> Iterator[_Paid]:
    """The posts that a line of pay pays, by salary."""
    key = price_key(drawn.resolved.parameters[line.name], drawn.values)
    if key != CENTRAL_POSTS and line.quantity != SERVICE_YEARS:
        shares = tuple(float(str(post["fte"])) for post in posts_in_order(drawn.values.stated))
        if shares:
            yield _Paid(key, shares, 1.0, sum(shares))
        return
    posts: dict[str, list[float]] = {}
    for post in drawn.values.stated[CENTRAL_POSTS]:
        if key in (CENTRAL_POSTS, str(post["pay"])):
            posts.setdefault(str(post["pay"]), []).append(float(post["fte"]))
    for salary, listed in posts.items():
        yield _Paid(salary, tuple(listed), sum(listed), 1.0)


def _pay(
    drawn: Drawn, inputs: LedgerInputs, factors: Factors, column: int, line: CostLine, paid: _Paid
) -> Iterator[Term]:
    """Salary, national insurance and pension of the posts of one salary."""
    term = _line(drawn, inputs, column, line)
    salary, pension = factors.unit_cost(paid.salary), factors.share(PENSION)
    rate, threshold = factors.insurance_rate(), factors.insurance_threshold
    above = AboveThreshold(salary, paid.shares, paid.over, threshold)
    yield replace(term, part="salary", factors=(salary,), each=paid.each)
    yield replace(term, part="national insurance", factors=(above, rate))
    yield replace(term, part="pension", factors=(salary, pension), each=paid.each)


def _unit(quantities: Quantities, line: CostLine) -> str:
    return quantities.units[quantities.position(line.quantity, line.name)]


def no_quantities(quantities: Quantities, draws: int) -> Quantities:
    """Quantities that are all nothing, for so many draws, to name lines before any is read."""
    shape = (draws, 1, 2, 1, 2, len(quantities.names))
    return replace(quantities, amounts=np.broadcast_to(np.zeros(()), shape))
