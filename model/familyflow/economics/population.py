"""How many families a decision is about, counted at today's value: later ones weigh less."""

from __future__ import annotations

import math

import numpy as np

from familyflow.economics.discounting import Schedule, discount_factors, flat
from familyflow.problems import bad_input

MONTHS_IN_YEAR = 12


def population(
    per_year: float, years: float, rate: float | Schedule, after_months: float = 0.0
) -> float:
    """Families the decision touches: per_year x the sum of DF(t) for t = 0 ... years - 1.

    rate: a share a year, or a discount schedule; at 0 the answer is per_year x years. after_months:
    families before a study reports cannot gain from it and are left out. A year that counts in part
    counts by its part. InputError for a negative number.

    >>> population(100, 10, 0.0)
    1000.0
    >>> population(100, 10, 0.0, after_months=18)
    850.0
    """
    for name, value in {"per year": per_year, "years": years, "months": after_months}.items():
        if not 0 <= value < math.inf:
            raise bad_input(f"{name} is {value}", "Give 0 or more.", where="population")
    schedule = rate if isinstance(rate, Schedule) else flat(rate)
    starts = np.arange(math.ceil(years), dtype=np.float64)
    ends = np.minimum(starts + 1.0, years)
    counted = np.clip(ends - np.maximum(starts, after_months / MONTHS_IN_YEAR), 0.0, 1.0)
    return float(per_year * (counted * discount_factors(schedule, len(starts))).sum())


def break_even_population(cost: float, value_each: float) -> float:
    """Families needed for information worth value_each (GBP a family) to repay its cost (GBP).

    Infinite where it is worth nothing and costs something.
    """
    if cost <= 0:
        return 0.0
    return cost / value_each if value_each > 0 else math.inf
