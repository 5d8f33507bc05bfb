"""How often `monitor` worries about a service that is as expected, and about one that is not.

python -m benchmarks.monitoring [WORLDS [SEED]]; `keep` as a last word keeps the result in
benchmarks/results/monitoring.json.

Twelve months of the core offer are simulated WORLDS times, each with numbers and luck of its own.
Each world is judged against all others: how often any line is told to be looked into is the rate of
false alarms (at most 5 in 100), and how often a line lies within its 95 % interval its coverage.
Then services that are not as expected, simulated in the same way, are judged against the same
worlds: fewer referrals, more families who stop coming.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import machine
from familyflow.experiments.inputs import REFERENCE, load_inputs
from familyflow.experiments.monitoring.expected import DRAWS, Period, worlds_of
from familyflow.experiments.monitoring.judged import FALSE_ALARM, judged
from familyflow.experiments.monitoring.statistics import Counted, Worlds
from familyflow.experiments.run import silent

WORLDS, SEED = 1_000, 1
TWELVE_MONTHS = Period(date(2026, 4, 6), date(2026, 4, 6), date(2027, 4, 5))
OTHERS = {
    "30 % fewer referrals": ["families.referrals.suitable_per_year=56"],
    "half the referrals": ["families.referrals.suitable_per_year=40"],
    "four times as many stop coming": ["service.key_work.disengaging_per_week=0.06"],
    "a quarter of sessions missed": ["service.key_work.attendance=0.75"],
}
KEPT = Path(__file__).parent / "results" / "monitoring.json"
World = dict[str, Counted]


def simulated(sets: Sequence[str], number: int, seed: int) -> list[World]:
    """So many worlds of the core offer with something changed."""
    resolved = load_inputs(REFERENCE, sets)
    return [*worlds_of(resolved, TWELVE_MONTHS, draws=number, seed=seed, progress=silent)]


def told_of(world: World, expected: Worlds) -> tuple[bool, int, int]:
    """Whether any line is to be looked into; lines told; and of them those within 95 %."""
    lines = [line for line in judged(world, expected) if line.observed is not None]
    within = sum(line.p2_5 <= (line.observed or 0.0) <= line.p97_5 for line in lines)
    return any(line.worry for line in lines), len(lines), within


def measure(worlds: int, seed: int) -> dict[str, Any]:
    """The rates of alarms, and the coverage of the intervals."""
    ours = simulated([], worlds, seed)
    rows = Worlds.of(ours)
    judgements = []
    for place, world in enumerate(ours):
        # as many others as `monitor` simulates
        near = rows.only((np.arange(1, DRAWS + 1) + place) % len(ours))
        judgements.append(told_of(world, near))
    lines = sum(count for _, count, _ in judgements)
    found: dict[str, Any] = {
        "as expected": sum(alarm for alarm, *_ in judgements) / worlds,
        "within 95 %": sum(within for *_, within in judgements) / lines,
    }
    for name, sets in OTHERS.items():
        others = simulated(sets, worlds // 4, seed + worlds)
        alarms = [told_of(world, rows.only(slice(DRAWS)))[0] for world in others]
        found[name] = sum(alarms) / len(alarms)
    return found


def main(words: list[str]) -> None:
    """Measure, print, and keep if asked."""
    given = [int(word) for word in words if word.isdecimal()]
    worlds, seed = (*given, *(WORLDS, SEED)[len(given) :])
    began = time.monotonic()
    found = measure(worlds, seed)
    for name, share in found.items():
        print(f"{name:40} {share:.3f}")
    print(f"goal: at most {FALSE_ALARM} of services as expected; {time.monotonic() - began:.0f} s")
    if words[-1:] == ["keep"]:
        told = {"worlds": worlds, "seed": seed, "machine": machine(), "alarms": found}
        KEPT.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
