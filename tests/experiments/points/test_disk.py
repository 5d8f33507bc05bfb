"""Disks that fill, are shut, go away or forget: what was reported as finished stays finished."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path

import pytest
from tests.experiments.points.toys import (
    FIRST,
    OUTPUTS,
    asked_again,
    child,
    evaluate,
    points,
    smooth,
)

from familyflow.experiments.points import evaluate_points
from familyflow.problems import MachineError

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

        assert set(asked_again(folder)) <= set(range(max(reported, default=0), 47))
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


@pytest.mark.parametrize("most_bytes", [100, 700])
def test_a_real_limit_on_the_size_of_files_is_told(tmp_path: Path, most_bytes: int) -> None:
    # any block is over the first limit; the second leaves no room for the third line of the
    # journal, and the block that it was to tell of is there
    told = child(LIMITED, str(tmp_path / "a"), str(most_bytes))

    assert told.startswith("MachineError no space left")
    assert "limit on the size of files" in told
    assert len(asked_again(tmp_path / "a")) == (47 if most_bytes == 100 else 17)


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
    evaluate(folder)
    for path in (*folder.iterdir(), folder, tmp_path / ".locks", *(tmp_path / ".locks").iterdir()):
        path.chmod(0o777 if path.is_dir() else 0o666)
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents:
        if parent.name.startswith(("pytest-", "popen-")):  # pytest shuts them to other users
            parent.chmod(0o755)
    assert child(SHUT, str(folder)) == ""  # finished work, and nothing is shut
    hurt = {"folder": folder, "block": folder / FIRST, "journal": folder / "points.journal"}[shut]
    hurt.chmod(0o555 if shut == "folder" else 0)

    told = child(SHUT, str(folder))

    hurt.chmod(0o777)
    assert told.startswith("MachineError")
    assert "may not be read or written" in told
    assert str(folder) in told


@pytest.mark.parametrize("when", [0, 20])
def test_a_folder_that_goes_away_is_an_error_and_is_not_made_again(
    tmp_path: Path, when: int
) -> None:
    def losing(stage: str, done: int, of: int) -> None:
        if done == when:
            shutil.rmtree(tmp_path / "a")

    with pytest.raises(MachineError, match="went away"):
        evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a", progress=losing)

    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("name", ["a b/Mein Ördner 家", "x" * 240])
def test_paths_with_spaces_other_letters_and_full_length_work(tmp_path: Path, name: str) -> None:
    evaluate(tmp_path / name)

    assert asked_again(tmp_path / name) == []


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
        assert set(asked_again(found)) <= set(range(max(reported, default=0), 47))
    # two folders; each block, its name and its line; and the name of the journal
    assert cuts == 2 + 5 * 3 + 1
