"""Pieces of long work are kept for good, prove themselves, and are never mixed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from familyflow.problems import MachineError, RefusedError
from familyflow.store.blocks import Blocks

WORK = "ab" * 32


def test_what_was_kept_comes_back_in_order(tmp_path: Path) -> None:
    blocks = Blocks(tmp_path / "blocks", WORK)
    blocks.keep(10, 19, b"later", rows=10)
    blocks.keep(0, 9, b"sooner\nwith a line end", rows=10)

    again = Blocks(tmp_path / "blocks", WORK)

    assert [again.read(block) for block in again.done()] == [b"sooner\nwith a line end", b"later"]
    assert again.missing(25) == [20, 21, 22, 23, 24]
    assert again.warnings == []


def test_keeping_the_same_block_twice_changes_nothing(tmp_path: Path) -> None:
    blocks = Blocks(tmp_path, WORK)

    assert blocks.keep(0, 4, b"x", rows=5) == blocks.keep(0, 4, b"x", rows=5)
    assert len(blocks.done()) == 1


def test_nothing_done_is_nothing_found(tmp_path: Path) -> None:
    assert Blocks(tmp_path / "never", WORK).missing(2) == [0, 1]


@given(st.data())
def test_any_cut_or_changed_byte_means_that_the_block_is_done_again(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("blocks")
    blocks = Blocks(folder, WORK)
    blocks.keep(0, 4, b"some data", rows=5)
    sound = blocks.keep(5, 9, b"other data", rows=5)
    file = folder / "000000000-000000004.block"
    held = bytearray(file.read_bytes())
    place = data.draw(st.integers(0, len(held) - 1))
    if data.draw(st.booleans()):
        held = held[:place]
    else:
        held[place] ^= 1 << data.draw(st.integers(0, 7))
    file.write_bytes(bytes(held))

    again = Blocks(folder, WORK)

    assert again.done() == (sound,)
    assert len(again.warnings) == 1


def test_a_damaged_block_is_warned_of_and_removed(tmp_path: Path) -> None:
    blocks = Blocks(tmp_path, WORK)
    blocks.keep(0, 4, b"some data", rows=5)
    file = next(tmp_path.iterdir())
    file.write_bytes(file.read_bytes()[:-2])

    assert blocks.missing(5) == [0, 1, 2, 3, 4]
    assert blocks.warnings == ["000000000-000000004.block was damaged and is done again"]
    assert list(tmp_path.iterdir()) == []


def test_a_block_of_other_work_is_refused_by_name(tmp_path: Path) -> None:
    Blocks(tmp_path, WORK).keep(0, 4, b"x", rows=5)

    with pytest.raises(RefusedError, match=r"abababab.*cdcdcdcd"):
        Blocks(tmp_path, "cd" * 32).done()


def test_a_block_under_another_blocks_name_is_done_again(tmp_path: Path) -> None:
    blocks = Blocks(tmp_path, WORK)
    blocks.keep(0, 4, b"x", rows=5)
    next(tmp_path.iterdir()).rename(tmp_path / "000000005-000000009.block")

    assert blocks.done() == ()


def test_a_folder_made_before_is_not_made_anew_when_it_goes_away(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="went away"):
        Blocks(tmp_path / "gone", WORK, is_there=True).keep(0, 4, b"x", rows=5)

    assert list(tmp_path.iterdir()) == []


def test_a_block_that_is_dropped_says_why_and_is_missing(tmp_path: Path) -> None:
    blocks = Blocks(tmp_path, WORK)
    block = blocks.keep(0, 4, b"x", rows=5)

    blocks.drop(block, "is too old")

    assert blocks.warnings == ["000000000-000000004.block is too old and is done again"]
    assert blocks.missing(5) == [0, 1, 2, 3, 4]
