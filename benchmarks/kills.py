"""Whether work that is killed at any moment loses nothing.

python -m benchmarks.kills [KILLS [SEED]]

Each time a real process evaluates points, is caught at a random moment of a stage, and it, one of
its workers or all of them are killed by SIGKILL. Sometimes a block is torn, or one of other work
put beside it, before the work is taken up again. Then: every block that was reported as finished is
there and sound, nothing torn or foreign is taken, no finished point is evaluated again, the outputs
are those of work that nobody disturbed, and no worker is left. Linux only: it looks into /proc.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from itertools import product
from pathlib import Path

from benchmarks.kill_driver import BLOCK, POINTS, WORK, digest, evaluated, ishigami
from benchmarks.measure import machine
from familyflow.experiments.points import Evaluated
from familyflow.experiments.points.points import Floats
from familyflow.problems import RefusedError
from familyflow.store.blocks import Blocks

KILLS, SEED = 1_000, 1
KEPT = Path(__file__).parent / "results" / "kills.json"
VICTIMS = (("driver", 1), ("driver", 2), ("one worker", 2), ("all workers", 2))
STAGES = ("starting", "working", "ending", "taken up again")
HURTS = ("nothing", "nothing", "a torn block", "a block of other work", "a torn journal")
SECONDS_TO_GO = 10.0  # for workers whose driver was killed
SECONDS_AT_MOST = 60.0  # for one driver; longer, and it never says its outputs
OTHER_WORK = "00" * 32
DRIVER = "import sys; from benchmarks.kill_driver import main; main(*sys.argv[1:])"


@dataclass
class Count:
    """What came of the kills of one kind. All but kills, caught and hurt must be 0.

    caught: it was still at work when it was killed. lost: points reported as finished that no sound
    block held. accepted: torn or foreign blocks that were taken. redone: finished points that were
    evaluated again. different: outputs other than those of undisturbed work. left: workers that
    outlived their driver.
    """

    kills: int = 0
    caught: int = 0
    hurt: int = 0
    lost: int = 0
    accepted: int = 0
    redone: int = 0
    different: int = 0
    left: int = 0

    @property
    def wrong(self) -> int:
        """Everything that must be 0."""
        return self.lost + self.accepted + self.redone + self.different + self.left


@dataclass
class Trial:
    """One process and what it told before it was killed."""

    victim: str
    workers: int
    stage: str
    chance: random.Random
    folder: Path
    told: list[str] = field(default_factory=list)
    pids: set[int] = field(default_factory=set)

    def run(self) -> bool:
        """Start, wait for the moment, kill; whether it was still at work at that moment."""
        if self.stage == "taken up again":
            before = Trial("driver", 1, "working", self.chance, self.folder)
            before.run()
            self.told += before.told
        command = [sys.executable, "-c", DRIVER, str(self.folder), str(self.workers)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as driver:
            stuck = threading.Timer(SECONDS_AT_MOST, driver.kill)
            stuck.start()
            self._wait(driver)
            was_caught = driver.poll() is None and self._kill(driver)
            assert driver.stdout is not None
            self.told += [line.strip() for line in driver.stdout]
            stuck.cancel()
        return was_caught

    def done(self) -> int:
        """How many points it said were finished."""
        return max([int(line) for line in self.told if line.isdigit() and len(line) < 9] + [0])

    def finished(self) -> str | None:
        """The hash that it printed at its end."""
        return self.told[-1] if self.told and len(self.told[-1]) == 64 else None

    def _wait(self, driver: subprocess.Popen[str]) -> None:
        assert driver.stdout is not None
        most = POINTS - BLOCK
        before = min(self.done(), most)
        least, wait = {
            "starting": (before, 0.06 if self.workers == 1 else 0.4),
            "working": (self.chance.randint(before, most), 0.02),
            "ending": (most, 0.01),
            "taken up again": (self.chance.randint(min(before + 1, most), most), 0.02),
        }[self.stage]
        for line in driver.stdout:
            self.told.append(line.strip())
            if line.strip() != "ready" and self.done() >= least:
                break
        time.sleep(self.chance.uniform(0, wait))

    def _kill(self, driver: subprocess.Popen[str]) -> bool:
        workers = workers_of(driver.pid)
        self.pids.update(workers)
        if self.victim == "driver":
            driver.kill()
            return True
        if self.victim == "one worker":
            workers = self.chance.sample(workers, min(1, len(workers)))
        for pid in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return bool(workers)


def one(trial: Trial, hurt: str, wanted: str) -> Count:
    """Kill, hurt, take up again, and count what went wrong."""
    count = Count(kills=1, caught=int(trial.run()))
    held = Blocks(trial.folder, WORK)
    points = sum(block.rows for block in held.done()) if trial.folder.exists() else 0
    count.lost = max(0, trial.done() - points) + len(held.warnings)
    if trial.victim != "driver":
        count.different += trial.finished() != wanted
    count.left = len(still_there(trial.pids if trial.victim == "driver" else set()))
    points -= _hurt(trial, hurt, count)
    asked: list[int] = []

    def counted(first: int, places: Floats) -> Floats:
        asked.append(len(places))
        return ishigami(first, places)

    with contextlib.redirect_stdout(io.StringIO()):
        found = evaluated(trial.folder, evaluate=counted)
    count.different += digest(found) != wanted
    count.redone = max(0, sum(asked) - (POINTS - points))
    return count


def workers_of(driver: int) -> list[int]:
    """The workers that a driver has at this moment."""
    try:
        children = Path(f"/proc/{driver}/task/{driver}/children").read_text().split()
    except OSError:
        return []
    return [int(pid) for pid in children if b"spawn_main" in _command(int(pid))]


def still_there(pids: set[int]) -> list[int]:
    """Which of these workers are there after a while."""
    until = time.monotonic() + SECONDS_TO_GO
    while (left := [pid for pid in pids if b"spawn_main" in _command(pid)]) and (
        time.monotonic() < until
    ):
        time.sleep(0.02)
    return left


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _hurt(trial: Trial, hurt: str, count: Count) -> int:
    """Hurt what was kept; returns how many points have to be evaluated again for it."""
    blocks = sorted(trial.folder.glob("*.block"))
    journals = list(trial.folder.glob("*.journal"))
    if hurt == "a torn block" and blocks:
        path = trial.chance.choice(blocks)
        path.write_bytes(path.read_bytes()[: trial.chance.randrange(path.stat().st_size)])
        count.hurt = 1
        return BLOCK
    if hurt == "a block of other work" and trial.folder.exists():
        foreign = Blocks(trial.folder, OTHER_WORK).keep(POINTS, POINTS + 1, b"other", 2)
        count.hurt = 1
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                evaluated(trial.folder)
            count.accepted += 1
        except RefusedError:
            (trial.folder / foreign.file_name).unlink()
    if hurt == "a torn journal" and journals:
        held = journals[0].read_bytes()
        journals[0].write_bytes(held[: trial.chance.randrange(len(held) + 1)])
        count.hurt = 1
    return 0


def trials(kills: int, seed: int, within: Path) -> Iterator[tuple[tuple[str, ...], Count]]:
    """So many kills, in turn over every victim and stage; each with what it was."""
    chance = random.Random(seed)
    wanted = digest(_quietly(within / "undisturbed"))
    kinds = list(product(VICTIMS, STAGES))
    for number in range(kills):
        (victim, workers), stage = kinds[number % len(kinds)]
        folder = within / str(number)
        trial = Trial(victim, workers, stage, chance, folder)
        count = one(trial, chance.choice(HURTS), wanted)
        shutil.rmtree(folder, ignore_errors=True)
        yield ("here" if workers == 1 else f"{workers} workers", victim, stage), count


def _quietly(folder: Path) -> Evaluated:
    with contextlib.redirect_stdout(io.StringIO()):
        return evaluated(folder)


def main(arguments: Sequence[str]) -> int:
    """Kill so often, print the table and keep it; 1 where anything was wrong."""
    kills, seed = (int(each) for each in [*arguments, *[str(KILLS), str(SEED)][len(arguments) :]])
    table: dict[tuple[str, ...], Count] = {}
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for number, (kind, count) in enumerate(trials(kills, seed, Path(folder)), 1):
            total = table.setdefault(kind, Count())
            for each in fields(Count):
                setattr(total, each.name, getattr(total, each.name) + getattr(count, each.name))
            if number % 50 == 0:
                print(f"{number} of {kills}", file=sys.stderr, flush=True)
    names = [each.name for each in fields(Count)]
    rows = [("evaluated", "killed", "stage", *names)]
    rows += [
        (*kind, *(str(getattr(count, name)) for name in names)) for kind, count in table.items()
    ]
    for row in rows:
        print(
            "  ".join(cell.ljust(15 if place < 3 else 9) for place, cell in enumerate(row)).rstrip()
        )
    wrong = sum(count.wrong for count in table.values())
    print(f"{kills} kills, seed {seed}: {wrong} wrong")
    kept = {
        "machine": machine(),
        "kills": kills,
        "seed": seed,
        "wrong": wrong,
        "seconds": round(time.monotonic() - began),
        "rows": [dict(zip(rows[0], row, strict=True)) for row in rows[1:]],
    }
    KEPT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
