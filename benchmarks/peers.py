"""SimPy against Ciw and simmer on the part of the service that all three can say: the waiting list.

python -m benchmarks.peers [ROUNDS]

Families come at random, wait for one of the places, give up when patience (exponential) runs out,
and hold a place for a while (uniform). No team, weeks, groups or children: the compiled engine
cannot leave these out, so it has no part here. Ciw (a Python package) and simmer (for R) are
optional. The script for simmer is written from its documentation and was not run by who wrote it.
Every peer draws its own numbers, so the gate is statistical: the share that gives up.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, NamedTuple

import simpy

from benchmarks.measure import Row, ratios, show, skipped, spread, timed

ARRIVALS_A_WEEK, PLACES, PATIENCE, SHORTEST, LONGEST, WEEKS = 3.0, 40, 12.0, 10.0, 18.0, 260.0
REPLICATIONS = 20  # in a round
_RARE = 5.0  # standard errors: further apart is another queue


class Counted(NamedTuple):
    """What came of a round: its seconds, and how many families came and gave up."""

    seconds: float
    came: float
    gave_up: float


Peer = Callable[[int], Counted]


def by_simpy(seed: int) -> Counted:
    """The queue by SimPy."""
    came = gave_up = 0

    def family(world: simpy.Environment, places: simpy.Resource) -> Generator[Any, Any, None]:
        nonlocal gave_up
        with places.request() as place:
            yield place | world.timeout(luck.expovariate(1 / PATIENCE))
            if not place.triggered:
                gave_up += 1
                return
            yield world.timeout(luck.uniform(SHORTEST, LONGEST))

    def referrals(world: simpy.Environment, places: simpy.Resource) -> Generator[Any, Any, None]:
        nonlocal came
        while True:
            yield world.timeout(luck.expovariate(ARRIVALS_A_WEEK))
            came += 1
            world.process(family(world, places))

    def work() -> None:
        for _ in range(REPLICATIONS):
            world = simpy.Environment()
            world.process(referrals(world, simpy.Resource(world, PLACES)))
            world.run(until=WEEKS)

    luck = random.Random(seed)
    return Counted(timed(work), came, gave_up)


def by_ciw(seed: int) -> Counted:
    """The queue by Ciw 3: patience is its reneging time."""
    ciw: Any = importlib.import_module("ciw")
    counts = {"service": 0, "renege": 0}

    def work() -> None:
        network = ciw.create_network(
            arrival_distributions=[ciw.dists.Exponential(rate=ARRIVALS_A_WEEK)],
            service_distributions=[ciw.dists.Uniform(lower=SHORTEST, upper=LONGEST)],
            number_of_servers=[PLACES],
            reneging_time_distributions=[ciw.dists.Exponential(rate=1 / PATIENCE)],
        )
        for replication in range(REPLICATIONS):
            ciw.seed(seed * REPLICATIONS + replication)
            simulation = ciw.Simulation(network)
            simulation.simulate_until_max_time(WEEKS)
            for record in simulation.get_all_records():
                counts[record.record_type] = counts.get(record.record_type, 0) + 1

    seconds = timed(work)
    held = REPLICATIONS * PLACES * 0.9  # still in a place at the end, so without a record: about
    return Counted(seconds, counts["service"] + counts["renege"] + held, counts["renege"])


def by_simmer(seed: int) -> Counted:
    """The queue by simmer, timed by R itself."""
    numbers = (ARRIVALS_A_WEEK, PLACES, PATIENCE, SHORTEST, LONGEST, WEEKS)
    script = Path(__file__).with_name("peers.R")
    done = subprocess.run(
        ["Rscript", str(script), str(seed), str(REPLICATIONS), *map(str, numbers)],
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, came, gave_up, _ = map(float, done.stdout.split())
    return Counted(seconds, came, gave_up)


def without_ciw() -> str:
    """Why Ciw cannot be compared; empty where it can."""
    return "" if importlib.util.find_spec("ciw") else "Ciw is not installed (pip install Ciw)"


def without_simmer() -> str:
    """Why simmer cannot be compared; empty where it can."""
    if shutil.which("Rscript") is None:
        return "R is not installed (Rscript)"
    code = "quit(status = !requireNamespace('simmer', quietly = TRUE))"
    found = subprocess.run(["Rscript", "-e", code], capture_output=True, check=False)
    return "simmer is not installed in R" if found.returncode else ""


def check_counts(one: Counted, other: Counted) -> None:
    """As many must come and give up as by SimPy, but for chance."""
    for ours, theirs in ((one.came, other.came), (one.gave_up, other.gave_up)):
        if abs(ours - theirs) > _RARE * math.sqrt(ours + theirs + 1) + 0.02 * max(ours, theirs):
            raise AssertionError(f"the peers simulate another queue: {one} and {other}")


def compare(name: str, peer: Peer, rounds: int) -> Row:
    """How many times as fast as SimPy the peer is."""
    found = []
    for seed in range(1, rounds + 1):
        ours, theirs = by_simpy(seed), peer(seed)
        check_counts(ours, theirs)
        found.append(ratios([ours.seconds], [theirs.seconds])[0])
    return spread(name, found, "times as fast")


def measure(rounds: int) -> list[Row]:
    """A row for SimPy's own time, then one for each peer."""
    own = [1_000 * by_simpy(seed).seconds / REPLICATIONS for seed in range(1, rounds + 1)]
    rows = [spread("queue alone, a replication by SimPy", own, "ms")]
    for name, peer, why_not in (
        ("Ciw", by_ciw, without_ciw),
        ("simmer", by_simmer, without_simmer),
    ):
        told, reason = f"queue alone: {name} against SimPy", why_not()
        rows.append(skipped(told, reason) if reason else compare(told, peer, rounds))
    return rows


if __name__ == "__main__":
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
