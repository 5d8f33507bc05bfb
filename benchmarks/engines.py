"""How much faster the compiled engine simulates a draw of the core offer than the readable one.

python -m benchmarks.engines [DRAWS] [KEY=VALUE ...]

Both simulate the same families, both arms, from a plan to summed quantities, one after the other
in every round, on processor time of one thread. A round is a draw; the compiled engine simulates it
ten times, because in a run it simulates one draw after another, and SimPy once. KEY=VALUE is set as
by `familyflow run --set`: `appraisal.term_years=10`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.core_offer import Draw, draws_of, inputs_of
from benchmarks.measure import Row, paired, ratios, show, spread
from familyflow.compiled.engine import Memory
from familyflow.compiled.sums import Scheme, Sums, scheme_of, simulate_sums
from familyflow.experiments.quantity_names import quantities_in
from familyflow.experiments.simulation import Simulated, simulate_draw

GOAL = 100  # times SimPy, on one core
TIMES = 10


def compiled(draw: Draw, scheme: Scheme, memory: Memory) -> Callable[[], Sums]:
    """Simulate and sum a draw with the compiled engine."""
    return lambda: simulate_sums(draw.plan, draw.luck, scheme, memory)


def readable(draw: Draw) -> Callable[[], Simulated]:
    """Simulate and sum a draw with SimPy."""
    return lambda: simulate_draw(draw.values, draw.solved, draw.luck)


def often(work: Callable[[], object]) -> Callable[[], None]:
    """So often that one draw follows another."""

    def works() -> None:
        for _ in range(TIMES):
            work()

    return works


def check_sums(draw: Draw, scheme: Scheme, memory: Memory) -> None:
    """Both engines must give the same sums to the last bit."""
    ours, theirs = compiled(draw, scheme, memory)(), readable(draw)()
    same = np.array_equal(ours.quantities, theirs.quantities)
    if not (same and ours.rows == theirs.rows):
        raise AssertionError("the engines differ: no number for a wrong engine")


def measure(rounds: int, sets: Sequence[str] = ()) -> list[Row]:
    """The ratio, and the time of each for scale."""
    scheme, memory = scheme_of(quantities_in(inputs_of(1, sets).base)), Memory()
    found: dict[str, list[float]] = {"SimPy": [], "compiled": []}
    for draw in draws_of(rounds, sets):
        check_sums(draw, scheme, memory)
        works = {"SimPy": readable(draw), "compiled": often(compiled(draw, scheme, memory))}
        seconds = paired(works, 1, warm=False)
        found["SimPy"] += [1_000 * each for each in seconds["SimPy"]]
        found["compiled"] += [1_000 / TIMES * each for each in seconds["compiled"]]
    times = ratios(found["SimPy"], found["compiled"])
    return [
        spread("core offer: compiled against SimPy", times, "times as fast", least=GOAL),
        spread("core offer, a draw by SimPy", found["SimPy"], "ms"),
        spread("core offer, a draw compiled", found["compiled"], "ms"),
    ]


if __name__ == "__main__":
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 15, sys.argv[2:]))
