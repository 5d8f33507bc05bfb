"""How far long work is: bars on a terminal, or lines for a program that waits for it."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from familyflow.cli.output import one_line

Progress = Callable[[str, int, int], None]
_SECONDS_BETWEEN_LINES = 1.0


@contextmanager
def progress(*, quiet: bool, lines: bool = False) -> Iterator[Progress | None]:
    """A function (stage, done, of how many) that shows progress; None where nobody looks.

    Bars on a terminal, with what is done a second and the time left. lines: a line of JSON on
    stderr instead, about one a second, whether there is a terminal or not.
    """
    if lines:
        yield Lines()
    elif quiet or not sys.stderr.isatty():
        yield None
    else:
        with _bars() as show:
            yield show


@dataclass
class _Stage:
    """One kind of work: when it began here, and what was done before."""

    began: float
    before: int
    told: float = float("-inf")

    def per_second(self, done: int, now: float) -> float | None:
        """What is done a second, without what an earlier command had done."""
        seconds = now - self.began
        return (done - self.before) / seconds if seconds > 0 and done > self.before else None


class Lines:
    """Progress as lines of JSON: stage, done, of, per_second, seconds_left (null: not known)."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._stages: dict[str, _Stage] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell it, unless less than a second ago it was told already."""
        now = self._clock()
        known = self._stages.get(stage)
        if known is None or done < known.before:  # the same kind of work begun anew
            known = self._stages[stage] = _Stage(now, done)
        if done < total and now - known.told < _SECONDS_BETWEEN_LINES:
            return
        known.told = now
        speed = known.per_second(done, now)
        told = {
            "stage": stage,
            "done": done,
            "of": total,
            "per_second": None if speed is None else round(speed, 2),
            "seconds_left": None if speed is None else round((total - done) / speed, 1),
        }
        sys.stderr.write(json.dumps(told) + "\n")
        sys.stderr.flush()


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    bars = Bars(
        TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}", markup=False), TimeRemainingColumn(),
        console=console, transient=True,
    )  # fmt: skip
    tasks: dict[str, Any] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            tasks[stage] = bars.add_task(one_line(stage), total=total, speed="")
        task = bars.tasks[bars.task_ids.index(tasks[stage])]
        speed = f"{task.speed:,.0f}/s" if task.speed else ""
        bars.update(tasks[stage], completed=done, total=total, speed=speed)

    with bars:
        yield show
