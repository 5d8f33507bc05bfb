"""What the cost case tells, part after part: a Word document and a page are both made of this."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from familyflow.reports.documents.bid import Bid
from familyflow.reports.documents.bid_tables import BidTable
from familyflow.reports.documents.kept import Picture
from familyflow.reports.documents.layout import BULLETS, SECTIONS, Section


@dataclass(frozen=True)
class Part:
    """Sentences, a table or a picture: one of them. are_points: the sentences are a list."""

    name: str
    sentences: Sequence[str] = ()
    table: BidTable | None = None
    picture: Picture | None = None
    are_points: bool = False


def told(bid: Bid) -> Iterator[tuple[Section, list[Part]]]:
    """Each section with its parts; without the parts, and sections, that have nothing to tell."""
    for section in SECTIONS:
        parts = [part for name in section.parts if (part := _part(bid, name)) is not None]
        if parts:
            yield section, parts


def _part(bid: Bid, name: str) -> Part | None:
    if bid.sentences.get(name):
        return Part(name, sentences=bid.sentences[name], are_points=name in BULLETS)
    if name in bid.tables and bid.tables[name].rows:
        return Part(name, table=bid.tables[name])
    if name in bid.pictures:
        return Part(name, picture=bid.pictures[name])
    return None
