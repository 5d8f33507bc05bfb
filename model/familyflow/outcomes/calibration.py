"""Calibration of the baseline: what happens without the service agrees with what was published.

Two numbers are found for each draw. One factor on the rate of leaving child in need makes whole
episodes (plans and care included) as long as published; one multiplier on the two links into care
makes the share of children looked after in months 19 to 24 the published share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from familyflow.outcomes.cohort import Cohort, make_cohort, with_multipliers
from familyflow.outcomes.expected import (
    COUNTED_FROM,
    MONTHS,
    STEPS_IN_MONTH,
    after_waiting,
    follow,
    monthly_grid,
    no_influence,
)
from familyflow.outcomes.levels_of_need import ESCALATION
from familyflow.outcomes.readings import number, table
from familyflow.problems import bad_input
from familyflow.specification.plan import CHILD_IN_NEED, EARLY_HELP, UNIVERSAL, Floats

LENGTHS = (3, 6, 12, 24)  # months at which survival in an episode is published
PLACES = 6  # solved numbers are rounded to so many decimals and then frozen
TOLERANCE = 1e-9
MOST_ROUNDS = 60
NONE_AT_ALL = 1e-12  # has a logarithm, and solves nothing
LONGEST_STEP = 1.0  # in the logarithm

LENGTHS_KEY = ESCALATION + "child_in_need_lengths"
CARE_KEY = ESCALATION + "looked_after_months_19_24"


def stay_scale(draws: Sequence[Mapping[str, object]]) -> Floats:
    """By draw, the factor on the rate of leaving child in need.

    Matches the mean time in an episode within its first two years (the area under survival, which
    falls at an even rate between the published months): costs follow time, and no single factor
    can match all four points. Children of average frailty and the published shares into care: the
    lengths are those of all episodes in the country, not of this cohort.
    """
    published = np.array([[table(by, LENGTHS_KEY)[str(m)] for m in LENGTHS] for by in draws])
    target = np.log(mean_length(published))
    cohort = make_cohort(draws)
    ones = np.ones(len(draws))

    def too_long(scale: Floats) -> Floats:
        lengths = episode_lengths(with_multipliers(cohort, scale, ones))
        gap: Floats = np.log(mean_length(lengths)) - target
        return gap

    return solve_each(too_long, ones, slope=-1.0, what=LENGTHS_KEY)


def care_multiplier(draws: Sequence[Mapping[str, object]], stays: Floats) -> Floats:
    """By draw, the multiplier on the links into care; stays as given by `stay_scale`."""
    published = [number(values, CARE_KEY) for values in draws]
    if not 0.0 < min(published) <= max(published) < 1.0:
        raise bad_input(
            f"{CARE_KEY} is {min(published)} to {max(published)}",
            "Give a share between 0 and 1.",
            where=CARE_KEY,
        )
    target = np.log(published)
    cohort = make_cohort(draws, stays)
    ones = np.ones(len(draws))

    def too_many(multiplier: Floats) -> Floats:
        share = looked_after(with_multipliers(cohort, ones, multiplier))
        gap: Floats = np.log(np.maximum(share, NONE_AT_ALL)) - target
        return gap

    return solve_each(too_many, ones, slope=1.0, what=CARE_KEY)


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


def solve_each(
    gap: Callable[[Floats], Floats], start: Floats, *, slope: float, what: str
) -> Floats:
    """By draw, the positive number at which `gap` is 0, by secants in the logarithm.

    slope: of the gap in the logarithm, as first guessed. Each draw stops when it is done, so none
    depends on its neighbours. Raises InputError, naming the target, when a draw has no solution.
    """
    at, value = np.log(start), gap(start)
    slopes = np.full_like(at, slope)
    done = np.abs(value) <= TOLERANCE
    for _ in range(MOST_ROUNDS):
        if done.all():
            return np.exp(at)
        step = np.clip(-value / slopes, -LONGEST_STEP, LONGEST_STEP)
        moved = np.where(done, at, at + step)
        new = np.where(done, value, gap(np.exp(moved)))
        changed = (moved != at) & (new != value)
        rise = np.where(changed, new - value, 1.0) / np.where(changed, moved - at, 1.0)
        sound = changed & (np.sign(rise) == np.sign(slope))  # the gap is monotone
        slopes = np.where(sound, rise, slopes)
        at, value = moved, new
        done = np.abs(value) <= TOLERANCE
    draw = int(np.argmin(done))
    raise bad_input(
        f"nothing reproduces {what} in draw {draw}",
        "Check that target against the rates under outcomes.escalation.",
        where=what,
    )
