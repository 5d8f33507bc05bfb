"""What has a date: group programmes and activities, placed on the days of the funding term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from familyflow.planning.values import Values, number, weeks_as_days
from familyflow.specification.by_draw import whole
from familyflow.specification.plan import NEED_NAMES, WHOLE_FAMILY, Activity, Programme
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

MINUTES_IN_HOUR = 60
ALWAYS = "weekly_in_term"  # in place of a list of weeks
_GROUPS = "service.group_work."


def make_programmes(
    values: Values, in_term: tuple[bool, ...], first_day: int, last_day: int
) -> tuple[Programme, ...]:
    """The group programmes with their start days."""
    return tuple(
        _programme(values, listed, in_term, first_day, last_day)
        for listed in values[_GROUPS + "programmes"]
    )


def make_activities(
    values: Values, in_term: tuple[bool, ...], first_day: int, last_day: int
) -> tuple[Activity, ...]:
    """The dated activities with their days."""
    linger = weeks_as_days(values, "service.activities.linger_weeks")
    return tuple(
        Activity(
            name=str(listed["name"]),
            days=_activity_days(listed, in_term, first_day, last_day),
            attends=float(listed["attends"]),
            staff_minutes=_minutes(listed["staff_hours"]),
            volunteer_minutes=_minutes(listed["volunteer_hours"]),
            linger_days=linger,
        )
        for listed in values["service.activities.programme"]
    )


def _programme(
    values: Values,
    listed: Mapping[str, Any],
    in_term: tuple[bool, ...],
    first_day: int,
    last_day: int,
) -> Programme:
    each = float(listed["hours_a_meeting"]) + number(values, _GROUPS + "preparation_hours")
    need = str(listed["need"])
    return Programme(
        name=str(listed["name"]),
        need=NEED_NAMES.index(need) if need in NEED_NAMES else WHOLE_FAMILY,
        start_days=tuple(
            _next_term_day(day, in_term)
            for day in _days_of_weeks(listed["starts"], first_day, last_day)
        ),
        meetings=int(listed["meetings"]),
        least=int(listed["least"]),
        greatest=int(listed["greatest"]),
        accepts=number(values, _GROUPS + "accepts"),
        attends=number(values, _GROUPS + "attends"),
        completes=number(values, _GROUPS + "completes"),
        facilitation_minutes=whole(float(listed["facilitators"]) * each * MINUTES_IN_HOUR + 0.5),
        linger_days=weeks_as_days(values, _GROUPS + "linger_weeks"),
    )


def _activity_days(
    listed: Mapping[str, Any], in_term: tuple[bool, ...], first_day: int, last_day: int
) -> tuple[int, ...]:
    when = listed["when"]
    weekday = int(listed.get("weekday", 2))
    if when == ALWAYS:
        return _weekly(weekday, in_term, first_day, last_day)
    return _days_of_weeks(when, first_day, last_day, weekday)


@lru_cache(maxsize=64)  # the same in nearly every draw, like the days below
def _weekly(
    weekday: int, in_term: tuple[bool, ...], first_day: int, last_day: int
) -> tuple[int, ...]:
    days = range(first_day, last_day)
    return tuple(d for d in days if d % DAYS_IN_WEEK == weekday and in_term[d])


def _days_of_weeks(
    weeks: Iterable[Any], first_day: int, last_day: int, weekday: int = 0
) -> tuple[int, ...]:
    """In each year of the service, the wanted weekday of these weeks (0 is the first week)."""
    return _dated(tuple(int(week) for week in weeks), first_day, last_day, weekday)


@lru_cache(maxsize=64)
def _dated(weeks: tuple[int, ...], first_day: int, last_day: int, weekday: int) -> tuple[int, ...]:
    days = []
    for year_start in range(first_day, last_day, DAYS_IN_YEAR):
        for week in weeks:
            day = year_start + week * DAYS_IN_WEEK
            day += (weekday - day) % DAYS_IN_WEEK
            if day < min(year_start + DAYS_IN_YEAR, last_day):
                days.append(day)
    return tuple(days)


def _next_term_day(day: int, in_term: tuple[bool, ...]) -> int:
    while day < len(in_term) - DAYS_IN_WEEK and not in_term[day]:
        day += DAYS_IN_WEEK
    return day


def _minutes(hours: Any) -> int:
    return int(float(hours) * MINUTES_IN_HOUR + 0.5)
