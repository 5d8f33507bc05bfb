"""The counts behind what is learnt of lengths of care, with their sums; small ones are hidden.

An estimate tells the counts that it is made of. So all counts stand here together, and only what is
made of counts that are shown is told at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from familyflow.records.care import CareRecords
from familyflow.records.care_columns import INTERIM_ORDER
from familyflow.records.care_lengths import Band, Stay, bands_of
from familyflow.records.hidden_counts import FEWEST, suppressed

WATCHED, LEFT, STILL = "watched", "left", "still in care"
BEGUN, WITH, WITHOUT = "begun", "begun with proceedings", "begun without proceedings"
_WHOSE: Final = ("begun", "late")  # seen from their first day, or from the first day of the file


def counts_of(
    records: CareRecords, stays: Sequence[Stay], bands: Sequence[Band]
) -> Mapping[str, int | None]:
    """Periods of care by name; None: hidden. All have their first day known and were seen.

    watched: all, of which some left; begun: those that began after the file's own first day.
    """
    children = _children(records, stays, bands)
    counts = {name: len(one) for name, one in children.items()}
    few = [name for name, one in children.items() if len(set(one)) < FEWEST]
    late = any(one.enter > 0 for one in stays)
    first = [name for name in counts if _is_detail(name)]
    return suppressed(counts, _sums(bands, late=late), few=few, first=first)


def left_in(band: Band, whose: str = "") -> str:
    """The name of the count of those who left within a band, of all or of begun or late ones."""
    return f"{whose} {LEFT} {band.name}".strip()


def _is_detail(name: str) -> bool:
    """What is given up first: rates of leaving matter more than the curve of survival."""
    return name.startswith(tuple(f"{whose} {LEFT} " for whose in _WHOSE))


def _children(
    records: CareRecords, stays: Sequence[Stay], bands: Sequence[Band]
) -> dict[str, list[int]]:
    """The child of each period, by the counts that the period belongs to."""
    begun = [one for one in stays if one.enter == 0]
    late = [one for one in stays if one.enter > 0]
    found = _by_end("", stays, bands) | _by_end("begun", begun, bands)
    if late:
        found |= _by_end("late", late, bands)
    found |= {WITH: [], WITHOUT: []}
    for child, legal in beginnings(records):
        found[WITH if legal == INTERIM_ORDER else WITHOUT].append(child)
    return found


def beginnings(records: CareRecords) -> list[tuple[int, str | None]]:
    """The child and the first legal status of each period that began under watch."""
    return [
        (one.child, one.episodes[0].legal)
        for one in records.periods
        if one.from_start and one.began >= records.since and one.last > records.since
    ]


def _by_end(whose: str, stays: Sequence[Stay], bands: Sequence[Band]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    found |= {name: [] for name in (whose or WATCHED, f"{whose} {STILL}".strip())}
    found |= {f"{whose} {LEFT}".strip(): []}
    found |= {left_in(band, whose): [] for band in bands}
    for one in stays:
        found[whose or WATCHED].append(one.child)
        found[f"{whose} {LEFT if one.ended else STILL}".strip()].append(one.child)
        for band, seen in zip(bands, bands_of([one], [band.least for band in bands]), strict=True):
            found[left_in(band, whose)] += [one.child] * seen.ended
    return dict(found)


def _sums(bands: Sequence[Band], *, late: bool) -> list[tuple[str, Sequence[str]]]:
    sums: list[tuple[str, Sequence[str]]] = [(BEGUN, (WITH, WITHOUT))]
    for whose in ("", "begun", *(["late"] if late else [])):
        left, still = f"{whose} {LEFT}".strip(), f"{whose} {STILL}".strip()
        sums.append((whose or WATCHED, (left, still)))
        if bands:
            sums.append((left, [left_in(band, whose) for band in bands]))
    parts = _WHOSE if late else _WHOSE[:1]
    named: list[Callable[[str], str]] = [
        lambda whose: whose or WATCHED,
        lambda whose: f"{whose} {LEFT}".strip(),
        lambda whose: f"{whose} {STILL}".strip(),
    ]
    sums += [(name(""), [name(whose) for whose in parts]) for name in named]
    sums += [(left_in(band), [left_in(band, whose) for whose in parts]) for band in bands]
    return sums
