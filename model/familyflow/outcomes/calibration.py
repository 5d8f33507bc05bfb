"""What the baseline is calibrated to, as the chain gives it without the service.

Two numbers are found for each draw (by `cohort_chain`). One factor on the rate of leaving child in
need makes whole episodes (plans and care included) as long as published: in the mean time in an
episode within its first two years, because costs follow time and no single factor can match all
four points; for children of average frailty and the published shares into care, because the lengths
are those of all episodes in the country, not of this cohort. One multiplier on the two links into
care makes the share of children looked after in months 19 to 24 the published share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from familyflow.outcomes.cohort import Cohort
from familyflow.outcomes.cohort_chain import COUNTED_FROM, LENGTHS, MONTHS, TOLERANCE
from familyflow.outcomes.expected import (
    STEPS_IN_MONTH,
    after_waiting,
    follow,
    monthly_grid,
    no_influence,
)
from familyflow.specification.plan import CHILD_IN_NEED, EARLY_HELP, UNIVERSAL, Floats


def looked_after(cohort: Cohort, steps_in_month: int = STEPS_IN_MONTH) -> Floats:
    """The share of children in care on any day in months 19 to 24 of those who start, without it.

    Months are counted from the day on which their family would have started.
    """
    grid = monthly_grid(MONTHS, steps_in_month)
    total = np.zeros(len(cohort))
    for months, share in cohort.waits:
        without, longer = after_waiting(no_influence(len(cohort), grid), grid, months)
        counted_from = (COUNTED_FROM + months) * steps_in_month
        total += share * follow(cohort, without, longer, counted_from).looked_after
    return total


def episode_lengths(cohort: Cohort) -> Floats:
    """Of child-in-need episodes, the share still open after LENGTHS months: [draw, length].

    An episode includes time on a plan and in care, until it closes. Frailty is 1 throughout.
    """
    alike = replace(cohort, frailty=np.ones((len(cohort), 1)), kinds=np.ones(1))
    occupancy = follow_from(alike, CHILD_IN_NEED, LENGTHS[-1], last=(UNIVERSAL, EARLY_HELP))
    closed = occupancy[:, :, UNIVERSAL] + occupancy[:, :, EARLY_HELP]
    still: Floats = 1.0 - closed[:, [months * STEPS_IN_MONTH for months in LENGTHS]]
    return still


def follow_from(cohort: Cohort, level: int, months: int, last: Sequence[int]) -> Floats:
    """Shares by level without the service, if all arrive at one level: [draw, step, level].

    Nobody leaves the levels in `last`.
    """
    start = np.zeros_like(cohort.start)
    start[:, level] = 1.0
    weights = cohort.weights.copy()
    weights[:, list(last)] = 0.0
    grid = monthly_grid(months)
    from_there = replace(cohort, start=start, weights=weights)
    return follow(from_there, no_influence(len(cohort), grid), grid).occupancy


def mean_length(survival: Floats) -> Floats:
    """Mean months within the first two years, from survival at LENGTHS: [draw]."""
    before = np.concatenate([np.ones((len(survival), 1)), survival[:, :-1]], axis=1)
    months = np.diff(LENGTHS, prepend=0)
    ratio = before / survival
    flat = np.abs(ratio - 1.0) < TOLERANCE
    area = (before - survival) / np.where(flat, 1.0, np.log(ratio))
    mean: Floats = (np.where(flat, survival, area) * months).sum(axis=1)
    return mean
