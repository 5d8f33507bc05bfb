"""Disks that fill, tear, lose and forget: what was reported as finished stays finished."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.experiments.points.toys import OUTPUTS, ROOT, Counted, points, smooth

from familyflow.experiments.points import Evaluated, evaluate_points
from familyflow.problems import MachineError, RefusedError
from familyflow.store import lock as locking
from familyflow.store.atomic import TEMPORARY
from familyflow.store.run_folder import NO_LOCKS

WANTED = smooth(0, points().places).tobytes()
FIRST, THIRD = "000000000-000000009.block", "000000020-000000029.block"


def _evaluate(folder: Path, function: Callable = smooth) -> Evaluated:
    return evaluate_points(points(), function, OUTPUTS, folder)


def _asked_again(folder: Path, *warnings: str) -> list[int]:
    """Take the work up again, to the outputs of undisturbed work; which points were asked."""
    counted = Counted()
    found = _evaluate(folder, counted)
    assert found.outputs.tobytes() == WANTED
    assert found.warnings == warnings
    assert _evaluate(folder).warnings == ()  # and it is whole again
    return counted.asked


# A crash between two steps


def test_a_half_written_file_of_the_dead_is_swept(tmp_path: Path) -> None:
    _evaluate(tmp_path / "a")
    stray = tmp_path / "a" / f"{TEMPORARY}1-00.tmp"
    stray.write_bytes(b"half")

    assert _asked_again(tmp_path / "a") == []
    assert not stray.exists()


def test_a_block_without_its_line_in_the_journal_is_taken(tmp_path: Path) -> None:
    _evaluate(tmp_path / "a")
    journal = tmp_path / "a" / "points.journal"
    whole = journal.read_bytes()
    lines = whole.splitlines(keepends=True)
    for left_out in range(len(lines)):
        journal.write_bytes(b"".join([*lines[:left_out], *lines[left_out + 1 :]]))

        assert _asked_again(tmp_path / "a") == []
        # its line was written again
        assert sorted(journal.read_bytes().splitlines(keepends=True)) == sorted(lines)


def test_a_line_without_its_block_means_that_the_block_is_made_again(tmp_path: Path) -> None:
    _evaluate(tmp_path / "a")
    before = (tmp_path / "a" / THIRD).read_bytes()
    (tmp_path / "a" / THIRD).unlink()

    assert _asked_again(tmp_path / "a") == list(range(20, 30))
    assert (tmp_path / "a" / THIRD).read_bytes() == before


def test_a_journal_torn_at_any_byte_loses_no_finished_point(tmp_path: Path) -> None:
    _evaluate(tmp_path / "a")
    journal = tmp_path / "a" / "points.journal"
    whole = journal.read_bytes()

    for length in range(0, len(whole), 41):
        journal.write_bytes(whole[:length])

        assert _asked_again(tmp_path / "a") == []


# Damage


@pytest.mark.parametrize("hurt", ["torn", "bit", "empty", "unreadable"])
def test_a_damaged_block_is_made_again_with_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hurt: str
) -> None:
    _evaluate(tmp_path / "a")
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

    again = _asked_again(tmp_path / "a", f"{THIRD} was damaged and is done again")

    assert again == list(range(20, 30))


def test_a_sound_block_that_the_journal_does_not_know_so_is_made_again(tmp_path: Path) -> None:
    _evaluate(tmp_path / "a")
    evaluate_points(points(), lambda first, places: smooth(first, places) + 1, 2, tmp_path / "b")
    shutil.copy(tmp_path / "b" / THIRD, tmp_path / "a" / THIRD)

    told = f"{THIRD} is not the one that its journal tells of and is done again"
    assert _asked_again(tmp_path / "a", told) == list(range(20, 30))


def test_a_damaged_line_in_the_middle_of_the_journal_is_told(tmp_path: Path) -> None:
    _evaluate(tmp_path / "a")
    journal = tmp_path / "a" / "points.journal"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([lines[0], b"x" + lines[1], *lines[2:]]))

    found = _evaluate(tmp_path / "a")

    assert found.outputs.tobytes() == WANTED
    assert found.warnings == ("points.journal:2: damaged, passed over",)


def test_a_block_of_other_work_copied_in_is_refused(tmp_path: Path) -> None:
    _evaluate(tmp_path / "a")
    evaluate_points(points(work="cd" * 32), smooth, OUTPUTS, tmp_path / "b")
    (tmp_path / "a" / FIRST).unlink()
    shutil.copy(tmp_path / "b" / FIRST, tmp_path / "a" / FIRST)

    with pytest.raises(RefusedError, match="belongs to other work"):
        _evaluate(tmp_path / "a")


# A disk that is full, shut, or gone


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_is_full_at_any_step_is_told_and_work_goes_on_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    real = getattr(os, step)
    told: list[str] = []
    for number in range(100):
        steps = iter(range(number))

        def full(*arguments: object, steps: object = steps) -> object:
            if next(steps, None) is None:  # type: ignore[call-overload]
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*arguments)

        folder = tmp_path / str(number)
        reported: list[int] = []
        with monkeypatch.context() as patch:
            patch.setattr(os, step, full)
            try:
                evaluate_points(
                    points(),
                    smooth,
                    OUTPUTS,
                    folder,
                    progress=lambda stage, done, of, reported=reported: reported.append(done),
                )
                break
            except MachineError as error:
                told.append(str(error))

        assert set(_asked_again(folder)) <= set(range(max(reported, default=0), 47))
    # the folder, each block, its name and its line, and the name of the journal; the renaming of
    # each block
    assert len(told) == {"fsync": 1 + 5 * 3 + 1, "replace": 5}[step]
    assert all("no space left" in each for each in told)


LIMITED = """
import resource, signal, sys
from pathlib import Path
from tests.experiments.points.toys import OUTPUTS, points, smooth
from familyflow.experiments.points import evaluate_points
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    evaluate_points(points(), smooth, OUTPUTS, Path(sys.argv[1]))
except OSError as error:
    print(type(error).__name__, error)
