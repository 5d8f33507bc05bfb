"""From pounds of one price year to the pounds that will be paid in each year of the term.

Prices grow with the general price level, pay from the year of its own scale by a rate of its own.
Only a budget and a grant paid in cash need this; the appraisal stays in real pounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.economics.prices import Deflators, financial_year
from familyflow.problems import bad_input


def growth(rate: float, years: int, already: int) -> Floats:
    """Factors of a yearly growth for so many years, the first `already` years after the base.

    >>> growth(0.03, 2, 1).round(4).tolist()
    [1.03, 1.0609]
    """
    return np.asarray((1.0 + rate) ** np.arange(already, already + years), dtype=np.float64)


@dataclass(frozen=True)
class Uplift:
    """How pay and prices grow from the price year of the results to each year of the term.

    deflators: an index with its forecast; beyond its last year prices grow by `later_prices` a
    year. pay: growth a year (a share), from the year of the salary scale.
    """

    deflators: Deflators
    price_year: str
    first_year: str
    term_years: int
    pay: float = 0.0
    later_prices: float = 0.0

    def __post_init__(self) -> None:
        if min(self.pay, self.later_prices) <= -1.0:
            raise bad_input(
                f"pay grows by {self.pay:g} and prices by {self.later_prices:g} a year",
                "Growth is above -1: nothing is left at -1.",
                where="economy.growth",
            )
        if years_between(self.price_year, self.first_year) < 0:
            raise bad_input(
                f"the term begins in {self.first_year}, before the price year {self.price_year}",
                "Give a price year no later than appraisal.first_year.",
                where="appraisal.first_year",
            )

    def prices_by_year(self) -> Floats:
        """What a pound of the price year is in pounds of each year of the term (year,)."""
        already = years_between(self.price_year, self.first_year)
        return np.array([self._level(already + year) for year in range(self.term_years)])

    def pay_by_year(self, salary_year: str) -> Floats:
        """What a pound of pay, in the price year, is in pounds of each year of the term (year,).

        The salary goes back to the pounds in which its scale was published, by the general price
        level, and grows from there: so in the year of its own scale it is what the scale says.
        """
        published = self.deflators.factor(self.price_year, salary_year)
        already = years_between(salary_year, self.first_year)
        return published * growth(self.pay, self.term_years, already)

    def _level(self, by: int) -> float:
        year, covered = later_year(self.price_year, by), self.last_covered
        beyond = max(0, years_between(covered, year))
        known = covered if beyond else year
        return self.deflators.factor(self.price_year, known) * (1.0 + self.later_prices) ** beyond

    @property
    def last_covered(self) -> str:
        """The last year of the index: beyond it prices grow by `later_prices`."""
        return max(financial_year(year) for year in self.deflators.index)


def years_between(first: str, second: str) -> int:
    """Whole years from one financial year to another; below 0 where the second is earlier.

    >>> years_between("2024/25", "2026/27")
    2
    """
    return int(financial_year(second)[:4]) - int(financial_year(first)[:4])


def later_year(year: str, by: int) -> str:
    """The financial year so many years later.

    >>> later_year("2024/25", 2)
    '2026/27'
    """
    first = int(financial_year(year)[:4]) + by
    return f"{first}/{(first + 1) % 100:02d}"


def real_from_cash(cash: Mapping[int, float], levels: Floats) -> dict[int, float]:
    """Cash by year of the term in pounds of the price year: what inflation leaves of it."""
    return {
        year: pounds / float(levels[year]) for year, pounds in cash.items() if year < len(levels)
    }
