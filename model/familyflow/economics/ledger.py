"""Prices a run: quantities times unit costs, in both arms, shared between those who pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.economics.appraisal import FunderRow, Ledger
from familyflow.economics.costs import CostRow, cost_prices, costs_by_year
from familyflow.economics.discounting import discount_factors
from familyflow.economics.funding import IN_KIND, UNFUNDED, Shared, funding_by_year, share_cost
from familyflow.economics.inputs import LedgerInputs, uncorrected
from familyflow.economics.savings import (
    agency_shares,
    avoided,
    cashable_by_year,
    longest_lag,
    saving_prices,
)
from familyflow.economics.windows import WINDOWS, within


def price(inputs: LedgerInputs) -> Ledger:
    """Price every quantity and lay out who pays and who saves. Simulates nothing, draws nothing."""
    bought = _prices_of_costs(inputs)
    saved = saving_prices(
        inputs.benefit_lines,
        inputs.quantities,
        inputs.deflators,
        inputs.price_year,
        inputs.optimism_bias,
    )
    cost = costs_by_year(inputs.cost_lines, inputs.quantities, bought, inputs.overheads)
    planned = cost if inputs.optimism_bias.mode == "none" else _planned(inputs)
    fewer = avoided(
        inputs.benefit_lines, inputs.quantities, inputs.follow_up_years, inputs.watched_years
    )
    rows = _cost_rows(inputs)
    shared = _share(inputs, cost, rows)
    return Ledger(
        inputs=inputs,
        cost_rows=rows,
        funder_rows=_funder_rows(inputs),
        agencies=agency_shares(inputs.benefit_lines),
        cost=cost,
        planned=planned,
        avoided=fewer,
        saving=fewer * saved[:, np.newaxis, np.newaxis, np.newaxis, :],
        cashable=_cashable(inputs, fewer, saved),
        paid=_paid(cost, rows, shared),
        surplus=shared.surplus,
        cost_prices=bought,
        saving_prices=saved,
        cost_discount=_cost_discount(inputs),
        saving_discount=_saving_discount(inputs),
        warnings=_warnings(inputs, shared),
    )


def price_again(ledger: Ledger, inputs: LedgerInputs) -> Ledger:
    """As `price(inputs)`, for inputs that differ from the ledger's in window or discounting alone.

    Neither moves what is bought, who pays for it, what is avoided or what cash it releases: only
    how that is counted. `discounting` is `schedules`, `schedule` and the `discount` of lines.
    """
    return replace(
        ledger,
        inputs=inputs,
        cashable=_with_parts({name: ledger.cashable[name] for name in WINDOWS}, inputs),
        cost_discount=_cost_discount(inputs),
        saving_discount=_saving_discount(inputs),
    )


def _planned(inputs: LedgerInputs) -> Floats:
    """Costs before any correction for optimism."""
    bought = _prices_of_costs(uncorrected(inputs))
    return costs_by_year(inputs.cost_lines, inputs.quantities, bought, inputs.overheads)


def _prices_of_costs(inputs: LedgerInputs) -> Floats:
    return cost_prices(
        inputs.cost_lines,
        inputs.quantities,
        inputs.deflators,
        inputs.price_year,
        inputs.optimism_bias,
    )


def _cost_rows(inputs: LedgerInputs) -> tuple[CostRow, ...]:
    rows = tuple(line.row for line in inputs.cost_lines)
    return (*rows, inputs.overheads.row) if inputs.overheads else rows


def _funder_rows(inputs: LedgerInputs) -> tuple[FunderRow, ...]:
    """The funders in their order, then those who give in kind, then what nobody funds."""
    named = [
        FunderRow(
            funder.name,
            funder.public,
            funder.council,
            funder.agency or funder.name,
            funder.lottery,
        )
        for funder in inputs.funders
    ]
    rest = [FunderRow(name, False, False, name) for name in (IN_KIND, UNFUNDED)]
    return (*named, *rest)


def _share(inputs: LedgerInputs, cost: Floats, rows: tuple[CostRow, ...]) -> Shared:
    money = np.array([row.type != "in_kind" for row in rows], dtype=bool)
    return share_cost(np.asarray(cost[..., money].sum(axis=-1)), funding_by_year(inputs))


def _paid(cost: Floats, rows: tuple[CostRow, ...], shared: Shared) -> Floats:
    in_kind = np.array([row.type == "in_kind" for row in rows], dtype=bool)
    given = cost[..., in_kind].sum(axis=-1, keepdims=True)
    return np.concatenate([shared.paid, given, shared.unfunded[..., np.newaxis]], axis=-1)


def _cashable(inputs: LedgerInputs, fewer: Floats, saved: Floats) -> Mapping[str, Floats]:
    """Cash by window. In the budget window only what is released within the term counts."""
    lines, term = inputs.benefit_lines, inputs.term_years
    cash = {
        window: cashable_by_year(lines, within(fewer, window, inputs.window, term), saved)
        for window in WINDOWS
    }
    cash["budget"][:, :, term:] = 0.0
    return _with_parts(cash, inputs)


def _with_parts(cash: Mapping[str, Floats], inputs: LedgerInputs) -> Mapping[str, Floats]:
    """Cash by window, and the parts of the headline's in and after the term."""
    term = inputs.term_years
    before, after = cash[inputs.window].copy(), cash[inputs.window].copy()
    before[:, :, term:] = 0.0
    after[:, :, :term] = 0.0
    return {**cash, "within_term": before, "after_term": after}


def _cost_discount(inputs: LedgerInputs) -> Floats:
    """Discount factors (year,) of costs."""
    schedule = inputs.schedules[inputs.schedule]
    return discount_factors(schedule, inputs.quantities.years, inputs.timing)


def _saving_discount(inputs: LedgerInputs) -> Floats:
    """Discount factors (year + longest lag, line): each line by its own schedule."""
    years = inputs.quantities.years + longest_lag(inputs.benefit_lines)
    by_schedule = {
        name: discount_factors(schedule, years, inputs.timing)
        for name, schedule in inputs.schedules.items()
    }
    factors = np.ones((years, len(inputs.benefit_lines)))
    for column, line in enumerate(inputs.benefit_lines):
        factors[:, column] = by_schedule[line.discount or inputs.schedule]
    return factors


def _warnings(inputs: LedgerInputs, shared: Shared) -> tuple[str, ...]:
    """What a reader must know: years in which funding falls short of the mean cost."""
    short = shared.unfunded.mean(axis=(0, 1))
    if not inputs.funders and short.any():
        return ("No funder is named: the whole cost is unfunded.",)
    return tuple(
        f"Funding is short of cost in year {year}: GBP {pounds:,.0f} is unfunded on average."
        for year, pounds in enumerate(short)
        if pounds > 0.5
    )
