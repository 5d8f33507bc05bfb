"""What the chain gives of each published total, by the cohort calculation, draw by draw.

For children of average frailty: the figures are of all children in the country, not of this cohort.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from familyflow.outcomes.calibration import episode_lengths, follow_from
from familyflow.outcomes.cohort import Cohort, make_cohort
from familyflow.outcomes.cohort_chain import LENGTHS
from familyflow.outcomes.levels_of_need import Solved
from familyflow.records.areas.chain import MONTHS
from familyflow.records.areas.figures import BANDS
from familyflow.records.arrays import Floats
from familyflow.specification.plan import CHILD_IN_NEED, CHILD_PROTECTION, EARLY_HELP

BLOCK: Final = 250  # draws followed at once; no result depends on it
_ESCALATION: Final = "outcomes.escalation."
_CARE: Final = _ESCALATION + "looked_after_months_19_24"


def outputs_of(values: Sequence[Mapping[str, Any]], solved: Sequence[Solved]) -> dict[str, Floats]:
    """Each output by its name: [draw], or [draw, length] for the lengths."""
    found: dict[str, list[Floats]] = {}
    for start in range(0, len(values), BLOCK):
        part = slice(start, start + BLOCK)
        for name, output in _of_block([*values[part]], [*solved[part]]).items():
            found.setdefault(name, []).append(output)
    return {name: np.concatenate(parts) for name, parts in found.items()}


def _of_block(values: Sequence[Mapping[str, Any]], solved: Sequence[Solved]) -> dict[str, Floats]:
    cohort = make_cohort(
        values,
        np.array([one.stay_scale for one in solved]),
        np.array([one.care_multiplier for one in solved]),
    )
    alike = replace(cohort, frailty=np.ones((len(cohort), 1)), kinds=np.ones(1))
    return {
        "back_12": back_in_need(alike, 12),
        "back_72": back_in_need(alike, 72),
        "plan_lengths": np.array([plan_lengths(one) for one in values]),
        "episode_lengths": episode_lengths(cohort),
        "plan_again_60": plan_again(alike, values, 60),
        "looked_after": np.array([float(one[_CARE]) for one in values]),
    }


def back_in_need(cohort: Cohort, months: int) -> Floats:
    """Share of children closed from child in need who are in need again by then: [draw].

    On closing they come to early help, as in the chain.
    """
    there = follow_from(cohort, EARLY_HELP, months, last=(CHILD_IN_NEED,))
    return np.asarray(there[:, -1, CHILD_IN_NEED])


def plan_again(cohort: Cohort, values: Sequence[Mapping[str, Any]], months: int) -> Floats:
    """Share of children whose plan ended other than with care who have another by then: [draw]."""
    step_down = np.array([float(one[_ESCALATION + "plan_to_child_in_need"]) for one in values])
    to_care = np.array([float(one[_ESCALATION + "plan_to_care"]) for one in values])
    share = step_down / (1.0 - to_care)
    again = [
        follow_from(cohort, level, months, last=(CHILD_PROTECTION,))[:, -1, CHILD_PROTECTION]
        for level in (CHILD_IN_NEED, EARLY_HELP)
    ]
    return np.asarray(share * again[0] + (1.0 - share) * again[1])


def plan_lengths(values: Mapping[str, Any]) -> list[float]:
    """Share of plans that last longer than 3, 6, 12 and 24 months, from the rates of leaving."""
    rates = values[_ESCALATION + "plan_leaving"]
    longer, before, found = 1.0, 0, []
    for months, band in zip(MONTHS, BANDS, strict=False):
        longer *= math.exp(-float(rates[band]) * (months - before))
        before = months
        found.append(longer)
    assert before == LENGTHS[-1]  # the same months as those of episodes
    return found
