"""Whether the ordinary tests bite: one-line bugs, planted one at a time, each to be caught.

python -m benchmarks.teeth [--only NAME ...] [--within TESTS ...]

The bugs stand in tests/teeth/bugs.yaml, each with the one test that is to catch it. The files of
the checkout are copied once for each of two workers. First every catcher must pass as the files
are; then each bug is written into a copy, its catcher must fail there (a test that failed, not one
that could not be collected), and the file is put back. A test that hangs has caught nothing. Kept
in benchmarks/results/teeth.json; with --only the others stay as they were kept. --within says which
tests of those files or folders notice each bug, and keeps nothing: it is how a catcher is found.
Exit 1 where a bug survives.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Final
from xml.etree import ElementTree

import yaml

from benchmarks.long_tests import commit
from benchmarks.measure import machine

ROOT: Final = Path(__file__).parents[1]
BUGS: Final = ROOT / "tests" / "teeth" / "bugs.yaml"
KEPT: Final = Path(__file__).parent / "results" / "teeth.json"
AT_ONCE: Final = 2
SECONDS_AT_MOST: Final = 300.0  # of one catcher: compiling the kernels anew is within it
ALL_SECONDS_AT_MOST: Final = 1_800.0  # of all of them, as the files are
FAILED: Final = 1  # what pytest returns where tests were run and one failed
COMMAND: Final = ("-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider")


@dataclass(frozen=True)
class Bug:
    """A line that becomes another, what a reader would suffer, and the test that catches it.

    file: from the top of the checkout. line: a text that stands in it exactly once.
    """

    name: str
    area: str
    file: str
    line: str
    becomes: str
    harm: str
    catcher: str

    @property
    def digest(self) -> str:
        """Tells a bug, with its catcher, from the same name for another."""
        told = json.dumps([self.file, self.line, self.becomes, self.catcher])
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def planted(self, text: str) -> str:
        """The text of the file with the bug in it. Raises ValueError where the line is not once."""
        if (times := text.count(self.line)) != 1:
            raise ValueError(f"{self.name}: its line stands {times} times in {self.file}")
        return text.replace(self.line, self.becomes)


@dataclass(frozen=True)
class Came:
    """What came of running tests: pytest's exit code (None: ended by the time limit), and which."""

    code: int | None
    failed: tuple[str, ...]
    seconds: float

    @property
    def has_caught(self) -> bool:
        """Whether a test was run and failed."""
        return self.code == FAILED and bool(self.failed)

    @property
    def in_words(self) -> str:
        """How it is told in the table."""
        if self.has_caught:
            return "caught"
        if self.code is None:
            return "SURVIVED: the test hung"
        return "SURVIVED" if self.code == 0 else f"SURVIVED: pytest ended with {self.code}"


