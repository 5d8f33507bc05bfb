"""Who pays, who saves and who must act, by budget year, with the year the grant ends in sight.

Whole pounds of the price year, undiscounted: what budget holders see. Costs and savings are those
of the headline's window; cash is counted in the year in which it could be released.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.economics.appraisal import FunderRow, Ledger


@dataclass(frozen=True)
class Party:
    """A payer or a saver, means over draws: pounds by year, paid below zero, saved above.

    cash: the part that could be taken out of a budget, in the year it could be; year counts from
    0. first_cash_year is the first in which some could be; None when there is none.
    """

    name: str
    role: str  # pays, or saves
    by_year: Floats
    cash: Floats
    first_cash_year: int | None


@dataclass(frozen=True)
class Net:
    """Savings less payments of a group of budgets (draw, replication, year), undiscounted."""

    name: str
    by_year: Floats


def parties(ledger: Ledger) -> list[Party]:
    """Every funder that pays and every agency that saves, evidence of weaker lines left out."""
    found = []
    years = years_shown(ledger)
    paid = _over(ledger.counted(ledger.paid).mean(axis=(0, 1)), years)
    for column, row in enumerate(ledger.funder_rows):
        if paid[:, column].any():
            nothing = np.zeros(years)
            found.append(Party(row.name, "pays", 0.0 - paid[:, column], nothing, None))
    for agency in ledger.agencies:
        weights = ledger.weights("fiscal", agency=agency)
        saved = ledger.saving_by_year(weights, discounted=False).mean(axis=(0, 1))
        cash = ledger.cashable_by_year(weights, discounted=False).mean(axis=(0, 1))
        if saved.any():
            found.append(
                Party(agency, "saves", _over(saved, years), _over(cash, years), _first(cash))
            )
    return found


def nets(ledger: Ledger) -> list[Net]:
    """The council's budget, all public ones, those with the Lottery's, and every funder's.

    A Lottery grant is public money but no tax: with it and without it both stand here.
    """
    council = sum(
        (
            shares
            for name, shares in ledger.agencies.items()
            if name in ledger.inputs.council_agencies
        ),
        start=np.zeros(len(ledger.inputs.benefit_lines)),
    )
    fiscal, years = ledger.weights("fiscal"), years_shown(ledger)
    everyone = ledger.saving_by_year(fiscal, discounted=False)
    of_council = ledger.saving_by_year(fiscal * council, discounted=False)
    groups: list[tuple[str, Floats, Callable[[FunderRow], bool]]] = [
        ("council", of_council, lambda row: row.council),
        ("public_without_lottery", everyone, lambda row: row.public and not row.lottery),
        ("public_with_lottery", everyone, lambda row: row.public),
        ("every_funder", everyone, lambda row: True),
    ]
    return [
        Net(name, _over((saving - _paid_by(ledger, counts)).T, years).T)
        for name, saving, counts in groups
    ]


def years_shown(ledger: Ledger) -> int:
    """Years from the first of the term to the last in which anything is paid, saved or released."""
    inputs = ledger.inputs
    fiscal = ledger.weights("fiscal")
    flows = (
        ledger.cost_by_year(discounted=False),
        ledger.saving_by_year(fiscal, discounted=False),
        ledger.cashable_by_year(fiscal, discounted=False),
    )
    last = max(int(np.flatnonzero(flow.any(axis=(0, 1))).max(initial=-1)) for flow in flows)
    return max(last + 1, inputs.term_years)


def _paid_by(ledger: Ledger, counts: Callable[[FunderRow], bool]) -> Floats:
    columns = [column for column, row in enumerate(ledger.funder_rows) if counts(row)]
    return np.asarray(ledger.counted(ledger.paid)[..., columns].sum(axis=-1))


def _over(flow: Floats, years: int) -> Floats:
    """The first years of a flow (year, ...), with nothing after its end."""
    shown = np.zeros((years, *flow.shape[1:]))
    shown[: len(flow)] = flow[:years]
    return shown


def _first(cash: Floats) -> int | None:
    """The first year in which at least a pound could be released, on average."""
    years = np.flatnonzero(cash >= 1.0)
    return int(years[0]) if len(years) else None
