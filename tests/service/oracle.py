"""One kind of family and so many places, worked out without the simulation.

A day: episodes end, families give up, families are referred, places are given. Two oracles: the
number present as a Markov chain (whole-day stays and patience without memory), and the same day
family by family.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from math import exp, lgamma
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

DAYS_IN_WEEK = 7
Floats = npt.NDArray[np.float64]


class Stationary(NamedTuple):
    """In the long run: the mean time on the list, and the share that gives up."""

    weeks_on_the_list: float
    give_up: float


def stationary(
    per_week: float, places: int, stay_weeks: float, patience_weeks: float | None, size: int = 200
) -> Stationary:
    """From the number present at the end of a day to the next: ends, give-ups, referrals."""
    per_day = per_week / DAYS_IN_WEEK
    ends = 1 - exp(-1 / (stay_weeks * DAYS_IN_WEEK))
    gives_up = 0.0 if patience_weeks is None else 1 - exp(-1 / (patience_weeks * DAYS_IN_WEEK))
    referred = _poisson(per_day, size)
    moves = np.zeros((size, size))
    for present in range(size):
        leave = np.convolve(
            _binomial(min(present, places), ends), _binomial(max(0, present - places), gives_up)
        )
        stay = np.zeros(size)
        stay[: present + 1] = leave[::-1]
        moves[present] = np.convolve(stay, referred)[:size]
        moves[present, -1] += 1 - moves[present].sum()
    equations = moves.T - np.eye(size)
    equations[-1] = 1
    share = np.linalg.solve(equations, np.eye(size)[-1])
    waiting = float(share @ np.maximum(np.arange(size) - places, 0))
    return Stationary(waiting / per_week, waiting * gives_up / per_day)


def family_by_family(
    referred: Iterable[int], stays: Iterable[int], patience: Iterable[int], places: int
) -> list[tuple[int, bool]]:
    """For each family in order of referral: days on the list, and whether it had a place."""
    free = [0] * places  # from which day each place is free
    waits = []
    for day, stay, patient in zip(referred, stays, patience, strict=True):
        wait = max(0, free[0] - day)
        if wait >= patient:
            waits.append((patient, False))
        else:
            waits.append((wait, True))
            heapq.heapreplace(free, day + wait + stay)
    return waits


def _poisson(mean: float, size: int) -> Floats:
    k = np.arange(size)
    return np.exp(k * np.log(mean) - mean - np.array([lgamma(i + 1) for i in k]))


def _binomial(n: int, p: float) -> Floats:
    if p in (0.0, 1.0):
        return np.eye(n + 1)[int(p) * n]
    k = np.arange(n + 1)
    ways = np.array([lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) for i in k])
    return np.exp(ways + k * np.log(p) + (n - k) * np.log1p(-p))
