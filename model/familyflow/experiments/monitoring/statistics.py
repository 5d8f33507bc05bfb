"""Flow, dose, duration and need mix of case records, by the same sums for observed and simulated.

Everything is told as it was known on the last day: what is still open then counts as open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from familyflow.records.arrays import Bools, Floats
from familyflow.records.cases import Case, Records
from familyflow.records.columns import OF_WORK
from familyflow.records.suppress import LEAST
from familyflow.records.tables_of_shares import SENT_ON
from familyflow.specification.plan import CHILD_PROTECTION, LEVEL_NAMES
from familyflow.specification.variates import DAYS_IN_WEEK

_ON_PLAN: Final = frozenset(LEVEL_NAMES[CHILD_PROTECTION:])
_STOPPED: Final = "service_stopped"  # the records end there: it tells nothing of the service


@dataclass(frozen=True)
class Statistic:
    """What is counted: `about` is the heading it stands under; count tells how it is shown."""

    name: str
    label: str
    about: str
    unit: str


@dataclass(frozen=True)
class Counted:
    """A statistic of some records: its value, NaN if there is nothing to tell, and of how many.

    few: the smaller of those who have it and those who do not, for a share; or how many there are.
    """

    value: float
    few: int

    @property
    def is_shown(self) -> bool:
        """Whether it is of so many families that it may be told."""
        return self.few >= LEAST and np.isfinite(self.value)


@dataclass(frozen=True)
class Window:
    """Days from which and up to which is counted, both included."""

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.first <= day <= self.last


FLOW, DOSE, DURATION, NEED = "Flow", "Dose", "Duration", "Who comes"
STATISTICS: Final = (
    Statistic("referrals", "Referrals", FLOW, "families"),
    Statistic("sent_on", "Sent on at screening, of referrals", FLOW, "share"),
    Statistic("starts", "Families who started", FLOW, "families"),
    Statistic("left_waiting", "Gave up, declined or moved before a start, of those accepted",
              FLOW, "share"),
    Statistic("waiting", "Waiting on the last day", FLOW, "families"),
    Statistic("caseload", "At work with on the last day", FLOW, "families"),
    Statistic("wait", "Weeks waited by those who started", DURATION, "weeks"),
    Statistic("weeks", "Weeks of work with those whose work ended", DURATION, "weeks"),
    Statistic("planned", "Planned endings, of work that ended", DURATION, "share"),
    Statistic("disengaged", "Stopped coming, of work that ended", DURATION, "share"),
    Statistic("referred_up", "Referred up to social care, of work that ended", DURATION, "share"),
    Statistic("attended", "Meetings held, of those offered", DOSE, "share"),
    Statistic("meetings", "Meetings held with each family whose work ended", DOSE, "meetings"),
    Statistic("hours", "Hours for each family whose work ended", DOSE, "hours"),
    Statistic("several_needs", "Families with two needs or more", NEED, "share"),
    Statistic("domestic_abuse", "Families with domestic abuse", NEED, "share"),
    Statistic("children", "Children in a family", NEED, "children"),
    Statistic("on_plan", "Families with a child on a plan or in care", NEED, "share"),
)  # fmt: skip
NAMES: Final = tuple(one.name for one in STATISTICS)


def statistics_of(records: Records, window: Window | None = None) -> dict[str, Counted]:
    """Every statistic of these records, over all their days or a window of them."""
    within = window or Window(records.first, records.as_of)
    came = [case for case in records.cases if within.holds(case.referred)]
    began = [case for case in records.cases if within.holds(case.started)]
    left = [
        case for case in records.cases
        if within.holds(case.ended) and case.ending in OF_WORK and case.ending != _STOPPED
    ]  # fmt: skip
    accepted = [case for case in came if case.ending not in SENT_ON]
    return {
        "referrals": _count(came),
        "sent_on": _share(came, lambda case: case.ending in SENT_ON),
        "starts": _count(began),
        "left_waiting": _share(accepted, _left_waiting),
        "waiting": _count([case for case in records.cases if _is_waiting(case, within.last)]),
        "caseload": _count([case for case in records.cases if _is_at_work(case, within.last)]),
        "wait": _mean(began, lambda case: _weeks(case.referred, case.started)),
        "weeks": _mean(left, lambda case: _weeks(case.allocated, case.ended)),
        "planned": _share(left, lambda case: case.ending == "planned"),
        "disengaged": _share(left, lambda case: case.ending == "disengaged"),
        "referred_up": _share(left, lambda case: case.ending == "referred_up"),
        "attended": _attended(left),
        "meetings": _mean(left, lambda case: case.meetings_held),
        "hours": _mean(left, lambda case: case.hours),
        "several_needs": _share(
            [c for c in came if c.needs], lambda case: "+" in (case.needs or "")
        ),
        "domestic_abuse": _share(
            [c for c in came if c.needs], lambda case: "domestic_abuse" in (case.needs or "")
        ),
        "children": _mean(came, lambda case: case.children),
        "on_plan": _share([c for c in came if c.level], lambda case: case.level in _ON_PLAN),
    }


@dataclass(frozen=True)
class Worlds:
    """Statistics of simulated worlds, arrays [world, statistic].

    values: NaN where there is nothing to tell. told: whether it is of so many families that it
    would be shown.
    """

    values: Floats
    told: Bools

    @classmethod
    def of(cls, counted: Iterable[Mapping[str, Counted]]) -> Worlds:
        """Of one world after another, in the order of STATISTICS."""
        every = [[world[name] for name in NAMES] for world in counted]
        values = np.array([[one.value for one in world] for world in every])
        return cls(values, np.array([[one.is_shown for one in world] for world in every]))

    def only(self, which: Any) -> Worlds:
        """Some of these worlds, by their places."""
        return Worlds(self.values[which], self.told[which])


def _left_waiting(case: Case) -> bool:
    return case.allocated is None and case.ended is not None


def _is_waiting(case: Case, last: date) -> bool:
    return case.referred <= last and not _by(case.allocated, last) and not _by(case.ended, last)


def _is_at_work(case: Case, last: date) -> bool:
    return _by(case.allocated, last) and not _by(case.ended, last)


def _by(day: date | None, last: date) -> bool:
    return day is not None and day <= last


def _weeks(begin: date | None, end: date | None) -> float | None:
    return None if begin is None or end is None else (end - begin).days / DAYS_IN_WEEK


def _count(cases: Sequence[Case]) -> Counted:
    return Counted(float(len(cases)), len(cases))


def _share(cases: Sequence[Case], has: Callable[[Case], bool]) -> Counted:
    number = sum(map(has, cases))
    value = number / len(cases) if cases else np.nan
    return Counted(value, min(number, len(cases) - number))


def _mean(cases: Sequence[Case], of: Callable[[Case], float | None]) -> Counted:
    known = [value for case in cases if (value := of(case)) is not None]
    return Counted(float(np.mean(known)) if known else np.nan, len(known))


def _attended(cases: Sequence[Case]) -> Counted:
    known = [case for case in cases if case.meetings_offered and case.meetings_held is not None]
    offered = sum(case.meetings_offered or 0 for case in known)
    held = sum(case.meetings_held or 0 for case in known)
    return Counted(held / offered if offered else np.nan, len(known))
