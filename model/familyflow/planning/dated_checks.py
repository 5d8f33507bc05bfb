"""Whether groups, activities and school holidays have dates that can be."""

from __future__ import annotations

from familyflow.planning.dated import ALWAYS
from familyflow.planning.rows import Found, Mistake, Row, is_number, is_whole, rows_of, twice
from familyflow.planning.values import Values
from familyflow.specification.plan import NEED_NAMES
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

ANY_NEED = "any"
PROGRAMMES = "service.group_work.programmes"
ACTIVITIES = "service.activities.programme"
HOLIDAYS = "service.calendar.school_holidays"


def check_programmes(values: Values) -> Found:
    """The group programmes."""
    rows = rows_of(PROGRAMMES, values[PROGRAMMES], "programme")
    yield from twice(rows, "name", "programme")
    for row in rows:
        yield from row.missing(
            "name", "need", "meetings", "starts", "least", "greatest", "facilitators",
            "hours_a_meeting",
        )  # fmt: skip
        yield from row.blank("title")
        yield from row.name()
        yield from row.word("need", (*NEED_NAMES, ANY_NEED))
        yield from row.number("meetings", 1, 200, whole=True)
        yield from row.number("least", 1, 100, whole=True)
        yield from row.number("greatest", 1, 100, whole=True)
        yield from row.number("facilitators", 0, 20)
        yield from row.number("hours_a_meeting", 0, 24)
        yield from row.weeks("starts")
        yield from _least_and_greatest(row)


def check_activities(values: Values) -> Found:
    """The dated activities."""
    rows = rows_of(ACTIVITIES, values[ACTIVITIES], "activity")
    yield from twice(rows, "name", "activity")
    for row in rows:
        yield from row.missing("name", "when", "attends", "staff_hours", "volunteer_hours")
        yield from row.name()
        yield from row.blank("weekday", "title")
        yield from row.number("weekday", 0, DAYS_IN_WEEK - 1, whole=True)
        yield from row.number("attends", 0.0, 1.0)
        yield from row.number("staff_hours", 0.0, 1000.0)
        yield from row.number("volunteer_hours", 0.0, 1000.0)
        if row.given("when") != ALWAYS:
            yield from row.weeks("when")


def check_holidays(values: Values) -> Found:
    """Each holiday begins on a day of the year and lasts some weeks of it."""
    most = DAYS_IN_YEAR / DAYS_IN_WEEK
    for name, holiday in values[HOLIDAYS].items():
        if isinstance(holiday, list) and len(holiday) == 2:
            first, weeks = holiday
            if is_whole(first, 0, DAYS_IN_YEAR - 1) and is_number(weeks) and 0 <= weeks <= most:
                continue
        to_do = (
            f"Write [46, 1]: the first day of the year, 0 to {DAYS_IN_YEAR - 1}, and the weeks, "
            f"0 to {int(most)}."
        )
        yield Mistake(HOLIDAYS, f"{name}: {holiday} is no holiday", to_do, ("table", name))


def _least_and_greatest(row: Row) -> Found:
    least, greatest = row.given("least"), row.given("greatest")
    if is_number(least) and is_number(greatest) and least > greatest:
        yield row.wrong("least", f"least {least} is above greatest {greatest}", "Swap them?")
