"""Runs every benchmark, prints one table, and keeps it: python -m benchmarks [--quick].

--quick takes few rounds and a tenth of the draws: to see that everything works, never for the
record. The table of a full run is kept in benchmarks/results/<version>.json.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

from benchmarks import engines, growth, hot_path, memory, peers, start_up, threads
from benchmarks.measure import Row, machine, show, skipped

VERSION = metadata.version("familyflow")
RESULTS = Path(__file__).parent / "results"


def every(*, quick: bool) -> dict[str, Callable[[], list[Row]]]:
    """Each benchmark by its name, in the order of the table."""
    few = quick
    return {
        "engines": lambda: engines.measure(3 if few else 15),
        "hot_path": lambda: hot_path.measure(3 if few else 15),
        "threads": lambda: threads.measure(2 if few else 7, 100 if few else threads.DRAWS),
        "growth": lambda: growth.measure(2 if few else 15),
        "peers": lambda: peers.measure(3 if few else 15),
        "start_up": lambda: start_up.measure(2 if few else 9),
        "memory": lambda: memory.measure(memory.DRAWS // 10 if few else memory.DRAWS),
    }


def made(name: str, benchmark: Callable[[], list[Row]]) -> list[Row]:
    """The rows of a benchmark; one that stops leaves a row that says why."""
    print(f"{name} ...", file=sys.stderr, flush=True)
    try:
        return benchmark()
    except (AssertionError, OSError) as error:
        return [skipped(name, str(error).partition("\n")[0])]


def report(rows: Sequence[Row], before: dict[str, object], *, quick: bool) -> dict[str, object]:
    """What is kept of a run: nothing that names the host."""
    return {
        "version": VERSION,
        "quick": quick,
        "machine": before,
        "load_average_after": machine()["load_average"],
        "measures": [asdict(row) | {"goal": row.goal, "met": row.met} for row in rows],
    }


def main(arguments: Sequence[str]) -> None:
    """Run, print and keep."""
    quick, before = "--quick" in arguments, machine()
    rows = [row for name, each in every(quick=quick).items() for row in made(name, each)]
    told = report(rows, before, quick=quick)
    for key, value in before.items():
        print(f"{key.replace('_', ' ')}: {value}")
    show(rows)
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{VERSION}{'-quick' if quick else ''}.json"
    file.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
