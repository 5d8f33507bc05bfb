"""What came between two weeks of a table is the difference of two shares: never of few families."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest

from familyflow.parameters.library import load_library
from familyflow.records.arrays import arrays_of
from familyflow.records.estimates import estimates_of
from familyflow.records.tables import report_tables
from familyflow.records.times_watched import at_work

FAMILIES = 100


def service(made, luck: np.random.Generator):
    """A hundred families, taken on at once; they stop coming or finish on days of chance."""
    ends = luck.integers(10, 364, size=FAMILIES)
    ways = luck.choice(["disengaged", "planned", "moved_away"], size=FAMILIES, p=[0.4, 0.4, 0.2])
    return made(
        {"referred": 0, "allocated": 0, "started": 1, "ended": int(end), "ending": str(way)}
        for end, way in zip(ends, ways, strict=True)
    )


def shares(table, column: int) -> list[tuple[int, float]]:
    """Weeks and shares that a reader finds in a column."""
    found = []
    for row in table.rows:
        share = re.fullmatch(r"(\d+)%", row[column])
        if share:
            found.append((int(row[0].split()[0]), int(share[1]) / 100))
    return found


@pytest.mark.parametrize("seed", range(8))
def test_no_difference_of_two_shares_is_of_fewer_than_five(made, seed: int) -> None:
    """Nobody is censored, so a reader who knows of a hundred families turns shares into counts."""
    records = service(made, np.random.default_rng(seed))
    tables = {
        one.title: one for one in report_tables(records, estimates_of(records, load_library()))
    }
    work = next(one for title, one in tables.items() if title.startswith("How work ends"))
    coming = tables["Families who have not stopped coming"]

    columns = range(1, len(work.columns))
    found = [shares(work, column) for column in columns]
    assert any(len(one) > 1 for one in found)
    for column in found:
        counts = [0.0, *(share * FAMILIES for _, share in column)]
        # a share is rounded to a percent, which is a family: five less twice half of that
        assert all(after - before >= 4.0 - 1e-9 for before, after in itertools.pairwise(counts))
    cases = arrays_of(records)
    stopped = at_work(cases).happened(cases, "disengaged")
    days = at_work(cases).days
    weeks = [int(row[0].split()[0]) for row in coming.rows]
    by_week = [0, *(int((stopped & (days <= 7 * week)).sum()) for week in weeks)]
    assert min(np.diff(by_week), default=5) >= 5
