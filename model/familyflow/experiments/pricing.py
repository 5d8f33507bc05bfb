"""Hands the economics its inputs: quantities with the unit costs, lines and funders of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np

from familyflow.economics.adjustments import Deadweight, DeadweightMode, OptimismBias
from familyflow.economics.chain_line import Chain
from familyflow.economics.costs import Behaves, CostLine, CostType, Overheads
from familyflow.economics.dated_prices import at_nearest_year
from familyflow.economics.discounting import Schedule
from familyflow.economics.funding import Funder
from familyflow.economics.inputs import LedgerInputs
from familyflow.economics.prices import Deflators
from familyflow.economics.quantities import Quantities
from familyflow.economics.savings import BenefitLine, Cashable, Evidence
from familyflow.economics.staff import EmployerContributions, Post, loaded_cost
from familyflow.economics.unit_costs import Kind, UnitCost
from familyflow.economics.welfare import distributional_weight
from familyflow.economics.windows import Headline
from familyflow.experiments.quantities import Floats
from familyflow.experiments.quantity_names import Quantity
from familyflow.parameters.drawn_values import DrawnValues
from familyflow.parameters.parameter import Parameter
from familyflow.planning.team import CENTRAL_POSTS, PAY, posts_in_order
from familyflow.problems import bad_input

Values = DrawnValues
Parameters = Mapping[str, Parameter]

COUNCIL = ("local_authority_childrens_services", "local_authority_housing",
           "local_authority_adult_services")  # fmt: skip
STAFF = "unit_costs.staff."
OVERHEAD_SHARE = STAFF + "overhead_share"
UNGRADED = "E"  # a number that somebody chose and did not grade counts as the weakest
SERVICE_YEARS = "service_years"
OF_PROGRAMMES = ("groups_run.", "group_meetings.", "activity_dates.", "activity_attended.")
DECIDED_HOURS = {
    "play_supervision_hours": "service.team.play_supervision_hours",
    "strategy_group_hours": "service.team.strategy_group_hours",
}


def ledger_inputs(
    parameters: Parameters, values: Values, quantities: Quantities, names: Sequence[Quantity]
) -> LedgerInputs:
    """Everything that `economics.price` needs for these draws.

    quantities: `quantities_in_order` of the names; values: of the same draws.
    """
    first = values.stated
    deflator = parameters["economy.prices.gdp_deflator"]
    return LedgerInputs(
        quantities=quantities,
        cost_lines=tuple(cost_lines(parameters, values, names)),
        benefit_lines=tuple(benefit_lines(parameters, values)),
        deflators=Deflators(first[deflator.name], deflator.note or deflator.label),
        price_year=str(first["appraisal.price_year"]),
        schedules=schedules_in(first),
        schedule=str(first["appraisal.schedule"]),
        term_years=int(first["appraisal.term_years"]),
        follow_up_years=int(first["appraisal.follow_up_years"]),
        watched_years=int(first["appraisal.watched_years"]),
        timing=str(first["appraisal.timing"]),
        window=cast(Headline, first["appraisal.window"]),
        funders=_funders(parameters, first),
        overheads=Overheads(_drawn(values, OVERHEAD_SHARE), heading="Overheads"),
        optimism_bias=_optimism_bias(values),
        council_agencies=frozenset(COUNCIL),
        first_year=str(first["appraisal.first_year"]),
        later_price_growth=float(first["economy.growth.prices_per_year"]),
        family_weight=_family_weight(first),
    )


def quantities_in_order(names: Sequence[Quantity], amounts: Floats) -> Quantities:
    """Amounts (draw, replication, arm, year, window, quantity) with the names of the last axis."""
    return Quantities(
        tuple(name.name for name in names), tuple(name.unit for name in names), amounts
    )


def _family_weight(first: Mapping[str, Any]) -> float:
    key = "economy.distribution."
    income, reference, elasticity = (
        float(first[key + name]) for name in ("family_income", "reference_income", "elasticity")
    )
    return float(distributional_weight(income, reference, elasticity))


def cost_lines(
    parameters: Parameters, values: Values, names: Sequence[Quantity]
) -> Iterator[CostLine]:
    """Every line of the service's own cost that has a quantity in this run, one number a draw."""
    there = {name.name for name in names}
    for name, parameter in parameters.items():
        if not (parameter.is_line and name.startswith("costs.")):
            continue
        if parameter.unit_cost == OVERHEAD_SHARE:  # a share of pay, not of a quantity
            continue
        line = _cost_line(parameters, values, parameter)
        # a group or activity that this scenario does not run has no quantity and no cost
        if line.quantity in there or not line.quantity.startswith(OF_PROGRAMMES):
            yield line


