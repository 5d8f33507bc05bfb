"""One draw and replication: the same families with and without the service, summed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from familyflow.experiments.quantities import (
    CHILD,
    DAY,
    EVENT,
    FAMILY,
    GROUP,
    QUANTITY,
    SOURCE,
    Floats,
    Rows,
    Windows,
    counted,
    counted_rows,
    days_since_referral,
    sum_rows,
    years_of,
)
from familyflow.experiments.quantity_names import quantities_of
from familyflow.families.columns import FamilyColumns, columns_of
from familyflow.families.family import Family
from familyflow.families.make_up import families_of
from familyflow.luck import Luck
from familyflow.outcomes.family_paths import share
from familyflow.outcomes.followed_again import Key, Release, followed_again
from familyflow.outcomes.solve import Solved
from familyflow.outcomes.without import without_arm
from familyflow.planning.plan import make_plan
from familyflow.service.engine import simulate
from familyflow.specification.journal import Event, in_order
from familyflow.specification.plan import Plan
from familyflow.specification.variates import DAYS_IN_WEEK

MONTHS = 12
ALLOCATED = 0  # the group column of WAITED: how the wait ended


@dataclass(frozen=True)
class Simulated:
    """What one draw and replication leaves: sums, single figures and weekly counts."""

    quantities: Floats  # [arm, year, window, quantity]
    figures: dict[str, float]
    waiting: Floats  # by week of the term: families on the list
    caseload: Floats
    rows: int
    by_month: Floats | None  # [arm, month, window, quantity]
    journal: tuple[Rows, Rows] | None  # without, with
    families: FamilyColumns | None = None  # those of the journal


def simulate_draw(
    values: Mapping[str, Any],
    solved: Solved,
    luck: Luck,
    *,
    family_luck: Luck | None = None,
    keep_journal: bool = False,
    by_month: bool = False,
    inner: int = 1,
) -> Simulated:
    """Run both arms under the same luck and sum their journals, by year and, if asked, month.

    family_luck: settles who the families are and when they are referred; `luck` whatever happens
    to them, and, where no other is given, who they are too. inner: follow-ups of each family from
    the day on which the service lets it go; how it fares is their mean. The journal is that of
    the first of them.
    """
    return simulate_plan(
        make_plan(values, solved),
        luck,
        family_luck=family_luck,
        keep_journal=keep_journal,
        by_month=by_month,
        inner=inner,
    )


def simulate_plan(
    plan: Plan,
    luck: Luck,
    *,
    family_luck: Luck | None = None,
    keep_journal: bool = False,
    only: Collection[Event] = (),
    by_month: bool = False,
    inner: int = 1,
) -> Simulated:
    """As `simulate_draw`, from the plan of the draw.

    only: of the journal, rows of these events alone, in no order.
    """
    families = families_of(plan, family_luck or luck)
    shared = share(plan, families, luck)  # the clocks that both arms read
    released: dict[Key, Release] = {}
    journals = (
        without_arm(plan, families, luck, shared),
        simulate(plan, families, luck, shared=shared, released=released),
    )
    rows = [counted_rows(journal, plan) for journal in journals]
    again = [
        [counted_rows(told, plan) for told in arms]
        for arms in followed_again(plan, families, luck, shared, released, inner)
    ]
    every = [np.concatenate([rows[arm], *(arms[arm] for arms in again)]) for arm in (0, 1)]
    since = [days_since_referral(arm, families) for arm in every]
    windows = Windows(plan.first_day, years_of(plan), plan.follow_up_days)
    names = quantities_of(plan.programmes, plan.activities)
    months = replace(windows, periods=MONTHS * windows.periods, in_a_year=MONTHS)
    arms = list(zip(every, since, strict=True))
    return Simulated(
        quantities=np.stack([sum_rows(arm, days, names, windows, inner) for arm, days in arms]),
        figures=_figures(rows[1])
        | _entries(plan, families, [rows, *again])
        | _reach(rows[1], families),
        waiting=_by_week(plan, rows[1], Event.WAITING),
        caseload=_by_week(plan, rows[1], Event.CASELOAD),
        rows=sum(len(journal) for journal in journals),
        by_month=np.stack([sum_rows(arm, days, names, months, inner) for arm, days in arms])
        if by_month
        else None,
        journal=_kept(rows, plan, only) if keep_journal else None,
        families=columns_of(families, plan.first_day) if keep_journal else None,
    )


def kept_journals(without: Rows, with_service: Rows, plan: Plan) -> tuple[Rows, Rows]:
    """Both journals as a run keeps them: the rows that count, in days of the funding term.

    They stay in the order in which they are given.
    """
    kept = counted(without, plan), counted(with_service, plan)
    for arm in kept:
        arm[:, DAY] -= plan.first_day
    return kept


def _kept(rows: Sequence[Rows], plan: Plan, only: Collection[Event]) -> tuple[Rows, Rows]:
    """Rows as `kept_journals` gives them: all of them in order, or those of some events."""
    if only:
        without, with_service = (arm[np.isin(arm[:, EVENT], list(only))] for arm in rows)
    else:
        without, with_service = (in_order(arm) for arm in rows)
    return kept_journals(without, with_service, plan)


def _figures(rows: Rows) -> dict[str, float]:
    ended = rows[:, EVENT] == Event.WAITED
    every = np.sort(rows[ended, QUANTITY]) / DAYS_IN_WEEK  # no order of rows enters the sum
    waits = np.sort(rows[ended & (rows[:, GROUP] == ALLOCATED), QUANTITY]) / DAYS_IN_WEEK
    places = rows[rows[:, EVENT] == Event.PLACES_AVAILABLE, QUANTITY].sum() / DAYS_IN_WEEK
    held = rows[rows[:, EVENT] == Event.CASELOAD, QUANTITY].sum()
    return {
        "mean_wait_weeks": float(waits.mean()) if len(waits) else np.nan,
        "mean_wait_weeks_of_all": float(every.mean()) if len(every) else np.nan,
        "p90_wait_weeks": float(np.percentile(waits, 90)) if len(waits) else np.nan,
        "caseload_utilisation": float(held / places) if places else np.nan,
    }


def _reach(rows: Rows, families: Sequence[Family]) -> dict[str, float]:
    """Of families that started: how many are minority ethnic, how many need an interpreter."""
    started = rows[rows[:, EVENT] == Event.STARTED][:, [SOURCE, FAMILY]].tolist()
    known = {(family.source, family.number): family for family in families}
    begun = [known[source, number] for source, number in started]
    return {
        "families_started_minority_ethnic": float(sum(f.minority_ethnic for f in begun)),
        "families_started_with_interpreter": float(sum(f.interpreter for f in begun)),
    }


def _entries(
    plan: Plan, families: Sequence[Family], follow_ups: Sequence[Sequence[Rows]]
) -> dict[str, float]:
    """First entries to care in each arm within the window, and those that are only put off.

    follow_ups: the rows of both arms in each; the figures are means over them.
    """
    window, fewer, put_off = plan.follow_up_days, 0, 0
    for arms in follow_ups:
        first = [_first_entries(rows, days_since_referral(rows, families)) for rows in arms]
        within = [{child for child, day in arm.items() if day < window} for arm in first]
        fewer += len(within[0]) - len(within[1])
        put_off += sum(first[1].get(child, -1) >= window for child in within[0])
    return {
        "children_looked_after_avoided": fewer / len(follow_ups),
        "of_which_delayed": put_off / len(follow_ups),
    }


def _first_entries(rows: Rows, since: Rows) -> dict[tuple[int, int, int], int]:
    entered = rows[:, EVENT] == Event.ENTERED_CARE_FIRST
    who = rows[entered][:, [SOURCE, FAMILY, CHILD]].tolist()
    return {(s, f, c): day for (s, f, c), day in zip(who, since[entered].tolist(), strict=True)}


def _by_week(plan: Plan, rows: Rows, event: Event) -> Floats:
    weeks = (plan.last_day - plan.first_day) // DAYS_IN_WEEK
    seen = rows[rows[:, EVENT] == event]
    week = (seen[:, DAY] - plan.first_day) // DAYS_IN_WEEK
    counts = np.bincount(week, seen[:, QUANTITY], minlength=weeks + 1)[:weeks]
    return counts.astype(np.float64)
