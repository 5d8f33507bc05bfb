"""What the calendar says at each frame, and the quarters of the funding term."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any, Final, NamedTuple

from familyflow.planning.calendar import holiday_on, month_begins, month_on
from familyflow.reports.journey.frames import Ints
from familyflow.specification.variates import DAYS_IN_YEAR

MONTHS_IN_QUARTER: Final = 3
THE_END: Final = "the funding ends"

Values = Mapping[str, Any]


class Quarter(NamedTuple):
    """Three months of the funding term: days from `first` up to, but without, `after`."""

    label: str
    first: int
    after: int


def when_of(values: Values, days: Ints) -> list[str]:
    """The month and the year of the funding at each frame: 'October, year 2'."""
    when = [
        f"{month_on(values, day).capitalize()}, year {day // DAYS_IN_YEAR + 1}"
        for day in days[:-1].tolist()
    ]
    return [*when, f"Last day: {THE_END}"]


def holidays_of(values: Values, days: Ints) -> list[str]:
    """The school holiday at each frame; empty in term."""
    found = [holiday_on(values, day) for day in days[:-1].tolist()]
    return [*("" if name is None else f"{name[0].upper()}{name[1:]} holiday" for name in found), ""]


def quarters_of(values: Values, last_day: int) -> list[Quarter]:
    """The quarters from the first month of the funding on; the last one ends with the term."""
    made: list[Quarter] = []
    for number in count():
        first = month_begins(values, MONTHS_IN_QUARTER * number)
        if first >= last_day:
            break
        after = min(month_begins(values, MONTHS_IN_QUARTER * (number + 1)), last_day)
        months = f"{_short(values, first)} to {_short(values, after - 1)}"
        made.append(Quarter(f"Year {first // DAYS_IN_YEAR + 1}, {months}", first, after))
    return made


def _short(values: Values, day: int) -> str:
    return month_on(values, day).capitalize()