def benefit_lines(parameters: Parameters, values: Values) -> Iterator[BenefitLine]:
    """Every line of saving with its unit cost and shares, one number a draw."""
    for name, parameter in parameters.items():
        if not (parameter.is_line and name.startswith("benefits.")):
            continue
        key = price_key(parameter, values)
        yield BenefitLine(
            name=name,
            label=parameter.label,
            quantity=str(parameter.quantity),
            unit_cost=unit_cost_of(parameters, values, key),
            share=_share(values, parameter.share),
            cashable=_cashable(values, parameter.cashable),
            evidence=cast(Evidence, parameter.evidence or "weaker"),
            discount=parameter.discount or "",
            double_count_group=parameter.double_count_group or "",
            disjoint=bool(parameter.disjoint),
            grade=parameter.grade or UNGRADED,
            chain=_chain(values, parameter),
        )


def _chain(values: Values, line: Parameter) -> Chain | None:
    """The links of a line that is not simulated; shares named by a key are one number a draw."""
    links = line.chain
    if links is None:
        return None
    mode = "percentage_point" if line.counterfactual == "percentage_point" else "proportional"
    return Chain(
        prevalence=_share(values, links["prevalence"]),
        engagement=_share(values, links["engagement"]),
        retained=_share(values, links["retained"]),
        impact=_share(values, links["impact"]),
        deadweight=Deadweight(cast(DeadweightMode, mode), _share(values, links["deadweight"])),
        attribution=_share(values, links["attribution"]),
        units_each=float(links["units_each"]),
        unit=str(links["unit"]),
        lag_years=int(links["lag_years"]),
        saving_years=int(links["saving_years"]),
        drop_off=float(links["drop_off"]),
        fading=str(links["fading"]),
    )


def _cost_line(parameters: Parameters, values: Values, line: Parameter) -> CostLine:
    """One cost line; salaries become loaded costs, and decided hours a cost per year."""
    key, quantity = price_key(line, values), str(line.quantity)
    pay = key == CENTRAL_POSTS or parameters[key].unit == PAY
    if key == CENTRAL_POSTS:
        unit_cost = _central_posts(parameters, values)
    elif pay and quantity == SERVICE_YEARS:
        unit_cost = _central_posts(parameters, values, key)
    elif pay:
        unit_cost = _key_workers(parameters, values, key)
    else:
        unit_cost = unit_cost_of(parameters, values, key)
    if quantity in DECIDED_HOURS:
        hours = values.column(DECIDED_HOURS[quantity])
        unit_cost = replace(unit_cost, value=unit_cost.value * hours, unit="GBP per year")
        quantity = SERVICE_YEARS
    return CostLine(
        name=line.name,
        label=line.label,
        quantity=quantity,
        unit_cost=unit_cost,
        behaves=cast(Behaves, line.behaves or "fixed"),
        type=cast(CostType, line.type or "revenue"),
        heading=line.heading or "",
        pay=pay,
    )


def _key_workers(parameters: Parameters, values: Values, key: str) -> UnitCost:
    """A full-time year of the key workers' posts; part-time posts carry less insurance."""
    shares = [float(str(post["fte"])) for post in posts_in_order(values.stated)]
    loaded = _loaded(values, [(key, share) for share in shares])
    total = sum(shares)
    parameter = parameters[key]
    each = loaded / total if total else loaded
    return UnitCost(
        key,
        parameter.label,
        each,
        PAY,
        str(parameter.price_year),
        grade=parameter.grade or UNGRADED,
    )


def _central_posts(parameters: Parameters, values: Values, paid_from: str = "") -> UnitCost:
    """A year of the posts beside the key workers, each at its own salary; or of one salary's."""
    listed = [(str(p["pay"]), float(p["fte"])) for p in values.stated[CENTRAL_POSTS]]
    posts = [(key, share) for key, share in listed if paid_from in ("", key)]
    years = {str(parameters[key].price_year) for key, _ in posts}
    if len(years) > 1:
        raise bad_input(
            f"salaries of the central posts have several price years: {', '.join(sorted(years))}",
            "Give the salaries under unit_costs.staff one price year.",
            where=CENTRAL_POSTS,
        )
    grades = [parameters[key].grade or UNGRADED for key, _ in posts]
    label, unit = parameters[CENTRAL_POSTS].label, "GBP per year"
    year = years.pop() if years else str(parameters[STAFF + "national_insurance"].price_year)
    loaded = _loaded(values, posts)
    nobody = parameters[paid_from or STAFF + "national_insurance"].grade or ""
    return UnitCost(CENTRAL_POSTS, label, loaded, unit, year, grade=max(grades, default=nobody))


