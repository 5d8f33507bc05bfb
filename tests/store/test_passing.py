"""What a killed writer leaves is swept; what a living one writes is not."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from familyflow.store.passing import is_abandoned, sweep_passing
from familyflow.store.run_folder import leftovers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such locks")
A_DAY = 86_400.0
# writes two files, and waits for a word before it gives the first its name
WRITER = """
import os, sys
from pathlib import Path
from familyflow.store import atomic
really = os.replace
def when_told(old, new):
    print("written", flush=True)
    sys.stdin.readline()
    really(old, new)
atomic.os.replace = when_told
atomic.write_files({Path(name): b"new" for name in sys.argv[1:]})
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "a_run" / "reports"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def writer(reports: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has written two files and given neither its name."""
    asked = [sys.executable, "-c", WRITER, str(reports / "a"), str(reports / "b")]
    with subprocess.Popen(
        asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        yield process
        process.kill()


def test_what_a_living_writer_writes_is_left_alone_and_gets_its_name(
    reports: Path, writer: subprocess.Popen[str]
) -> None:
    assert len(list(reports.iterdir())) == 2

    assert sweep_passing(reports) == []
    assert leftovers(reports.parents[1], A_DAY) == []

    writer.communicate("go on\ngo on\n")
    assert writer.returncode == 0
    assert {file.name: file.read_bytes() for file in reports.iterdir()} == {
        "a": b"new",
        "b": b"new",
    }


def test_what_a_killed_writer_left_is_found_and_swept(
    reports: Path, writer: subprocess.Popen[str]
) -> None:
    (reports / "a").write_bytes(b"old")
    writer.kill()
    writer.wait()
    left = sorted(reports.glob(".*"))

    assert len(left) == 2
    assert all(map(is_abandoned, left))
    assert leftovers(reports.parents[1], A_DAY) == left  # what `purge` removes
    assert sweep_passing(reports) == left
    assert [file.name for file in reports.iterdir()] == ["a"]


def test_a_file_in_the_moment_before_it_is_locked_is_no_leftover(reports: Path) -> None:
    file = reports / ".familyflow-1-00.tmp"
    file.touch()

    assert not is_abandoned(file)
    assert not is_abandoned(reports / ".familyflow-2-00.tmp")
