"""How long 100,000 case records take to be learnt from: python -m benchmarks.records [ROWS].

The example that ships, over and over with other ids, so that every check and every estimator has
its work; the command line from start to end (goal: 30 s).
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Row, show
from familyflow.shipped import example_cases

ROWS, MOST_SECONDS = 100_000, 30.0


def write(path: Path, rows: int) -> None:
    """A file of so many rows, each family with an id of its own."""
    with example_cases().open(encoding="utf-8", newline="") as file:
        head, *own = list(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        for number in range(rows):
            turn, place = divmod(number, len(own))
            family, *rest = own[place]
            writer.writerow([f"{family}-{turn}", *rest])


def measure(rows: int) -> list[Row]:
    """Seconds from start to end."""
    with tempfile.TemporaryDirectory() as at:
        file = Path(at) / "cases.csv"
        write(file, rows)
        command = [sys.executable, "-m", "familyflow", "calibrate", str(file), "--out", at]
        began = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        seconds = time.monotonic() - began
    return [Row(f"calibrate: {rows:,} case records, end to end", seconds, "s", most=MOST_SECONDS)]


if __name__ == "__main__":
    show(measure(int(sys.argv[1]) if sys.argv[1:] else ROWS))
