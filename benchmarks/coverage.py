"""How often intervals hold the truth, measured on toys whose truth is known.

python -m benchmarks.coverage [TIMES [keep]]

Both kinds of interval, each by its whole procedure: the Monte Carlo interval of a mean (how often
it holds the mean), and the interval of doubt about the expected value (what share of the belief it
holds, on average), with chance measured on draws that were simulated twice and taken out. Nominal
95 and 80 %; the goal is to be within a point of that at 1,000 draws. `keep` writes the table to
benchmarks/results/coverage.json.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.interval_toys import TOYS, VERY_SKEWED, Floats, Sample, Toy
from benchmarks.measure import Row, machine, show
from familyflow.economics.targets import combined
from familyflow.experiments.intervals import Interval, mean_interval
from familyflow.experiments.paired import paired_difference
from familyflow.experiments.per_draw import PerDraw
from familyflow.experiments.sampling import LEAST_TWICE, SHARE_TWICE
from familyflow.experiments.statistics import estimate, share_of_chance

SEED = 20_261_128
TIMES = 20_000
DRAWS, FEWER = 1_000, (30, 100, 200)
SHARES = (0.95, 0.80)
OF_CHANCE = (0.0, 0.3, 0.6)
WITHIN = 0.01  # 94 to 96 % of a nominal 95 %
KEPT = Path(__file__).parent / "results" / "coverage.json"
Procedure = Callable[[Sample, float], Interval]


def monte_carlo(sample: Sample, share: float) -> Interval:
    """The Monte Carlo interval of the mean, or of the paired mean difference, as in a run."""
    one = figure(sample.one)
    if sample.other is None:
        return mean_interval(one.by_draw(), share)
    return paired_difference(one, figure(sample.other), share).monte_carlo_interval


def figure(parts: Sequence[Floats]) -> PerDraw:
    """A figure of a run of one replication."""
    return PerDraw(tuple(part[:, :1] for part in parts), "GBP")


def doubt(sample: Sample) -> dict[float, Interval]:
    """The intervals of doubt, as in a run: one replication, the first draws twice."""
    values, mean = combined(sample.one), figure(sample.one).mean()
    if sample.other is not None:
        values = values - combined(sample.other)
        mean = paired_difference(figure(sample.one), figure(sample.other)).mean
    first, second = values[: twice(len(values))].T
    told = estimate(values[:, 0], "GBP", share_of_chance(values[:, 0], first, second), mean)
    return {0.95: Interval(told["low"], told["high"]), 0.80: Interval(told["p10"], told["p90"])}


def twice(draws: int) -> int:
    """How many draws a run simulates twice."""
    return min(draws, max(LEAST_TWICE, math.ceil(SHARE_TWICE * draws)))


def random_of(toy: Toy, *which: int) -> np.random.Generator:
    """A source of chance for each toy and setting, whatever else is measured."""
    return np.random.default_rng([SEED, *toy.name.encode(), *which])


def held_mean(
    toy: Toy, draws: int, times: int, procedure: Procedure = monte_carlo
) -> dict[float, float]:
    """How often a procedure's interval holds the mean, by its nominal share."""
    random = random_of(toy, draws)
    hits = dict.fromkeys(SHARES, 0)
    for _ in range(times):
        sample = toy.sample(random, draws, OF_CHANCE[1])
        for share in SHARES:
            low, high = procedure(sample, share)
            hits[share] += low <= toy.mean <= high
    return {share: found / times for share, found in hits.items()}


def held_belief(toy: Toy, draws: int, chance: float, times: int) -> dict[float, Floats]:
    """What share of the belief the interval of doubt holds, each time, by its nominal share."""
    random = random_of(toy, draws, round(100 * chance))
    held: dict[float, list[float]] = {share: [] for share in SHARES}
    for _ in range(times):
        for share, ends in doubt(toy.sample(random, draws, chance)).items():
            held[share].append(toy.held(*ends))
    return {share: np.array(found) for share, found in held.items()}


def measure(times: int = TIMES) -> list[Row]:
    """Every toy, number of draws and share of chance, on all processors; fewer draws less often."""
    jobs: list[Callable[[], list[Row]]] = [
        partial(mean_rows, toy, draws, times if draws == DRAWS else times // 2)
        for toy in (*TOYS, VERY_SKEWED)
        for draws in (DRAWS, *FEWER)
    ]
    jobs += [
        partial(belief_rows, toy, draws, chance, times if draws == DRAWS else times // 4)
        for toy in (*TOYS, VERY_SKEWED)
        for draws in (DRAWS, *FEWER[-1:])
        for chance in OF_CHANCE
    ]
    with ProcessPoolExecutor() as pool:
        return [row for rows in pool.map(_done, jobs) for row in rows]


def mean_rows(toy: Toy, draws: int, times: int) -> list[Row]:
    """How often the Monte Carlo interval holds the mean."""
    rows = []
    for share, found in held_mean(toy, draws, times).items():
        error = 100 * math.sqrt(found * (1 - found) / times)
        note = f"{times:,} times, standard error {error:.2f}"
        rows.append(_row(f"mean, {toy.name}", toy, draws, share, found, note))
    return rows


def belief_rows(toy: Toy, draws: int, chance: float, times: int) -> list[Row]:
    """What share of the belief the interval of doubt holds on average, and how that varies."""
    rows = []
    for share, held in held_belief(toy, draws, chance, times).items():
        low, high = 100 * np.percentile(held, [5, 95])
        note = f"{times:,} times, nine in ten {low:.1f} to {high:.1f}"
        name = f"doubt, {toy.name}, chance {chance:.0%}"
        rows.append(_row(name, toy, draws, share, float(held.mean()), note))
    return rows


def _row(name: str, toy: Toy, draws: int, share: float, found: float, note: str) -> Row:
    """With a goal at the default number of draws: within a point of nominal."""
    is_goal = draws == DRAWS and toy is not VERY_SKEWED
    least, most = (100 * (share + far) if is_goal else None for far in (-WITHIN, WITHIN))
    measure = f"{name}, {draws:,} draws, nominal {share:.0%}"
    return Row(measure, round(100 * found, 2), "%", least, most, note=note)


def _done(job: Callable[[], list[Row]]) -> list[Row]:
    return job()


def main(arguments: Sequence[str]) -> None:
    """Measure, print, and keep where asked to."""
    rows = measure(int(arguments[0]) if arguments else TIMES)
    show(rows)
    if "keep" in arguments:
        kept = {
            "machine": machine(),
            "measures": [asdict(row) | {"goal": row.goal, "met": row.met} for row in rows],
        }
        KEPT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
