"""The expected chain: held to closed forms, to finer steps, and to an independent simulation."""

import math

import numpy as np
import pytest
from tests.outcomes.values import BASE, changed

from familyflow.outcomes.cohort import Cohort, make_cohort
from familyflow.outcomes.expected import Grid, Influence, follow, monthly_grid, no_influence
from familyflow.outcomes.levels_of_need import Solved, make_chain

QUARTERS = 400
# early help, child in need, plan: chances a quarter among them, then to closed and looked after
AMONG = np.array([[0.80, 0.10, 0.02], [0.25, 0.60, 0.10], [0.05, 0.20, 0.70]])
CLOSED = np.array([0.08, 0.03, 0.01])
LOOKED_AFTER = np.array([0.0, 0.02, 0.04])
COST = np.array([100.0, 600.0, 1500.0])


def quarterly(start):
    """A chain known in closed form as a cohort: a day stands for the quarter."""
    chances = np.zeros((5, 5))
    chances[1:4, 1:4] = AMONG
    chances[1:4, 0], chances[1:4, 4] = CLOSED, LOOKED_AFTER
    weights = np.zeros((1, 5, 5))
    for level in (1, 2, 3):
        leave = 1.0 - chances[level, level]
        weights[0, level] = -math.log(1.0 - leave) * chances[level] / leave
        weights[0, level, level] = 0.0
    starts = np.zeros((1, 5))
    starts[0, start] = 1.0
    return Cohort(
        weights=weights,
        leaving=np.ones((1, 2, 5)),
        care_leaving=np.zeros((1, 3)),
        start=starts,
        frailty=np.ones((1, 1)),
        kinds=np.ones(1),
        youngest=5,
        oldest=11,
    )


def quarters_followed(start, count=QUARTERS):
    grid = Grid(days=1.0, count=count, moves=1)
    return follow(quarterly(start), no_influence(1, grid), grid)


@pytest.mark.parametrize(
    ("start", "visits", "cost", "looked_after"),
    [
        (1, [9.433962, 3.207547, 1.698113], 5415.094, 0.1320755),
        (2, [7.547170, 5.566038, 2.358491], 7632.075, 0.2056604),
        (3, [6.603774, 4.245283, 5.188679], 10990.566, 0.2924528),
    ],
)
def test_visits_cost_and_absorption_are_those_of_the_fundamental_matrix(
    start, visits, cost, looked_after
):
    expected = quarters_followed(start)

    quarters = expected.occupancy[0, :, 1:4].sum(axis=0)

    assert quarters == pytest.approx(visits, abs=1e-6)
    assert (quarters * COST).sum() == pytest.approx(cost, abs=1e-3)
    assert expected.looked_after[0] == pytest.approx(looked_after, abs=1e-7)


def test_occupancy_after_four_quarters_is_the_fourth_power_of_the_matrix():
    occupancy = quarters_followed(2, count=4).occupancy[0, -1]

    early_help, child_in_need, plan = 0.39708, 0.25092, 0.13786
    closed, looked_after = 0.152846, 0.061294
    assert occupancy == pytest.approx(
        [closed, early_help, child_in_need, plan, looked_after], abs=1e-12
    )


def test_competing_risks_divide_as_their_rates():
    cohort = quarterly(2)
    cohort.weights[0] = 0.0
    cohort.weights[0, 2, 1], cohort.weights[0, 2, 4] = 0.2 / 365, 0.1 / 365
    grid = Grid(days=365 / 12, count=12)

    occupancy = follow(cohort, no_influence(1, grid), grid).occupancy[0, -1]

    assert occupancy[[1, 4]] == pytest.approx([0.1727879, 0.0863939], abs=1e-7)


def test_every_child_is_somewhere_at_every_step():
    cohort = make_cohort([BASE, changed(frailty_spread=0.0), changed(care_leaves_home=0.9)])
    grid = monthly_grid(120)

    expected = follow(cohort, no_influence(3, grid), grid)

    assert expected.occupancy.sum(axis=2) == pytest.approx(np.ones((3, 121)), abs=1e-12)
    assert expected.occupancy.min() >= 0.0


def test_who_is_in_care_is_who_came_less_who_left():
    cohort = make_cohort([changed(care_leaving={"5-9": 0.0, "10-15": 0.0, "16-17": 0.0})])
    grid = monthly_grid()

    expected = follow(cohort, no_influence(1, grid), grid)

    assert expected.occupancy[0, -1, 4] == pytest.approx(expected.started[0, :, 4].sum())


