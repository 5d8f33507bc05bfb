"""Expectations for the children of a cohort, step by step of time, without simulation.

The same chain as in the engines: children by level, time in the level, age (in care) and kind of
frailty. Draws lie along the first axis, and each is computed on its own: products element by
element and sums along a last axis, so that no result depends on how many draws stand beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from familyflow.outcomes.cohort import CARE, TIMED, Cohort
from familyflow.outcomes.cohort_chain import LEVELS, MONTHS
from familyflow.outcomes.effect_table import DAYS_IN_MONTH
from familyflow.outcomes.levels_of_need import (
    AGE_STARTS,
    BAND_STARTS,
    is_detected,
    is_up,
    link_of,
)
from familyflow.specification.plan import Floats
from familyflow.specification.variates import DAYS_IN_YEAR

STEPS_IN_MONTH = 1  # finer steps move no total by more than 0.1 %
MOST_MOVES = 3  # moves that a child may make within a step
_LINKED = [(a, b) for a in range(LEVELS) for b in range(LEVELS) if link_of(a, b) >= 0]


@dataclass(frozen=True)
class Grid:
    """Equal steps of time: how long each is in days, how many, and moves allowed within one."""

    days: float
    count: int
    moves: int = MOST_MOVES

    @property
    def steps_in_month(self) -> int:
        """How many steps make a month."""
        return round(DAYS_IN_MONTH / self.days)

    @property
    def edges(self) -> Floats:
        """The days at which steps begin and end."""
        edges: Floats = np.arange(self.count + 1, dtype=np.float64) * self.days
        return edges


@dataclass(frozen=True)
class Influence:
    """What multiplies steps by step of time: arrays [draw, step]; 1 without the service."""

    links: Floats  # [link, draw, step]: 1 less the expected effect
    detection: Floats


@dataclass(frozen=True)
class Expected:
    """Expectations for a child of the cohort: arrays [draw, ...]."""

    occupancy: Floats  # [draw, step edge, level]: share of children, care together
    started: Floats  # [draw, step, level]: moves into each level, as a share of the cohort
    looked_after: Floats  # [draw]: in care on any day from `counted_from` on


def monthly_grid(months: int = MONTHS, steps_in_month: int = STEPS_IN_MONTH) -> Grid:
    """Equal parts of a month, so that 12, 18 and 24 months are edges."""
    return Grid(DAYS_IN_MONTH / steps_in_month, months * steps_in_month)


def after_waiting(acting: Influence, grid: Grid, months: int) -> tuple[Influence, Grid]:
    """The same influence and grid once so many months have gone by in which nothing acts."""
    steps = months * grid.steps_in_month
    draws = len(acting.detection)
    links = np.concatenate([np.ones((len(acting.links), draws, steps)), acting.links], axis=2)
    detection = np.concatenate([np.ones((draws, steps)), acting.detection], axis=1)
    return Influence(links, detection), replace(grid, count=grid.count + steps)


def no_influence(draws: int, grid: Grid) -> Influence:
    """Without the service."""
    return Influence(np.ones((3, draws, grid.count)), np.ones((draws, grid.count)))


def follow(
    cohort: Cohort, influence: Influence, grid: Grid, counted_from: int | None = None
) -> Expected:
    """Expectations step by step.

    Within a step rates are constant, and children who move are taken to move half-way through it
    (with a second move after two thirds): errors shrink with the square of the step. From the edge
    `counted_from` on nobody leaves care, so that each child looked after is counted once; a move
    after leaving care in those months is not counted.
    """
    state = _State(cohort, grid)
    routes = _routes(cohort)
    occupancy = np.empty((len(cohort), grid.count + 1, LEVELS))
    started = np.empty((len(cohort), grid.count, LEVELS))
    occupancy[:, 0] = state.shares()
    for step in range(grid.count):
        state.close_care = counted_from is not None and step >= counted_from
        started[:, step] = state.advance(step, routes * _factors(influence, step))
        occupancy[:, step + 1] = state.shares()
    return Expected(occupancy, started, occupancy[:, -1, CARE])


class _State:
    """Children by level (care by age too), and in TIMED levels by the step in which they came."""

    def __init__(self, cohort: Cohort, grid: Grid) -> None:
        self.grid = grid
        self.close_care = False
        draws, kinds = cohort.frailty.shape
        self.untimed = cohort.start[:, None, :] * cohort.kinds[:, None]
        self.timed = np.zeros((len(TIMED), draws, kinds, grid.count + 1))
        for place, level in enumerate(TIMED):
            self.timed[place, :, :, 0] = self.untimed[:, :, level]
            self.untimed[:, :, level] = 0.0
        # a child comes into a level half-way through a step, when it may move on within one
        offset = 0.5 if grid.moves > 1 else 0.0
        edges = grid.edges
        arrived = _passed(cohort.leaving, edges)
        came = _passed(cohort.leaving, edges + offset * grid.days)
        self.arrived_spends = np.moveaxis(np.diff(arrived), 1, 0)  # [timed, draw, step]
        # backwards: the children who came last stand last
        self.came_spends = np.moveaxis(np.diff(came), 1, 0)[:, :, ::-1]
        self.first_days = np.stack(
            [_passed(cohort.leaving, np.array([grid.days / n]))[:, :, 0] for n in (1, 2, 3)]
        )
        self.care_spends = _care_spends(cohort, grid)  # [step, draw, year of age]
        ages = self.care_spends.shape[2]
        self.care = np.repeat(self.untimed[:, :, CARE, None] / ages, ages, axis=2)
        self.mean_care_spends = _sum(self.care_spends) / ages

    def shares(self) -> Floats:
        """The share of children in each level: [draw, level]."""
        by_kind = self.untimed.copy()
        by_kind[:, :, CARE] = _sum(self.care)
        for place, level in enumerate(TIMED):
            by_kind[:, :, level] = self.timed[place].sum(axis=2)
        return _sum(np.moveaxis(by_kind, 1, 2))

    def advance(self, step: int, routes: Floats) -> Floats:
        """Take one step; gives the moves into each level, [draw, level].

        routes: [draw, kind, to, from], rates (shares for timed levels and care) with everything
        that multiplies them.
        """
        speed = _sum(np.moveaxis(routes, 2, 3))  # [draw, kind, from]
        shares = routes / np.where(speed > 0.0, speed, 1.0)[:, :, None, :]
        arriving = _sum(self._leave(step, speed)[:, :, None, :] * shares)
        total = arriving
        for move in range(2, self.grid.moves + 1):
            leaving = arriving * self._moves_on(step, speed, move)
            self._settle(step, arriving - leaving)
            arriving = _sum(leaving[:, :, None, :] * shares)
            total = total + arriving
        self._settle(step, arriving)
        return _sum(np.moveaxis(total, 1, 2))

    def _leave(self, step: int, speed: Floats) -> Floats:
        """Those who were there at the beginning and leave in the step: [draw, kind, level]."""
        leaving = self.untimed * -np.expm1(-speed * self.grid.days)
        self.untimed = self.untimed - leaving
        for place, level in enumerate(TIMED):
            there = self.timed[place, :, :, : step + 1]
            spends = np.empty((len(speed), step + 1))
            spends[:, 0] = self.arrived_spends[place, :, step]
            spends[:, 1:] = self.came_spends[place, :, self.grid.count - step :]
            gone = there * -np.expm1(-spends[:, None, :] * speed[:, :, level, None])
            there -= gone
            leaving[:, :, level] = gone.sum(axis=2)
        leaving[:, :, CARE] = 0.0
        if not self.close_care:
            gone = self.care * -np.expm1(
                -self.care_spends[step][:, None, :] * speed[:, :, CARE, None]
            )
            self.care = self.care - gone
            leaving[:, :, CARE] = _sum(gone)
        return leaving

    def _moves_on(self, step: int, speed: Floats, move: int) -> Floats:
        """The chance that who came by the last move leaves again within the step."""
        spends = speed * (self.grid.days / move)
        for place, level in enumerate(TIMED):
            spends[:, :, level] = self.first_days[move - 1, :, place, None] * speed[:, :, level]
        care = self.mean_care_spends[step][:, None] * speed[:, :, CARE] / move
        spends[:, :, CARE] = 0.0 if self.close_care else care
        chance: Floats = -np.expm1(-spends)
        return chance

    def _settle(self, step: int, staying: Floats) -> None:
        """Those who came in this step and stay to its end."""
        untimed = self.untimed + staying
        for place, level in enumerate(TIMED):
            self.timed[place, :, :, step + 1] += staying[:, :, level]
            untimed[:, :, level] = 0.0
        untimed[:, :, CARE] = 0.0
        self.untimed = untimed
        self.care = self.care + staying[:, :, CARE, None] / self.care.shape[2]


def _sum(terms: Floats) -> Floats:
    """The sum along a short last axis, one term after the other."""
    total: Floats = terms[..., 0].copy()
    for place in range(1, terms.shape[-1]):
        total += terms[..., place]
    return total


def _routes(cohort: Cohort) -> Floats:
    """The weights with frailty on the steps up: [draw, kind, to, from]."""
    weights = np.swapaxes(cohort.weights, 1, 2)[:, None]
    up = np.array([[is_up(start, end) for start in range(LEVELS)] for end in range(LEVELS)])
    routes: Floats = np.where(up, weights * cohort.frailty[:, :, None, None], weights)
    return routes


def _factors(influence: Influence, step: int) -> Floats:
    """What the service multiplies each route by in a step: [draw, 1, to, from]."""
    factors = np.ones((influence.detection.shape[0], 1, LEVELS, LEVELS))
    for start, end in _LINKED:
        factors[:, 0, end, start] = influence.links[link_of(start, end), :, step]
        if is_detected(start, end):
            factors[:, 0, end, start] *= influence.detection[:, step]
    return factors


def _passed(leaving: Floats, days: Floats) -> Floats:
    """What a child has spent of its rate of leaving by so many days: [draw, timed level, day]."""
    starts = np.array(BAND_STARTS, dtype=float)
    ends = np.append(starts[1:], np.inf)
    in_band = np.clip(days[:, None], starts, ends) - starts  # [day, band]
    spent: Floats = (leaving[:, :, None, :] * in_band).sum(axis=3)
    return spent


def _care_spends(cohort: Cohort, grid: Grid) -> Floats:
    """What a child in care spends of its rate of leaving in each step: [step, draw, year of age].

    By year of age at the start, children spread evenly over it.
    """
    starts = np.array(AGE_STARTS, dtype=float)
    middles = grid.edges[:-1] + grid.days / 2.0
    firsts = np.arange(cohort.youngest, cohort.oldest + 1) * float(DAYS_IN_YEAR)
    youngest = middles[:, None, None] + firsts[:, None]  # [step, year of age, 1]
    past = np.clip((youngest + DAYS_IN_YEAR - starts) / DAYS_IN_YEAR, 0.0, 1.0)
    in_band = past - np.append(past[:, :, 1:], np.zeros((*past.shape[:2], 1)), axis=2)
    rates = cohort.care_leaving[None, :, None, :] * in_band[:, None, :, :]
    spends: Floats = rates.sum(axis=3) * grid.days
    return spends
