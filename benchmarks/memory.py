"""How long many draws take from the command line, end to end, and how much memory at most.

python -m benchmarks.memory [DRAWS [OPTION OPTION ...]]

One fresh process on every processor there is, with compiled kernels kept from before: inputs, both
arms of every draw, pricing, tables, charts and files. With options it is a comparison of them, and
of half as many draws too, to see whether memory grows.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import Row, machine, show, skipped
from benchmarks.start_up import SCENARIO, SMALL_RUN, called, environment

DRAWS = 10_000
SECONDS, MEGABYTES = 20.0, 300.0  # at most, for so many draws
COMPARE_SECONDS, GROWTH = 90.0, 1.1  # at most: four options; and memory of twice as many draws
# A small process waits for the one that is measured: a child is said to hold what its parent held
# when it was started. Prints wall seconds and ru_maxrss.
_TELL = """
import resource, subprocess, sys, time
began = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
seconds = time.perf_counter() - began
print(seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(done.returncode)
"""
_BYTES = 1 if sys.platform == "darwin" else 1024  # in one of ru_maxrss


def run_of(draws: int, options: Sequence[str] = ()) -> tuple[float, float]:
    """Wall seconds of a run (or comparison) of so many draws, and the most megabytes it held."""
    asked = ["compare", *options] if options else ["run", SCENARIO]
    return command_of([*asked, "--engine", "compiled", "--draws", str(draws)])


def command_of(arguments: Sequence[str]) -> tuple[float, float]:
    """Wall seconds of a command in an empty folder, and the most megabytes it or a child held."""
    with tempfile.TemporaryDirectory() as folder:
        called(SMALL_RUN, folder, {})  # compiles, if need be
        done = subprocess.run(
            [sys.executable, "-c", _TELL, sys.executable, "-m", "familyflow", *arguments],
            cwd=Path(folder),
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode != 0:
        raise AssertionError(f"the run failed:\n{done.stderr}")
    seconds, most = (float(number) for number in done.stdout.split())
    return seconds, most * _BYTES / 1e6


def measure(draws: int = DRAWS) -> list[Row]:
    """Seconds and megabytes; the goal of seconds is for 10,000 draws alone."""
    told = f"run: {draws:,} draws of the core offer"
    if sys.platform == "win32":
        return [skipped(told, "this system does not tell how much memory a process held")]
    seconds, megabytes = run_of(draws)
    note = f"{machine()['processors']} processors, warm cache"
    goal = SECONDS if draws >= DRAWS else None
    return [
        Row(f"{told}, end to end", seconds, "s", most=goal, note=note),
        Row(f"{told}, memory", megabytes, "MB", most=MEGABYTES),
    ]


def measure_comparison(draws: int, options: Sequence[str]) -> list[Row]:
    """Seconds of a comparison, and its memory beside that of half as many draws."""
    told = f"compare: {draws:,} draws of {len(options)} options"
    if sys.platform == "win32":
        return [skipped(told, "this system does not tell how much memory a process held")]
    _, half = run_of(draws // 2, options)
    seconds, megabytes = run_of(draws, options)
    note = f"{machine()['processors']} processors, warm cache"
    goal = COMPARE_SECONDS if draws >= DRAWS else None
    return [
        Row(f"{told}, end to end", seconds, "s", most=goal, note=note),
        Row(f"{told}, memory", megabytes, "MB"),
        Row(f"{told}, over that of half as many draws", megabytes / half, "times", most=GROWTH),
    ]


if __name__ == "__main__":
    many = int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS
    show(measure_comparison(many, sys.argv[2:]) if sys.argv[2:] else measure(many))
