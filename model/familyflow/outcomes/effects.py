"""The total effects of the service: those that were published, and those that the cohort gives.

The published ratios are totals among families who start, by intention to treat: averaged over
partial doses, fading, closer sight of the children and knock-on effects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from familyflow.outcomes import cohort_chain
from familyflow.outcomes.cohort import Cohort
from familyflow.outcomes.cohort_chain import COUNTED_FROM, FIRST_YEAR, LOWEST_RATIO
from familyflow.outcomes.dose import START_GROUPS, WEEKS_FOLLOWED, DoseCurve, dose_curves, doses
from familyflow.outcomes.effect_table import (
    DAYS_IN_MONTH,
    DETECTION_STEPS,
    EFFECTS,
    TOTALS,
    detection_shape,
)
from familyflow.outcomes.expected import (
    Grid,
    Influence,
    after_waiting,
    follow,
    monthly_grid,
    no_influence,
)
from familyflow.outcomes.levels_of_need import AGE_STARTS, BAND_STARTS
from familyflow.outcomes.readings import number
from familyflow.specification.plan import (
    CHILD_IN_NEED,
    CHILD_PROTECTION,
    EARLY_HELP,
    UNIVERSAL,
    Floats,
)
from familyflow.specification.variates import DAYS_IN_WEEK

_SAMPLES = 8  # a step, for the mean of a curve over it


@dataclass(frozen=True)
class Totals:
    """What the service adds up to in the cohort: arrays by draw."""

    looked_after: Floats  # share in care on any day in months 19 to 24
    plans_year_1: Floats  # plan starts a child
    plans_year_2: Floats
    child_in_need: Floats  # share entering within 12 months, of those who start below it

    @property
    def plans(self) -> Floats:
        """Plan starts a child over both years."""
        return self.plans_year_1 + self.plans_year_2


@dataclass(frozen=True)
class Published:
    """The totals to be reached, as ratios of what happens without the service, by draw."""

    care_ratio: Floats
    plan_ratio_year_1: Floats
    plan_ratio_year_2: Floats
    child_in_need_ratio: Floats

    def goals(self, without: Totals) -> Totals:
        """The totals with the service that were published."""
        return Totals(
            self.care_ratio * without.looked_after,
            self.plan_ratio_year_1 * without.plans_year_1,
            self.plan_ratio_year_2 * without.plans_year_2,
            self.child_in_need_ratio * without.child_in_need,
        )


@dataclass(frozen=True)
class Exposure:
    """What the families of the reference scenario have on average: arrays [draw, step]."""

    dose: Floats  # mean dose, faded
    group: Floats  # what completed groups take off, faded
    detection: Floats  # mean ratio
    cap: Floats  # [draw]

    @property
    def lowest_ratio(self) -> Floats:
        """The smallest ratio on a link: at full dose no more than the cap can be taken off."""
        return np.maximum(LOWEST_RATIO, 1.0 - self.cap)


def published(draws: Sequence[Mapping[str, object]]) -> Published:
    """The published totals of each draw."""
    return Published(*(_column(draws, name) for name in TOTALS))


def exposure(
    draws: Sequence[Mapping[str, object]],
    curve: DoseCurve,
    reference: Mapping[str, object],
    grid: Grid,
) -> Exposure:
    """The reference scenario's curves over the steps of a grid, at each draw's beliefs.

    A draw has its own dose of so many sessions, retention, group effect and extra detection; how
    many sessions families attend, and when, is the reference's.
    """
    sessions, completed, detected = _by_step(curve, reference, grid)
    most = sessions.shape[1] - 1
    by_dose = np.array([doses(most, values) for values in draws])
    by_year = (by_dose[:, None, None] * np.swapaxes(sessions, 1, 2)).sum(axis=3)
    retention = _column(draws, "retention_per_year")
    kept = np.stack([np.ones_like(retention), retention], axis=1)  # [draw, year]
    group = (kept[:, :, None] * completed).sum(axis=1)
    return Exposure(
        dose=(kept[:, :, None] * by_year).sum(axis=1),
        group=group * np.maximum(0.0, _column(draws, "group_effect"))[:, None],
        detection=1.0 + (_column(draws, "detection")[:, None] - 1.0) * detected,
        cap=_column(draws, "effect_cap"),
    )


def reference_of(reference: Mapping[str, object]) -> Floats:
    """What `cohort_chain` takes from the base values of the reference scenario, in its rows."""
    curves = [_by_step(curve, reference, monthly_grid()) for curve in dose_curves(reference)]
    counts = max(sessions.shape[1] for sessions, _, _ in curves)
    padded = [np.pad(s, ((0, 0), (0, counts - s.shape[1]), (0, 0))) for s, _, _ in curves]
    rows: dict[int, Sequence[float] | Floats] = {
        cohort_chain.SESSIONS: np.stack(padded).ravel(),
        cohort_chain.COMPLETED: np.stack([completed for _, completed, _ in curves]).ravel(),
        cohort_chain.DETECTED: np.stack([detected for _, _, detected in curves]).ravel(),
        cohort_chain.BAND_BEGINS: BAND_STARTS,
        cohort_chain.BIRTHDAYS: AGE_STARTS,
        cohort_chain.COUNTS: [counts],
    }
    table = np.zeros((len(rows), max(len(row) for row in rows.values())))
    for place, row in rows.items():
        table[place, : len(row)] = row
    return table


def _by_step(
    curve: DoseCurve, reference: Mapping[str, object], grid: Grid
) -> tuple[Floats, Floats, Floats]:
    """Means over each step: children by sessions, group completed, and how much is detected."""
    within = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
    days = (grid.edges[:-1, None] + within * grid.days).ravel()
    since = days[:, None] - (np.arange(WEEKS_FOLLOWED + 1) - 0.5) * DAYS_IN_WEEK
    at_work = (_detection_left(since, reference) * curve.first_met).sum(axis=1)
    detected = at_work.reshape(grid.count, _SAMPLES).mean(axis=1)
    return _means(curve.sessions, days, grid), _means(curve.group, days, grid), detected


def influence(links: Floats, exposed: Exposure) -> Influence:
    """What multiplies the steps of the cohort with the service. links: [link, draw]."""
    key_work = (1.0 - links)[:, :, None] * exposed.dose
    both = key_work + exposed.group * (1.0 - key_work)
    return Influence(1.0 - np.minimum(both, exposed.cap[:, None]), exposed.detection)


def nothing_acts(draws: int, grid: Grid) -> list[Influence]:
    """Without the service, for each group of START_GROUPS."""
    return [no_influence(draws, grid) for _ in START_GROUPS]


def totals(cohort: Cohort, acting: Sequence[Influence], grid: Grid) -> Totals:
    """The totals of the cohort, each group of START_GROUPS under its own influence."""
    looked_after, plans = looked_after_and_plans(cohort, acting, grid)
    year = FIRST_YEAR * grid.steps_in_month
    return Totals(
        looked_after=looked_after,
        plans_year_1=plans[:, :year].sum(axis=1),
        plans_year_2=plans[:, year:].sum(axis=1),
        child_in_need=child_in_need_within_a_year(
            below_at_the_start(cohort, grid), acting[0], grid
        ),
    )


def looked_after_and_plans(
    cohort: Cohort, acting: Sequence[Influence], grid: Grid
) -> tuple[Floats, Floats]:
    """The share in care in months 19 to 24 from the start [draw], and plans started [draw, step].

    Nothing acts while families wait, and what happens then is not counted.
    """
    care = np.zeros(len(cohort))
    plans = np.zeros((len(cohort), grid.count))
    for months, share in cohort.waits:
        for levels, influence in zip(START_GROUPS, acting, strict=True):
            later, longer = after_waiting(influence, grid, months)
            counted_from = (COUNTED_FROM + months) * grid.steps_in_month
            found = follow(_starting_at(cohort, levels), later, longer, counted_from)
            care += share * found.looked_after
            plans += share * found.started[:, longer.count - grid.count :, CHILD_PROTECTION]
    return care, plans


def _levels_below(cohort: Cohort, grid: Grid) -> tuple[Floats, Floats]:
    """The shares of children at the two levels below once their family has waited: [draw] each."""
    levels = np.zeros_like(cohort.start)
    for months, share in cohort.waits:
        steps = months * grid.steps_in_month
        waiting = replace(grid, count=max(1, steps))
        occupancy = follow(cohort, no_influence(len(cohort), waiting), waiting).occupancy
        levels += share * occupancy[:, steps]
    return levels[:, UNIVERSAL], levels[:, EARLY_HELP]


def _starting_at(cohort: Cohort, levels: Sequence[int]) -> Cohort:
    start = np.zeros_like(cohort.start)
    start[:, list(levels)] = cohort.start[:, list(levels)]
    return replace(cohort, start=start)


def below_at_the_start(cohort: Cohort, grid: Grid) -> Cohort:
    """Those who start below child in need, and who stay in it once they come into it."""
    universal, early_help = _levels_below(cohort, grid)
    some = universal + early_help
    start = np.zeros_like(cohort.start)
    start[:, UNIVERSAL] = universal / np.where(some > 0.0, some, 1.0)
    start[:, EARLY_HELP] = 1.0 - start[:, UNIVERSAL]
    return replace(cohort, start=start, leaving=np.zeros_like(cohort.leaving))


def child_in_need_within_a_year(below: Cohort, acting: Influence, grid: Grid) -> Floats:
    """The share of `below_at_the_start` who enter child in need within 12 months."""
    first_year = replace(grid, count=FIRST_YEAR * grid.steps_in_month)
    return follow(below, acting, first_year).occupancy[:, -1, CHILD_IN_NEED]


def _detection_left(days: Floats, reference: Mapping[str, object]) -> Floats:
    """The share of the extra detection left so many days after the first meeting; 0 before it."""
    first = number(reference, EFFECTS + "detection_days")
    month = np.floor((days - first) / DAYS_IN_MONTH) + 1.0
    shape = np.array(detection_shape())
    left = shape[np.clip(month, 0, DETECTION_STEPS).astype(int)]
    return np.where(days >= 0.0, left, 0.0)


def _means(curve: Floats, days: Floats, grid: Grid) -> Floats:
    """The mean over each step of a weekly curve [.., week], from samples at `days`: [.., step]."""
    weeks = np.arange(WEEKS_FOLLOWED + 1)
    rows = curve.reshape(-1, WEEKS_FOLLOWED + 1)
    sampled = np.array([np.interp(days / DAYS_IN_WEEK, weeks, row) for row in rows])
    means: Floats = sampled.reshape(*curve.shape[:-1], grid.count, _SAMPLES).mean(axis=-1)
    return means


def _column(draws: Sequence[Mapping[str, object]], name: str) -> Floats:
    return np.array([number(values, EFFECTS + name) for values in draws])
