"""Whole-day paths are exact competing risks: held to a Markov chain that has a closed form.

The chain steps once a quarter; here a day stands for the quarter. Its rows (early help, child in
need, protection plan) are .80 .10 .02 / .25 .60 .10 / .05 .20 .70, then to closed .08 .03 .01 and
to looked after 0 .02 .04. A chance p of leaving in a day, p_b of it to b, is the rate
-ln(1 - p) * p_b / p of the clock to b.
"""

import math

import numpy as np
import pytest

from familyflow.families.family import Child, Family
from familyflow.luck import Luck, child_word, family_word
from familyflow.outcomes import levels_path
from familyflow.outcomes.clocks import Cuts, Thresholds, earliest
from familyflow.outcomes.levels_path import LevelPath
from familyflow.outcomes.step_rates import FamilyStepRates, StepRates
from familyflow.specification.journal import Event
from familyflow.specification.plan import Chain

SEED = 20_240_901
THRESHOLD = 4.79  # two-sided, 1e-4 over 60 tests
CHILDREN = 10_000
CLOSED, EARLY_HELP, CHILD_IN_NEED, PLAN, LOOKED_AFTER = range(5)
STARTS = (EARLY_HELP, CHILD_IN_NEED, PLAN)
CHANCES = {
    EARLY_HELP: {CHILD_IN_NEED: 0.10, PLAN: 0.02, CLOSED: 0.08},
    CHILD_IN_NEED: {EARLY_HELP: 0.25, PLAN: 0.10, CLOSED: 0.03, LOOKED_AFTER: 0.02},
    PLAN: {EARLY_HELP: 0.05, CHILD_IN_NEED: 0.20, CLOSED: 0.01, LOOKED_AFTER: 0.04},
}
DAYS_EXPECTED = {
    EARLY_HELP: (9.433962, 3.207547, 1.698113),
    CHILD_IN_NEED: (7.547170, 5.566038, 2.358491),
    PLAN: (6.603774, 4.245283, 5.188679),
}
COST_EXPECTED = {EARLY_HELP: 5_415.094, CHILD_IN_NEED: 7_632.075, PLAN: 10_990.566}
LOOKED_AFTER_EXPECTED = {EARLY_HELP: 0.1320755, CHILD_IN_NEED: 0.2056604, PLAN: 0.2924528}
OCCUPANCY_AFTER_FOUR = (0.152846, 0.39708, 0.25092, 0.13786, 0.061294)  # by level
COSTS = np.array([100.0, 600.0, 1_500.0])


def the_chain() -> Chain:
    steps = tuple(tuple(CHANCES.get(level, {})) for level in range(6))
    rates = []
    for level in range(6):
        chances = CHANCES.get(level, {})
        leaving = sum(chances.values())
        rates.append(((tuple(-math.log1p(-leaving) * p / leaving for p in chances.values()),),))
    return Chain(
        steps=steps,
        upward=tuple(tuple(to > level for to in steps[level]) for level in range(6)),
        detected=tuple(tuple(False for _ in steps[level]) for level in range(6)),
        link=tuple(tuple(-1 for _ in steps[level]) for level in range(6)),
        rates=tuple(rates),
        band_starts=(0,),
        age_starts=(0,),
        effect=np.zeros((1, 1, 1, 2)),
        detection=(1.0,),
        detection_days=(0,),
        follow_days=2_000,
    )


def a_family(number: int, level: int) -> Family:
    child = Child(0, True, 0, child_word(0, number, 0), 0)
    return Family(
        source=0, number=number, word=family_word(0, number), referred=0, children=(child,),
        needs=1, leading_need=0, level=level, complexity=1.0, frailty=1.0, weekday=0,
        session_minutes=180, interpreter=False, minority_ethnic=False, usual_support=False,
        moves_on=100_000, risk_indicators=0, wellbeing=0,
    )  # fmt: skip


