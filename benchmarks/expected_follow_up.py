"""Whether the expected follow-up is worth its work: variance across luck times processor time.

python benchmarks/expected_follow_up.py [LUCKS] [KEY=VALUE ...]

The core offer at its stated numbers, simulated by the compiled engine under so many lucks and
priced. Less variance alone is no gain: the same time buys more plain draws. So what counts is
variance x time, against that of one sampled follow-up; below 1 the expected one wins. The time is
that of simulating, on one thread; pricing costs the same whatever the follow-up. KEY=VALUE is set
as by `familyflow run --set`.
"""

from __future__ import annotations

import sys
import time

import numpy as np
import numpy.typing as npt

from familyflow.compiled.engine import Memory
from familyflow.compiled.sums import scheme_of, simulate_sums
from familyflow.economics import price, targets
from familyflow.experiments.engines import solver_of
from familyflow.experiments.inputs import Inputs, Settings, draw_inputs, load_inputs
from familyflow.experiments.pricing import ledger_inputs
from familyflow.experiments.quantity_names import quantities_in
from familyflow.luck import Luck
from familyflow.parameters.drawn_values import in_one
from familyflow.planning.plan import make_plan

FOLLOW_UPS = (1, 2, 4, 8, 16)
Floats = npt.NDArray[np.float64]


def inputs_of(sets: list[str]) -> Inputs:
    """The core offer, drawn once (no number of that draw is used) and solved."""
    resolved = load_inputs("core_offer", sets, [])
    return draw_inputs(resolved, Settings(1, 1, 1), lambda *_: None, solver_of("compiled", 1))


def simulated(inputs: Inputs, inner: int, lucks: int) -> tuple[float, Floats]:
    """Milliseconds of processor time a luck, and what was simulated, (1, luck, ...)."""
    plan = make_plan(inputs.base, inputs.base_solved)
    scheme, memory = scheme_of(quantities_in(inputs.base), inner), Memory()
    simulate_sums(plan, Luck(1), scheme, memory)  # the first one compiles
    began = time.process_time()
    made = [simulate_sums(plan, Luck(1, luck), scheme, memory).quantities for luck in range(lucks)]
    return 1_000 * (time.process_time() - began) / lucks, np.stack(made)[np.newaxis]


def priced(inputs: Inputs, amounts: Floats) -> dict[str, Floats]:
    """The money saved and the weeks in care avoided, by luck, at the stated prices."""
    parameters, names = inputs.resolved.parameters, quantities_in(inputs.base)
    ledger = price(ledger_inputs(parameters, in_one(inputs.base), amounts, names))
    return {
        "fiscal saving": targets.by_replication(ledger, "fiscal_saving")[0],
        "care weeks avoided": targets.care_weeks_avoided(ledger)[0],
    }


def main() -> None:
    """Print, for each number of follow-ups, the mean, the variance and variance x time."""
    lucks = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    inputs = inputs_of(sys.argv[2:])
    found = {inner: simulated(inputs, inner, lucks) for inner in FOLLOW_UPS}
    values = {inner: priced(inputs, amounts) for inner, (_, amounts) in found.items()}
    for name in values[1]:
        print(f"{name}, {lucks} lucks")
        print("follow-ups   ms a luck           mean  standard error   variance   variance x time")
        first = values[1][name].var(ddof=1) * found[1][0]
        for inner, (milliseconds, _) in found.items():
            one = values[inner][name]
            variance = one.var(ddof=1)
            share, work = variance / values[1][name].var(ddof=1), variance * milliseconds / first
            print(
                f"{inner:10} {milliseconds:11.1f} {one.mean():14,.0f} "
                f"{one.std(ddof=1) / np.sqrt(lucks):15,.0f} {share:10.3f} {work:17.3f}"
            )


if __name__ == "__main__":
    main()
