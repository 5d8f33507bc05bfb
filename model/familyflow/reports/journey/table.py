"""The same story as numbers: what happened in each quarter of the funding, and what stood then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from familyflow.experiments.quantities import Rows
from familyflow.reports.journey.dates import Quarter
from familyflow.reports.journey.frames import Ints
from familyflow.reports.journey.stays import AFTER_SUPPORT, WITHOUT_SUPPORT, Referral, Stage
from familyflow.reports.journey.tallies import so_far
from familyflow.specification.journal import NOBODY, Event

HEADS: Final = (
    "Referred", "Taken on by a key worker", "Weekly sessions held", "Ended as planned",
    "Ended early", "Left without support", "Waiting at the end", "With a key worker at the end",
    "Children entering care, with the service", "without it",
)  # fmt: skip
_STANDING: Final = (6, 7)  # columns that tell what stands at the end, so are not added up


@dataclass(frozen=True)
class Row:
    """A quarter, or the whole term: its label and a number for each of HEADS."""

    label: str
    numbers: tuple[int, ...]


def by_quarter(
    quarters: Sequence[Quarter], referrals: Sequence[Referral], without: Rows, with_service: Rows
) -> list[Row]:
    """A row for each quarter, then the whole term."""
    last = quarters[-1].after
    # what the end of the term closes, closes on the day after its last: it belongs to the end
    ends = np.array([one.after - 1 for one in quarters[:-1]] + [last], dtype=np.int64)
    columns = [
        _each([one.referred for one in referrals], ends),
        _each([one.taken_on for one in referrals if one.taken_on is not None], ends),
        np.diff(so_far(with_service, Event.SESSION, ends), prepend=0),
        _each(_ended(referrals, (Stage.PLANNED,)), ends),
        _each(_ended(referrals, AFTER_SUPPORT[1:]), ends),
        _each(_ended(referrals, WITHOUT_SUPPORT), ends),
        _standing(referrals, ends, is_waiting=True),
        _standing(referrals, ends, is_waiting=False),
        np.diff(so_far(with_service, Event.ENTERED_CARE_FIRST, ends), prepend=0),
        np.diff(so_far(without, Event.ENTERED_CARE_FIRST, ends), prepend=0),
    ]
    table = np.stack(columns, axis=1)
    rows = [Row(one.label, tuple(line)) for one, line in zip(quarters, table.tolist(), strict=True)]
    whole = table.sum(axis=0)
    whole[list(_STANDING)] = table[-1, list(_STANDING)]
    return [*rows, Row("Whole term", tuple(whole.tolist()))]


def _each(happened: Sequence[int], ends: Ints) -> Ints:
    """How many of these days fall in each quarter."""
    so_many: Ints = np.searchsorted(np.sort(happened), ends, side="right").astype(np.int64)
    return np.diff(so_many, prepend=0)


def _ended(referrals: Sequence[Referral], endings: Sequence[Stage]) -> list[int]:
    return [one.last.day for one in referrals if one.last.stage in endings]


def _standing(referrals: Sequence[Referral], ends: Ints, *, is_waiting: bool) -> Ints:
    """Families on the list, or with a key worker, at the end of the last day of each quarter."""
    found = []
    for day in ends.tolist():
        stays = [stay for one in referrals if (stay := one.at(day)) is not None]
        found.append(
            sum(stay.stage == Stage.WAITING for stay in stays)
            if is_waiting
            else sum(stay.worker != NOBODY for stay in stays)
        )
    return np.array(found, dtype=np.int64)
