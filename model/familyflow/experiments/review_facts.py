"""Hands the rules of value for money their facts: lines, unit costs, ratios and years of a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from familyflow.economics.lint import Facts
from familyflow.economics.lint.facts import Claim, Horizon, Ratio
from familyflow.economics.savings import BenefitLine
from familyflow.experiments.pricing import (
    OF_PROGRAMMES,
    Parameters,
    benefit_lines,
    unit_cost_of,
)
from familyflow.experiments.quantity_names import quantities_of
from familyflow.parameters.dates import last_day
from familyflow.parameters.drawn_values import in_one
from familyflow.parameters.draws import base_values
from familyflow.parameters.parameter import Parameter

BEFORE_AFTER = "adjustments.attribution.before_after"
_HORIZON = {
    "term_years": "appraisal.term_years",
    "follow_up_years": "appraisal.follow_up_years",
    "watched_years": "appraisal.watched_years",
    "retention": "outcomes.effects.retention_per_year",
    "observed_years": "economy.checks.effects_observed",
    "longest_years": "economy.checks.longest_follow_up",
    "oldest_years": "economy.checks.oldest_prices",
}
_NEEDED = {*_HORIZON.values(), "appraisal.window", "appraisal.price_year", "costs.scope"}

Values = Mapping[str, Any]


def facts_of(parameters: Parameters, today: date | None) -> Facts:
    """The facts at the stated values. A folder without an appraisal has only dates and ratios."""
    values: Values = base_values(parameters)
    sunsets = {k: (last_day(p.sunset), p.sunset) for k, p in parameters.items() if p.sunset}
    ratios = tuple(_ratios(parameters))
    if not parameters.keys() >= _NEEDED:
        return Facts(ratios=ratios, sunsets=sunsets, today=today)
    return Facts(
        claims=tuple(_claims(parameters, values)),
        unit_costs={
            key: unit_cost_of(parameters, in_one(values), key)
            for key, parameter in parameters.items()
            if parameter.is_single_sum and not parameter.is_decision
        },
        said_of_transfer=frozenset(k for k, p in parameters.items() if p.transfer is not None),
        ratios=ratios,
        before_after=float(values.get(BEFORE_AFTER, 0.0)),
        sunsets=sunsets,
        horizon=_horizon(values),
        today=today,
    )


def _claims(parameters: Parameters, values: Values) -> Iterator[Claim]:
    quantities = quantities_of((), ())
    units = {quantity.name: quantity.unit for quantity in quantities}
    outcomes = {quantity.name for quantity in quantities if quantity.is_outcome}
    for line in benefit_lines(parameters, in_one(values)):
        entry = parameters[line.name]
        yield Claim(
            line=line,
            counterfactual=entry.counterfactual or "",
            counted_in=_counted_in(line, units),
            rate_without=_rate_without(entry, values),
            note=entry.note or "",
            has_source=entry.source is not None,
            only_with_service=line.quantity not in outcomes
            and (line.quantity in units or line.quantity.startswith(OF_PROGRAMMES)),
        )


def _counted_in(line: BenefitLine, units: Mapping[str, str]) -> str:
    return line.chain.unit if line.chain is not None else units.get(line.quantity, "")


def _rate_without(entry: Parameter, values: Values) -> float | None:
    rate = (entry.chain or {}).get("rate_without")
    return None if rate is None else float(values[rate] if isinstance(rate, str) else rate)


def _ratios(parameters: Parameters) -> Iterator[Ratio]:
    for key, parameter in parameters.items():
        is_ratio = parameter.unit.startswith("ratio") and isinstance(parameter.value, (int, float))
        if is_ratio and key.startswith("outcomes."):
            source = parameter.source
            said = [parameter.note or "", *((source.title, source.where) if source else ())]
            yield Ratio(key, float(str(parameter.value)), " ".join(said))


def _horizon(values: Values) -> Horizon:
    years = {name: float(values[key]) for name, key in _HORIZON.items()}
    return Horizon(
        window=str(values["appraisal.window"]),
        price_year=str(values["appraisal.price_year"]),
        **years,
    )
