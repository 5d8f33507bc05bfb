"""Weeks to watch: where every referral is at the end of the first day of each, and of the last."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from familyflow.reports.journey.seats import Seats
from familyflow.reports.journey.stays import Referral, Stage
from familyflow.specification.journal import NOBODY
from familyflow.specification.variates import DAYS_IN_WEEK

Ints = npt.NDArray[np.int64]
NO_PLACE = -1


def frame_days(last_day: int) -> Ints:
    """The days shown: the first of every week, as the service counts, and the term's last."""
    return np.array([*range(0, last_day, DAYS_IN_WEEK), last_day], dtype=np.int64)


def frame_of(day: int, days: Ints) -> int:
    """The first frame at which something that happened on a day is seen."""
    return min(int(np.searchsorted(days, day)), len(days) - 1)


def path_of(place: int, one: Referral, seats: Seats, days: Ints) -> list[int]:
    """What changes for one referral: frame, stage, post and place, in a row for each change.

    place: of the referral in the list. What begins and ends between two frames is not seen.
    """
    seen: dict[int, list[int]] = {}
    for number, stay in enumerate(one.stays):
        seat = seats.get((place, number), NO_PLACE)
        seen[frame_of(stay.day, days)] = [int(stay.stage), stay.worker, seat]
    path: list[int] = []
    for frame, where in seen.items():
        if path[-3:] != where:
            path += [frame, *where]
    return path


def stage_counts(referrals: Sequence[Referral], days: Ints) -> Ints:
    """How many referrals are at each stage at each frame (frame, stage)."""
    counts = np.zeros((len(days), len(Stage)), dtype=np.int64)
    for one in referrals:
        frames = [frame_of(stay.day, days) for stay in one.stays] + [len(days)]
        for stay, begins, ends in zip(one.stays, frames, frames[1:], strict=False):
            counts[begins:ends, stay.stage] += 1
    return counts


def held_by_post(referrals: Sequence[Referral], days: Ints, posts: int) -> Ints:
    """How many families each post holds at each frame (frame, post)."""
    counts = np.zeros((len(days), posts), dtype=np.int64)
    for one in referrals:
        frames = [frame_of(stay.day, days) for stay in one.stays] + [len(days)]
        for stay, begins, ends in zip(one.stays, frames, frames[1:], strict=False):
            if stay.worker != NOBODY:
                counts[begins:ends, stay.worker] += 1
    return counts
