"""What funders' programmes pay at least, mostly at most, and for how long; whether rows fit."""

from __future__ import annotations

from typing import Final

from familyflow.parameters.units import unit_named
from familyflow.planning.rows import Found, rows_of, twice
from familyflow.planning.values import Values

LIMITS: Final = "funding.limits"
_COLUMNS: Final = ("funder", "programme", "least", "most_awards_under", "longest_years")


def check_limits(values: Values) -> Found:
    """Every row of the limits; none need be there, since not every funder states any."""
    most, most_years = unit_named("GBP").highest, float(unit_named("years").highest)
    rows = rows_of(LIMITS, values.get(LIMITS, ()), "limits of")
    yield from twice(rows, "funder", "funder")
    for row in rows:
        yield from row.missing(*_COLUMNS)
        yield from row.text("funder", "programme")
        yield from row.number("least", 0.0, most)
        yield from row.number("most_awards_under", 0.0, most)
        yield from row.number("longest_years", 1.0, most_years)
