"""Who saves, as rows: what can be cashed stands apart from what cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from familyflow.reports.documents.clean import MOST_OF_A_NAME, clean
from familyflow.reports.documents.lines import Interval, Line, line
from familyflow.reports.words import payer, pounds

MOST_ROWS: Final = 6  # of payers or savers; the rest stand in the run's tables
LEAST: Final = 1.0  # pounds, below which a saver has nothing to tell

Results = Mapping[str, Any]


@dataclass(frozen=True)
class Saver:
    """An agency with what it saves, the cashable part, and from which year that can be cash."""

    saves: Line
    cashable: Line
    cash_from: str


def savers(results: Results, interval: Interval) -> list[Saver]:
    """What each agency saves, the largest sums first."""
    first = {str(row["party"]): row["first_cash_year"] for row in results["who_pays"]}
    rows = [
        _saver(results, place, first.get(str(row["title"])), interval)
        for place, row in enumerate(results["by_agency"])
    ]
    told = (row for row in rows if _tells(row.saves))
    return sorted(told, key=lambda row: -(row.saves.exact or 0.0))


def left_out(rows: list[Any], table: str) -> str:
    """A sentence about rows beyond those shown, or nothing."""
    more = len(rows) - MOST_ROWS
    return "" if more <= 0 else f"{more} more stand in tables/{table}.csv of the run."


def _saver(results: Results, place: int, first_year: int | None, interval: Interval) -> Saver:
    title = str(results["by_agency"][place]["title"])
    path = f"by_agency.{place}"
    cashable = line(results, title, f"{path}.cashable_saving", pounds, interval)
    cash_from = "never" if first_year is None else f"year {first_year + 1}"
    return Saver(
        line(results, _named(title), f"{path}.fiscal_saving", pounds, interval),
        cashable,
        "not told" if cashable.exact is None else cash_from,
    )


def _named(name: str) -> str:
    return clean(payer(name), MOST_OF_A_NAME)


def _tells(row: Line) -> bool:
    return abs(row.exact or 0.0) >= LEAST
