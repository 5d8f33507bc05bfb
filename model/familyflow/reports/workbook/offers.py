"""What funders offer, as formulas over the yellow cells: real pounds, and those of each year."""

from __future__ import annotations

from familyflow.economics.funding import Funder
from familyflow.reports.workbook.input_rows import offer_key
from familyflow.reports.workbook.inputs_sheet import Inputs


def real_offer(inputs: Inputs, funder: Funder, year: int, price_year: str) -> str:
    """What a funder offers in a year of the term, in pounds of the price year of the results."""
    offered = inputs.used[offer_key(funder.name, year)]
    if funder.in_cash:  # rising prices eat into an award
        return f"{offered}/{inputs.paid[year]}"
    return f"{offered}*{inputs.levels[price_year]}/{inputs.levels[funder.price_year]}"


def paid_offer(inputs: Inputs, funder: Funder, year: int, price_year: str) -> str:
    """The same in the pounds that are paid in that year."""
    if funder.in_cash:
        return str(inputs.used[offer_key(funder.name, year)])
    return f"{real_offer(inputs, funder, year, price_year)}*{inputs.paid[year]}"
