"""Who pays: a year's cost shared between funders, and what no funder covers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.economics.uplift import real_from_cash
from familyflow.problems import bad_input

if TYPE_CHECKING:
    from familyflow.economics.inputs import LedgerInputs

UNFUNDED = "unfunded"
IN_KIND = "in kind"


@dataclass(frozen=True)
class Funder:
    """Who puts in how much, by year of the term (0 is the first), in pounds of `price_year`.

    `council` money is always `public`; `lottery` money is public but no tax. `agency` is the name
    under which the funder also saves in the table by agency; its own name where it is left out.
    `in_cash`: the amounts are what is paid in each year, as an award says it, so inflation eats
    into them; `price_year` then says nothing.
    """

    name: str
    public: bool
    council: bool
    by_year: Mapping[int, float]
    price_year: str
    agency: str = ""
    lottery: bool = False
    in_cash: bool = False

    def __post_init__(self) -> None:
        if self.council and not self.public:
            raise bad_input("council money is public money", where=f"funder {self.name}")
        if self.lottery and (self.council or not self.public):
            raise bad_input(
                "Lottery money is public and not the council's",
                "Set public: true and council: false.",
                where=f"funder {self.name}",
            )
        for year, pounds in self.by_year.items():
            if year < 0 or not 0 <= pounds < float("inf"):
                raise bad_input(
                    f"{pounds} in year {year}",
                    "Years count from 0 and amounts are 0 or more.",
                    where=f"funder {self.name}",
                )


@dataclass(frozen=True)
class Shared:
    """A cost shared out: paid[..., year, funder], and what is short or left over by year.

    `unfunded` is the cost that no funder covers; `surplus` the funding that the cost leaves over.
    It is shown, never netted.
    """

    paid: Floats
    unfunded: Floats
    surplus: Floats


def share_cost(cost: Floats, funding: Floats) -> Shared:
    """Share a cost (..., year) between funders in proportion to their amounts (funder, year).

    No funder pays more than its amount. The same holds for a cost below zero (a saving in
    running the service), which is given back in the same proportions.
    """
    total = funding.sum(axis=0)
    covered = np.clip(cost, -total, total)
    shares = np.divide(funding, total, out=np.zeros_like(funding), where=total > 0)
    return Shared(
        paid=covered[..., np.newaxis] * shares.T,
        unfunded=cost - covered,
        surplus=np.maximum(0.0, total - cost),
    )


def funding_by_year(inputs: LedgerInputs) -> Floats:
    """Amounts (funder, year) in pounds of the price year; years without an amount are 0."""
    funders, years = inputs.funders, inputs.quantities.years
    amounts = np.zeros((len(funders), years))
    for row, funder in enumerate(funders):
        for year, pounds in real_amounts(funder, inputs).items():
            if year < years:
                amounts[row, year] = pounds
    return amounts


def real_amounts(funder: Funder, inputs: LedgerInputs) -> dict[int, float]:
    """What a funder offers by year of the term, in pounds of the price year."""
    if funder.in_cash:
        return real_from_cash(funder.by_year, inputs.uplift.prices_by_year())
    factor = inputs.deflators.factor(funder.price_year, inputs.price_year)
    return {year: pounds * factor for year, pounds in funder.by_year.items()}
