"""Case records made by the model: one simulated world told as a service would have written it.

Who a family is (its needs, children and level) is told as on its first referral, on every one: the
model knows it so. Entry scores stand once a first meeting was held, exit scores where the work
ended as planned. The model has no strengths, so those columns stay empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import numpy as np

from familyflow.experiments.engine_names import Engine
from familyflow.experiments.quantities import DAY, EVENT, FAMILY, QUANTITY, SOURCE
from familyflow.experiments.synthetic_service import RecordedService, lived_through
from familyflow.families.family import Family
from familyflow.problems import bad_input
from familyflow.records.cases import Case, Measures, Records
from familyflow.records.columns import COLUMNS
from familyflow.specification.journal import Event, Rows

Told = Mapping[int, list[tuple[int, int]]]  # of one referral, by event: day and quantity
Key = tuple[int, int]  # source and number of a family

ENDING_OF: Final = {
    Event.SIGNPOSTED: "signposted",
    Event.PASSED_UP: "passed_up",
    Event.DECLINED: "declined",
    Event.GAVE_UP_WAITING: "gave_up_waiting",
    Event.LEFT_LIST: "left_list",
    Event.CLOSED_PLANNED: "planned",
    Event.CLOSED_DISENGAGED: "disengaged",
    Event.CLOSED_DISENGAGED_ON_CHANGE: "disengaged",
    Event.CLOSED_BY_SERVICE: "ended_by_service",
    Event.CLOSED_MOVED_AWAY: "moved_away",
    Event.CLOSED_REFERRED_UP: "referred_up",
    Event.CLOSED_TERM_ENDED: "service_stopped",
}
HELD: Final = (
    Event.INTRODUCTORY_MEETING,
    Event.SESSION,
    Event.PARENT_SUPPORT_MEETING,
    Event.CLOSING_MEETING,
)
_EXITS = (Event.RISK_AT_EXIT, Event.DIFFICULTIES_AT_EXIT, Event.WELLBEING_AT_EXIT)
_WANTED = (
    Event.REFERRED, Event.ALLOCATED, Event.STARTED, Event.MISSED_SESSION, Event.KEY_WORK,
    *ENDING_OF, *HELD, *_EXITS,
)  # fmt: skip
_FIRST_LINE = 2  # of a file: its first case stands below the line of column names
_MINUTES = 60
_DECIMALS = 2


def synthetic_records(
    service: RecordedService, seed: int, as_of: date | None = None, engine: Engine = "compiled"
) -> list[Case]:
    """Every referral up to and including a day, by day and family, with what is known by then.

    as_of: the last day told of; what ends later is open. By default the day the term ends, on
    which nothing stays open. Families are numbered in the order of their first referrals, so an
    earlier day gives the same families under the same numbers. Raises InputError where nothing has
    happened yet.
    """
    last = service.term_ends if as_of is None else as_of
    if last < service.opened:
        raise bad_input(
            f"the service opens on {service.opened}, so there are no records up to {last}",
            "Give a later day.",
            where="as_of",
        )
    families, rows = lived_through(service, seed, engine)
    known = rows[rows[:, DAY] <= service.day_of(last)]
    return _cases(service, families, _by_referral(known))


def synthetic_file(
    service: RecordedService, seed: int, as_of: date, engine: Engine = "compiled"
) -> Records:
    """The same as a file that is read already, covering all the time since the service opened."""
    cases = synthetic_records(service, seed, as_of, engine)
    names = tuple(column.name for column in COLUMNS)
    return Records(tuple(cases), as_of, service.opened, names, ())


def _by_referral(rows: Rows) -> dict[Key, list[Told]]:
    """For each family its referrals in order, each with what was noted of it.

    rows: sorted, so that a referral stands before everything that follows from it.
    """
    found: dict[Key, list[Told]] = defaultdict(list)
    wanted = rows[np.isin(rows[:, EVENT], _WANTED)]
    columns = wanted[:, [DAY, EVENT, SOURCE, FAMILY, QUANTITY]]
    for day, event, source, family, quantity in columns.tolist():
        referrals = found[source, family]
        if event == Event.REFERRED:
            referrals.append(defaultdict(list))
        referrals[-1][event].append((day, quantity))
    return found


def _cases(
    service: RecordedService, families: Iterable[Family], told: Mapping[Key, list[Told]]
) -> list[Case]:
    """A case for each referral, by the day it came in; families numbered by their first one."""
    first = sorted(families, key=lambda family: (family.referred, family.source, family.number))
    referred = [family for family in first if _key(family) in told]
    referrals = [
        (_day(referral, Event.REFERRED), number, returns, family, referral)
        for number, family in enumerate(referred, start=1)
        for returns, referral in enumerate(told[_key(family)])
    ]
    referrals.sort(key=lambda referral: referral[:3])
    return [
        _case(service, family, referral, row=row, number=number, returns=returns)
        for row, (_, number, returns, family, referral) in enumerate(referrals, start=_FIRST_LINE)
    ]


def _key(family: Family) -> Key:
    return family.source, family.number


def _case(
    service: RecordedService, family: Family, told: Told, *, row: int, number: int, returns: int
) -> Case:
    ended = next((event for event in ENDING_OF if event in told), None)
    worked_with = Event.ALLOCATED in told
    held = sum(len(told.get(event, ())) for event in HELD)
    missed = len(told.get(Event.MISSED_SESSION, ()))
    referred = _date(service, told, Event.REFERRED)
    assert referred is not None
    return Case(
        row=row,
        family=number,
        returns=returns,
        referred=referred,
        allocated=_date(service, told, Event.ALLOCATED),
        started=_date(service, told, Event.STARTED),
        ended=None if ended is None else _date(service, told, ended),
        ending=None if ended is None else ENDING_OF[ended],
        source=service.sources[family.source],
        needs=service.needs[family.needs, family.leading_need],
        children=len(family.children),
        level=service.level_of(family),
        minority_ethnic=family.minority_ethnic,
        interpreter=family.interpreter,
        hours=_hours(told) if worked_with else None,
        meetings_offered=held + missed if worked_with else None,
        meetings_held=held if worked_with else None,
        **_measures(family, told),
    )


def _measures(family: Family, told: Told) -> dict[str, Measures]:
    if Event.STARTED not in told:
        return {}
    difficulties = [child.difficulties for child in family.children if child.in_scope]
    return {
        "risks": (family.risk_indicators, _score(told, Event.RISK_AT_EXIT)),
        "difficulties": (_mean(difficulties), _score(told, Event.DIFFICULTIES_AT_EXIT)),
        "wellbeing": (family.wellbeing, _score(told, Event.WELLBEING_AT_EXIT)),
    }


def _score(told: Told, event: Event) -> float | None:
    return _mean([points for _, points in told.get(event, ())])


def _mean(scores: list[int]) -> float | None:
    return round(sum(scores) / len(scores), _DECIMALS) if scores else None


def _hours(told: Told) -> float:
    minutes = sum(quantity for _, quantity in told.get(Event.KEY_WORK, ()))
    return round(minutes / _MINUTES, _DECIMALS)


def _date(service: RecordedService, told: Told, event: Event) -> date | None:
    return service.date_of(_day(told, event)) if event in told else None


def _day(told: Told, event: Event) -> int:
    return told[event][0][0]
