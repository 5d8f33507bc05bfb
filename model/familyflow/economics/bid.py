"""A funder's budget: cost by heading and year, what is asked and what others give, with uplift.

Full cost recovery: overheads stand in the cost as a share of direct pay. No contingency line:
growth of pay and prices is planned for instead. Nominal pounds are what a budget form wants; the
appraisal stays in real ones. The bill of a year is shared by the one rule of `funding`: in
proportion to what each funder offers for it, and nobody pays more than that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """One heading: pounds by year of the term, all of it (the mean over draws) and what is asked.

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
    costs = budget_costs(ledger, headings, uplift)
    return shared_rows(costs, offers(ledger, uplift), asked_of)


def budget_costs(ledger: Ledger, headings: Sequence[str], uplift: Uplift) -> dict[str, Floats]:
    """Nominal pounds of each heading by year (year,), the mean over draws."""
    nominal = _nominal(ledger, uplift)
    by_heading: dict[str, Floats] = {heading: np.zeros(uplift.term_years) for heading in headings}
    for row, cost in zip(_money_rows(ledger), nominal, strict=True):
        heading = ledger.cost_rows[row].heading
        by_heading[heading] = by_heading.get(heading, np.zeros(uplift.term_years)) + _mean(cost)
    return by_heading


def offers(ledger: Ledger, uplift: Uplift) -> dict[str, Floats]:
    """Nominal pounds that each funder offers by year of the term (year,)."""
    real = funding_by_year(ledger.inputs)[:, : uplift.term_years]
    names = [funder.name for funder in ledger.inputs.funders]
    return dict(zip(names, real * uplift.prices_by_year(), strict=True))


def shared_rows(
    costs: Mapping[str, Floats], offered: Mapping[str, Floats], asked_of: str
) -> list[BudgetRow]:
    """What each heading costs, and who pays which part of each year's bill.

    A budget is a plan: the bill that is shared is the mean one, once, so nobody is missing in a
    year whose mean cost is offered. What dearer draws would leave open is told by the funding gap
    of the run. Raises InputError where there is no such funder.
    """
    if asked_of not in ("", NOBODY, *offered) and offered:
        raise bad_input(
            f"there is no funder {asked_of!r}",
            f"There are: {', '.join(offered)}.",
            where="funding.asked_of",
        )
    total = np.sum(list(costs.values()), axis=0)
    amounts = np.array([*offered.values()]).reshape(len(offered), len(total))
    shared = share_cost(total, amounts)
    asked = np.zeros_like(total)
    if asked_of in offered:
        asked = _ratio(shared.paid[..., list(offered).index(asked_of)], total)
    unfunded = _ratio(shared.unfunded, total)
    return [
        BudgetRow(heading, cost, cost * asked, cost * unfunded) for heading, cost in costs.items()
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


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.zeros_like(above), where=below != 0)


def _mean(by_year: Floats) -> Floats:
    return np.asarray(by_year.mean(axis=(0, 1)))
