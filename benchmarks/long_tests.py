"""Runs the tests that take minutes, and keeps what came of them: python -m benchmarks.long_tests.

They are marked `long` and left out of the ordinary suite, which is to stay under ten minutes. Kept
in benchmarks/results/long_tests.json: by file how many passed, failed and were skipped, in how many
seconds of work, and the commit that was tried. Exit 1 where one failed or none ran.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.measure import machine

ROOT = Path(__file__).parents[1]
KEPT = Path(__file__).parent / "results" / "long_tests.json"
COMMAND = ("-m", "pytest", "-q", "-m", "long")


@dataclass
class Came:
    """What came of the tests of one file. seconds: of all its tests together."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0


def by_file(report: Iterable[ElementTree.Element]) -> dict[str, Came]:
    """By the file of each test case in a JUnit report what came of it, in order of names."""
    found: dict[str, Came] = {}
    for case in report:
        came = found.setdefault(_file(case.get("classname", "")), Came())
        came.seconds = round(came.seconds + float(case.get("time", 0)), 1)
        told = {part.tag for part in case}
        if told & {"failure", "error"}:
            came.failed += 1
        elif "skipped" in told:
            came.skipped += 1
        else:
            came.passed += 1
    return dict(sorted(found.items()))


def _file(module: str) -> str:
    return f"{module.replace('.', '/')}.py"


def commit() -> str:
    """The commit that is tried, and whether files differ from it."""
    told = [
        subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for words in (("rev-parse", "HEAD"), ("status", "--porcelain", "--untracked-files=no"))
    ]
    return told[0].strip() + (" and changes that are not committed" if told[1].strip() else "")


def main() -> None:
    """Run them all and keep what came of them."""
    tried, before = commit(), machine()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        ended = subprocess.run(
            [sys.executable, *COMMAND, f"--junitxml={report}"], cwd=ROOT, check=False
        )
        cases = ElementTree.parse(report).getroot().iter("testcase") if report.exists() else ()
        found = by_file(cases)
    kept = {
        "command": "python -m pytest -m long",
        "commit": tried,
        "day": datetime.now(UTC).date().isoformat(),
        "machine": before,
        "files": {name: asdict(came) for name, came in found.items()},
    }
    KEPT.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    sys.exit(1 if ended.returncode or not found else 0)


if __name__ == "__main__":
    main()