class Followed:
    """Children who start at one level, followed to the end of their path."""

    def __init__(self, start: int, until: int | None = None) -> None:
        table = FamilyStepRates(StepRates(the_chain()), frailty=1.0)
        thresholds = Thresholds(Luck(SEED, draw=start))
        words = [child_word(0, k, 0) for k in range(CHILDREN)]
        codes = table.table.codes_in_use()
        thresholds.prepare(words, [(code, times) for code in codes for times in range(3)])
        self.days = np.zeros((CHILDREN, 6))
        self.ends = np.zeros(CHILDREN, dtype=int)
        for k in range(CHILDREN):
            rows = []
            family = a_family(k, start)
            path = LevelPath(
                table, family, family.children[0], thresholds, Cuts(0, 1_000), rows.append
            )
            if until is None:
                path.finish()
                for row in rows:
                    if row.event == Event.CHILD_DAYS:
                        self.days[k, row.group] += row.quantity
            else:
                path.advance(until)
            self.ends[k] = path.level


def z_of_mean(values: np.ndarray, expected: float) -> float:
    return float((values.mean() - expected) / (values.std(ddof=1) / math.sqrt(len(values))))


def z_of_share(hits: int, expected: float) -> float:
    spread = math.sqrt(expected * (1.0 - expected) / CHILDREN)
    return (hits / CHILDREN - expected) / spread


@pytest.fixture(scope="module")
def followed() -> dict[int, Followed]:
    return {start: Followed(start) for start in STARTS}


@pytest.mark.statistical
@pytest.mark.parametrize("start", STARTS)
def test_days_at_each_level_are_the_fundamental_matrix(followed, start):
    for level, expected in zip(STARTS, DAYS_EXPECTED[start], strict=True):
        assert abs(z_of_mean(followed[start].days[:, level], expected)) < THRESHOLD


@pytest.mark.statistical
@pytest.mark.parametrize("start", STARTS)
def test_the_cost_of_a_path_is_the_fundamental_matrix_times_the_costs(followed, start):
    costs = followed[start].days[:, STARTS] @ COSTS

    assert abs(z_of_mean(costs, COST_EXPECTED[start])) < THRESHOLD


@pytest.mark.statistical
@pytest.mark.parametrize("start", STARTS)
def test_the_share_ever_looked_after_is_the_chance_of_absorption(followed, start):
    hits = int((followed[start].ends == LOOKED_AFTER).sum())

    assert abs(z_of_share(hits, LOOKED_AFTER_EXPECTED[start])) < THRESHOLD


@pytest.mark.statistical
def test_levels_after_four_days_are_the_fourth_power_of_the_chain():
    assert max(abs(z) for z in z_after_four_days()) < THRESHOLD


def z_after_four_days() -> list[float]:
    ends = Followed(CHILD_IN_NEED, until=4).ends
    return [
        z_of_share(int((ends == level).sum()), expected)
        for level, expected in enumerate(OCCUPANCY_AFTER_FOUR)
    ]


def first_in_the_table(left, rates):
    places = [k for k, rate in enumerate(rates) if rate and left[k] <= rate]
    return places[0], left[places[0]] / rates[places[0]]


def first_in_the_table_at_midnight(left, rates):
    return first_in_the_table(left, rates)[0], 1.0


def earliest_at_midnight(left, rates):
    return earliest(left, rates)[0], 1.0


@pytest.mark.statistical
@pytest.mark.parametrize(
    "rule", [first_in_the_table, first_in_the_table_at_midnight, earliest_at_midnight]
)
def test_a_day_settled_by_any_other_rule_would_be_seen(monkeypatch, rule):
    monkeypatch.setattr(levels_path, "earliest", rule)

    days = Followed(CHILD_IN_NEED).days[:, STARTS]

    expected = DAYS_EXPECTED[CHILD_IN_NEED]
    found = [z_of_mean(days[:, k], mean) for k, mean in enumerate(expected)]
    assert max(abs(z) for z in [*found, *z_after_four_days()]) > THRESHOLD
