"""The fixed cohort on which a draw is calibrated and its effects are solved: who, and how fast.

Children of families who start, by level when they were referred, ages spread evenly, and three
kinds of frailty. They wait, and are then followed from the day their family starts: published
totals are of such children. The rates are those of the engines' chain; draws lie along the first
axis.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from familyflow.outcomes.cohort_chain import FRAILTY_SHARES, LEVELS
from familyflow.outcomes.levels_of_need import (
    DailyRates,
    daily_rates,
)
from familyflow.outcomes.readings import number
from familyflow.outcomes.starting import levels_at_start, months_waited
from familyflow.specification.plan import (
    CHILD_IN_NEED,
    CHILD_PROTECTION,
    EARLY_HELP,
    FOSTER,
    UNIVERSAL,
    Floats,
)

CARE = FOSTER
TIMED = (CHILD_IN_NEED, CHILD_PROTECTION)  # levels that children leave by the time in them


@dataclass(frozen=True)
class Cohort:
    """The rates of a block of draws: arrays with draws along the first axis, rates per day."""

    weights: Floats  # [draw, from, to]: a rate, or for TIMED levels and care the share of leavers
    leaving: Floats  # [draw, timed level, band]: rate of leaving
    care_leaving: Floats  # [draw, age band]
    start: Floats  # [draw, level]: shares on the day of the referral
    frailty: Floats  # [draw, kind]: children who are less, as, and more fragile
    kinds: Floats  # [kind]: their shares
    youngest: int  # years: ages are uniform from this birthday ...
    oldest: int  # ... to the last day of this year of age
    waits: tuple[tuple[int, float], ...] = ((0, 1.0),)  # months until the start, and their shares

    def __len__(self) -> int:
        return len(self.weights)

    def part(self, draws: slice) -> Cohort:
        """Some of the draws."""
        return replace(
            self,
            **{
                name: getattr(self, name)[draws]
                for name in ("weights", "leaving", "care_leaving", "start", "frailty")
            },
        )


def make_cohort(
    draws: Sequence[Mapping[str, object]],
    stay_scale: Floats | None = None,
    care_multiplier: Floats | None = None,
) -> Cohort:
    """The cohort of each draw, with the multipliers of each draw (by default 1)."""
    rates = [daily_rates(values) for values in draws]
    spreads = [number(values, "families.make_up.frailty_spread") for values in draws]
    cohort = Cohort(
        weights=np.array([_weights(rate) for rate in rates]),
        leaving=np.array([(rate.child_in_need_leaving, rate.plan_leaving) for rate in rates]),
        care_leaving=np.array([rate.care_leaving for rate in rates]),
        start=np.array([levels_at_start(values) for values in draws]),
        frailty=np.array([frailty_points(spread) for spread in spreads]),
        kinds=np.array(FRAILTY_SHARES),
        youngest=int(number(draws[0], "families.make_up.youngest_age")),
        oldest=int(number(draws[0], "families.make_up.oldest_age")),
        waits=tuple(months_waited(draws[0])),
    )
    ones = np.ones(len(draws))
    return with_multipliers(
        cohort,
        ones if stay_scale is None else stay_scale,
        ones if care_multiplier is None else care_multiplier,
    )


def with_multipliers(cohort: Cohort, stay_scale: Floats, care_multiplier: Floats) -> Cohort:
    """The cohort with child in need left sooner, and links into care multiplied, by draw."""
    weights, leaving = cohort.weights.copy(), cohort.leaving.copy()
    weights[:, list(TIMED), CARE] *= care_multiplier[:, None]
    leaving[:, TIMED.index(CHILD_IN_NEED)] *= stay_scale[:, None]
    return replace(cohort, weights=weights, leaving=leaving)


def frailty_points(spread: float) -> list[float]:
    """Three frailties that stand for a lognormal one of mean 1, in the shares FRAILTY_SHARES.

    spread is the standard deviation of its logarithm. The points of Gauss-Hermite quadrature:
    exact for polynomials in the logarithm up to the fifth degree, where the means of three equal
    thirds would lose a fifth of its variance (and 2 % of the children who come into care).
    """
    points = [math.exp(spread * at) for at in (-math.sqrt(3.0), 0.0, math.sqrt(3.0))]
    mean = sum(point * share for point, share in zip(points, FRAILTY_SHARES, strict=True))
    return [point / mean for point in points]


def _weights(rates: DailyRates) -> Floats:
    weights = np.zeros((LEVELS, LEVELS))
    weights[UNIVERSAL, EARLY_HELP] = rates.universal_to_early_help
    weights[UNIVERSAL, CHILD_IN_NEED] = rates.universal_to_child_in_need
    weights[EARLY_HELP, CHILD_IN_NEED] = rates.early_help_to_child_in_need
    weights[EARLY_HELP, UNIVERSAL] = rates.early_help_ends
    weights[CHILD_IN_NEED, CHILD_PROTECTION] = rates.child_in_need_to_plan
    weights[CHILD_IN_NEED, CARE] = rates.child_in_need_to_care
    weights[CHILD_IN_NEED, EARLY_HELP] = (
        1.0 - rates.child_in_need_to_plan - rates.child_in_need_to_care
    )
    weights[CHILD_PROTECTION, CARE] = rates.plan_to_care
    weights[CHILD_PROTECTION, CHILD_IN_NEED] = rates.plan_to_child_in_need
    weights[CHILD_PROTECTION, EARLY_HELP] = 1.0 - rates.plan_to_care - rates.plan_to_child_in_need
    weights[CARE, CHILD_IN_NEED] = rates.care_leaves_home
    weights[CARE, UNIVERSAL] = 1.0 - rates.care_leaves_home
    return weights
