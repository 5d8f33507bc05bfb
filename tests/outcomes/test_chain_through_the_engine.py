"""V43, V44, V46, V49 through the whole engine: children of a service, one day as the quarter.

The chain is that of `test_exact_competing_risks`: its closed forms hold for every child that a
simulated service refers, whether or not it is offered anything, while nothing the service does
changes a rate. Families of one to four children; seed 20240901; threshold 4.79 standard errors.
The compiled engine follows them; `tests/compiled` holds it to the rows of the readable one.
"""

import numpy as np
import pytest
from tests.outcomes.test_exact_competing_risks import (
    COST_EXPECTED,
    COSTS,
    DAYS_EXPECTED,
    LOOKED_AFTER,
    LOOKED_AFTER_EXPECTED,
    OCCUPANCY_AFTER_FOUR,
    SEED,
    STARTS,
    THRESHOLD,
    the_chain,
    z_of_mean,
)
from tests.service.worlds import listed, post, world

from familyflow.compiled.engine import draw_families, simulate
from familyflow.luck import Luck
from familyflow.specification.journal import COLUMNS, Event

FAMILIES_A_DAY = 125
FOLLOWED = 400  # days; of a chain that a child leaves after some 14, one in 10**12 is still in it
LEVELS = 6


class Served:
    """The children of a service of 60 places, all referred at one level over 40 days."""

    def __init__(self, start, has_service):
        plan = world(
            last_day=60,
            follow_up_days=FOLLOWED,
            has_service=has_service,
            sources=listed(*(day for day in range(40) for _ in range(FAMILIES_A_DAY))),
            chain=the_chain(),
            make_up__level=tuple(float(level >= start) for level in range(4)),
            team__posts=(post(cap=60, weekly_minutes=10**9),),
        )
        self.has_service = has_service
        luck = Luck(SEED, draw=start)
        families = draw_families(plan, luck)
        self.children = sum(len(family.children) for family in families)
        self.days = np.zeros((self.children, LEVELS))
        self.after_four = np.zeros(self.children, dtype=int)
        _, journal = simulate(plan, families, luck)
        self.sessions = int((journal[:, COLUMNS.index("event")] == Event.SESSION).sum())
        self._follow(journal, {family.number: family.referred for family in families})

    def _follow(self, journal, referred):
        """Days at each level, and the level on the fourth day after referral, by child."""
        named = dict(zip(COLUMNS, journal[journal[:, COLUMNS.index("event")] == Event.CHILD_DAYS].T,
                         strict=True))  # fmt: skip
        children, child = np.unique(
            np.stack([named["family"], named["child"]]), axis=1, return_inverse=True
        )
        assert children.shape[1] == self.children
        np.add.at(self.days, (child, named["group"]), named["quantity"])
        since = named["day"] - np.array([referred[number] for number in named["family"].tolist()])
        then = (since <= 4) & (since + named["quantity"] > 4)
        self.after_four[child[then]] = named["group"][then]


@pytest.fixture(scope="module", params=[True, False], ids=["with", "without"])
def served(request):
    """By level at referral, in each arm."""
    return {start: Served(start, request.param) for start in STARTS}


@pytest.mark.statistical
def test_v43_days_at_each_level_are_the_fundamental_matrix(served):
    for start in STARTS:
        for level, expected in zip(STARTS, DAYS_EXPECTED[start], strict=True):
            assert abs(z_of_mean(served[start].days[:, level], expected)) < THRESHOLD


@pytest.mark.statistical
def test_v44_the_cost_of_a_child_is_the_fundamental_matrix_times_the_costs(served):
    for start in STARTS:
        costs = served[start].days[:, STARTS] @ COSTS
        assert abs(z_of_mean(costs, COST_EXPECTED[start])) < THRESHOLD


@pytest.mark.statistical
def test_v46_the_share_ever_looked_after_is_the_chance_of_absorption(served):
    for start in STARTS:
        hits = served[start].days[:, LOOKED_AFTER] > 0
        assert abs(z_of_mean(hits.astype(float), LOOKED_AFTER_EXPECTED[start])) < THRESHOLD


@pytest.mark.statistical
def test_v49_levels_after_four_days_are_the_fourth_power_of_the_chain(served):
    after_four = served[2].after_four
    for level, expected in enumerate(OCCUPANCY_AFTER_FOUR):
        assert abs(z_of_mean((after_four == level).astype(float), expected)) < THRESHOLD


def test_only_one_of_the_arms_serves_anybody(served):
    assert (served[1].sessions > 100) == served[1].has_service
