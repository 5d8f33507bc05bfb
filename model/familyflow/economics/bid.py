"""A funder's budget: cost by heading and year, what is asked and what others give, with uplift.

Full cost recovery: overheads stand in the cost as a share of direct pay. No contingency line:
growth of pay and prices is planned for instead. Nominal pounds are what a budget form wants; the
appraisal stays in real ones. The bill of a year is shared by the one rule of `funding`: in
proportion to what each funder offers for it, and nobody pays more than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.economics.appraisal import Ledger
from familyflow.economics.funding import funding_by_year, share_cost
from familyflow.economics.uplift import Uplift
from familyflow.problems import bad_input

NOBODY = "nobody"  # the budget only shows what the funders give


@dataclass(frozen=True)
class BudgetRow:
    """One heading, means over draws: pounds by year of the term, all of it and what is asked.

    unfunded: what nobody offers yet.
    """

    heading: str
    total: Floats
    asked: Floats
    unfunded: Floats

    @property
    def other(self) -> Floats:
        """What other funders pay."""
        return self.total - self.asked - self.unfunded


def budget_rows(
    ledger: Ledger, headings: Sequence[str], asked_of: str, uplift: Uplift
) -> list[BudgetRow]:
    """The budget in the order of the funder's headings, then any other heading of the cost lines.

    Money only: what is given in kind is no line of a budget. `asked_of` is the funder of whom it
    is asked (nobody where empty); each heading of a year is shared in the same proportion.
    """
    nominal = _nominal(ledger, uplift)
    total = np.asarray(sum(nominal, start=np.zeros((*ledger.planned.shape[:2], uplift.term_years))))
    asked, unfunded = _shares(ledger, asked_of, total, uplift)
    by_heading: dict[str, Floats] = {heading: np.zeros_like(total) for heading in headings}
    for row, cost in zip(_money_rows(ledger), nominal, strict=True):
        heading = ledger.cost_rows[row].heading
        by_heading[heading] = by_heading.get(heading, np.zeros_like(total)) + cost
    return [
        BudgetRow(heading, _mean(cost), _mean(cost * asked), _mean(cost * unfunded))
        for heading, cost in by_heading.items()
    ]


def _money_rows(ledger: Ledger) -> list[int]:
    return [column for column, row in enumerate(ledger.cost_rows) if row.type != "in_kind"]


def _nominal(ledger: Ledger, uplift: Uplift) -> list[Floats]:
    """Each row of money in the pounds of its year (draw, replication, year), as it is planned."""
    real = ledger.planned[:, :, : uplift.term_years]
    prices = uplift.prices_by_year()
    found, pay_real, pay_nominal = [], np.zeros(real.shape[:3]), np.zeros(real.shape[:3])
    for column in _money_rows(ledger):
        row, cost = ledger.cost_rows[column], real[..., column]
        if row.is_pay and row.price_year:
            grown = cost * uplift.pay_by_year(row.price_year)
            pay_real, pay_nominal = pay_real + cost, pay_nominal + grown
        elif row.is_pay:  # overheads, which are a share of all that pay, and stand after it
            grown = cost * _ratio(pay_nominal, pay_real)
        else:
            grown = cost * prices
        found.append(grown)
    return found


def _shares(ledger: Ledger, asked_of: str, total: Floats, uplift: Uplift) -> tuple[Floats, Floats]:
    """The parts of each year's bill that the asked funder pays, and that nobody pays yet."""
    inputs = ledger.inputs
    names = [funder.name for funder in inputs.funders]
    if asked_of not in ("", NOBODY, *names) and names:
        raise bad_input(
            f"there is no funder {asked_of!r}",
            f"There are: {', '.join(names)}.",
            where="funding.asked_of",
        )
    real = funding_by_year(inputs)[:, : uplift.term_years]
    shared = share_cost(total, real * uplift.prices_by_year())
    asked = np.zeros_like(total)
    if asked_of in names:
        asked = _ratio(shared.paid[..., names.index(asked_of)], total)
    return asked, _ratio(shared.unfunded, total)


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.zeros_like(above), where=below != 0)


def _mean(by_year: Floats) -> Floats:
    return np.asarray(by_year.mean(axis=(0, 1)))
