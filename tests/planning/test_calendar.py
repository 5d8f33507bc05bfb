"""Days, weeks and months: lengths as stated, and holidays that take their own days and no other."""

import pytest

from familyflow.parameters.parameter import Varies
from familyflow.planning.calendar import first_date, holiday_on, in_term, month_begins, terms
from familyflow.planning.values import days_of_months, days_of_weeks, weeks_as_days
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

WEEKS = {"half-term": (46, 1.0), "summer": (203, 6.0), "Christmas": (353, 2.0)}
TO_JANUARY = 353 + 14 - DAYS_IN_YEAR  # days of Christmas in the year that begins


def calendar(start_month: str = "april") -> dict[str, object]:
    return {
        "service.calendar.start_month": start_month,
        "service.calendar.school_holidays": WEEKS,
        "appraisal.first_year": "2026/27",
    }


@pytest.mark.parametrize("start_month", ["january", "april", "september"])
@pytest.mark.parametrize("first_day", [0, 365, 400])
def test_every_year_is_shut_for_the_weeks_of_its_holidays(start_month: str, first_day: int) -> None:
    last_day = first_day + 3 * DAYS_IN_YEAR

    is_open = terms(calendar(start_month), first_day, last_day)

    shut = sum(weeks for _, weeks in WEEKS.values()) * DAYS_IN_WEEK
    for year in range(3):
        start = first_day + year * DAYS_IN_YEAR
        assert is_open[start : start + DAYS_IN_YEAR].count(False) == shut
    assert [in_term(calendar(start_month), day - first_day) for day in range(last_day + 1)] == list(
        is_open
    )


def test_a_holiday_is_shut_from_its_first_day_to_its_last() -> None:
    from_january = calendar("january")

    shut = [day for day in range(DAYS_IN_YEAR) if not in_term(from_january, day)]

    assert shut == [
        *range(TO_JANUARY), *range(46, 53), *range(203, 245), *range(353, DAYS_IN_YEAR),
    ]  # fmt: skip
    assert [holiday_on(from_january, day) for day in (0, 52, 53, 203)] == [
        "Christmas", "half-term", None, "summer",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start_month", "year", "second"), [("january", 2027, 31), ("april", 2026, 30)]
)
def test_a_term_begins_in_its_financial_year_and_twelve_months_are_a_year(
    start_month: str, year: int, second: int
) -> None:
    values = calendar(start_month)

    assert first_date(values).year == year
    assert [month_begins(values, month) for month in (0, 1, 12, 24)] == [
        0, second, DAYS_IN_YEAR, 2 * DAYS_IN_YEAR,
    ]  # fmt: skip


def test_lengths_are_days_and_twelve_months_are_a_year() -> None:
    values = {
        "plain": 12.0,
        "varies": Varies("post", "triangular", {"low": 3, "mode": 6, "high": 24}),
    }

    assert days_of_months(values, "plain").mode == pytest.approx(DAYS_IN_YEAR, rel=1e-12)
    assert days_of_weeks(values, "plain").mode == weeks_as_days(values, "plain") == 84
    assert days_of_months(values, "varies")[1:] == pytest.approx(
        (DAYS_IN_YEAR / 4, DAYS_IN_YEAR / 2, 2 * DAYS_IN_YEAR), rel=1e-12
    )
