"""Records drawn from stated numbers give those numbers back, as often as the intervals say."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from scipy import stats
from tests.records.simulated import Truth, records

from familyflow.parameters.library import Library
from familyflow.records import estimate as keys
from familyflow.records.estimate import ONE
from familyflow.records.estimates import estimates_of

REPEATS, SEED, THRESHOLD = 400, 5_000, 0.9999
# Exact and clustered intervals hold more than they must: they may cover more often, never less.
AT_LEAST = {keys.ATTENDANCE}


@pytest.fixture(scope="module")
def truth(shipped: Library) -> Truth:
    """As the model has it where estimates hold other numbers at their shipped means."""
    return Truth(
        suitable_per_year=160.0,
        large=shipped[keys.LARGER].distribution.mean,
        on_plan=shipped[keys.ON_PLAN].distribution.mean,
        moves_per_year=shipped[keys.MOVES].distribution.mean,
        change=_on_change(shipped),
    )


def _on_change(shipped: Library) -> float:
    leaves, stops, weekly = (
        shipped[key].distribution.mean
        for key in (
            "service.team.turnover_per_year",
            "service.team.disengages_on_change",
            keys.DISENGAGING,
        )
    )
    return leaves * stops * 7 / 365 / -math.log1p(-weekly)


def _true(truth: Truth) -> dict[tuple[str, str], float]:
    return {
        (keys.SUITABLE, ONE): truth.suitable_per_year,
        (keys.SOURCES, "schools"): truth.sources["schools"],
        (keys.SCREENING, "accepted"): truth.screening[0],
        (keys.REPEAT, ONE): truth.returns,
        (keys.CHILDREN, "4"): sum(truth.children[3:]),
        (keys.LEVEL, "child_in_need"): truth.levels["child_in_need"],
        (keys.MINORITY, "0"): truth.minority,
        (keys.NEEDS, "domestic_abuse"): truth.needs["domestic_abuse"],
        (keys.DECLINES, ONE): truth.declines,
        (keys.PATIENCE, ONE): truth.patience_weeks,
        (keys.DISENGAGING, ONE): truth.disengaging,
        (keys.ENDED_BY_SERVICE, ONE): truth.ended_by_service,
        (keys.MOVES, ONE): truth.moves_per_year,
        (keys.ATTENDANCE, ONE): truth.attendance,
    }


@pytest.mark.long
def test_intervals_of_the_records_alone_hold_the_truth_nineteen_times_in_twenty(
    truth: Truth, shipped: Library
) -> None:
    """400 files of two and a half years, seeds 5000 and on: censored at the end, cut at the start.

    Each parameter is covered within the 99.99 % band of the binomial.
    """
    covered: Counter[tuple[str, str]] = Counter()
    for repeat in range(REPEATS):
        found = estimates_of(records(truth, SEED + repeat, 2.5, 1.0), shipped, 0.0).by_key
        for (key, row), value in _true(truth).items():
            figure = found[key].alone[row]
            covered[key, row] += figure.low <= value <= figure.high

    low, high = stats.binom.interval(THRESHOLD, REPEATS, 0.95)
    missed = {
        key: times
        for (key, _row), times in covered.items()
        if not low <= times <= (REPEATS if key in AT_LEAST else high)
    }

    assert missed == {}
