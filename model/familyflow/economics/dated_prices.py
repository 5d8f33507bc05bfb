"""Chooses, from a price published for several years, the figure nearest the year of the results.

Some prices (places in care above all) do not move with the general price level: the published
figure nearest the years it applies to is used, and only from there is it moved by the deflator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from familyflow.economics.amounts import Amount
from familyflow.economics.prices import financial_year


def nearest_year(years: Iterable[str], wanted: str) -> str:
    """The financial year of the series nearest to the one wanted; of two as near, the later.

    >>> nearest_year(["2019/20", "2023/24"], "2021/22")
    '2023/24'
    """
    due = _first(wanted)
    return min(years, key=lambda year: (abs(_first(year) - due), -_first(year)))


def at_nearest_year(
    amount: Amount, own_year: str, dated: Mapping[str, float], wanted: str
) -> tuple[Amount, str]:
    """The amount, given in prices of its own year, as the figure of the nearest year; that year.

    Doubt goes with it: an amount above the figure of its own year is as far above, in proportion,
    that of the other year. Without a series it stays what it is.

    >>> at_nearest_year(5000.0, "2023/24", {"2019/20": 3000.0, "2023/24": 6000.0}, "2018/19")
    (2500.0, '2019/20')
    """
    if not dated:
        return amount, own_year
    year = nearest_year(dated, wanted)
    if year == own_year:
        return amount, own_year
    return amount * (dated[year] / dated[own_year]), year


def _first(year: str) -> int:
    """The first calendar year of a financial year."""
    return int(financial_year(year)[:4])
