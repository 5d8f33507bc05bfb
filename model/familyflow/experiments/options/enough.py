"""Whether the draws are enough for the choice, by an absolute measure, and how many would be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from familyflow.experiments.options.best import VALUE
from familyflow.experiments.options.simulate import OptionRun
from familyflow.experiments.precision import (
    LEAST_DRAWS,
    best_replications,
    draws_to_be_within,
    draws_to_decide,
    variances,
)

SURE: Final = 0.95  # the probability with which the sign of a difference is to be right
# A new draw has its numbers drawn, its plan made and its families; a replication only the latter.
COST_OF_DRAW: Final = 0.5


def enough(runs: Sequence[OptionRun], within: float | None) -> list[dict[str, Any]]:
    """Of every option less the first: draws for the sign of net public value, or to be within £.

    within: the half-width that the decision bears, in pounds; None asks for the sign alone.
    """
    return [_enough(run, runs[0], within) for run in runs[1:]]


def _enough(run: OptionRun, less: OptionRun, within: float | None) -> dict[str, Any]:
    values = run.main[VALUE].by_replication() - less.main[VALUE].by_replication()
    middle, draws = values.mean(axis=1), len(values)
    subject = f"{run.name} less {less.name}"
    row: dict[str, Any] = {"option": run.name, "less": less.name, "draws": draws}
    if draws < LEAST_DRAWS:
        reason = f"{draws} draws tell too little of their own spread: {LEAST_DRAWS} or more would"
        return {**row, "needed": None, "reason": reason}
    if not np.ptp(middle):
        return {**row, "needed": None, "reason": f"{subject}: the same in every draw"}
    variance = float(np.var(middle, ddof=1))
    if within is None:
        found = draws_to_decide(SURE, float(middle.mean()), variance, draws, subject)
    else:
        found = draws_to_be_within(within, variance, draws, subject=subject)
    row |= {"needed": found.draws, "now": found.now, "reason": found.reason}
    if run.twice is not None and less.twice is not None:
        pairs = run.twice[VALUE].by_replication() - less.twice[VALUE].by_replication()
        parts = variances(middle, pairs[:, 0], pairs[:, 1], values.shape[1])
        if parts.between > 0.0:  # else these draws do not tell doubt from chance
            best = best_replications(parts, COST_OF_DRAW)
            row |= {"replications": best.replications, "replications_reason": best.reason}
    return row
