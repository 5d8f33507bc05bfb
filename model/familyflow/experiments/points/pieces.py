"""What is still to be done, in pieces; a piece that ends its workers is made smaller and smaller.

A worker may be ended by what it works on (a crash, too much memory, no end) or from outside. So a
piece gets several goes before it is suspected, is then halved until one point is left, and that
point too is given several goes before it is given up.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import Enum
from typing import Final, NamedTuple

GOES: Final = 3


class Piece(NamedTuple):
    """So many neighbouring points."""

    first: int
    size: int

    @property
    def last(self) -> int:
        """Its last point."""
        return self.first + self.size - 1


class Ended(Enum):
    """Why a piece came back without an answer."""

    WORKER = "ended"
    WORKERS = "ended again and again"  # a cluster gives it several goes by itself
    TIME = "too long"


class Pieces:
    """The pieces that wait, in the order of the points, and how often each ended its worker."""

    def __init__(
        self,
        missing: Iterable[Piece],
        given_up: Collection[int] = (),
        ended: Mapping[Piece, Mapping[Ended, int]] | None = None,
    ) -> None:
        self.ended: dict[Piece, Counter[Ended]] = {
            piece: Counter(counts) for piece, counts in (ended or {}).items()
        }
        self._suspect: set[Piece] = set()
        self._waiting: deque[Piece] = deque()
        left_out = sorted(given_up)
        for piece in missing:
            for part in _without(piece, left_out):
                self._waiting.extend(self._small_enough(part))

    def __len__(self) -> int:
        return len(self._waiting)

    def take(self) -> Piece | None:
        """The next piece; None when none waits."""
        return self._waiting.popleft() if self._waiting else None

    def give_back(self, piece: Piece) -> None:
        """Do this piece next: it was taken, and nothing was done about it."""
        self._waiting.appendleft(piece)

    def note_ended(self, piece: Piece, why: Ended) -> int:
        """Put the piece back, perhaps smaller; returns how many goes it has had by now.

        A single point that was given all its goes is not put back.
        """
        self.ended.setdefault(piece, Counter())[why] += 1
        if not self.is_given_up(piece):
            self._waiting.extendleft(reversed(self._small_enough(piece)))
        return self._goes(piece)

    def is_given_up(self, piece: Piece) -> bool:
        """Whether it is a single point that has had all its goes."""
        return piece.size == 1 and self._goes(piece) >= GOES

    def is_suspect(self, piece: Piece) -> bool:
        """Whether it ended a worker, or is a part of what did."""
        return piece in self._suspect or self._goes(piece) > 0

    def _goes(self, piece: Piece) -> int:
        counts = self.ended.get(piece, Counter())
        return counts.total() + (GOES - 1) * counts[Ended.WORKERS]

    def _small_enough(self, piece: Piece) -> list[Piece]:
        if piece.size == 1:
            return [piece]
        if self.ended.get(piece, Counter())[Ended.TIME]:
            # by halves, every half that holds the hung point would wait out its whole time
            parts = [Piece(point, 1) for point in range(piece.first, piece.last + 1)]
        elif self._goes(piece) >= (1 if piece in self._suspect else GOES):
            half = piece.size // 2
            parts = [Piece(piece.first, half), Piece(piece.first + half, piece.size - half)]
        else:
            return [piece]
        self._suspect.update(parts)
        return [small for part in parts for small in self._small_enough(part)]


def _without(piece: Piece, left_out: Sequence[int]) -> Iterable[Piece]:
    """The runs of neighbours in a piece when some points, given in order, are left out."""
    first = piece.first
    for point in left_out[bisect_left(left_out, first) : bisect_right(left_out, piece.last)]:
        if point > first:
            yield Piece(first, point - first)
        first = point + 1
    if first <= piece.last:
        yield Piece(first, piece.last - first + 1)
