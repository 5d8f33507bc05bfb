"""The table of a budget that shares each year's bill: in proportion to offers, and no more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.economics.funding import share_cost
from familyflow.reports.words import asked_whom, payer
from familyflow.reports.workbook.budget_plan import Plan
from familyflow.reports.workbook.cells import Cell, Sheet
from familyflow.reports.workbook.inputs_sheet import Inputs
from familyflow.reports.workbook.offers import paid_offer


@dataclass(frozen=True)
class Shares:
    """Where the shares of each year's bill stand: what is asked, and what nobody offers."""

    asked: list[Cell]
    unfunded: list[Cell]


def write_shares(
    sheet: Sheet, plan: Plan, inputs: Inputs, bill: list[Cell], row: int
) -> tuple[Shares, int]:
    """Write the table with its heads in a row; returns the shares, and the last row.

    bill: where the cost of each year stands.
    """
    years = range(plan.years)
    heads = ["Who pays which part of a year", *(f"Year {year + 1}" for year in years)]
    sheet.heads(row, heads, numbers=1)
    base, total = plan.kept.inputs.price_year, np.sum([row.total for row in plan.rows], axis=0)
    offers: dict[str, list[Cell]] = {}
    for funder in plan.funders:
        row += 1
        formulas = [paid_offer(inputs, funder, year, base) for year in years]
        label = f"Offered by {payer(funder.name)}"
        offers[funder.name] = _write(sheet, row, label, formulas, plan.offered[funder.name])
    amounts = np.array([*plan.offered.values()]).reshape(len(offers), plan.years)
    added = ["+".join(str(cells[year]) for cells in offers.values()) or "0" for year in years]
    offered = _write(sheet, row + 1, "All offers", added, amounts.sum(axis=0), "total")
    shared = share_cost(total, amounts)
    covered = [f"MAX(-{most},MIN({cost},{most}))" for most, cost in zip(offered, bill, strict=True)]
    label = "Paid: the cost, but no more than all offers"
    paid = _write(sheet, row + 2, label, covered, total - shared.unfunded)
    asked_value, asked = np.zeros(plan.years), ["0"] * plan.years
    if plan.asked_of in offers:
        asked = [_asked(offers[plan.asked_of][y], offered[y], paid[y], bill[y]) for y in years]
        place = list(offers).index(plan.asked_of)
        asked_value = _ratio(shared.paid[:, place], total)
    left = [f"IF({bill[y]}=0,0,({bill[y]}-{paid[y]})/{bill[y]})" for y in years]
    label = f"Share asked of {asked_whom(plan.asked_of)}"
    return Shares(
        _write(sheet, row + 3, label, asked, asked_value, "share"),
        _write(sheet, row + 4, "Share without a funder", left, _ratio(shared.unfunded, total),
               "share"),
    ), row + 4  # fmt: skip


def _asked(offer: Cell, offered: Cell, paid: Cell, cost: Cell) -> str:
    """A funder's part of what is paid, over the cost; nothing of nothing."""
    return f"IF(OR({cost}=0,{offered}<=0),0,{paid}*{offer}/{offered}/{cost})"


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.zeros_like(above), where=below != 0)


def _write(
    sheet: Sheet, row: int, label: str, formulas: list[str], values: Floats, form: str = "money"
) -> list[Cell]:
    """A row of formulas with what they give."""
    sheet.text(row, 0, label, "total" if form == "total" else "text")
    return [
        sheet.formula(row, 1 + year, formula, float(values[year]), form)
        for year, formula in enumerate(formulas)
    ]
