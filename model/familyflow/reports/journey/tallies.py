"""Running counts beside the families: sessions, groups, care with and without, empty posts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from familyflow.experiments.quantities import DAY, EVENT, GROUP, QUANTITY, WORKER, Rows
from familyflow.reports.journey.frames import Ints, frame_of
from familyflow.reports.journey.stays import HELD, Stage
from familyflow.specification.journal import Event


@dataclass(frozen=True)
class Tallies:
    """Counts up to and including the day of each frame, and what was there before the term.

    groups and activities: attendances (frame, number). care_with and care_without: first entries
    of children to care. waiting_before and held_before: families carried over from before the
    funding, at each frame. empty: for each post, frames from which and up to which it is vacant.
    """

    sessions: Ints
    started: Ints
    groups: Ints
    activities: Ints
    care_with: Ints
    care_without: Ints
    waiting_before: Ints
    held_before: Ints
    empty: tuple[tuple[tuple[int, int], ...], ...]


def tallies_of(
    without: Rows,
    with_service: Rows,
    days: Ints,
    stages: Ints,
    sizes: tuple[int, int, int],
) -> Tallies:
    """Every running count. stages: as `stage_counts`; sizes: posts, programmes, activities."""
    posts, programmes, activities = sizes
    held = stages[:, list(HELD)].sum(axis=1)
    return Tallies(
        sessions=so_far(with_service, Event.SESSION, days),
        started=so_far(with_service, Event.STARTED, days),
        groups=_by_number(with_service, Event.GROUP_ATTENDED, days, programmes),
        activities=_by_number(with_service, Event.ACTIVITY_ATTENDED, days, activities),
        care_with=so_far(with_service, Event.ENTERED_CARE_FIRST, days),
        care_without=so_far(without, Event.ENTERED_CARE_FIRST, days),
        waiting_before=_carried(with_service, Event.WAITING, days, stages[:, Stage.WAITING]),
        held_before=_carried(with_service, Event.CASELOAD, days, held),
        empty=tuple(empty_spells(with_service, post, days) for post in range(posts)),
    )


def so_far(rows: Rows, event: Event, days: Ints) -> Ints:
    """How often it happened up to and including each of the days, whoever the families are."""
    happened = np.sort(rows[rows[:, EVENT] == event, DAY])
    counts: Ints = np.searchsorted(happened, days, side="right").astype(np.int64)
    return counts


def _by_number(rows: Rows, event: Event, days: Ints, kinds: int) -> Ints:
    each = [so_far(rows[rows[:, GROUP] == kind], event, days) for kind in range(kinds)]
    return np.stack(each, axis=1) if each else np.zeros((len(days), 0), dtype=np.int64)


def _carried(rows: Rows, event: Event, days: Ints, seen: Ints) -> Ints:
    """What the service counted on each day beyond the families of the term; none on the last."""
    counted = dict(rows[rows[:, EVENT] == event][:, [DAY, QUANTITY]].tolist())
    more = [counted.get(day, now) - now for day, now in zip(days.tolist(), seen, strict=True)]
    return np.array(more, dtype=np.int64)


def empty_spells(rows: Rows, post: int, days: Ints) -> tuple[tuple[int, int], ...]:
    """Frames from which and up to (but without) which nobody is in the post."""
    moves = rows[np.isin(rows[:, EVENT], (Event.LEFT_POST, Event.RECRUITED))]
    spells: list[tuple[int, int]] = []
    for day, event in moves[moves[:, WORKER] == post][:, [DAY, EVENT]].tolist():
        frame = frame_of(day, days)
        if event == Event.LEFT_POST:
            spells.append((frame, len(days)))
        else:  # the one before may have left before the term
            since = spells.pop()[0] if spells else 0
            spells.append((since, frame))
    return tuple(spells)
