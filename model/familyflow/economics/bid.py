"""A funder's budget: cost by heading and year, what is asked and what others give, with uplift.

Full cost recovery: overheads stand in the cost as a share of direct pay. No contingency line:
growth of pay and prices is planned for instead. Nominal pounds are what a budget form wants; the
appraisal stays in real ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.economics.appraisal import Ledger
from familyflow.problems import bad_input


@dataclass(frozen=True)
class Uplift:
    """What pay and prices are multiplied by in each year of the term (year,)."""

    pay: Floats
    prices: Floats

    def __post_init__(self) -> None:
        if self.pay.shape != self.prices.shape or not (self.pay > 0).all():
            raise bad_input("uplifts are positive, one a year for pay and one for prices")


@dataclass(frozen=True)
class BudgetRow:
    """One heading, means over draws: pounds by year of the term, all of it and what is asked."""

    heading: str
    total: Floats
    asked: Floats

    @property
    def other(self) -> Floats:
        """What others pay, or nobody yet."""
        return self.total - self.asked


def growth(rate: float, years: int, already: int) -> Floats:
    """Factors of a yearly growth for so many years, the first `already` years after the base.

    >>> growth(0.03, 2, 1).round(4).tolist()
    [1.03, 1.0609]
    """
    return np.asarray((1.0 + rate) ** np.arange(already, already + years), dtype=np.float64)


def budget_rows(
    ledger: Ledger,
    headings: Sequence[str],
    asked_of: str,
    offered: Mapping[int, float],
    uplift: Uplift,
) -> list[BudgetRow]:
    """The budget in the order of the funder's headings, then any other heading of the cost lines.

    Money only: what is given in kind is no line of a budget. `asked_of` is the funder, and
    `offered` what it pays by year in nominal pounds; no year asks for more than it costs, and each
    heading of a year is asked in the same proportion.
    """
    years = ledger.inputs.term_years
    by_heading: dict[str, Floats] = {heading: np.zeros(years) for heading in headings}
    for column, row in enumerate(ledger.cost_rows):
        if row.type == "in_kind":
            continue
        real = ledger.cost[:, :, :years, column].mean(axis=(0, 1))
        factor = uplift.pay if row.is_pay else uplift.prices
        by_heading[row.heading] = by_heading.get(row.heading, np.zeros(years)) + real * factor
    total = np.asarray(sum(by_heading.values(), start=np.zeros(years)))
    grant = np.array([offered.get(year, 0.0) for year in range(years)]) if asked_of else 0.0 * total
    share = np.divide(np.minimum(grant, total), total, out=np.zeros(years), where=total > 0)
    return [BudgetRow(heading, cost, cost * share) for heading, cost in by_heading.items()]
