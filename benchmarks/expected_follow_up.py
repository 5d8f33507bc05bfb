"""Whether the expected follow-up is worth its work: variance across luck times processor time.

python -m benchmarks.expected_follow_up [LUCKS] [KEY=VALUE ...]

The core offer at its stated numbers, simulated by the compiled engine under so many lucks and
priced. Less variance alone is no gain: the same time buys more plain draws. So what counts is
variance x time, against that of one sampled follow-up; below 1 the expected one wins. The time is
that of simulating, on one thread; pricing costs the same whatever the follow-up, and makes more of
them dearer by less than stands here. KEY=VALUE is set as by `familyflow run --set`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from benchmarks.core_offer import inputs_of
from benchmarks.measure import Row, show
from familyflow.compiled.engine import Memory
from familyflow.compiled.sums import scheme_of, simulate_sums
from familyflow.economics import price, targets
from familyflow.experiments.inputs import Inputs
from familyflow.experiments.pricing import ledger_inputs, quantities_in_order
from familyflow.experiments.quantity_names import quantities_in
from familyflow.luck import Luck
from familyflow.parameters.drawn_values import in_one
from familyflow.planning.plan import make_plan

LUCKS = 1_000
SAMPLED, FOLLOW_UPS = 1, (2, 4, 8, 16)
Floats = npt.NDArray[np.float64]


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
    told = quantities_in_order(names, amounts)
    ledger = price(ledger_inputs(parameters, in_one(inputs.base), told, names))
    return {
        "fiscal saving": targets.by_replication(ledger, "fiscal_saving")[0],
        "care weeks avoided": targets.care_weeks_avoided(ledger)[0],
    }


def measure(lucks: int = LUCKS, sets: Sequence[str] = ()) -> list[Row]:
    """For each figure and number of follow-ups: variance x time, against one sampled follow-up."""
    inputs = inputs_of(1, sets)  # no number of that draw is used
    found = {inner: simulated(inputs, inner, lucks) for inner in (SAMPLED, *FOLLOW_UPS)}
    values = {inner: priced(inputs, amounts) for inner, (_, amounts) in found.items()}
    rows = []
    for name, plain in values[SAMPLED].items():
        for inner in FOLLOW_UPS:
            variance = float(values[inner][name].var(ddof=1) / plain.var(ddof=1))
            longer = found[inner][0] / found[SAMPLED][0]
            note = f"{variance:.3f} of the variance in {longer:.1f} times the time; {lucks} lucks"
            told = f"expected follow-up of {inner}: {name}, variance x time"
            rows.append(Row(told, variance * longer, "of sampled", most=1.0, note=note))
    return rows


if __name__ == "__main__":
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else LUCKS, sys.argv[2:]))
