"""What a second thread of the compiled engine is worth, as `familyflow run` uses threads.

python -m benchmarks.threads [ROUNDS]

Wall time of whole draws (plans made, both arms, sums), by one thread and by two in the same round.
The sums must be the same bytes. Efficiency is the gain for each thread: 1 is twice as fast.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable

from benchmarks.core_offer import inputs_of
from benchmarks.measure import Row, machine, paired, show, skipped, spread
from familyflow.experiments.engines import blocks_of
from familyflow.experiments.inputs import Inputs

GOAL = 0.85
DRAWS = 300
MEASURE = "threads: efficiency of two"


def simulated(inputs: Inputs, threads: int) -> str:
    """Simulate every draw; the SHA-256 of all sums."""
    digest = hashlib.sha256()
    for block in blocks_of(
        inputs, "compiled", threads, lambda *_: None, journal=False, months=False
    ):
        digest.update(block.quantities.tobytes())
        digest.update(block.waiting.tobytes() + block.caseload.tobytes())
    return digest.hexdigest()


def works(inputs: Inputs) -> dict[str, Callable[[], object]]:
    """The same draws by one thread and by two."""
    return {"one": lambda: simulated(inputs, 1), "two": lambda: simulated(inputs, 2)}


def measure(rounds: int, draws: int = DRAWS) -> list[Row]:
    """Efficiency of two threads, and draws a second."""
    inputs = inputs_of(draws)
    if simulated(inputs, 1) != simulated(inputs, 2):
        raise AssertionError("two threads give other sums than one")
    if machine()["processors"] == 1:
        return [skipped(MEASURE, "there is one processor")]
    times = paired(works(inputs), rounds, time.perf_counter, warm=False)
    gains = [one / (2 * two) for one, two in zip(times["one"], times["two"], strict=True)]
    return [
        spread(MEASURE, gains, least=GOAL, note="same sums, by SHA-256"),
        spread("threads: draws a second, two", [draws / each for each in times["two"]]),
    ]


if __name__ == "__main__":
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
