"""The hazard ratio on each link at which the expected cohort gives the published totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from familyflow.outcomes.calibration import TOLERANCE
from familyflow.outcomes.cohort import Cohort
from familyflow.outcomes.dose import DoseCurve
from familyflow.outcomes.effect_table import is_neutral
from familyflow.outcomes.effects import (
    Exposure,
    Totals,
    below_at_the_start,
    child_in_need_within_a_year,
    exposure,
    influence,
    looked_after_and_plans,
    nothing_acts,
    published,
    totals,
)
from familyflow.outcomes.expected import Grid, Influence, monthly_grid
from familyflow.outcomes.levels_of_need import CARE_LINK, PLAN_LINK
from familyflow.specification.plan import Floats

HIGHEST_RATIO = 5.0
NUDGE = 0.1
MOST_ROUNDS = 60
LONGEST_STEP = 0.5


@dataclass(frozen=True)
class Links:
    """The solved hazard ratios at full dose: arrays by draw.

    missed: the largest distance of a total from the one wanted, relative to it; 0 when neutral.
    """

    care: Floats
    plan: Floats
    child_in_need: Floats
    missed: Floats


def solve_links(
    draws: Sequence[Mapping[str, object]],
    cohort: Cohort,
    curves: Sequence[DoseCurve],
    reference: Mapping[str, object],
) -> Links:
    """The hazard ratio on each link, by draw, from a cohort that is already calibrated.

    A ratio lies between the larger of 0.01 and one less the cap, and 5. Where no ratio in there
    reaches a total the nearest bound is kept, and `missed` says so. Neutral draws give exactly 1.
    """
    grid = monthly_grid()
    neutral = np.array([is_neutral(values) for values in draws])
    if neutral.all():
        ones = np.ones(len(draws))
        return Links(ones, ones.copy(), ones.copy(), np.zeros(len(draws)))
    exposed = [exposure(draws, curve, reference, grid) for curve in curves]
    goals = published(draws).goals(totals(cohort, nothing_acts(len(cohort), grid), grid))
    first, gap = _solve_child_in_need(cohort, exposed, goals, grid)
    care, plan, gaps = _solve_care_and_plan(cohort, exposed, goals, grid, first)
    missed = np.abs(np.vstack([gaps, gap])).max(axis=0)
    return Links(
        care=np.where(neutral, 1.0, care),
        plan=np.where(neutral, 1.0, plan),
        child_in_need=np.where(neutral, 1.0, first),
        missed=np.where(neutral, 0.0, missed),
    )


def _solve_child_in_need(
    cohort: Cohort, exposed: Sequence[Exposure], goals: Totals, grid: Grid
) -> tuple[Floats, Floats]:
    """The first link depends on no other: secants, each draw until it is done or at a bound."""
    low, high = exposed[0].lowest_ratio, HIGHEST_RATIO
    ones, below = np.ones(len(cohort)), below_at_the_start(cohort, grid)

    def gap(ratio: Floats) -> Floats:
        links = np.stack([ones, ones, ratio])
        reached = child_in_need_within_a_year(below, influence(links, exposed[0]), grid)
        return _ratio(reached, goals.child_in_need)

    at, value = ones, gap(ones)
    moved = ones - NUDGE
    new = gap(moved)
    slope = (new - value) / -NUDGE
    for _ in range(MOST_ROUNDS):
        at, value = moved, new
        target = np.clip(at - _divide(value, slope), low, high)
        done = (np.abs(value) <= TOLERANCE) | (target == at)
        if done.all():
            break
        moved = np.where(done, at, target)
        new = np.where(done, value, gap(moved))
        slope = np.where(done, slope, (new - value) / np.where(done, 1.0, moved - at))
    return at, value


def _solve_care_and_plan(
    cohort: Cohort,
    exposed: Sequence[Exposure],
    goals: Totals,
    grid: Grid,
    child_in_need: Floats,
) -> tuple[Floats, Floats, Floats]:
    """Both at once, because plans lead to care: Broyden's method, two by two, draw by draw."""
    low = exposed[0].lowest_ratio

    def gaps(ratios: Floats) -> Floats:
        links = np.stack([ratios[CARE_LINK], ratios[PLAN_LINK], child_in_need])
        looked_after, plans = looked_after_and_plans(cohort, _acting(links, exposed), grid)
        return np.stack(
            [
                _ratio(looked_after, goals.looked_after),
                _ratio(plans.sum(axis=1), goals.plans),
            ]
        )

    at = np.ones((2, len(cohort)))
    value = gaps(at)
    slopes = np.empty((2, 2, len(cohort)))  # [gap, ratio, draw]
    for ratio in (CARE_LINK, PLAN_LINK):
        nudged = at.copy()
        nudged[ratio] -= NUDGE
        slopes[:, ratio] = (value - gaps(nudged)) / NUDGE
    for _ in range(MOST_ROUNDS):
        step = _bounded_step(at, value, slopes, low)
        done = ((np.abs(value) <= TOLERANCE) | (step == 0.0)).all(axis=0)
        if done.all():
            break
        step = np.where(done, 0.0, step)
        new = np.where(done, value, gaps(at + step))
        missed = new - value - (slopes * step).sum(axis=1)
        length = np.where(done, 1.0, (step * step).sum(axis=0))
        slopes = slopes + missed[:, None] * step[None, :] / length
        at, value = at + step, new
    return at[CARE_LINK], at[PLAN_LINK], value


def _acting(links: Floats, exposed: Sequence[Exposure]) -> list[Influence]:
    return [influence(links, group) for group in exposed]


def _bounded_step(at: Floats, value: Floats, slopes: Floats, low: Floats) -> Floats:
    """The Newton step of both ratios, kept within bounds: each gives way to the other's bound."""
    (a, b), (c, d) = slopes
    both = a * d - b * c
    plan = _kept_within(at[1], _divide(c * value[0] - a * value[1], both), low)
    care = _kept_within(at[0], -_divide(value[0] + b * plan, a), low)
    plan = _kept_within(at[1], -_divide(value[1] + c * care, d), low)
    return np.stack([care, plan])


def _kept_within(at: Floats, step: Floats, low: Floats) -> Floats:
    shortened = np.clip(step, -LONGEST_STEP, LONGEST_STEP)
    kept: Floats = np.clip(at + shortened, low, HIGHEST_RATIO) - at
    return kept


def _ratio(reached: Floats, goal: Floats) -> Floats:
    """How far a total is from its goal, relative to it; 0 where neither can happen."""
    gap: Floats = _divide(reached - goal, goal)
    return gap


def _divide(a: Floats, b: Floats) -> Floats:
    """A / b, and 0 where b is 0: a link that nobody takes is left as it is."""
    return np.where(b != 0.0, a / np.where(b != 0.0, b, 1.0), 0.0)