"""


def _child(code: str, *arguments: str, **variables: str) -> str:
    paths = f"{ROOT}{os.pathsep}{ROOT / 'model'}"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": paths, **variables},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


@pytest.mark.parametrize("most_bytes", [100, 700])
def test_a_real_limit_on_the_size_of_files_is_told(tmp_path: Path, most_bytes: int) -> None:
    # any block is over the first limit; the second leaves no room for the third line of the
    # journal, and the block that it was to tell of is there
    told = _child(LIMITED, str(tmp_path / "a"), str(most_bytes))

    assert told.startswith("MachineError no space left")
    assert "limit on the size of files" in told
    assert len(_asked_again(tmp_path / "a")) == (47 if most_bytes == 100 else 17)


SHUT = """
import os, sys
from pathlib import Path
from tests.experiments.points.toys import OUTPUTS, points
from familyflow.experiments.points import evaluate_points
def never(first, places):
    print("computed")
if os.getuid() == 0:
    os.setuid(65534)
try:
    evaluate_points(points(), never, OUTPUTS, Path(sys.argv[1]))
except OSError as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize("shut", ["folder", "block", "journal"])
def test_what_may_not_be_read_or_written_is_named_before_any_computing(
    tmp_path: Path, shut: str
) -> None:
    folder = tmp_path / "a"
    _evaluate(folder)
    for path in (*folder.iterdir(), folder, tmp_path / ".locks", *(tmp_path / ".locks").iterdir()):
        path.chmod(0o777 if path.is_dir() else 0o666)
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents:
        if parent.name.startswith(("pytest-", "popen-")):  # pytest shuts them to other users
            parent.chmod(0o755)
    assert _child(SHUT, str(folder)) == ""  # finished work, and nothing is shut
    hurt = {"folder": folder, "block": folder / FIRST, "journal": folder / "points.journal"}[shut]
    hurt.chmod(0o555 if shut == "folder" else 0)

    told = _child(SHUT, str(folder))

    hurt.chmod(0o777)
    assert told.startswith("MachineError")
    assert "may not be read or written" in told
    assert str(folder) in told


