"""The outputs of one piece of work in its folder: found again, filled in, kept block by block.

The blocks are the truth. The journal says what they cannot: how often a worker ended and which
points were given up before their block was finished. So a block without its line in the journal is
taken, and a line without its block means that the block is made again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from familyflow.experiments.points import record
from familyflow.experiments.points.answer import Answer
from familyflow.experiments.points.form import (
    Held,
    as_bytes,
    check_sum,
    fingerprint,
    from_bytes,
)
from familyflow.experiments.points.pieces import GOES, Ended, Piece, Pieces
from familyflow.experiments.points.points import Evaluated, Floats, Points, Quarantined
from familyflow.problems import RefusedError
from familyflow.store.blocks import Block, Blocks
from familyflow.store.journal import Event, Journal

JOURNAL: Final = "points.journal"


class Kept:
    """Outputs (point, output), NaN where they are not known, and how many points are ``done``."""

    def __init__(self, points: Points, outputs: int, folder: Path) -> None:
        self.outputs: Floats = np.full((len(points.places), outputs), np.nan)
        self.done = 0
        self.warnings: list[str] = []
        self._points = points
        self._blocks = Blocks(folder, points.work, self.warnings, is_there=True)
        self._journal = Journal(folder / JOURNAL, points.work, self.warnings)
        self._record = record.Record()
        self._listed: dict[int, str] = {}  # quarantined points of blocks that are kept
        self._missing: list[Piece] = []
        self._lacking: dict[Piece, int] = {}

    def find(self, *, reset_quarantine: bool) -> None:
        """Read the journal and every block, and see what is missing."""
        self._record = record.record_of(self._journal.open())
        self._refuse_other_places()
        is_held = np.zeros(len(self.outputs), np.bool_)
        # the longest first: a shorter one that it holds too has nothing to add
        for block in sorted(self._blocks.done(), key=lambda block: (block.first, -block.last)):
            # what reaches beyond these points cannot be checked by their places: it is left alone
            if block.last < len(self.outputs) and not is_held[block.first : block.last + 1].all():
                is_held[block.first : block.last + 1] |= self._found(block, reset_quarantine)
        if reset_quarantine:
            self._journal.append([record.QUARANTINE_RESET])
            self._record.quarantined.clear()
            self._record.ended.clear()
        self.done = int(is_held.sum())
        self._missing = list(_runs(~is_held, self._points.block))
        self._lacking = {
            piece: piece.size - len(self._quarantined_in(piece)) for piece in self._missing
        }

    def pieces(self) -> Pieces:
        """What is to be done: whatever is in no block, but for points that were given up."""
        for piece, lacking in self._lacking.items():
            if not lacking:  # all its points were given up before it could be kept
                self._keep(piece)
        return Pieces(self._missing, self._record.quarantined, self._record.ended)

    def add(self, piece: Piece, answer: Answer) -> None:
        """Fill in an answer; the block that it completes is kept for good before this returns."""
        self.outputs[piece.first : piece.last + 1] = answer.outputs
        for point in answer.failed:
            self._record.quarantined[point.point] = point.reason
        self._filled(piece, [record.quarantined(point) for point in answer.failed])

    def note_ended(self, piece: Piece, why: Ended, attempt: int) -> None:
        """Note that a piece ended its worker."""
        self._journal.append([record.worker_ended(piece, why, attempt)])

    def give_up(self, point: int, why: Ended, seconds: float | None) -> None:
        """Quarantine a point that was given all its goes. seconds: what it was allowed."""
        too_long = f"took longer than {seconds or 0:g} s"
        reason = too_long if why is Ended.TIME else f"its worker was ended {GOES} times"
        self._record.quarantined[point] = reason
        self._journal.append([record.quarantined(Quarantined(point, reason))])
        self._filled(Piece(point, 1), [])

    def evaluated(self) -> Evaluated:
        """All of it. Raises RuntimeError while something is missing."""
        if self.done != len(self.outputs):
            raise RuntimeError(f"{self.done} of {len(self.outputs)} points are done")
        listed = tuple(Quarantined(point, self._listed[point]) for point in sorted(self._listed))
        return Evaluated(self.outputs, listed, tuple(self.warnings))

    def _found(self, block: Block, reset_quarantine: bool) -> bool:
        """Take what a block holds; False when it is to be made again."""
        piece = Piece(block.first, block.rows)
        told = self._record.kept.get(piece)
        if told is not None and told[0] != block.sha256:
            self._blocks.drop(block, "is not the one that its journal tells of")
            return False
        held = from_bytes(self._blocks.read(block))
        self._check(piece, held)
        if held.quarantined and reset_quarantine:
            (self._blocks.folder / block.file_name).unlink()
            return False
        self.outputs[piece.first : piece.last + 1] = held.outputs
        self._listed |= {each.point: each.reason for each in held.quarantined}
        if told is None:
            check = check_sum(held.outputs[:, 0])
            self._journal.append([record.kept(block, held.places, check)])
        return True

    def _check(self, piece: Piece, held: Held) -> None:
        wanted = (piece.size, self.outputs.shape[1])
        if held.outputs.shape != wanted:
            raise RefusedError(
                f"{self._blocks.folder} holds {held.outputs.shape[1]} outputs of each point, not "
                f"{wanted[1]}. Give another folder."
            )
        self._refuse_unless_same(piece, held.places)

    def _refuse_other_places(self) -> None:
        for piece, (_, places) in self._record.kept.items():
            if piece.last < len(self.outputs):
                self._refuse_unless_same(piece, places)

    def _refuse_unless_same(self, piece: Piece, places: str) -> None:
        if fingerprint(self._points.places[piece.first : piece.last + 1]) != places:
            raise RefusedError(
                f"{self._blocks.folder} holds points {piece.first} to {piece.last} at other places "
                "than these: the way points are chosen changed. Give another folder."
            )

    def _filled(self, part: Piece, events: list[Event]) -> None:
        after = bisect_right(self._missing, part.first, key=lambda piece: piece.first)
        piece = self._missing[after - 1]
        self._lacking[piece] -= part.size
        if not self._lacking[piece]:
            self._keep(piece, events)
        elif events:
            self._journal.append(events)

    def _keep(self, piece: Piece, events: list[Event] | None = None) -> None:
        points = slice(piece.first, piece.last + 1)
        quarantined = self._quarantined_in(piece)
        places = fingerprint(self._points.places[points])
        held = Held(self.outputs[points], places, quarantined)
        block = self._blocks.keep(piece.first, piece.last, as_bytes(held), piece.size)
        line = record.kept(block, held.places, check_sum(held.outputs[:, 0]))
        self._journal.append([*(events or []), line])
        self._listed |= {each.point: each.reason for each in quarantined}
        self.done += piece.size

    def _quarantined_in(self, piece: Piece) -> tuple[Quarantined, ...]:
        known = self._record.quarantined
        points = range(piece.first, piece.last + 1)
        return tuple(Quarantined(point, known[point]) for point in points if point in known)


def _runs(is_missing: npt.NDArray[np.bool_], block: int) -> Iterator[Piece]:
    """Neighbours that are missing, cut wherever a block may begin."""
    changes = np.flatnonzero(np.diff(is_missing, prepend=False, append=False))
    for first, after in changes.reshape(-1, 2).tolist():
        while first < after:
            following = min(after, (first // block + 1) * block)
            yield Piece(first, following - first)
            first = following
