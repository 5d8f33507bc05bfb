"""Each figure where it is known: of the authority itself, else of its region, else of England."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from familyflow.parameters.nearest import did_you_mean, listed
from familyflow.problems import bad_input
from familyflow.records.areas.figures import MEASURES, Figure, chain_of, plain

YEAR_TO_YEAR: Final = "children_in_need_rate"  # the one series that every area has
_FEWEST_YEARS: Final = 3


class NotPublishedError(LookupError):
    """No area of the chain has this figure."""


@dataclass(frozen=True)
class Measured:
    """The figures of an area, with those of what it lies in where its own are not known."""

    areas: tuple[str, ...]  # itself, its region, and so on
    figures: tuple[Figure, ...]

    def one(self, measure: str, row: str = "") -> Figure:
        """The latest figure of the nearest area that has it. Raises NotPublishedError."""
        return self.rows(measure)[row]

    def rows(self, measure: str) -> dict[str, Figure]:
        """All rows of a table, of one area and one year. Raises NotPublishedError.

        The nearest area that has the whole table, and its latest year with all rows.
        """
        due = MEASURES[measure][1] or ("",)
        for area in self.areas:
            held = [one for one in self.figures if (one.area, one.measure) == (area, measure)]
            for year in sorted({one.year for one in held}, reverse=True):
                found = {one.row: one for one in held if one.year == year}
                if set(found) == set(due):
                    return {row: found[row] for row in due}
        raise NotPublishedError(measure)

    def beside(self, other: Figure, measure: str) -> Figure:
        """The latest figure of the same area as another. Raises NotPublishedError."""
        return Measured((other.area,), self.figures).one(measure)

    def spread_between_years(self) -> float:
        """How far the rate of children in need moves from year to year, as a share of its mean.

        Of the nearest area with three years or more: it stands for all figures of the area.
        Raises NotPublishedError.
        """
        for area in self.areas:
            rates = [one.value for one in self.figures
                     if (one.area, one.measure) == (area, YEAR_TO_YEAR)]  # fmt: skip
            if len(rates) >= _FEWEST_YEARS:
                return statistics.stdev(rates) / statistics.fmean(rates)
        raise NotPublishedError(YEAR_TO_YEAR)


def measured(area: str, figures: Sequence[Figure]) -> Measured:
    """The figures of an area by its name, in any case. Raises InputError for one not there."""
    name = plain(area)
    known = list(dict.fromkeys(one.area for one in figures))
    if name not in known:
        to_do = did_you_mean(name, known, otherwise=f"Known are {listed(known)}.")
        to_do += " Others are added by --areas FILE.csv."
        raise bad_input(f"there are no figures of '{area}'", to_do.strip(), where="--area")
    return Measured(tuple(chain_of(name, figures)), tuple(figures))
