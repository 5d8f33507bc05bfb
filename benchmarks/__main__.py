"""Runs every benchmark, prints one table, and keeps it: python -m benchmarks [--quick].

The table is kept in benchmarks/results/<version>.json, and its main ratios as a line of the README.
--quick takes few rounds and a tenth of the draws, to see that everything works, and keeps nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

from benchmarks import (
    engines,
    expected_follow_up,
    growth,
    hot_path,
    memory,
    peers,
    start_up,
    sweep,
    threads,
)
from benchmarks.measure import Row, machine, show, skipped, told

VERSION = metadata.version("familyflow")
HERE = Path(__file__).parent
IN_README = (  # the measures of a release's line, by how their names begin
    "core offer: compiled against SimPy",
    "hot path: compiled against plain C",
    "hot path: compiled against C with",
    "threads: efficiency",
    "growth, referrals and team: 16",
    "growth, length of the term: 16",
    f"run: {memory.DRAWS:,} draws of the core offer, end",
    f"run: {memory.DRAWS:,} draws of the core offer, mem",
)


def every(*, quick: bool) -> dict[str, Callable[[], list[Row]]]:
    """Each benchmark by its name, in the order of the table."""
    return {
        "engines": lambda: engines.measure(3 if quick else 15),
        "hot_path": lambda: hot_path.measure(3 if quick else 15),
        "threads": lambda: threads.measure(2 if quick else 7, 100 if quick else threads.DRAWS),
        "growth": lambda: growth.measure(2 if quick else 15),
        "expected_follow_up": lambda: expected_follow_up.measure(100 if quick else 1_000),
        "peers": lambda: peers.measure(3 if quick else 15),
        "start_up": lambda: start_up.measure(2 if quick else 9),
        "memory": lambda: memory.measure(memory.DRAWS // 10 if quick else memory.DRAWS),
        "sweep": lambda: sweep.measure(sweep.BASE_POINTS // 16 if quick else sweep.BASE_POINTS),
    }


def made(name: str, benchmark: Callable[[], list[Row]]) -> list[Row]:
    """The rows of a benchmark; one that stops leaves a row that says why."""
    print(f"{name} ...", file=sys.stderr, flush=True)
    try:
        return benchmark()
    except (AssertionError, OSError) as error:
        return [skipped(name, str(error).partition("\n")[0])]


def report(rows: Sequence[Row], before: dict[str, object]) -> dict[str, object]:
    """What is kept of a run: nothing that names the host."""
    return {
        "version": VERSION,
        "machine": before,
        "load_average_after": machine()["load_average"],
        "measures": [asdict(row) | {"goal": row.goal, "met": row.met} for row in rows],
    }


def with_line(readme: str, version: str, rows: Sequence[Row], load: object) -> str:
    """The README with this version's line, in place of an earlier one."""
    found = (
        next((row for row in rows if row.measure.startswith(each)), None) for each in IN_README
    )
    cells = ["-" if row is None or row.value is None else told(row.value) for row in found]
    line = f"| {' | '.join([version, *cells, str(load)])} |"
    lines = readme.splitlines()
    first = next(k for k, each in enumerate(lines) if each.startswith("| version |")) + 2
    last = next(k for k in range(first, len(lines)) if not lines[k].startswith("|"))
    kept = [each for each in lines[first:last] if not each.startswith(f"| {version} |")]
    return "\n".join([*lines[:first], *kept, line, *lines[last:]]) + "\n"


def main(arguments: Sequence[str]) -> None:
    """Run, print and keep."""
    quick, before = "--quick" in arguments, machine()
    rows = [row for name, each in every(quick=quick).items() for row in made(name, each)]
    for key, value in before.items():
        print(f"{key.replace('_', ' ')}: {value}")
    show(rows)
    if quick:
        return
    results, readme = HERE / "results", HERE / "README.md"
    results.mkdir(exist_ok=True)
    kept = json.dumps(report(rows, before), indent=1)
    (results / f"{VERSION}.json").write_text(kept + "\n", encoding="utf-8")
    loads = before["load_average"]
    load = loads[0] if isinstance(loads, list) and loads else "-"
    text = with_line(readme.read_text(encoding="utf-8"), VERSION, rows, load)
    readme.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
