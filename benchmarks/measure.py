"""What the benchmarks share: paired rounds, rows of the table, and the machine they ran on.

A machine's speed changes from minute to minute, so works are timed one after the other in rounds of
shuffled order, on processor time, and compared within each round only.
"""

from __future__ import annotations

import gc
import os
import platform
import random
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from statistics import median, quantiles

_ORDER = random.Random(1)
PACKAGES = ("familyflow", "numpy", "numba", "simpy", "pandas")


@dataclass(frozen=True)
class Row:
    """A line of the table: one measure, with its goal where it has one.

    value is None where the measure was skipped, and note says why. low and high: half of the rounds
    lie between them.
    """

    measure: str
    value: float | None = None
    unit: str = ""
    least: float | None = None
    most: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.least is not None and self.most is not None:
            return f"{self.least:g} to {self.most:g}"
        if self.least is not None:
            return f"at least {self.least:g}"
        return "" if self.most is None else f"at most {self.most:g}"

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without a goal or a value."""
        if self.value is None or not self.goal:
            return None
        above = self.least is None or self.value >= self.least
        return above and (self.most is None or self.value <= self.most)


def skipped(measure: str, reason: str) -> Row:
    """A measure that could not be made here."""
    return Row(measure, note=f"skipped: {reason}")


def spread(
    measure: str,
    values: Sequence[float],
    unit: str = "",
    *,
    least: float | None = None,
    most: float | None = None,
    note: str = "",
) -> Row:
    """The median of rounds, and between which values half of them lie."""
    low, _, high = quantiles(values, n=4) if len(values) > 1 else [*values] * 3
    return Row(measure, median(values), unit, least, most, low, high, note)


def show(rows: Sequence[Row]) -> None:
    """Print the table."""
    lines = [("measure", "value", "goal", "met", "half of the rounds; notes"), *map(_cells, rows)]
    widths = [max(len(line[k]) for line in lines) for k in range(4)]
    for *cells, note in lines:
        print("  ".join([*(c.ljust(w) for c, w in zip(cells, widths, strict=True)), note]).rstrip())


def told(value: float) -> str:
    """A number to three figures, never in powers of ten."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _cells(row: Row) -> tuple[str, ...]:
    value = "" if row.value is None else f"{told(row.value)} {row.unit}".rstrip()
    met = {None: "", True: "met", False: "missed"}[row.met]
    between = ""
    if row.low is not None and row.high is not None and row.low != row.high:
        between = f"{told(row.low)} to {told(row.high)}"
    return row.measure, value, row.goal, met, "; ".join(filter(None, (between, row.note)))


def timed(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Seconds that a work takes, with nobody looking for rubbish meanwhile, as in a run."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        began = clock()
        work()
        return clock() - began
    finally:
        if was_on:
            gc.enable()


def paired(
    works: Mapping[str, Callable[[], object]],
    rounds: int,
    clock: Callable[[], float] = time.process_time,
    *,
    warm: bool = True,
) -> dict[str, list[float]]:
    """Seconds of each work in each round, in shuffled order. warm: after one that is not timed."""
    order = list(works)
    found: dict[str, list[float]] = {name: [] for name in works}
    for this_round in range(-int(warm), rounds):
        _ORDER.shuffle(order)
        for name in order:
            seconds = timed(works[name], clock)
            if this_round >= 0:
                found[name].append(seconds)
    return found


def ratios(above: Sequence[float], below: Sequence[float]) -> list[float]:
    """The ratio of each round."""
    return [one / other for one, other in zip(above, below, strict=True)]


def machine() -> dict[str, object]:
    """Versions, model of processor, processors and load average: nothing that names the host."""
    versions = {"python": platform.python_version()}
    for name in PACKAGES:
        with suppress(metadata.PackageNotFoundError):
            versions[name] = metadata.version(name)
    affinity = getattr(os, "sched_getaffinity", None)
    return {
        "versions": versions,
        "processor": _processor(),
        "processors": len(affinity(0)) if affinity else os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "load_average": [round(each, 2) for each in os.getloadavg()]
        if hasattr(os, "getloadavg")
        else [],
    }


def flags_of_processor() -> set[str]:
    """What the processor can do, where the system tells; else nothing."""
    for line in _lines_about_processor():
        if line.partition(":")[0].strip() == "flags":
            return set(line.partition(":")[2].split())
    return set()


def _processor() -> str:
    for line in _lines_about_processor():
        if line.partition(":")[0].strip() == "model name":
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _lines_about_processor() -> list[str]:
    with suppress(OSError):
        return Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return []
