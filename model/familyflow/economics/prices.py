"""Moves sums of money between price years with one edition of the GDP deflator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from familyflow.economics.amounts import Amount
from familyflow.problems import bad_input

_FINANCIAL_YEAR = re.compile(r"^(\d{4})[/-](\d{2}|\d{4})$")


@dataclass(frozen=True)
class Deflators:
    """An index of the general price level by financial year ("2024/25"), and its edition.

    The level of the index does not matter, only ratios between years. Editions revise the past:
    an index is used whole, never mixed with another edition.
    """

    index: Mapping[str, float]
    edition: str

    def __post_init__(self) -> None:
        for year, level in self.index.items():
            if not 0 < level < float("inf"):
                raise bad_input(
                    f"the price index for {year} is {level}; it must be above 0",
                    where=f"deflators, {self.edition}",
                )

    def factor(self, from_year: str, to_year: str) -> float:
        """What a pound of `from_year` is in pounds of `to_year`.

        >>> Deflators({"2008/09": 100.0, "2024/25": 125.0}, "an example").factor(
        ...     "2008/09", "2024/25")
        1.25
        """
        return self._level(to_year) / self._level(from_year)

    def _level(self, year: str) -> float:
        level = self._levels.get(financial_year(year))
        if level is None:
            years = sorted(self._levels)
            covered = f"{years[0]} to {years[-1]}" if years else "no year at all"
            raise bad_input(
                f"there is no price index for {year}",
                f"The {self.edition} edition covers {covered}.",
                where=f"deflators, {self.edition}",
            )
        return level

    @cached_property
    def _levels(self) -> Mapping[str, float]:
        return {financial_year(year): level for year, level in self.index.items()}


def uprate(pounds: Amount, deflators: Deflators, from_year: str, to_year: str) -> Amount:
    """The same sum in the prices of another year: real terms, by the general price level.

    >>> uprate(1000.0, Deflators({"2008/09": 100.0, "2024/25": 125.0}, "an example"),
    ...        "2008/09", "2024/25")
    1250.0
    """
    return pounds * deflators.factor(from_year, to_year)


@cache
def financial_year(text: str) -> str:
    """A financial year in the one spelling used here: "2024-25" and "2024/2025" are "2024/25"."""
    match = _FINANCIAL_YEAR.match(text.strip())
    if match:
        first, second = match.groups()
        if int(second) % 100 == (int(first) + 1) % 100:
            return f"{first}/{int(second) % 100:02d}"
    raise bad_input(
        f"{text!r} is not a financial year",
        "Write two years that follow each other, e.g. 2024/25.",
        where="price year",
    )


def financial_year_index(calendar: Mapping[int, float]) -> dict[str, float]:
    """An index by financial year from one by calendar year.

    Three quarters of the first year and one of the next, for every year whose successor is there.
    """
    return {
        f"{year}/{(year + 1) % 100:02d}": 0.75 * calendar[year] + 0.25 * calendar[year + 1]
        for year in sorted(calendar)
        if year + 1 in calendar
    }
