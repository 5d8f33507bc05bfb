"""The published totals come out of the simulation again: what was solved is what was asked for.

Among children of families who are allocated a key worker, both arms under the same luck, counted
from allocation, on the core offer at its stated values. Seed 20261123, 20 draws of luck, threshold
4.79 standard errors (of the ratio, from the paired draws).
"""

import numpy as np
import pytest
from tests.experiments.worlds import luck, stated

from familyflow.compiled.engine import Memory, simulate
from familyflow.families.make_up import families_of
from familyflow.outcomes.starting import levels_at_start
from familyflow.planning.plan import make_plan
from familyflow.specification.journal import COLUMNS, Entry, Event
from familyflow.specification.plan import CHILD_IN_NEED, CHILD_PROTECTION, EARLY_HELP, FOSTER

DRAWS = 20
EVENT = COLUMNS.index("event")
THRESHOLD = 4.79
YEAR, MONTHS_19_TO_24 = 365, (548, 730)


LEVELS = ("universal", "early_help", "child_in_need", "child_protection")


@pytest.fixture(scope="module")
def both():
    """For each draw, what happened in both arms, and who was allocated a key worker, and when."""
    plan, memory = make_plan(*stated("core_offer")), Memory()
    return [_both_arms(plan, luck(draw), memory) for draw in range(DRAWS)]


@pytest.fixture(scope="module")
def counts(both):
    """[draw, without or with, outcome]: looked after, plans in year 1 and 2, child in need."""
    return np.array([counted for counted, _ in both], dtype=float)


def _both_arms(plan, of_draw, memory):
    families = families_of(plan, of_draw)
    arms = [_read(rows) for rows in simulate(plan, families, of_draw, memory)]
    allocated = {}
    for row in arms[1]:
        if row.event == Event.ALLOCATED:
            key = row.source, row.family
            allocated[key] = min(row.day, allocated.get(key, row.day))
    return [_count(rows, allocated) for rows in arms], _who_started(families, allocated)


def _read(rows):
    wanted = np.isin(rows[:, EVENT], (Event.ALLOCATED, Event.CHILD_DAYS, Event.STEP))
    return [Entry(*row) for row in rows[wanted].tolist()]


def _who_started(families, allocated):
    """Children by level when referred, and days waited, of families allocated a key worker."""
    levels, waited = np.zeros(len(LEVELS)), []
    for family in families:
        day = allocated.get((family.source, family.number))
        if day is not None:
            levels[family.level] += len(family.children)
            waited.append(day - family.referred)
    return levels / levels.sum(), np.mean(waited)


def _count(rows, allocated):
    looked_after, in_need, below, plans = set(), set(), set(), [0, 0]
    for row in rows:
        day = row.day - allocated.get((row.source, row.family), row.day + 10**6)
        child = row.source, row.family, row.child
        if row.event == Event.CHILD_DAYS:
            if row.group >= FOSTER and day < MONTHS_19_TO_24[1] and day + row.quantity > 547:
                looked_after.add(child)
            if day <= 0 < day + row.quantity and row.group <= EARLY_HELP:
                below.add(child)
        elif row.event == Event.STEP and 0 <= day < 2 * YEAR:
            if row.group == CHILD_PROTECTION:
                plans[day // YEAR] += 1
            if row.group == CHILD_IN_NEED and row.worker <= EARLY_HELP and day < YEAR:
                in_need.add(child)
    return [len(looked_after), *plans, len(in_need & below)]


def _agrees(without, with_service, wanted):
    ratio = with_service.sum() / without.sum()
    left = with_service - ratio * without
    error = left.std(ddof=1) / np.sqrt(DRAWS) / without.mean()
    return abs(ratio - wanted) < THRESHOLD * error and error < 0.06


@pytest.mark.statistical
def test_care_entry_falls_by_the_published_ratio(counts):
    values, _ = stated("core_offer")

    assert _agrees(counts[:, 0, 0], counts[:, 1, 0], values["outcomes.effects.care_ratio"])


@pytest.mark.statistical
def test_plans_over_two_years_change_by_the_published_ratios(counts):
    values, _ = stated("core_offer")
    years = counts[:, 0, 1:3]
    ratios = [values[f"outcomes.effects.plan_ratio_year_{year}"] for year in (1, 2)]

    wanted = (years.sum(axis=0) * ratios).sum() / years.sum()

    assert _agrees(years.sum(axis=1), counts[:, 1, 1:3].sum(axis=1), wanted)


@pytest.mark.statistical
def test_children_newly_in_need_fall_by_the_assumed_ratio(counts):
    values, _ = stated("core_offer")

    wanted = values["outcomes.effects.child_in_need_ratio"]
    assert _agrees(counts[:, 0, 3], counts[:, 1, 3], wanted)


@pytest.mark.statistical
def test_the_cohort_is_made_of_those_who_start(both):
    """The factors in outcomes.effects.levels_of_those_who_start, against the simulation."""
    values, _ = stated("core_offer")
    by_draw = np.array([levels for _, (levels, _) in both])

    expected = np.array(levels_at_start(values)[: len(LEVELS)])
    errors = by_draw.std(axis=0, ddof=1) / np.sqrt(DRAWS)
    assert (np.abs(by_draw.mean(axis=0) - expected) < THRESHOLD * errors).all()
    assert errors.max() < 0.012
    referred = np.array([values["families.make_up.level_on_arrival"][name] for name in LEVELS])
    assert (np.abs(by_draw.mean(axis=0) - referred) > THRESHOLD * errors).any()


@pytest.mark.statistical
def test_the_cohort_waits_as_long_as_those_who_start(both):
    values, _ = stated("core_offer")
    weeks = np.array([waited for _, (_, waited) in both]) / 7

    error = weeks.std(ddof=1) / np.sqrt(DRAWS)
    assert abs(weeks.mean() - values["outcomes.effects.weeks_waited_by_those_who_start"]) < (
        THRESHOLD * error
    )
    assert error < 0.5


def test_no_effect_would_be_noticed(counts):
    assert not _agrees(counts[:, 0, 0], counts[:, 0, 0], 0.8)
    assert not _agrees(counts[:, 0, 0], counts[:, 1, 0], 1.0)
