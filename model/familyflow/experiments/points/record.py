"""What the journal of a piece of work tells: blocks kept, workers ended, points given up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from familyflow.experiments.points.pieces import Ended, Piece
from familyflow.experiments.points.points import Quarantined
from familyflow.store.blocks import Block
from familyflow.store.journal import Event


@dataclass
class Record:
    """The events of a journal, summed up.

    kept: fingerprints of a block's bytes and of its places, by the points it holds. quarantined:
    reasons, by point.
    """

    kept: dict[Piece, tuple[str, str]] = field(default_factory=dict)
    ended: dict[Piece, Counter[Ended]] = field(default_factory=dict)
    quarantined: dict[int, str] = field(default_factory=dict)


def record_of(events: Iterable[Event]) -> Record:
    """Sums up events, oldest first; kinds of event that are not known are passed over."""
    record = Record()
    for event in events:
        match event:
            case {"event": "kept", "first": first, "rows": rows, "sha256": sha256, "places": told}:
                record.kept[Piece(first, rows)] = (sha256, told)
            case {"event": "worker ended", "first": first, "rows": rows, "why": why}:
                counts = record.ended.setdefault(Piece(first, rows), Counter())
                counts[Ended(why)] += 1
            case {"event": "quarantined", "point": point, "reason": reason}:
                record.quarantined[point] = reason
            case {"event": "quarantine reset"}:
                record.quarantined.clear()
                record.ended.clear()
    return record


def kept(block: Block, places: str, check: str) -> Event:
    """A block was kept. check: the sum of its first column."""
    return {
        "event": "kept",
        "first": block.first,
        "rows": block.rows,
        "sha256": block.sha256,
        "places": places,
        "check": check,
    }


def worker_ended(piece: Piece, why: Ended, attempt: int) -> Event:
    """A piece ended its worker, for the so-manieth time."""
    return {
        "event": "worker ended",
        "first": piece.first,
        "rows": piece.size,
        "why": why.value,
        "attempt": attempt,
    }


def quarantined(point: Quarantined) -> Event:
    """A point was given up."""
    return {"event": "quarantined", "point": point.point, "reason": point.reason}


QUARANTINE_RESET: Event = {"event": "quarantine reset"}
