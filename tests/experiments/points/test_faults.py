"""Crashes between two steps, damage, and other places: what was finished stays finished."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.experiments.points.toys import (
    FIRST,
    OUTPUTS,
    ROOT,
    THIRD,
    WANTED,
    asked_again,
    child,
    evaluate,
    points,
    smooth,
)

from familyflow.experiments.points import evaluate_points
from familyflow.problems import RefusedError
from familyflow.store import lock as locking
from familyflow.store.passing import TEMPORARY
from familyflow.store.run_folder import NO_LOCKS

# A crash between two steps


def test_a_half_written_file_of_the_dead_is_swept(tmp_path: Path) -> None:
    evaluate(tmp_path / "a")
    stray = tmp_path / "a" / f"{TEMPORARY}1-00.tmp"
    stray.write_bytes(b"half")

    assert asked_again(tmp_path / "a") == []
    assert not stray.exists()


def test_a_block_without_its_line_in_the_journal_is_taken(tmp_path: Path) -> None:
    evaluate(tmp_path / "a")
    journal = tmp_path / "a" / "points.journal"
    whole = journal.read_bytes()
    lines = whole.splitlines(keepends=True)
    for left_out in range(len(lines)):
        journal.write_bytes(b"".join([*lines[:left_out], *lines[left_out + 1 :]]))

        assert asked_again(tmp_path / "a") == []
        # its line was written again
        assert sorted(journal.read_bytes().splitlines(keepends=True)) == sorted(lines)


def test_a_line_without_its_block_means_that_the_block_is_made_again(tmp_path: Path) -> None:
    evaluate(tmp_path / "a")
    before = (tmp_path / "a" / THIRD).read_bytes()
    (tmp_path / "a" / THIRD).unlink()

    assert asked_again(tmp_path / "a") == list(range(20, 30))
    assert (tmp_path / "a" / THIRD).read_bytes() == before


def test_a_journal_torn_at_any_byte_loses_no_finished_point(tmp_path: Path) -> None:
    evaluate(tmp_path / "a")
    journal = tmp_path / "a" / "points.journal"
    whole = journal.read_bytes()

    for length in range(0, len(whole), 41):
        journal.write_bytes(whole[:length])

        assert asked_again(tmp_path / "a") == []


# Damage


@pytest.mark.parametrize("hurt", ["torn", "bit", "empty", "unreadable"])
def test_a_damaged_block_is_made_again_with_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hurt: str
) -> None:
    evaluate(tmp_path / "a")
    block = tmp_path / "a" / THIRD
    held = bytearray(block.read_bytes())
    held[-40] ^= 1
    block.write_bytes({"torn": held[:-40], "bit": held, "empty": b""}.get(hurt, held))
    if hurt == "unreadable":
        read = Path.read_bytes

        def failing(path: Path) -> bytes:
            if path == block:
                monkeypatch.undo()
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return read(path)

        monkeypatch.setattr(Path, "read_bytes", failing)

    again = asked_again(tmp_path / "a", f"{THIRD} was damaged and is done again")

    assert again == list(range(20, 30))


def test_a_sound_block_that_the_journal_does_not_know_so_is_made_again(tmp_path: Path) -> None:
    evaluate(tmp_path / "a")
    evaluate_points(points(), lambda first, places: smooth(first, places) + 1, 2, tmp_path / "b")
    shutil.copy(tmp_path / "b" / THIRD, tmp_path / "a" / THIRD)

    told = f"{THIRD} is not the one that its journal tells of and is done again"
    assert asked_again(tmp_path / "a", told) == list(range(20, 30))


def test_a_damaged_line_in_the_middle_of_the_journal_is_told(tmp_path: Path) -> None:
    evaluate(tmp_path / "a")
    journal = tmp_path / "a" / "points.journal"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([lines[0], b"x" + lines[1], *lines[2:]]))

    found = evaluate(tmp_path / "a")

    assert found.outputs.tobytes() == WANTED
    assert found.warnings == ("points.journal:2: damaged, passed over",)


def test_a_block_of_other_work_copied_in_is_refused(tmp_path: Path) -> None:
    evaluate(tmp_path / "a")
    evaluate_points(points(work="cd" * 32), smooth, OUTPUTS, tmp_path / "b")
    (tmp_path / "a" / FIRST).unlink()
    shutil.copy(tmp_path / "b" / FIRST, tmp_path / "a" / FIRST)

    with pytest.raises(RefusedError, match="belongs to other work"):
        evaluate(tmp_path / "a")


# One writer


HOLDER = """
import sys
from pathlib import Path
from tests.experiments.points.toys import OUTPUTS, points, slow
from familyflow.experiments.points import evaluate_points
evaluate_points(points(900), slow, OUTPUTS, Path(sys.argv[1]),
                progress=lambda stage, done, of: print(done, flush=True))
"""


def test_a_second_writer_is_refused_with_the_holder_and_free_when_that_is_killed(
    tmp_path: Path,
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "a")],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'model'}"},
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(RefusedError, match=rf"process {holder.pid}, started \d{{4}}-"):
            evaluate(tmp_path / "a")
        holder.kill()

    assert evaluate(tmp_path / "a").outputs.tobytes() == WANTED


def test_where_locks_do_not_work_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "take_if_free", lambda handle: None)

    found = evaluate(tmp_path / "a")

    assert found.warnings == (NO_LOCKS,)
    assert found.outputs.tobytes() == WANTED


# Another machine, another hour

ELSEWHERE = """
import hashlib, sys, time
from pathlib import Path
from tests.experiments.points.toys import OUTPUTS, points, smooth
from familyflow.experiments.points import evaluate_points
time.time = iter(range(10**9, 0, -3600)).__next__  # a clock that jumps back by an hour each time
def part(first, places):
    if first >= int(sys.argv[2]):
        raise KeyboardInterrupt
    return smooth(first, places)
try:
    evaluate_points(points(), part, OUTPUTS, Path(sys.argv[1]))
except KeyboardInterrupt:
    pass
"""
PLACES = (
    {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "Asia/Kathmandu", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "2"},
    {"TZ": "America/St_Johns", "LC_ALL": "en_GB.UTF-8", "PYTHONHASHSEED": "3"},
)


def test_clocks_zones_languages_and_hash_seeds_may_change_between_goes(tmp_path: Path) -> None:
    for most, where in zip((20, 40, 60), PLACES, strict=True):
        child(ELSEWHERE, str(tmp_path / "a"), str(most), **where)
    evaluate(tmp_path / "b")

    for block in (tmp_path / "b").glob("*.block"):
        assert (tmp_path / "a" / block.name).read_bytes() == block.read_bytes()
    assert asked_again(tmp_path / "a") == []


MANY = """
import resource, sys
from pathlib import Path
import numpy as np
from familyflow.experiments.points import Points, evaluate_points
from tests.experiments.points.toys import OUTPUTS, smooth
places = np.random.default_rng(1).random((200_000, 8))
asked = Points("ab" * 32, places, 1_000)
evaluate_points(asked, smooth, OUTPUTS, Path(sys.argv[1]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_beyond_places_and_outputs_does_not_grow_with_the_points(tmp_path: Path) -> None:
    few = MANY.replace("200_000", "2_000")
    kilobytes = int(child(MANY, str(tmp_path / "a"))) - int(child(few, str(tmp_path / "b")))

    places_and_outputs = 198_000 * (8 + OUTPUTS) * 8 / 1_024
    assert kilobytes < places_and_outputs + 10_000
