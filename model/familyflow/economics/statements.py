"""Tables of a priced run: by agency, funder, year, line and budget heading, a number a draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.economics.appraisal import Ledger
from familyflow.economics.costs import CostRow
from familyflow.economics.funding import IN_KIND
from familyflow.economics.savings import BenefitLine


@dataclass(frozen=True)
class AgencyRow:
    """One payer or saver: present values by draw. net is fiscal saving less cost.

    in_kind: the part of the cost that is time given, in nobody's budget.
    """

    agency: str
    cost: Floats
    fiscal_saving: Floats
    cashable_saving: Floats
    in_kind: Floats

    @property
    def net(self) -> Floats:
        """Fiscal saving less cost; below zero the agency pays more than it saves."""
        return self.fiscal_saving - self.cost


@dataclass(frozen=True)
class FunderStatement:
    """What one funder pays (present value, by draw)."""

    funder: str
    public: bool
    council: bool
    paid: Floats


@dataclass(frozen=True)
class YearRow:
    """One year: cost and fiscal saving by draw."""

    year: int
    cost: Floats
    fiscal_saving: Floats
    in_budget_window: bool


def by_agency(ledger: Ledger, *, weaker: bool = False, every: bool = False) -> list[AgencyRow]:
    """Every agency that pays, gives or saves. Costs add up to the total cost, savings likewise.

    every: those of the lines and funders too for whom it comes to nothing.
    """
    paid = ledger.present_paid.mean(axis=1)
    draws = paid.shape[0]
    given = given_in_kind(ledger)
    costs = dict(given)
    for column, row in enumerate(ledger.funder_rows):
        if row.name != IN_KIND:
            costs[row.agency] = costs.get(row.agency, np.zeros(draws)) + paid[:, column]
    names = [*ledger.agencies, *(name for name in costs if name not in ledger.agencies)]
    rows = []
    for name in names:
        saves = name in ledger.agencies
        weights = ledger.weights("fiscal", weaker=weaker, agency=name) if saves else None
        saving = np.zeros(draws) if weights is None else ledger.total_saving(weights).mean(axis=1)
        cash = np.zeros(draws) if weights is None else ledger.total_cashable(weights).mean(axis=1)
        nothing = np.zeros(draws)
        rows.append(
            AgencyRow(name, costs.get(name, nothing), saving, cash, given.get(name, nothing))
        )
    return [row for row in rows if every or row.cost.any() or row.fiscal_saving.any()]


def given_in_kind(ledger: Ledger) -> dict[str, Floats]:
    """Present value of the time given, by the agency that gives it and draw.

    Whom a line falls on is said by its unit cost; where nobody is named it stands under "in kind".
    """
    cost = (ledger.counted(ledger.cost) * ledger.cost_discount[:, np.newaxis]).sum(axis=2)
    given: dict[str, Floats] = {}
    for column, line in enumerate(ledger.inputs.cost_lines):
        if line.type == "in_kind":
            pounds = cost[..., column].mean(axis=1)
            for agency, share in (line.unit_cost.falls_on or {IN_KIND: 1.0}).items():
                given[agency] = given.get(agency, np.zeros_like(pounds)) + share * pounds
    return given


def by_funder(ledger: Ledger, *, every: bool = False) -> list[FunderStatement]:
    """Every funder named; those in kind and unfunded where they are not nothing (or `every`)."""
    paid = ledger.present_paid.mean(axis=1)
    named = len(ledger.inputs.funders)
    return [
        FunderStatement(row.name, row.public, row.council, paid[:, column])
        for column, row in enumerate(ledger.funder_rows)
        if every or column < named or paid[:, column].any()
    ]


def by_year(
    ledger: Ledger, *, discounted: bool = True, weaker: bool = False, every: bool = False
) -> list[YearRow]:
    """Every year of the term and the follow-up; sums of the years are the totals.

    Later years only where something is paid or saved in them (or `every`).
    """
    cost = ledger.cost_by_year(discounted=discounted).mean(axis=1)
    weights = ledger.weights("fiscal", weaker=weaker)
    saving = ledger.saving_by_year(weights, discounted=discounted).mean(axis=1)
    term = ledger.inputs.term_years
    last = term + ledger.inputs.follow_up_years
    return [
        YearRow(year, cost[:, year], saving[:, year], year < term)
        for year in range(cost.shape[1])
        if every or year < last or cost[:, year].any() or saving[:, year].any()
    ]


@dataclass(frozen=True)
class LineRow:
    """One line of saving: quantity avoided and its worth by draw, in the headline's window.

    avoided is in the quantity's own unit and not discounted; saving and cashable are present
    values. A line on weaker evidence stands here with its mark, and outside the headline.
    """

    line: BenefitLine
    avoided: Floats
    saving: Floats
    cashable: Floats


def by_line(ledger: Ledger) -> list[LineRow]:
    """Every line of saving, of any kind and evidence."""
    fewer = ledger.units_avoided().sum(axis=2)
    rows = []
    for column, line in enumerate(ledger.inputs.benefit_lines):
        alone = np.zeros(len(ledger.inputs.benefit_lines))
        alone[column] = 1.0
        rows.append(
            LineRow(
                line,
                np.asarray(fewer[..., column].mean(axis=1)),
                np.asarray(ledger.total_saving(alone).mean(axis=1)),
                np.asarray(ledger.total_cashable(alone).mean(axis=1)),
            )
        )
    return rows


def budget(ledger: Ledger) -> list[tuple[CostRow, Floats]]:
    """Each cost row with its planned cost by draw and year, undiscounted (draw, year)."""
    cost = ledger.planned.mean(axis=1)
    return [(row, cost[:, :, column]) for column, row in enumerate(ledger.cost_rows)]


def surplus_by_year(ledger: Ledger) -> Floats:
    """Funding left over (draw, year), undiscounted: shown, never netted from cost."""
    return np.asarray(ledger.surplus.mean(axis=1))


def in_words(net_present_budget_impact: float) -> str:
    """The sign said in words: below zero the public sector spends less.

    >>> in_words(-105_243.62)
    'a saving of GBP 105,244 to public budgets'
    """
    if round(net_present_budget_impact) == 0:
        return "no change to public budgets"
    what = "a saving of" if net_present_budget_impact < 0 else "a net cost of"
    return f"{what} GBP {abs(net_present_budget_impact):,.0f} to public budgets"
