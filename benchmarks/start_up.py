"""How long a person waits at the command line: help, check, a small run, and the first run ever.

python -m benchmarks.start_up [PROCESSES]

Wall seconds of fresh processes, their median. The first run ever compiles the kernels, in a cache
of its own that goes away.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import familyflow
from benchmarks.measure import Row, show, spread

Start = Callable[[Sequence[str], str, Mapping[str, str]], float]
SCENARIO = "core_offer"
SMALL_RUN = ("run", SCENARIO, "--draws", "20", "--engine", "compiled")
_WITHOUT_CHARTS = (
    f"from familyflow.experiments.run import run\nrun({SCENARIO!r}, draws=20, engine='compiled')"
)
_MOST = {"--help": 0.5, "check": 0.6}  # seconds
_MOST_WITHOUT_CHARTS = 1.5
_MOST_COLD = 20.0


def environment() -> dict[str, str]:
    """Where a fresh process finds the same package."""
    return dict(os.environ) | {"PYTHONPATH": str(Path(familyflow.__file__).resolve().parents[1])}


def called(arguments: Sequence[str], folder: str, more: Mapping[str, str]) -> float:
    """Wall seconds of `familyflow` with these arguments, from its start to its end."""
    return started(["-m", "familyflow", *arguments], folder, more)


def started(arguments: Sequence[str], folder: str, more: Mapping[str, str]) -> float:
    """The same for a fresh Python with these arguments."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment() | dict(more),
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - began
    if done.returncode != 0:
        raise AssertionError(f"python {' '.join(arguments)} failed:\n{done.stderr}")
    return seconds


def in_a_fresh_folder(start: Start, arguments: Sequence[str], *, cold: bool = False) -> float:
    """The same where nothing has been run before, so that no kept answer is shown."""
    with tempfile.TemporaryDirectory() as folder:
        more = {"NUMBA_CACHE_DIR": str(Path(folder, "cache"))} if cold else {}
        return start(arguments, folder, more)


def measure(processes: int) -> list[Row]:
    """Help, check, a small run with warm cache, and the same with a cold one."""
    rows = []
    for arguments in (("--help",), ("check", SCENARIO), SMALL_RUN):
        told = f"start-up: familyflow {' '.join(arguments)}"
        note = "with six charts" if arguments is SMALL_RUN else ""
        seconds = _fresh(called, arguments, processes)
        rows.append(spread(told, seconds, "s", most=_MOST.get(arguments[0]), note=note))
    seconds = _fresh(started, ("-c", _WITHOUT_CHARTS), processes)
    told = "start-up: that run from Python, without charts"
    rows.append(spread(told, seconds, "s", most=_MOST_WITHOUT_CHARTS))
    cold = [in_a_fresh_folder(called, SMALL_RUN, cold=True) for _ in range(max(1, processes // 3))]
    rows.append(spread("start-up: the first run ever (compiles)", cold, "s", most=_MOST_COLD))
    return rows


def _fresh(start: Start, arguments: Sequence[str], processes: int) -> list[float]:
    in_a_fresh_folder(start, arguments)  # fills what the system caches
    return [in_a_fresh_folder(start, arguments) for _ in range(processes)]


if __name__ == "__main__":
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
