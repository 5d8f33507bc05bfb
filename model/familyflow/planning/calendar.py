"""School terms and holidays, day by day of the funding term."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from familyflow.planning.values import Values
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

_DAYS_BEFORE_MONTH = {
    "january": 0,
    "february": 31,
    "march": 59,
    "april": 90,
    "may": 120,
    "june": 151,
    "july": 181,
    "august": 212,
    "september": 243,
    "october": 273,
    "november": 304,
    "december": 334,
}
_FINANCIAL_YEAR_STARTS = "april"


def first_date(values: Values) -> date:
    """The date on which the funding term begins: the first of its month in its financial year."""
    months = list(_DAYS_BEFORE_MONTH)
    month = months.index(str(values["service.calendar.start_month"]))
    in_next_year = month < months.index(_FINANCIAL_YEAR_STARTS)
    year = int(str(values["appraisal.first_year"])[:4]) + in_next_year
    return date(year, month + 1, 1)


def day_of_calendar_year(values: Values, day: int) -> int:
    """The day of the calendar year (1 January is 0) on a day of the funding term."""
    start = _DAYS_BEFORE_MONTH[str(values["service.calendar.start_month"])]
    return (start + day) % DAYS_IN_YEAR


def in_term(values: Values, day: int) -> bool:
    """Whether schools are open on a day of the funding term (it may be before day 0)."""
    return holiday_on(values, day) is None


def holiday_on(values: Values, day: int) -> str | None:
    """The school holiday on a day of the funding term, by its name; None while schools are open."""
    date = day_of_calendar_year(values, day)
    holidays = values["service.calendar.school_holidays"].items()
    return next(
        (name for name, (first, weeks) in holidays if _within(date, int(first), float(weeks))), None
    )


def month_on(values: Values, day: int) -> str:
    """The month on a day of the funding term: 'april'."""
    date = day_of_calendar_year(values, day)
    return [month for month, before in _DAYS_BEFORE_MONTH.items() if before <= date][-1]


def month_begins(values: Values, months: int) -> int:
    """The day of the funding term on which a month begins; 0 is the month it starts in."""
    before = list(_DAYS_BEFORE_MONTH.values())
    start = list(_DAYS_BEFORE_MONTH).index(str(values["service.calendar.start_month"]))
    years, month = divmod(start + months, len(before))
    return years * DAYS_IN_YEAR + before[month] - before[start]


def terms(values: Values, first_day: int, last_day: int) -> tuple[bool, ...]:
    """For engine days 0 to last_day, whether schools are open; first_day is day 0 of the term."""
    holidays = values["service.calendar.school_holidays"].values()
    kept = tuple((int(first), float(weeks)) for first, weeks in holidays)
    return _terms(str(values["service.calendar.start_month"]), kept, first_day, last_day)


@lru_cache(maxsize=64)  # the same in every draw
def _terms(
    start_month: str, holidays: tuple[tuple[int, float], ...], first_day: int, last_day: int
) -> tuple[bool, ...]:
    start = _DAYS_BEFORE_MONTH[start_month]
    year = [
        not any(_within((start + day) % DAYS_IN_YEAR, *holiday) for holiday in holidays)
        for day in range(DAYS_IN_YEAR)
    ]
    return tuple(year[(day - first_day) % DAYS_IN_YEAR] for day in range(last_day + 1))


def _within(date: int, first: int, weeks: float) -> bool:
    return (date - first) % DAYS_IN_YEAR < weeks * DAYS_IN_WEEK
