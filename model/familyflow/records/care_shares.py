"""Where children in care live and how often they move, over the days that a file tells of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from familyflow.records.care import CareEpisode, CarePeriod, CareRecords
from familyflow.records.care_columns import (
    BOUGHT,
    CARERS_CHANGE,
    FOSTER,
    KINDS,
    OTHER,
    OWN,
    PROVIDED,
    RESIDENTIAL,
    is_temporary,
    kind_of,
    provided,
)
from familyflow.records.hidden_counts import FEWEST
from familyflow.specification.variates import DAYS_IN_YEAR

FOSTER_BY: Final = {one: f"{FOSTER}_{one}" for one in PROVIDED}
GROUPS: Final = (*FOSTER_BY.values(), RESIDENTIAL, OTHER)
JEFFREYS: Final = 0.5  # what is believed of each share, or rate, before any is counted

DaysByChild = Mapping[int, Mapping[str, int]]  # and by group of placements


@dataclass(frozen=True)
class Moves:
    """Changes of carers, the children who had one, and child-years in care."""

    moves: int
    children: int
    years: float


def group_of(one: CareEpisode) -> str:
    """The group of a placement: foster by who provides it, residential or other."""
    kind = kind_of(one.placement)
    return FOSTER_BY[provided(one.provider)] if kind == FOSTER else kind


def days_of(records: CareRecords) -> DaysByChild:
    """Days after `since` that each child spent in each group of placements."""
    days: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in records.episodes:
        spent = _days_seen(one.began, one.ended, records)
        if spent > 0:
            days[one.child][group_of(one)] += spent
    return days


def _days_seen(began: date, ended: date | None, records: CareRecords) -> int:
    return ((ended or records.as_of) - max(began, records.since)).days


def only(days: DaysByChild, groups: Sequence[str]) -> DaysByChild:
    """The days in some groups, of the children who spent any in them."""
    kept = {
        child: {group: spent for group, spent in own.items() if group in groups}
        for child, own in days.items()
    }
    return {child: own for child, own in kept.items() if own}


def children_in(days: DaysByChild, group: str) -> frozenset[int]:
    """The children who spent any day in a group."""
    return frozenset(child for child, own in days.items() if own.get(group))


def with_few_as_other(days: DaysByChild) -> tuple[DaysByChild, tuple[str, ...]]:
    """Groups of fewer than FEWEST children counted as other, and the groups that are left.

    If `other` itself is of too few, the group of the fewest children goes with it.
    """
    size = {group: len(children_in(days, group)) for group in GROUPS}
    into = {group: OTHER if size[group] < FEWEST else group for group in GROUPS}
    into[OTHER] = OTHER
    rest = sorted((group for group in GROUPS if into[group] != OTHER), key=size.__getitem__)
    merged = _merged(days, into)
    while rest and len(children_in(merged, OTHER)) < FEWEST:
        into[rest.pop(0)] = OTHER
        merged = _merged(days, into)
    return merged, (*(group for group in GROUPS if group in rest), OTHER)


def _merged(days: DaysByChild, into: Mapping[str, str]) -> DaysByChild:
    merged: dict[int, dict[str, int]] = {}
    for child, own in days.items():
        merged[child] = defaultdict(int)
        for group, spent in own.items():
            merged[child][into[group]] += spent
    return merged


def concentrations(days: DaysByChild, groups: Sequence[str]) -> dict[str, float]:
    """Of a Dirichlet over shares of days, as if of so many children with equal days (Kish).

    The days of a child go together, so that they are no more evidence than a child is.
    """
    totals = [sum(own.values()) for own in days.values()]
    every = sum(totals)
    children = every**2 / sum(total**2 for total in totals)
    return {
        group: JEFFREYS + children * sum(own.get(group, 0) for own in days.values()) / every
        for group in groups
    }


def last_placements(records: CareRecords) -> dict[tuple[str, str], int]:
    """Children by kind of their last placement and who provides it; each child once."""
    last: dict[int, CareEpisode] = {}
    for one in sorted(records.episodes, key=lambda one: (one.began, one.row)):
        last[one.child] = one
    counts = {(kind, by): 0 for kind in KINDS for by in (OWN, BOUGHT, OTHER)}
    for one in last.values():
        counts[kind_of(one.placement), provided(one.provider)] += 1
    return counts


def moves_of(records: CareRecords) -> Moves:
    """Changes of carers after `since`; going on a temporary absence and coming back are none."""
    moved = [
        after.child
        for before, after in _pairs(records.periods)
        if after.began > records.since
        and (after.began_because or "") in CARERS_CHANGE
        and not is_temporary(before.placement)
        and not is_temporary(after.placement)
    ]
    days = sum(max((one.last - max(one.began, records.since)).days, 0) for one in records.periods)
    return Moves(len(moved), len(set(moved)), days / DAYS_IN_YEAR)


def _pairs(periods: Iterable[CarePeriod]) -> Iterable[tuple[CareEpisode, CareEpisode]]:
    return (pair for period in periods for pair in pairwise(period.episodes))
