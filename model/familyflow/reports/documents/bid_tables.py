"""The tables of the cost case: their captions, columns and rows, each under a plain name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from familyflow.reports.documents import bid_rows, reached
from familyflow.reports.documents.bid_columns import COLUMNS, Column
from familyflow.reports.documents.bid_rows import Rows
from familyflow.reports.documents.distance import Travelled
from familyflow.reports.documents.evidence import OWN
from familyflow.reports.documents.kept import Kept
from familyflow.reports.documents.limits import asked_of
from familyflow.reports.documents.lines import (
    NARROW,
    economic,
    fiscal,
    unit_costs,
)
from familyflow.reports.documents.moves import Mover
from familyflow.reports.words import asked_whom, in_years, window

PAID: Final = "pounds as they are paid"
BY_YEAR: Final = frozenset({"budget", "budget_asked"})


@dataclass(frozen=True)
class BidTable:
    """A table under its caption. rows: texts by the name of their column.

    is_by_year: its columns between the first and the last are years, as many as the term has.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: Rows
    is_by_year: bool = False

    @property
    def heads(self) -> list[str]:
        """What stands in the first row."""
        return [column.head for column in self.columns]

    def cells(self, row: Mapping[str, str]) -> list[str]:
        """The texts of a row in the order of the columns."""
        return [row[column.name] for column in self.columns]


def every_table(kept: Kept, found: Sequence[Mover], travelled: Travelled) -> dict[str, BidTable]:
    """Each table by its name; one without rows has nothing to tell."""
    rows = _rows(kept, found, travelled)
    captions = _captions(kept, rows)
    return {
        name: BidTable(
            captions[name],
            _columns(name, kept, rows[name]),
            rows[name],
            is_by_year=name in BY_YEAR,
        )
        for name in captions
    }


def _captions(kept: Kept, rows: Mapping[str, Rows]) -> dict[str, str]:
    results, falls = kept.results, window(kept.results)
    base = f"present value, {results['price_year']} prices"
    pay_years = " and ".join(sorted({str(post["price_year"]) for post in results["posts"]}))
    return {
        "families": f"Families and waits, over {in_years(results['term_years'])}",
        "reached": f"Who the service reaches, over {in_years(results['term_years'])} "
        f"({reached.draws_in_words(results)})",
        "budget": f"Budget by year and heading ({PAID})",
        "budget_asked": f"Asked of {asked_whom(asked_of(kept))}, by year and heading ({PAID})",
        "budget_by_funder": f"Budget by heading and funder, all years ({PAID})",
        "posts": f"Each post for a year ({pay_years} pay); on-costs are national insurance and "
        "pension",
        "unit_costs": f"Cost for each ({base}, gifts in kind included)",
        "fiscal": f"What falls {falls} ({base})",
        "savers": f"Who saves, {falls} ({base})",
        "economic": f"Fiscal, economic and social value together, of studied lines ({base})",
        "outcomes": f"Outcomes {falls}, with and without the service",
        "distance_travelled": (
            "Distance travelled: change, not effect (points, mean of those measured twice)"
        ),
        "assumptions": (
            "The numbers that move the answer most (grade A is the strongest evidence)"
        ),
        "prices": "The prices behind the largest savings, a key worker's pay, and numbers of the "
        "bidder's own"
        if any(row["grade"] == OWN for row in rows["prices"])
        else "The prices behind the largest savings, and a key worker's pay",
    }


def _rows(kept: Kept, found: Sequence[Mover], travelled: Travelled) -> dict[str, Rows]:
    results = kept.results
    return {
        "families": bid_rows.families(kept),
        "reached": bid_rows.reached(kept),
        "budget": bid_rows.budget(kept),
        "budget_asked": bid_rows.budget_asked(kept),
        "budget_by_funder": bid_rows.budget_by_funder(kept),
        "posts": bid_rows.posts(results),
        "unit_costs": bid_rows.line_rows(unit_costs(results, NARROW)),
        "fiscal": bid_rows.line_rows(fiscal(results, NARROW)),
        "savers": bid_rows.savers(results),
        "economic": bid_rows.line_rows(economic(results, NARROW)),
        "outcomes": bid_rows.outcomes(results, NARROW),
        "distance_travelled": bid_rows.distances(travelled),
        "assumptions": bid_rows.assumptions(found),
        "prices": bid_rows.prices(kept, found),
    }


def _columns(name: str, kept: Kept, rows: Rows) -> tuple[Column, ...]:
    """The columns of a table, and of the years where it has them, as wide as their sums."""
    if name not in BY_YEAR:
        return COLUMNS[name]
    heading, all_years = COLUMNS[name]
    years = [
        Column(f"year_{year}", f"Year {year}", 0.0)
        for year in range(1, int(kept.results["term_years"]) + 1)
    ]
    others = [
        replace(one, width=bid_rows.width_of([one.head, *(row[one.name] for row in rows)]))
        for one in (*years, all_years)
    ]
    return (heading, *others)
