"""A journal keeps every event that it said it kept, whatever happens to the last line."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from familyflow.problems import MachineError, RefusedError
from familyflow.store import journal as journal_module
from familyflow.store.journal import Journal

WORK = "ab" * 32
EVENTS = [{"event": "first", "rows": 1}, {"event": "second", "why": "é\n家"}, {"event": "third"}]


def _journal(folder: Path) -> Journal:
    return Journal(folder / "a.journal", WORK)


def _kept(folder: Path) -> bytes:
    journal = _journal(folder)
    for event in EVENTS:
        journal.append([event])
    return journal.path.read_bytes()


def test_events_come_back_in_order(tmp_path: Path) -> None:
    _kept(tmp_path)
    _journal(tmp_path).append([{"event": "fourth"}, {"event": "fifth"}])

    journal = _journal(tmp_path)

    assert list(journal.open()) == [*EVENTS, {"event": "fourth"}, {"event": "fifth"}]
    assert journal.warnings == []


def test_no_journal_holds_no_event(tmp_path: Path) -> None:
    assert _journal(tmp_path).open() == ()
    assert list(tmp_path.iterdir()) == []


def test_a_tail_torn_at_any_byte_is_cut_to_whole_lines_and_written_on(tmp_path: Path) -> None:
    whole = _kept(tmp_path)
    ends = [place + 1 for place, byte in enumerate(whole) if byte == ord("\n")]

    for length in range(len(whole) + 1):
        journal = _journal(tmp_path)
        journal.path.write_bytes(whole[:length])

        events = journal.open()

        sound = sum(end <= length for end in ends)
        assert list(events) == EVENTS[:sound]
        assert journal.path.stat().st_size == ([0, *ends])[sound]
        journal.append([{"event": "after"}])
        assert list(_journal(tmp_path).open()) == [*EVENTS[:sound], {"event": "after"}]


def test_zeros_that_a_power_cut_leaves_at_the_end_are_cut_away(tmp_path: Path) -> None:
    whole = _kept(tmp_path)
    journal = _journal(tmp_path)
    journal.path.write_bytes(whole + bytes(500))

    assert list(journal.open()) == EVENTS
    assert journal.path.read_bytes() == whole


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_bit_flipped_in_the_middle_is_told_and_the_others_stand(
    tmp_path_factory: pytest.TempPathFactory, place: int, bit: int
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    held = bytearray(_kept(folder))
    second = held.index(b"\n") + 1
    third = held.index(b"\n", second) + 1
    held[second + place % (third - 1 - second)] ^= 1 << bit  # any byte but the end of the line
    journal = _journal(folder)
    journal.path.write_bytes(bytes(held))

    events = journal.open()

    assert list(events) == [EVENTS[0], EVENTS[2]]
    assert journal.warnings[0] == "a.journal:2: damaged, passed over"


def test_a_journal_of_other_work_is_refused_by_name(tmp_path: Path) -> None:
    _kept(tmp_path)

    with pytest.raises(RefusedError, match=r"abababab.*cdcdcdcd"):
        Journal(tmp_path / "a.journal", "cd" * 32).open()


def test_a_folder_that_went_away_is_not_made_again(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="went away"):
        Journal(tmp_path / "gone" / "a.journal", WORK).append(EVENTS)

    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_and_what_stood_there_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _kept(tmp_path)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(journal_module.os, "fsync", full)
    with pytest.raises(MachineError, match=r"no space left.*must be written"):
        _journal(tmp_path).append([{"event": "fourth"}])
    monkeypatch.undo()

    assert list(_journal(tmp_path).open())[:3] == EVENTS
