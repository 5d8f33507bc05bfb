"""Whatever ends workers is found, and only that; every other point is answered once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from familyflow.experiments.points.pieces import GOES, Ended, Piece, Pieces

POINTS = 40


def _work_through(pieces: Pieces, bad: set[int], why: Ended) -> tuple[Counter[int], set[int]]:
    """Answer what holds no bad point; how often each point was answered, and who was given up."""
    answered: Counter[int] = Counter()
    given_up: set[int] = set()
    while (piece := pieces.take()) is not None:
        points = set(range(piece.first, piece.last + 1))
        if points & bad:
            pieces.note_ended(piece, why)
            given_up |= points if pieces.is_given_up(piece) else set()
        else:
            answered.update(points)
    return answered, given_up


@given(
    bad=st.sets(st.integers(0, POINTS - 1)),
    left_out=st.sets(st.integers(0, POINTS - 1)),
    cuts=st.sets(st.integers(1, POINTS - 1)),
    why=st.sampled_from(Ended),
)
def test_bad_points_are_given_up_and_all_others_answered_once(
    bad: set[int], left_out: set[int], cuts: set[int], why: Ended
) -> None:
    edges = [0, *sorted(cuts), POINTS]
    blocks = [Piece(a, b - a) for a, b in pairwise(edges)]

    answered, given_up = _work_through(Pieces(blocks, left_out), bad - left_out, why)

    assert given_up == bad - left_out
    assert answered == Counter(set(range(POINTS)) - bad - left_out)


def test_a_block_gets_three_goes_before_it_is_halved() -> None:
    pieces = Pieces([Piece(0, 8)])
    taken: list[Piece | None] = []
    for _ in range(GOES):
        taken.append(piece := pieces.take())
        assert piece is not None
        pieces.note_ended(piece, Ended.WORKER)

    assert taken == [Piece(0, 8)] * GOES
    assert [pieces.take(), pieces.take(), pieces.take()] == [Piece(0, 4), Piece(4, 4), None]


def test_a_block_that_took_too_long_is_done_point_by_point() -> None:
    pieces = Pieces([Piece(0, 4), Piece(4, 4)])
    piece = pieces.take()
    assert piece is not None
    pieces.note_ended(piece, Ended.TIME)

    assert [pieces.take() for _ in range(5)] == [*(Piece(n, 1) for n in range(4)), Piece(4, 4)]


@pytest.mark.parametrize("why", [Ended.WORKER, Ended.WORKERS])
@pytest.mark.parametrize("bad", [0, 5, 7])
def test_goes_that_a_point_had_before_a_crash_count(bad: int, why: Ended) -> None:
    """Taken up after any number of ended workers, the bad point is found in as many in all."""
    whole = _ended_until_found(Pieces([Piece(0, 8)]), bad, why)
    # the block and the point get all their goes, and the halves between them one each
    sizes = [8, 8, 8, 4, 2, 1, 1, 1] if why is Ended.WORKER else [8, 4, 2, 1]
    assert [piece.size for piece in whole] == sizes

    for after in range(len(whole)):
        before: dict[Piece, Counter[Ended]] = {}
        for piece in whole[:after]:
            before.setdefault(piece, Counter())[why] += 1

        rest = _ended_until_found(Pieces([Piece(0, 8)], (), before), bad, why)

        assert rest == whole[after:]


def _ended_until_found(pieces: Pieces, bad: int, why: Ended) -> Sequence[Piece]:
    ended = []
    while (piece := pieces.take()) is not None:
        if piece.first <= bad <= piece.last:
            ended.append(piece)
            pieces.note_ended(piece, why)
    return ended
