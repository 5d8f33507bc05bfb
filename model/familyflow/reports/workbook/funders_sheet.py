"""The sheet of funders: each year's cost shared in proportion to what they offer, draw by draw.

No funder pays more than it offers, so what is left without a funder is counted in every draw.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.economics.funding import UNFUNDED
from familyflow.reports.words import payer
from familyflow.reports.workbook.cash_flow_sheet import Money
from familyflow.reports.workbook.cells import Book, Cell, Sheet, reference
from familyflow.reports.workbook.draws_layout import DrawsLayout
from familyflow.reports.workbook.flows import Flows, weights_of
from familyflow.reports.workbook.inputs_sheet import Inputs
from familyflow.reports.workbook.offers import real_offer
from familyflow.reports.workbook.present_sheet import Discount
from familyflow.reports.workbook.quantities_sheet import year_heads

NAME = "Funders"
_FIRST = 1  # column of year 1
A_HUNDREDTH_OF_A_PENNY = 1e-4
_NOTES = (
    "Offers follow Inputs, in pounds of the price year. The cost of a year is shared in proportion "
    "to them, and nobody pays more: so the part without a funder is counted in every draw (Draws).",
    "With a number of your own on pay or prices each draw's cost moves as its mean does: the part "
    "without a funder is then close, and the run priced again has it to the penny. So it is with "
    "an offer of your own where pounds stand beyond the draws shown.",
)


@dataclass
class Paid:
    """Who pays what, present value by year: cells and values by funder, nobody among them.

    agencies: the agency in whose name each funder also saves.
    """

    cells: dict[str, list[Cell]] = field(default_factory=dict)
    values: dict[str, Floats] = field(default_factory=dict)
    agencies: dict[str, str] = field(default_factory=dict)


def write_funders(
    book: Book,
    money: Money,
    flows: Flows,
    layout: DrawsLayout,
    discount: Discount,
    inputs: Inputs,
) -> Paid:
    """Write the sheet; returns where the present value of what each pays stands."""
    kept = money.kept
    sheet = book.sheet(NAME, f"Funders: who pays, by year, {kept.inputs.price_year} prices", (48,))
    sheet.worksheet.set_column(_FIRST, _FIRST + kept.years, 13)
    sheet.notes(1, *_NOTES)
    years = layout.costs[0].years
    made = _Maker(sheet, money, flows, layout, discount, inputs, years)
    paid = made.write()
    sheet.freeze(0)
    return paid


@dataclass
class _Maker:
    """Writes the tables of the sheet below one another."""

    sheet: Sheet
    money: Money
    flows: Flows
    layout: DrawsLayout
    discount: Discount
    inputs: Inputs
    years: int
    row: int = 4

    def write(self) -> Paid:
        """Offers, cost, what each pays, and its present value."""
        funding = self.layout.kept.by_draw.funding
        names = [row.name for row in funding.rows]
        offered = funding.offered[:, : self.years]
        offers = [self._formulas(name, self._offered(name, pounds), pounds) for name, pounds in
                  zip(self._table("Offered", names), offered, strict=True)]  # fmt: skip
        total_value = offered.sum(axis=0) if len(offered) else np.zeros(self.years)
        total = self._formulas(
            "All offers", ["+".join(str(cells[y]) for cells in offers) or "0"
                           for y in range(self.years)], total_value, "total"
        )  # fmt: skip
        cost, cost_value = self._cost()
        without, without_value = self._unfunded(cost, cost_value, total, total_value)
        paid = Paid()
        shares = zip(self._table("Paid, not discounted", names), offers, offered, strict=True)
        covered = cost_value - without_value
        flat: list[tuple[str, list[Cell], Floats]] = []
        for name, cells, pounds in shares:
            part = np.divide(pounds, total_value, out=np.zeros(self.years), where=total_value > 0)
            formulas = [
                f"IF({total[y]}>0,{cells[y]}/{total[y]},0)*({cost[y]}-{without[y]})"
                for y in range(self.years)
            ]
            flat.append((name, self._formulas(name, formulas, part * covered), part * covered))
        flat.append((UNFUNDED, without, without_value))
        for (name, cells, value), shown in zip(
            flat, self._table("Paid, present value", [name for name, *_ in flat]), strict=True
        ):
            self._present(paid, name, shown, cells, value)
        paid.agencies = {row.name: row.agency for row in funding.rows} | {UNFUNDED: UNFUNDED}
        return paid

    def _offered(self, name: str, pounds: Floats) -> list[str]:
        """What a funder offers by year; only years of the term have a yellow cell."""
        ledger = self.money.kept.inputs
        funder = next(one for one in ledger.funders if one.name == name)
        return [
            real_offer(self.inputs, funder, year, ledger.price_year)
            if year < ledger.term_years
            else repr(float(amount))
            for year, amount in enumerate(pounds)
        ]

    def _table(self, title: str, names: list[str]) -> list[str]:
        """The heads of a further table; returns the names of its rows, which follow."""
        self.row += 2
        self.sheet.text(self.row, 0, title, "head")
        year_heads(self.sheet, self.row, self.years, _FIRST)
        self.sheet.text(self.row, _FIRST + self.years, "Total", "head_number")
        return names

    def _line(self, name: str, pounds: list[float], form: str) -> list[Cell]:
        """A row of values and their sum."""
        self.row += 1
        self.sheet.text(self.row, 0, payer(name))
        cells = [
            self.sheet.number(self.row, _FIRST + year, amount, form)
            for year, amount in enumerate(pounds)
        ]
        self._across(float(sum(pounds)))
        return cells

    def _formulas(
        self, name: str, formulas: list[str], values: Floats, form: str = "money"
    ) -> list[Cell]:
        """A row of formulas and their sum."""
        self.row += 1
        self.sheet.text(self.row, 0, payer(name), "head" if form == "total" else "text")
        cells = [
            self.sheet.formula(self.row, _FIRST + year, formula, float(values[year]), form)
            for year, formula in enumerate(formulas)
        ]
        if form != "factor":
            self._across(float(values.sum()))
        return cells

    def _across(self, total: float) -> None:
        block = reference(NAME, (self.row, _FIRST), (self.row, _FIRST + self.years - 1))
        self.sheet.formula(self.row, _FIRST + self.years, f"SUM({block})", total, "sum")

    def _cost(self) -> tuple[list[Cell], Floats]:
        """The cost in money of each year, live."""
        self._table("Cost in money, not discounted", [])
        weights = weights_of(self.money.kept, "cost") - weights_of(
            self.money.kept, "cost", "in_kind"
        )
        values = np.asarray(weights @ self.flows.flow)[: self.years]
        mark = self.money.mark("cost", "in_kind")
        formulas = [
            f"SUMPRODUCT({self.money.flow('cost', year)},1-{mark})" for year in range(self.years)
        ]
        return self._formulas("Cost of the year", formulas, values), values

    def _unfunded(
        self, cost: list[Cell], cost_value: Floats, total: list[Cell], total_value: Floats
    ) -> tuple[list[Cell], Floats]:
        """What nobody pays: of the draws shown, and the little that they cannot tell."""
        draws = self.layout.costs[0].pounds
        mean = draws.mean(axis=0)
        blocks = [self.layout.column(self.layout.costs[0].column + y) for y in range(self.years)]
        scale_value = np.divide(cost_value, mean, out=np.ones(self.years), where=mean != 0)
        scale = self._formulas(
            "Cost of the year against the mean of the draws shown",
            [f"IF(AVERAGE({block})=0,1,{cost[y]}/AVERAGE({block}))"
             for y, block in enumerate(blocks)],
            scale_value, "factor",
        )  # fmt: skip
        moved = draws * scale_value
        over = np.where(moved > total_value, moved - total_value, 0.0)
        over = over + np.where(moved < -total_value, moved + total_value, 0.0)
        known = over.mean(axis=0)
        exact = self.layout.kept.by_draw.funding.unfunded[: self.years]
        beyond = np.where(np.abs(exact - known) < A_HUNDREDTH_OF_A_PENNY, 0.0, exact - known)
        rest = self._line(
            "Without a funder, beyond the draws shown (a value)", beyond.tolist(), "money"
        )
        formulas = []
        for y, block in enumerate(blocks):
            pounds, most = f"{block}*{scale[y]}", total[y]
            formulas.append(
                f"(SUMPRODUCT(({pounds}>{most})*({pounds}-{most}))"
                f"+SUMPRODUCT(({pounds}<-{most})*({pounds}+{most})))/ROWS({block})+{rest[y]}"
            )
        return self._formulas(UNFUNDED, formulas, exact), exact

    def _present(self, paid: Paid, name: str, shown: str, cells: list[Cell], value: Floats) -> None:
        schedule = self.money.kept.inputs.schedule
        factors = self.discount.cells[schedule]
        present = value * self.discount.value[schedule][: self.years]
        formulas = [f"{cell}*{factors[year]}" for year, cell in enumerate(cells)]
        paid.cells[name] = self._formulas(shown, formulas, present)
        paid.values[name] = present
