"""Sums a journal into quantities by arm, year and window: the table that economics prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from familyflow.experiments.quantity_names import Quantity
from familyflow.families.family import Family
from familyflow.specification.journal import COLUMNS, FARING, WORK, Entry
from familyflow.specification.plan import CARRIED_OVER, Plan
from familyflow.specification.variates import DAYS_IN_YEAR

WITHOUT, WITH = 0, 1
ARMS = ("without", "with")
AFTER, WITHIN = 0, 1  # of the follow-up window of each family

Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
DAY, PHASE, EVENT, SOURCE, FAMILY, CHILD, WORKER, GROUP, QUANTITY = range(len(COLUMNS))


@dataclass(frozen=True)
class Windows:
    """Which rows count, and in which period and window they fall."""

    first_day: int
    periods: int
    follow_up_days: int
    in_a_year: int = 1  # periods: 1 for years, 12 for months


def years_of(plan: Plan) -> int:
    """Years from the start of the term until the last child is no longer followed."""
    days = plan.last_day - plan.first_day + plan.chain.follow_days
    return -(-days // DAYS_IN_YEAR)


def counted_rows(entries: Sequence[Entry], plan: Plan) -> Rows:
    """The journal as an array without warm-up days.

    Of families carried over into the term only the work in it is kept: it is paid for like any
    other. Who they are and how they fare lies outside every window.
    """
    width = len(COLUMNS)
    numbers = chain.from_iterable(entries)  # six times as fast as handing over the tuples
    rows = np.fromiter(numbers, dtype=np.int64, count=width * len(entries)).reshape(-1, width)
    return counted(rows, plan)


def counted(rows: Rows, plan: Plan) -> Rows:
    """As `counted_rows`, of rows that are an array already."""
    theirs = (rows[:, SOURCE] < CARRIED_OVER) | np.isin(rows[:, EVENT], sorted(WORK))
    kept = (rows[:, DAY] >= plan.first_day) & theirs
    return rows[kept]


def days_since_referral(rows: Rows, families: Sequence[Family]) -> Rows:
    """For each row, days since its family's first referral; -1 where no family is named."""
    keys = np.array([f.source << 21 | f.number for f in families], dtype=np.int64)
    order = np.argsort(keys)
    referred = np.array([f.referred for f in families], dtype=np.int64)[order]
    wanted = np.where(rows[:, FAMILY] >= 0, rows[:, SOURCE] << 21 | rows[:, FAMILY], -1)
    if not len(keys):
        return np.full(len(rows), -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)
    since: Rows = np.where(wanted >= 0, rows[:, DAY] - referred[place], -1)
    return since


def sum_rows(
    rows: Rows, since: Rows, quantities: Sequence[Quantity], windows: Windows, inner: int = 1
) -> Floats:
    """Quantities (period, window, quantity) of one arm, in each quantity's own unit.

    What the service does counts as within the window; how children and families fare is cut at
    the end of each family's follow-up. inner: how many follow-ups the rows of how they fare hold;
    the quantity is their mean.
    """
    period = (rows[:, DAY] - windows.first_day) * windows.in_a_year // DAYS_IN_YEAR
    period = np.minimum(period, windows.periods - 1)
    within = (since < windows.follow_up_days).astype(np.int64)
    sums = np.zeros((windows.periods, 2, len(quantities)))
    for place, quantity in enumerate(quantities):
        wanted = _matching(rows, quantity)
        amount = rows[wanted, QUANTITY]
        if quantity.less is not None:
            amount = np.where(rows[wanted, EVENT] == int(quantity.less), -amount, amount)
        window = within[wanted] if quantity.is_outcome else np.ones(wanted.sum(), dtype=np.int64)
        cell = period[wanted] * 2 + window
        total = np.bincount(cell, amount, minlength=2 * windows.periods)
        divide = quantity.divide * (inner if quantity.event in FARING else 1)
        # Whole numbers below 2^53 add exactly (a year of 16 follow-ups of a thousand children is
        # 6 million days), and one division turns them into the unit, rounded once.
        sums[:, :, place] = total.reshape(windows.periods, 2) / divide
    return sums


def _matching(rows: Rows, quantity: Quantity) -> npt.NDArray[np.bool_]:
    wanted: npt.NDArray[np.bool_] = rows[:, EVENT] == int(quantity.event)
    if quantity.less is not None:
        wanted |= rows[:, EVENT] == int(quantity.less)
    if quantity.from_levels is not None:
        wanted &= np.isin(rows[:, WORKER], quantity.from_levels)
    if quantity.groups is not None:
        wanted &= np.isin(rows[:, GROUP], quantity.groups)
    return wanted
