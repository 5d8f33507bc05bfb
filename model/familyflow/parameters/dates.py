"""When a number should be looked at again: a year, a month or a day."""

from __future__ import annotations

import calendar
import re
from datetime import date

from familyflow.parameters.yaml_tree import Wrong

SUNSET = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
_EXAMPLE = "Write a year, a month or a day: 2027, 2027-03 or 2027-03-31."


def last_day(text: str) -> date:
    """The last day of the year or month named, or the day itself. Raises Wrong.

    >>> last_day("2027-02")
    datetime.date(2027, 2, 28)
    """
    if not re.fullmatch(SUNSET, text):
        raise Wrong("is no date", _EXAMPLE)
    parts = [int(part) for part in text.split("-")]
    year, month, day = [*parts, 0, 0][:3]
    try:
        if not parts[1:]:
            return date(year, 12, 31)
        return date(year, month, day if parts[2:] else calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError) as error:
        raise Wrong("is no date of the calendar", _EXAMPLE) from error