def _loaded(values: Values, posts: Sequence[tuple[str, float]]) -> Floats:
    """Pay, national insurance and pension of these posts (salary key, full-time share), a year."""
    rule = values.stated[STAFF + "national_insurance"]
    contributions = EmployerContributions(
        float(rule["rate"]), float(rule["threshold"]), _drawn(values, STAFF + "pension")
    )
    total = np.zeros(len(values))
    for key, share in posts:
        total = total + loaded_cost(Post(key, _drawn(values, key), share), contributions)
    return total


def unit_cost_of(parameters: Parameters, values: Values, key: str) -> UnitCost:
    """A unit cost of these draws, at the figure published nearest the year of the results."""
    parameter = parameters[key]
    value, price_year = at_nearest_year(
        _drawn(values, key),
        str(parameter.price_year),
        parameter.dated or {},
        str(values.stated["appraisal.price_year"]),
    )
    return UnitCost(
        key=key,
        label=parameter.label,
        value=value,
        unit=parameter.unit,
        price_year=price_year,
        kind=cast(Kind, parameter.kind or "fiscal"),
        falls_on=parameter.falls_on or {},
        code=parameter.code or "",
        grade=parameter.grade or UNGRADED,
        status=parameter.status or "",
        transfer=bool(parameter.transfer),
        composed_of=parameter.composed_of,
    )


def price_key(line: Parameter, values: Values) -> str:
    """The key of the line's unit cost, in the scope of unit costs that the run uses."""
    unit_cost = line.unit_cost
    assert unit_cost is not None
    return unit_cost if isinstance(unit_cost, str) else unit_cost[values.stated["costs.scope"]]


def _share(values: Values, share: float | str | Mapping[str, str] | None) -> Floats | float:
    """A share of the quantity: 1 where none is given, a number, or a parameter's, one a draw.

    Or what a parameter leaves of the whole, so that two lines divide one quantity without a rest.
    """
    if share is None:
        return 1.0
    if isinstance(share, Mapping):
        return 1.0 - _drawn(values, share["rest_of"])
    return _drawn(values, share) if isinstance(share, str) else share


def _cashable(values: Values, rule: Mapping[str, Any] | None) -> Cashable:
    if rule is None:
        return Cashable()
    step = rule.get("step")
    return Cashable(
        share=_share(values, rule["share"]),
        lag_years=int(rule.get("lag_years") or 0),
        units_per_year=float(step["units_per_year"]) if step else None,
    )


def schedules_in(first: Mapping[str, Any]) -> dict[str, Schedule]:
    """Every discount schedule among the stated values, by name."""
    prefix = "economy.discounting."
    return {
        name.removeprefix(prefix): Schedule(
            name.removeprefix(prefix),
            tuple((int(step["from_year"]), float(step["rate"])) for step in steps),
        )
        for name, steps in first.items()
        if name.startswith(prefix)
    }


def _funders(parameters: Parameters, first: Mapping[str, Any]) -> tuple[Funder, ...]:
    entry = parameters["funding.funders"]
    return tuple(
        Funder(
            name=str(row["funder"]),
            public=bool(row["public"]),
            council=bool(row["council"]),
            by_year={int(year): float(pounds) for year, pounds in row["by_year"].items()},
            price_year=str(entry.price_year),
            agency=str(row.get("agency") or ""),
            lottery=bool(row.get("lottery")),
            in_cash=first["funding.paid_as"] == "cash",
        )
        for row in first[entry.name]
    )


def _optimism_bias(values: Values) -> OptimismBias:
    first, key = values.stated, "adjustments.optimism_bias."
    return OptimismBias(
        first["appraisal.optimism_bias"],
        first[key + "costs"],
        first[key + "benefits"],
        _drawn(values, key + "reach"),
    )


def _drawn(values: Values, key: str) -> Floats:
    """One number a draw."""
    return values.column(key)
