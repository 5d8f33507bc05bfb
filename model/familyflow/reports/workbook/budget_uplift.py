"""The table of a budget that brings pay and prices to the pounds of each year."""

from __future__ import annotations

from dataclasses import dataclass, field

from familyflow.economics.amounts import Floats
from familyflow.economics.uplift import years_between
from familyflow.reports.workbook.budget_plan import Plan
from familyflow.reports.workbook.cells import Cell, Sheet
from familyflow.reports.workbook.inputs_sheet import Inputs
from familyflow.reports.workbook.kept import PAY_GROWTH
from familyflow.reports.workbook.terms import Term


@dataclass
class Levels:
    """Where the pounds of each year stand for one of the price year: prices, and pay by scale."""

    prices: list[Cell]
    pay: dict[str, list[Cell]] = field(default_factory=dict)

    def of(self, term: Term) -> list[Cell]:
        """Those by which a term grows."""
        return self.pay[term.price_year] if term.is_pay else self.prices


def write_uplift(sheet: Sheet, plan: Plan, inputs: Inputs, row: int) -> tuple[Levels, int]:
    """Write the table with its heads in a row; returns where it stands, and its last row."""
    base, years = plan.kept.inputs.price_year, range(plan.years)
    title = f"Annual uplift, from {base} prices"
    sheet.heads(row, [title, *(f"Year {year + 1}" for year in years)], numbers=1)
    growth = inputs.used[PAY_GROWTH]
    rate = [str(growth)] * plan.years
    prices = [str(cell) for cell in inputs.paid]
    _write(sheet, row + 1, "Growth of pay in a year (Inputs)", rate, plan.kept.pay_growth, "share")
    label = f"Prices: pounds of the year for one of {base}"
    levels = Levels(_write(sheet, row + 2, label, prices, plan.uplift.prices_by_year()))
    row += 2
    for scale in plan.salary_years:
        row += 1
        label = f"Pay: pounds of the year for one of {base} (scale of {scale})"
        already = years_between(scale, plan.uplift.first_year)
        published = f"{inputs.levels[scale]}/{inputs.levels[base]}"
        pay = [f"{published}*(1+{growth})^({already + year})" for year in years]
        levels.pay[scale] = _write(sheet, row, label, pay, plan.uplift.pay_by_year(scale))
    return levels, row


def _write(
    sheet: Sheet,
    row: int,
    label: str,
    formulas: list[str],
    values: Floats | float,
    form: str = "factor",
) -> list[Cell]:
    """A row of formulas; values: what they give, one for all where it is one."""
    sheet.text(row, 0, label)
    given = [values] * len(formulas) if isinstance(values, float) else values.tolist()
    return [
        sheet.formula(row, 1 + year, formula, value, form)
        for year, (formula, value) in enumerate(zip(formulas, given, strict=True))
    ]