def test_a_folder_that_goes_away_is_an_error_and_is_not_made_again(tmp_path: Path) -> None:
    def losing(stage: str, done: int, of: int) -> None:
        if done == 20:
            shutil.rmtree(tmp_path / "a")

    with pytest.raises(MachineError, match="went away"):
        evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a", progress=losing)

    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("name", ["a b/Mein Ördner 家", "x" * 240])
def test_paths_with_spaces_other_letters_and_full_length_work(tmp_path: Path, name: str) -> None:
    _evaluate(tmp_path / name)

    assert _asked_again(tmp_path / name) == []


# A power cut: what was not flushed to the disk is lost


class Disk:
    """What is on the disk itself: contents and names, each as of the last time it was flushed."""

    def __init__(self, folder: Path, before: Path) -> None:
        self.folder, self.before, self.flushes = folder, before, 0
        self.contents: dict[int, bytes] = {}
        self.names: dict[Path, dict[str, int]] = {}

    def flushed(self, handle: int) -> None:
        """Note what a flush of this file or folder keeps."""
        about = os.fstat(handle)
        path = Path(os.readlink(f"/proc/self/fd/{handle}"))
        self.flushes += 1
        if stat.S_ISDIR(about.st_mode):
            self.names[path] = {each.name: each.stat().st_ino for each in path.iterdir()}
        elif stat.S_ISREG(about.st_mode):
            self.contents[about.st_ino] = path.read_bytes()

    def after_a_power_cut(self, folder: Path) -> None:
        """What is found when the machine comes up again."""
        path = self.folder
        while path.parent in self.names and path.name in self.names[path.parent]:
            path = path.parent
        if path != self.before:  # the folder itself had no name yet, or one of those it is in
            return
        folder.mkdir()
        for name, number in self.names.get(self.folder, {}).items():
            (folder / name).write_bytes(self.contents.get(number, b""))


class PowerCutError(BaseException):
    """Nothing may catch it."""


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="asks /proc what a handle is")
def test_after_a_power_cut_at_any_flush_every_reported_block_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cuts = 0
    while True:
        disk = Disk(tmp_path / f"lost-{cuts}" / "sweep", tmp_path)
        reported: list[int] = []

        def flush(handle: int, disk: Disk = disk, cut: int = cuts) -> None:
            if disk.flushes == cut:
                raise PowerCutError
            disk.flushed(handle)

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", flush)
            try:
                evaluate_points(
                    points(),
                    smooth,
                    OUTPUTS,
                    disk.folder,
                    progress=lambda stage, done, of, reported=reported: reported.append(done),
                )
                break
            except PowerCutError:
                cuts += 1

        found = tmp_path / f"found-{cuts}"
        disk.after_a_power_cut(found)
        assert set(_asked_again(found)) <= set(range(max(reported, default=0), 47))
    # two folders; each block, its name and its line; and the name of the journal
    assert cuts == 2 + 5 * 3 + 1


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
            _evaluate(tmp_path / "a")
        holder.kill()

    assert _evaluate(tmp_path / "a").outputs.tobytes() == WANTED


def test_where_locks_do_not_work_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "_try", lambda handle: None)

    found = _evaluate(tmp_path / "a")

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
        _child(ELSEWHERE, str(tmp_path / "a"), str(most), **where)
    _evaluate(tmp_path / "b")

    for block in (tmp_path / "b").glob("*.block"):
        assert (tmp_path / "a" / block.name).read_bytes() == block.read_bytes()
    assert _asked_again(tmp_path / "a") == []


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
    kilobytes = int(_child(MANY, str(tmp_path / "a"))) - int(_child(few, str(tmp_path / "b")))

    places_and_outputs = 198_000 * (8 + OUTPUTS) * 8 / 1_024
    assert kilobytes < places_and_outputs + 10_000
