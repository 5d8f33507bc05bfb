"""The headline of the Greater Manchester model: fiscal return, payback, public value, agencies."""

from __future__ import annotations

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.economics.payback import NOT_WITHIN_HORIZON, payback
from familyflow.reports.workbook.agencies_sheet import Totals
from familyflow.reports.workbook.cash_flow_sheet import Money
from familyflow.reports.workbook.cells import Cell, Sheet
from familyflow.reports.workbook.summary_sheet import Headline

_SHOWN = {
    "cost": ("Cost, present value", "money"),
    "fiscal_saving": ("Fiscal saving, present value", "money"),
    "fiscal_return": ("Fiscal return on investment: saving for each pound of cost", "ratio"),
    "public_value": ("Public value (fiscal, economic and social), present value", "money"),
    "benefit_cost_ratio": ("Public value benefit-cost ratio", "ratio"),
}


def write_headline(
    sheet: Sheet, row: int, money: Money, headline: Headline, totals: Totals
) -> None:
    """Write the headline from a row on: figures, payback with its rows, and who saves."""
    sheet.heads(row, ("Headline, live", "", "", "", "Figure"), numbers=4)
    for name, (label, form) in _SHOWN.items():
        row += 1
        sheet.text(row, 0, label)
        sheet.formula(row, 4, str(headline.live[name]), headline.live_value[name], form)
    row += 1
    sheet.text(row, 0, "Net present budget impact: cost less fiscal saving (below 0: it saves)")
    cost, saving = headline.live["cost"], headline.live["fiscal_saving"]
    impact = 0.0 - float(headline.live_value["net_saving"])
    sheet.formula(row, 4, f"{cost}-{saving}", impact)
    row = _write_payback(sheet, row + 1, totals)
    sheet.heads(row + 2, ("Who saves", "", "", "", "Fiscal saving", "Share of it"), numbers=4)
    for agency, (cell, value) in totals.savers.items():
        row += 1
        sheet.text(row + 2, 0, money.kept.titles.get(agency, agency))
        part = sheet.formula(row + 2, 4, str(cell), value)
        whole = float(headline.live_value["fiscal_saving"])
        share = value / whole if whole > 0 else 0.0
        sheet.formula(row + 2, 5, f"IF({saving}>0,{part}/{saving},0)", share, "share")


def _write_payback(sheet: Sheet, row: int, totals: Totals) -> int:
    """Years until the saving has overtaken the cost for good; returns the last row of it.

    A row of helpers says by year whether the total is still below zero: plain formulas, which
    every program works out alike.
    """
    flow = totals.net_value
    total = np.cumsum(flow)
    rounding = 1e-12 * float(np.abs(flow).sum())
    sheet.text(row + 1, 0, "Years with a total below zero, the last of them counts")
    sheet.text(row + 2, 0, "Payback in that year, as a part of a year")
    size = "+".join(f"ABS({cell})" for cell in totals.net)
    limit = sheet.formula(row + 3, 4, f"-0.000000000001*({size})", -rounding, "plain")
    sheet.text(row + 3, 0, "What counts as zero")
    for year, cell in enumerate(totals.so_far):
        below = float(year + 1) if total[year] < -rounding else 0.0
        sheet.formula(row + 1, 4 + year, f"IF({cell}<{limit},{year + 1},0)", below, "whole")
        if year + 1 < len(totals.net):
            into = f"IF({totals.net[year + 1]}=0,0,-{cell}/{totals.net[year + 1]})"
            part = _part(total, flow, year)
            sheet.formula(row + 2, 4 + year, into, part, "ratio")
    last_column = 4 + len(totals.so_far) - 1
    helpers = [f"{Cell(sheet.name, r, 4)}:{Cell(sheet.name, r, last_column)}".replace(
        f":'{sheet.name}'!", ":") for r in (row + 1, row + 2)]  # fmt: skip
    last = f"MAX({helpers[0]})"
    never = f'"{NOT_WITHIN_HORIZON}"'
    formula = f"IF({last}=0,0,IF({last}={len(flow)},{never},{last}-1+INDEX({helpers[1]},1,{last})))"
    found = payback(flow)
    sheet.text(row, 0, "Payback, years from the start of the term (discounted)")
    value = NOT_WITHIN_HORIZON if found.value is None else found.value
    sheet.formula(row, 4, formula, value, "ratio")
    return row + 3


def _part(total: Floats, flow: Floats, year: int) -> float:
    return float(-total[year] / flow[year + 1]) if flow[year + 1] else 0.0
