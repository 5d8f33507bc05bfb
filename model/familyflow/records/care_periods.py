"""Episodes joined to periods of care, after a look whether those of a child fit together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from familyflow.problems import Problems
from familyflow.records.care import CareEpisode, CarePeriod
from familyflow.records.care_columns import CARE_GOES_ON, STARTS

Histories = Sequence[Sequence[CareEpisode]]  # a child's episodes in order of time


def histories(episodes: Iterable[CareEpisode]) -> Histories:
    """The episodes of each child, in order of time."""
    by_child: dict[int, list[CareEpisode]] = defaultdict(list)
    for one in sorted(episodes, key=lambda one: (one.began, one.ended or date.max, one.row)):
        by_child[one.child].append(one)
    return list(by_child.values())


def check_histories(file: str, found: Histories, problems: Problems) -> None:
    """Note episodes of a child that are there twice, or begin before the last has ended."""
    for own in found:
        for before, after in pairwise(own):
            first, second = sorted((before.row, after.row))
            if _same(before, after):
                problems.add(
                    file, second, 0, f"the episode of line {first} is there again",
                    "Take out the copy.",
                )  # fmt: skip
            elif before.ended is None or after.began < before.ended:
                problems.add(
                    file, second, 0, f"it overlaps the episode of line {first} of the same child",
                    "End the earlier one on the day that the next begins.",
                )  # fmt: skip


def _same(one: CareEpisode, other: CareEpisode) -> bool:
    return (one.began, one.ended, one.placement, one.provider, one.legal) == (
        other.began, other.ended, other.placement, other.provider, other.legal
    )  # fmt: skip


def periods_of(own: Sequence[CareEpisode], as_of: date) -> list[CarePeriod]:
    """The periods of care of one child, from its episodes in order of time."""
    joined: list[list[CareEpisode]] = []
    for one in own:
        if joined and joined[-1][-1].ended == one.began:
            joined[-1].append(one)
        else:
            joined.append([one])
    return [_period(episodes, as_of) for episodes in joined]


def _period(episodes: Sequence[CareEpisode], as_of: date) -> CarePeriod:
    first, last = episodes[0], episodes[-1]
    ended = None if is_cut(last) else last.ended
    until = last.ended or as_of
    from_start = first.began_because in (None, STARTS)
    return CarePeriod(first.child, first.began, ended, until, from_start, tuple(episodes))


def is_cut(last: CareEpisode) -> bool:
    """Whether care went on after the last episode of a period, in one that is not in the file."""
    return last.ended is not None and last.ended_because == CARE_GOES_ON