def read_bugs(path: Path = BUGS) -> list[Bug]:
    """The bugs of the list, in its order. Raises TypeError for a field that is missing or new."""
    return [Bug(**entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]


def copy_of_the_checkout(into: Path) -> None:
    """Copy what git tracks, as it is now."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, into / name)


@contextmanager
def planted(bug: Bug, copy: Path) -> Iterator[None]:
    """The bug is in the copy, and then no more."""
    file = copy / bug.file
    sound = file.read_text(encoding="utf-8")
    file.write_text(bug.planted(sound), encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(sound, encoding="utf-8")


def tried(tests: Sequence[str], copy: Path, seconds: float) -> Came:
    """Run these tests in a copy until the first one fails, for so many seconds at most."""
    report = copy / "report.xml"
    report.unlink(missing_ok=True)
    environment = {
        **os.environ,
        "PYTHONPATH": str(copy / "model"),
        "PYTHONDONTWRITEBYTECODE": "1",  # else a file put back within a second is the broken one
        "NUMBA_CACHE_DIR": str(copy / "kernels"),
    }
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, *COMMAND, f"--junitxml={report}", *tests],
        cwd=copy, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        code = None
        try:
            with suppress(subprocess.TimeoutExpired):
                code = process.wait(seconds)
        finally:
            _end(process)
    return Came(code, _failed(report), round(time.monotonic() - began, 1))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it, where it still runs, and whatever it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _failed(report: Path) -> tuple[str, ...]:
    if not report.exists():
        return ()
    return tuple(
        f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"
        for case in ElementTree.parse(report).getroot().iter("testcase")
        if {part.tag for part in case} & {"failure", "error"}
    )


def is_of_the_copy(copy: Path) -> bool:
    """Whether Python finds the package in the copy and not where it is installed."""
    told = subprocess.run(
        [sys.executable, "-c", "import familyflow; print(familyflow.__file__)"],
        cwd=copy, env={**os.environ, "PYTHONPATH": str(copy / "model")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return Path(told.stdout.strip()).is_relative_to(copy)


def bitten(
    bugs: Sequence[Bug], copies: Sequence[Path], within: Sequence[str] = ()
) -> Iterator[tuple[Bug, Came]]:
    """Plant each bug in a copy that is free, and run its catcher, or `within`, there."""
    free: SimpleQueue[Path] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def one(bug: Bug) -> tuple[Bug, Came]:
        copy = free.get()
        try:
            with planted(bug, copy):
                return bug, tried(within or [bug.catcher], copy, SECONDS_AT_MOST)
        finally:
            free.put(copy)

    with ThreadPoolExecutor(len(copies)) as pool:
        yield from pool.map(one, bugs)


def told_before(bugs: Sequence[Bug]) -> dict[str, dict[str, object]]:
    """What is kept of bugs that are still in the list as they were."""
    if not KEPT.exists():
        return {}
    known = {bug.name: bug.digest for bug in bugs}
    kept = json.loads(KEPT.read_text(encoding="utf-8"))["bugs"]
    return {each["bug"]: each for each in kept if known.get(each["bug"]) == each["digest"]}


def keep(bugs: Sequence[Bug], found: Mapping[str, Came], tried_commit: str) -> None:
    """Write what came of every bug, in the order of the list."""
    rows = told_before(bugs)
    for bug in bugs:
        if bug.name in found:
            came = found[bug.name]
            rows[bug.name] = {
                "bug": bug.name,
                "area": bug.area,
                "catcher": bug.catcher,
                "digest": bug.digest,
                "seconds": came.seconds,
                "caught": came.has_caught,
                "commit": tried_commit,
            }
    kept = {
        "command": "python -m benchmarks.teeth",
        "machine": machine(),
        "bugs": [rows[bug.name] for bug in bugs if bug.name in rows],
    }
    KEPT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Plant the bugs, print the table and keep it; 1 where one survived."""
    every = read_bugs()
    asked = _asked(arguments, {bug.name for bug in every})
    bugs = [bug for bug in every if not asked.only or bug.name in asked.only]
    found: dict[str, Came] = {}
    tried_commit = commit()
    with tempfile.TemporaryDirectory() as folder:
        copies = [Path(folder).resolve() / str(number) for number in range(AT_ONCE)]
        for copy in copies:
            copy_of_the_checkout(copy)
        if not is_of_the_copy(copies[0]):
            print("Python does not find the package in the copy", file=sys.stderr)
            return 1
        if not asked.within and not _all_pass(bugs, copies[0]):
            return 1
        for bug, came in bitten(bugs, copies, asked.within):
            found[bug.name] = came
            by = ", ".join(came.failed) if asked.within else bug.catcher
            print(f"{bug.area:12}  {bug.name:44}  {came.seconds:6.1f} s  {came.in_words}: {by}")
            sys.stdout.flush()
    survived = [name for name, came in found.items() if not came.has_caught]
    print(f"{len(found)} bugs, {len(survived)} survived: {', '.join(survived) or 'none'}")
    if not asked.within:
        keep(every, found, tried_commit)
    return int(bool(survived))


def _asked(arguments: Sequence[str], known: set[str]) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.teeth")
    reader.add_argument("--all", action="store_true", help="every bug, as without --only")
    reader.add_argument("--only", nargs="+", default=[], metavar="NAME", choices=sorted(known))
    reader.add_argument("--within", nargs="+", default=[], metavar="TESTS")
    return reader.parse_args(arguments)


def _all_pass(bugs: Sequence[Bug], copy: Path) -> bool:
    """Whether every catcher passes as the files are: else a failure would tell nothing."""
    catchers = list(dict.fromkeys(bug.catcher for bug in bugs))
    came = tried(catchers, copy, ALL_SECONDS_AT_MOST)
    if came.code == 0:
        print(f"unbroken, {len(catchers)} catchers pass in {came.seconds} s")
        return True
    why = ", ".join(came.failed) or f"pytest ended with {came.code}"
    print(f"without any bug, catchers do not pass: {why}", file=sys.stderr)
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
