"""The sheet of unit costs: value, price year, uplift, and the price that money is made with."""

from __future__ import annotations

from dataclasses import dataclass, field

from familyflow.reports.workbook.cells import Book, Cell, Sheet
from familyflow.reports.workbook.factors import AboveThreshold, Factor
from familyflow.reports.workbook.inputs_sheet import Inputs
from familyflow.reports.workbook.kept import Kept
from familyflow.reports.workbook.typed import USED

NAME = "Unit costs"
_PRICE, _SOURCE, _MEAN = 5, 9, 10
_WIDTHS = (64, 24, 14, 10, 12, 14, 8, 12, 52, 80, 14)
_HEADS = list(
    enumerate(
        (
            *("Unit cost", "Unit", "Value in force", "Price year", "Uplift", "Price"),
            *("Grade", "Status", "Falls on", "Source", "Of the run (mean)"),
        )
    )
)


@dataclass
class Prices:
    """Where prices stand, in the price year of the results, and their values of the run."""

    cell: dict[str, Cell] = field(default_factory=dict)
    value: dict[str, float] = field(default_factory=dict)

    def keep(self, name: str, cell: Cell, value: float) -> None:
        """Remember a price."""
        self.cell[name], self.value[name] = cell, value


def above_name(above: AboveThreshold) -> str:
    """A name for pay above the threshold of posts of one salary."""
    return f"{above.salary.key}, {above.shares}, {above.each}, above the threshold"


def write_prices(book: Book, kept: Kept, inputs: Inputs) -> Prices:
    """Write the sheet; returns where the prices are."""
    year = kept.inputs.price_year
    sheet = book.sheet(NAME, f"Unit costs, brought to {year} prices", _WIDTHS)
    sheet.notes(1, "Value in force = Inputs; uplift = ratio of price levels (Inputs, below).")
    heads = [f"In {year} prices" if column == _PRICE else head for column, head in _HEADS]
    sheet.heads(3, heads)
    prices, row = Prices(), 4
    for factor in kept.factors:
        if factor.price_year:
            texts = (factor.grade, factor.status, factor.falls_on, factor.source)
            used = str(inputs.used[factor.key])
            _write(sheet, kept, inputs, prices, row, factor.key, factor, used, texts)
            row += 1
    for above in _aboves(kept):
        mean = sheet.number(row, _MEAN, above.mean, "price")
        used, told = _own_pay(above, inputs, mean), ("", "worked out", "", _told(above))
        _write(sheet, kept, inputs, prices, row, above_name(above), above, used, told)
        row += 1
    sheet.freeze(3)
    return prices


def _write(
    sheet: Sheet,
    kept: Kept,
    inputs: Inputs,
    prices: Prices,
    row: int,
    name: str,
    factor: Factor | AboveThreshold,
    used: str,
    told: tuple[str, ...],
) -> None:
    salary = factor.salary if isinstance(factor, AboveThreshold) else factor
    label = salary.label if salary is factor else f"{salary.label}: pay above the threshold"
    sheet.texts(row, (label, salary.unit))
    in_force = sheet.formula(row, 2, used, factor.mean, "price")
    sheet.text(row, 3, salary.price_year)
    to, year = kept.inputs.price_year, salary.price_year
    uplift = kept.inputs.deflators.factor(year, to)
    levels = f"{inputs.levels[to]}/{inputs.levels[year]}"
    factored = sheet.formula(row, 4, levels, uplift, "factor")
    price = sheet.formula(row, _PRICE, f"{in_force}*{factored}", factor.mean * uplift, "price")
    *short, source = told
    sheet.texts(row, short, column=6)
    sheet.long_text(row, _SOURCE, source, _WIDTHS[_SOURCE])
    prices.keep(name, price, factor.mean * uplift)


def _aboves(kept: Kept) -> list[AboveThreshold]:
    """Pay above the threshold, of the posts of each salary once."""
    found = {
        above_name(factor): factor
        for term in kept.terms
        for factor in term.factors
        if isinstance(factor, AboveThreshold)
    }
    return list(found.values())


def _own_pay(above: AboveThreshold, inputs: Inputs, mean: Cell) -> str:
    """Worked out post by post from a salary of one's own; else the mean of the draws."""
    own, state = inputs.own[above.key], inputs.state[above.key]
    posts = "+".join(
        f"{above.shares.count(share)}*MAX(0,{own}*{share!r}-{inputs.threshold})"
        for share in dict.fromkeys(above.shares)
    )
    return f"IF({state}={USED},({posts})/{above.each!r},{mean})"


def _told(above: AboveThreshold) -> str:
    posts = ", ".join(
        f"{above.shares.count(share)} of {share:g}" for share in dict.fromkeys(above.shares)
    )
    of = "a full-time year" if above.each != 1 else "a year of these posts"
    return f"Posts by full-time share: {posts}; for {of}. The mean of the draws is a value."
