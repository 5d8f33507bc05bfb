"""How much faster the compiled engine simulates a draw of the core offer than the readable one.

python benchmarks/engines.py [DRAWS] [KEY=VALUE ...]

Both simulate the same families, both arms, from a plan to summed quantities, one after the other
in every round, on processor time of one thread. Rounds are compared within themselves: a machine's
speed changes from minute to minute. KEY=VALUE is set as by `familyflow run --set`, for growth:
`appraisal.term_years=10`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import median, quantiles

import numpy as np

from familyflow.compiled.engine import Memory
from familyflow.compiled.sums import scheme_of, simulate_sums
from familyflow.experiments.engines import solver_of
from familyflow.experiments.inputs import Inputs, Settings, draw_inputs, load_inputs
from familyflow.experiments.quantity_names import quantities_in
from familyflow.experiments.sampling import luck_of
from familyflow.experiments.simulation import simulate_draw
from familyflow.planning.plan import make_plan


def inputs_of(draws: int, sets: list[str]) -> Inputs:
    """The core offer, drawn and solved."""
    settings = Settings(draws, 1, 1)
    resolved = load_inputs("core_offer", sets, [])
    return draw_inputs(resolved, settings, lambda *_: None, solver_of("compiled", 1))


def timed(work: Callable[[], np.ndarray]) -> tuple[float, np.ndarray]:
    """Milliseconds of processor time, and what was made."""
    began = time.process_time()
    made = work()
    return 1_000 * (time.process_time() - began), made


def main() -> None:
    """Print the milliseconds of each engine and the ratio of each round, then the median."""
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    inputs = inputs_of(draws, sys.argv[2:])
    scheme, memory = scheme_of(quantities_in(inputs.base)), Memory()
    ratios, plain, fast = [], [], []
    for draw in range(-1, draws):  # the first one compiles
        values, solved = inputs.values[max(draw, 0)], inputs.solved[max(draw, 0)]
        plan, luck = make_plan(values, solved), luck_of(inputs.settings, max(draw, 0), 0)
        compiled, ours = timed(
            lambda plan=plan, luck=luck: simulate_sums(plan, luck, scheme, memory).quantities
        )
        readable, theirs = timed(
            lambda values=values, solved=solved, luck=luck: (
                simulate_draw(values, solved, luck).quantities
            )
        )
        if not np.array_equal(ours, theirs):
            sys.exit(f"draw {draw}: the engines differ")
        if draw >= 0:
            ratios.append(readable / compiled)
            plain.append(readable)
            fast.append(compiled)
    low, _, high = quantiles(ratios, n=4) if draws > 1 else ratios * 3
    print(f"SimPy     {median(plain):8.1f} ms a draw")
    print(f"compiled  {median(fast):8.1f} ms a draw")
    print(f"ratio     {median(ratios):8.1f}  (half of the rounds between {low:.0f} and {high:.0f})")


if __name__ == "__main__":
    main()