def test_children_in_care_leave_at_the_rate_of_their_age():
    cohort = make_cohort([changed(care_leaves_home=0.0)])
    only_care = np.zeros_like(cohort.start)
    only_care[0, 4] = 1.0
    cohort = Cohort(**{**cohort.__dict__, "start": only_care, "youngest": 9, "oldest": 9})
    grid = monthly_grid(24, steps_in_month=8)

    left = follow(cohort, no_influence(1, grid), grid).occupancy[0, -1, 4]

    # turned ten on a day spread evenly over the first year
    ages = (np.arange(4000) + 0.5) / 4000
    exact = np.exp(-0.25 * ages - 0.157 * (2.0 - ages)).mean()
    assert left == pytest.approx(exact, rel=1e-3)


def test_a_draw_is_the_same_in_any_company():
    draws = [changed(early_help_to_child_in_need=p) for p in np.linspace(0.08, 0.25, 37)]
    grid = monthly_grid()

    together = follow(make_cohort(draws), no_influence(37, grid), grid, 18)

    for places in (slice(0, 1), slice(5, 12), slice(36, 37)):
        some = draws[places]
        alone = follow(make_cohort(some), no_influence(len(some), grid), grid, 18)
        assert (alone.occupancy == together.occupancy[places]).all()
        assert (alone.started == together.started[places]).all()


def test_monthly_steps_are_within_a_twentieth_of_a_percent_of_daily_ones():
    cohort = make_cohort([BASE], np.array([1.5]), np.array([0.8]))
    results = []
    for steps in (1, 30):
        grid = monthly_grid(24, steps)
        expected = follow(cohort, no_influence(1, grid), grid, 18 * steps)
        years = expected.started[0, :, 3].reshape(2, -1).sum(axis=1)
        results.append([expected.looked_after[0], *years])

    assert results[0] == pytest.approx(results[1], rel=5e-4)


@pytest.mark.statistical
def test_the_expected_chain_agrees_with_children_simulated_from_the_engines_tables():
    # seed 20250101, 12,000 children, threshold 4.79 standard errors (1e-4 over 60 tests)
    children, days, counted_from = 12_000, 730, 548
    links, detection = (0.7, 0.9, 0.6), 1.3
    chain = make_chain(BASE, Solved(1.5, 0.8, 1.0, 1.0, 1.0))
    simulated = _simulate(chain, links, detection, children, days, counted_from)
    cohort = make_cohort([BASE], np.array([1.5]), np.array([0.8]))
    grid = monthly_grid()
    acting = Influence(
        np.array(links)[:, None, None] * np.ones((3, 1, 24)), np.full((1, 24), detection)
    )

    expected = follow(cohort, acting, grid, 18)
    open_care = follow(cohort, acting, grid)

    for level in range(5):
        share = simulated["level"] == level if level < 4 else simulated["level"] >= 4
        _within(share, open_care.occupancy[0, -1, level])
    _within(simulated["counted"], expected.looked_after[0])
    _within(simulated["plans"], open_care.started[0, :, 3].sum())


def _within(sample, truth):
    error = sample.std() / math.sqrt(len(sample))
    assert abs(sample.mean() - truth) < 4.79 * error


def _simulate(chain, links, detection, children, days, counted_from):
    """Children one day at a time, straight from the tables of the engines' chain."""
    random = np.random.default_rng(20250101)
    rates, ends = np.zeros((6, 5, 3, 4)), np.zeros((6, 4), dtype=int)
    up, acting = np.zeros((6, 4), dtype=bool), np.ones((6, 4))
    for level, steps in enumerate(chain.steps):
        for place, end in enumerate(steps):
            rates[level, :, :, place] = [[a[place] for a in band] for band in chain.rates[level]]
            ends[level, place], up[level, place] = end, chain.upward[level][place]
            link = chain.link[level][place]
            acting[level, place] = links[link] if link >= 0 else 1.0
            acting[level, place] *= detection if chain.detected[level][place] else 1.0
    spread = BASE["families.make_up.frailty_spread"]
    frailty = np.exp(spread * random.standard_normal(children) - spread**2 / 2)
    shares = list(BASE["families.make_up.level_on_arrival"].values())
    level = random.choice(4, size=children, p=shares)
    age = random.uniform(5 * 365, 12 * 365, children)
    since, plans = np.zeros(children), np.zeros(children)
    counted = np.zeros(children, dtype=bool)
    for day in range(days):
        band = np.searchsorted(chain.band_starts, since, side="right") - 1
        years = np.searchsorted(chain.age_starts, age + day, side="right") - 1
        hazards = rates[level, band, years] * acting[level]
        hazards *= np.where(up[level], frailty[:, None], 1.0)
        total = hazards.sum(axis=1)
        moves = random.random(children) < -np.expm1(-total)
        cut = random.random(children) * total
        place = (np.cumsum(hazards, axis=1) < cut[:, None]).sum(axis=1)
        counted |= (day >= counted_from) & (level >= 4)
        level = np.where(moves, ends[level, place.clip(max=3)], level)
        plans += moves & (level == 3)
        since = np.where(moves, 0.0, since + 1.0)
    counted |= level >= 4
    return {"level": level, "plans": plans, "counted": counted}
