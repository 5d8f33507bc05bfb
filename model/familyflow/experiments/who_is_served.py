"""Who is served: what becomes of the families of each group, from the journals of a draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from familyflow.experiments.family_groups import GROUPS, members
from familyflow.experiments.quantities import (
    DAY,
    EVENT,
    FAMILY,
    GROUP,
    QUANTITY,
    SOURCE,
    WITH,
    WITHOUT,
    Rows,
)
from familyflow.experiments.simulation import ALLOCATED
from familyflow.families.columns import FamilyColumns
from familyflow.specification.journal import Event
from familyflow.specification.plan import FOSTER, RESIDENTIAL

Ints = npt.NDArray[np.int64]

# What is added up: rows of the arm with the service ...
_OF_EVENT: Final = {
    Event.REFERRED: "referred",  # a family that is referred again counts again
    Event.ACCEPTED: "accepted",
    Event.SIGNPOSTED: "turned_away",
    Event.LEFT_LIST: "turned_away",
    Event.DECLINED: "declined",
    Event.GAVE_UP_WAITING: "gave_up_waiting",
    Event.ALLOCATED: "allocated",
    Event.WAITED: "days_waited",  # of those allocated
    Event.STARTED: "started",
    Event.CLOSED_PLANNED: "completed",
    Event.CHILD_SUPPORTED: "children_supported",
}
# ... and days in care in both arms, within the follow-up from each family's referral
_DAYS_IN_CARE: Final = {WITHOUT: "days_in_care_without", WITH: "days_in_care_with"}
TALLIED: Final = frozenset((*_OF_EVENT, Event.CHILD_DAYS))  # the rows that a tally reads
AMOUNTS: Final = (*dict.fromkeys(_OF_EVENT.values()), *_DAYS_IN_CARE.values())
_PLACES: Final = {name: place for place, name in enumerate(AMOUNTS)}
_NOT_TOLD = -1


@dataclass(frozen=True)
class Served:
    """What became of the families of each group, draw by draw.

    amounts: (draw, group, amount): whole numbers, groups in the order of GROUPS, amounts in that
    of AMOUNTS. Days of any kind are of families' or children's days.
    """

    amounts: Ints

    def of(self, amount: str) -> npt.NDArray[np.float64]:
        """One amount: (draw, group)."""
        return self.amounts[:, :, _PLACES[amount]].astype(np.float64)


def served_of(draws: Sequence[Ints]) -> Served:
    """From what `tally` gives of each draw."""
    return Served(np.array(draws, dtype=np.int64).reshape(-1, len(GROUPS), len(AMOUNTS)))


def tally(journals: tuple[Rows, Rows], families: FamilyColumns, follow_up_days: int) -> Ints:
    """What became of the families of each group in one draw: (group, amount).

    journals: without and with the service, as `Simulated.journal`: rows that count, in days of the
    funding term, in any order; no event but those TALLIED is read. families: those that the
    journals tell of, as `Simulated.families`.
    follow_up_days: the window from each family's referral in which days in care count.
    """
    count, place = len(families.number), _places(families)
    by_family = _of_the_service(journals[WITH], place, count)
    for arm, name in _DAYS_IN_CARE.items():
        days = _days_in_care(journals[arm], place, families.referred, follow_up_days)
        by_family[_PLACES[name]] = days
    return members(families) @ by_family.T


def _places(families: FamilyColumns) -> Ints:
    """Where each family stands: (source, number)."""
    if not len(families.number):
        return np.zeros((1, 1), np.int64)
    place = np.zeros((families.source.max() + 1, families.number.max() + 1), np.int64)
    place[families.source, families.number] = np.arange(len(families.number))
    return place


def _of_the_service(rows: Rows, place: Ints, count: int) -> Ints:
    """What the service did, by (amount, family)."""
    amount = _AMOUNT_OF_EVENT[rows[:, EVENT]]
    told = rows[amount != _NOT_TOLD]
    amount = amount[amount != _NOT_TOLD]
    counts = (told[:, EVENT] != Event.WAITED) | (told[:, GROUP] == ALLOCATED)
    cell = amount * count + place[told[:, SOURCE], told[:, FAMILY]]
    size = len(AMOUNTS) * count
    return _added(cell[counts], told[counts, QUANTITY], size).reshape(len(AMOUNTS), count)


def _days_in_care(rows: Rows, place: Ints, referred: Ints, follow_up_days: int) -> Ints:
    """Days of children in care in one arm, by family."""
    days = rows[rows[:, EVENT] == Event.CHILD_DAYS]
    in_care = days[(days[:, GROUP] == FOSTER) | (days[:, GROUP] == RESIDENTIAL)]
    family = place[in_care[:, SOURCE], in_care[:, FAMILY]]
    within = in_care[:, DAY] - referred[family] < follow_up_days
    return _added(family[within], in_care[within, QUANTITY], len(referred))


def _added(cell: Ints, quantity: Ints, size: int) -> Ints:
    """Whole quantities added up cell by cell: exact, as sums stay far below 2^53."""
    return np.bincount(cell, quantity, minlength=size).astype(np.int64)


def _amounts_of_events() -> Ints:
    found = np.full(max(Event) + 1, _NOT_TOLD, np.int64)
    for event, name in _OF_EVENT.items():
        found[event] = _PLACES[name]
    return found


_AMOUNT_OF_EVENT: Final = _amounts_of_events()
