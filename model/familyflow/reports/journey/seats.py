"""Where each family's dot stands: a place of a key worker's caseload, or the next of an ending."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from familyflow.reports.journey.stays import ENDED, Referral
from familyflow.specification.journal import NOBODY

Seats = dict[tuple[int, int], int]  # referral (place in the list), its stay -> number of the place


def seats_of(referrals: Sequence[Referral]) -> Seats:
    """Places with key workers, from 0: the lowest one free, kept as long as the worker is the same.

    Also the order in which referrals came to each ending, from 0. Other stays have no place.
    """
    return _with_workers(referrals) | _endings(referrals)


def _with_workers(referrals: Sequence[Referral]) -> Seats:
    spells = sorted(
        spell for place, one in enumerate(referrals) for spell in _spells(place, one)
    )  # by day of the beginning; then by referral
    free_from: dict[int, list[int]] = defaultdict(list)  # by post: the day each place is free again
    seats: Seats = {}
    for begins, place, ends, worker, stays in spells:
        row = free_from[worker]
        seat = next((number for number, day in enumerate(row) if day <= begins), len(row))
        row[seat:] = [ends, *row[seat + 1 :]]
        seats |= {(place, stay): seat for stay in stays}
    return seats


def _spells(place: int, one: Referral) -> list[tuple[int, int, int, int, tuple[int, ...]]]:
    """Times with one key worker: first day, referral, day it ends, post, the stays in it."""
    spells: list[tuple[int, int, int, int, tuple[int, ...]]] = []
    for number, (stay, following) in enumerate(pairwise(one.stays)):
        if stay.worker == NOBODY:
            continue
        if spells and spells[-1][3] == stay.worker and spells[-1][2] == stay.day:
            begins, _, _, worker, stays = spells.pop()
            spells.append((begins, place, following.day, worker, (*stays, number)))
        else:
            spells.append((stay.day, place, following.day, stay.worker, (number,)))
    return spells


def _endings(referrals: Sequence[Referral]) -> Seats:
    ended = sorted(
        (one.last.stage, one.last.day, place)
        for place, one in enumerate(referrals)
        if one.stays and one.last.stage in ENDED
    )
    counted: dict[int, int] = defaultdict(int)
    seats: Seats = {}
    for stage, _, place in ended:
        seats[place, len(referrals[place].stays) - 1] = counted[stage]
        counted[stage] += 1
    return seats
