"""Prices every line once before anything runs: what cannot be priced is told at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple
from typing import Any

import numpy as np

from familyflow.economics import price
from familyflow.economics.costs import CostLine
from familyflow.economics.savings import BenefitLine
from familyflow.economics.unit_costs import value_per
from familyflow.experiments.placed import at_their_places
from familyflow.experiments.pricing import (
    benefit_lines,
    cost_lines,
    ledger_inputs,
    quantities_in_order,
)
from familyflow.experiments.quantity_names import Quantity, quantities_in
from familyflow.parameters.drawn_values import in_one
from familyflow.parameters.draws import base_values
from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.problems import InputError, Problems
from familyflow.scenarios.resolve import Resolved

Values = Mapping[str, Any]


def check_lines(resolved: Resolved) -> None:
    """Raise InputError for every line with an unknown quantity, a unit that does not meet it ..."""
    problems = Problems()
    for values in _under_each_rule(resolved):
        _check_each(resolved, values, quantities_in(values), problems)
    problems.raise_if_any()


def check_price(resolved: Resolved) -> None:
    """Raise InputError for what stands in the way of pricing them all together."""
    for values in _under_each_rule(resolved):
        names = quantities_in(values)
        nothing = quantities_in_order(names, np.zeros((1, 1, 2, 1, 2, len(names))))
        try:
            price(ledger_inputs(resolved.parameters, in_one(values), nothing, names))
        except InputError as error:
            raise at_their_places(error, resolved) from error


def _under_each_rule(resolved: Resolved) -> Iterator[Values]:
    """The stated values, and those with the rules under which every run is priced as well."""
    values = base_values(resolved.parameters)
    yield values
    chosen = resolved.parameters["costs.scope"]
    for scope in (scope for scope in chosen.options if scope != chosen.value):
        yield {**values, chosen.name: scope}
    yield {**values, "appraisal.optimism_bias": "haircut"}


def _check_each(
    resolved: Resolved, values: Values, names: Sequence[Quantity], problems: Problems
) -> None:
    """Whether each line's quantity is known, and its unit cost given for the unit of it."""
    units = {name.name: name.unit for name in names}
    for line in _lines(resolved, values, names, problems):
        quantity, unit = line.quantity, units.get(line.quantity)
        if unit is None:
            to_do = did_you_mean(quantity, units, otherwise=f"Known are {listed(units, most=8)}.")
            place = resolved.spot(line.name, "quantity")
            problems.add(*place, f"{line.name}: there is no quantity '{quantity}'", to_do)
            continue
        if isinstance(line, BenefitLine) and line.chain is not None:
            unit = line.chain.unit
        try:
            value_per(line.unit_cost, unit)
        except InputError as error:
            for problem in error.problems:
                what = f"{line.name}: {problem.what} ({quantity})"
                problems.add(*resolved.spot(line.name, "unit_cost"), what, problem.to_do)


def _lines(
    resolved: Resolved, values: Values, names: Sequence[Quantity], problems: Problems
) -> Iterator[CostLine | BenefitLine]:
    """Every line of cost and of saving; what cannot be made a line is noted."""
    makers: tuple[Callable[[], Iterator[CostLine | BenefitLine]], ...] = (
        lambda: cost_lines(resolved.parameters, in_one(values), names),
        lambda: benefit_lines(resolved.parameters, in_one(values)),
    )
    for make in makers:
        try:
            yield from make()
        except InputError as error:
            for problem in at_their_places(error, resolved).problems:
                problems.add(*astuple(problem))
