"""Waits against oracles that share no code with the engine."""

from math import log
from statistics import mean, stdev

import numpy as np
import pytest
from tests.service.oracle import family_by_family, stationary
from tests.service.worlds import constant, exponential, listed, post, rows, run, steady, world

from familyflow.families.make_up import families_of
from familyflow.luck import Luck
from familyflow.service.engine import simulate
from familyflow.specification.decisions import DECISIONS
from familyflow.specification.journal import Entry, Event
from familyflow.specification.plan import Plan
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR, units

THRESHOLD = 4.79  # standard errors: 1 in 10,000 over 60 tests
GAVE_UP = 2
LONG = 10**7
# families a week, places, mean stay and mean patience in weeks; weeks on the list, share that
# gives up. The long-run values of the whole-day oracle.
QUEUES = {
    "30 places": (2.0, 30, 12.0, None, 0.374251, 0.0),
    "24 places, giving up": (2.5, 24, 12.0, 10.0, 2.190033, 0.217447),
    "1 place": (0.8, 1, 1.0, None, 6.0776, 0.0),
    "2 places": (3.0, 2, 0.5, None, 1.459513, 0.0),
    "2 places, a week": (1.5, 2, 1.0, None, 1.842579, 0.0),
}
Queue = tuple[float, int, float, float | None, float, float]


def plan_of(queue: Queue, years: int) -> Plan:
    """One kind of family; an episode lasts until the family disengages: exponential."""
    per_week, places, stay, patience, _, _ = queue
    days = years * DAYS_IN_YEAR
    return world(
        last_day=days,
        sources=steady(per_week / DAYS_IN_WEEK, days),
        team__posts=(post(cap=places, weekly_minutes=LONG),),
        key_work__sessions=constant(0),
        key_work__disengaging=units(1 / (stay * DAYS_IN_WEEK)),
        waiting__patience_days=(
            constant(LONG) if patience is None else exponential(patience * DAYS_IN_WEEK)
        ),
    )


@pytest.mark.parametrize("name", QUEUES)
def test_the_oracle_gives_its_published_values(name: str) -> None:
    per_week, places, stay, patience, weeks, give_up = QUEUES[name]

    found = stationary(per_week, places, stay, patience)

    assert found.weeks_on_the_list == pytest.approx(weeks, abs=5e-5 if places == 1 else 1e-6)
    assert found.give_up == pytest.approx(give_up, abs=1e-6)


@pytest.mark.statistical
@pytest.mark.parametrize("name", QUEUES)
def test_the_two_oracles_agree(name: str) -> None:
    """Seed 7, 20 replications, 4.79 standard errors; the standard error is at most 3 %."""
    per_week, places, stay, patience, weeks, _ = QUEUES[name]
    rng = np.random.default_rng(7)
    families = {"30 places": 90_000, "24 places, giving up": 5_000}.get(name, 20_000)
    means = []
    for _ in range(20):
        gaps = rng.exponential(DAYS_IN_WEEK / per_week, families)
        stays = rng.geometric(1 - np.exp(-1 / (stay * DAYS_IN_WEEK)), families)
        chance = 0.0 if patience is None else 1 - np.exp(-1 / (patience * DAYS_IN_WEEK))
        patiences = rng.geometric(chance, families) if chance else np.full(families, LONG)
        referred = np.floor(np.cumsum(gaps)).astype(int).tolist()
        waits = family_by_family(referred, stays.tolist(), patiences.tolist(), places)
        means.append(mean(wait for wait, _ in waits[families // 20 :]) / DAYS_IN_WEEK)
    error = stdev(means) / 20**0.5
    assert error <= 0.03 * weeks
    assert abs(mean(means) - weeks) <= THRESHOLD * error


@pytest.mark.parametrize("name", QUEUES)
def test_every_family_waits_as_long_as_the_oracle_says(name: str) -> None:
    """The same referrals, stays and patience, worked out from luck by hand: equal to the day."""
    queue = QUEUES[name]
    plan, luck = plan_of(queue, years=12), Luck(3)
    families = sorted(families_of(plan, luck), key=lambda f: (f.referred, f.number))
    stay_days, patience = queue[2] * DAYS_IN_WEEK, queue[3]

    def days(decision: str, word: int) -> float:
        uniform = luck.of(word, DECISIONS[decision])
        return -log(uniform if decision == "disengages" else 1 - uniform)

    stays = [int(days("disengages", f.word) * stay_days) + 1 for f in families]
    patiences = [
        LONG if patience is None
        else max(1, int(days("patience", f.word) * patience * DAYS_IN_WEEK + 0.5))
        for f in families
    ]  # fmt: skip
    expected = family_by_family([f.referred for f in families], stays, patiences, queue[1])

    waited = {e.family: e for e in rows(simulate(plan, families, luck), Event.WAITED)}

    before_the_end = 0
    for family, (wait, had_a_place) in zip(families, expected, strict=True):
        if family.referred + wait < plan.last_day:
            before_the_end += 1
            entry = waited[family.number]
            assert entry.quantity == wait
            assert (entry.group == 0) == had_a_place
    assert before_the_end > 400


@pytest.mark.statistical
def test_waits_and_giving_up_match_the_oracle() -> None:
    """Draws 0 to 11 of seed 2, 4.79 standard errors of independent replications, at most 5 %."""
    queue = QUEUES["24 places, giving up"]
    weeks, share = [], []
    for draw in range(12):
        ended = _after_warm_up(run(plan_of(queue, years=12), seed=2, draw=draw))
        weeks.append(mean(e.quantity for e in ended) / DAYS_IN_WEEK)
        share.append(mean(e.group == GAVE_UP for e in ended))
    for found, expected in ((weeks, queue[4]), (share, queue[5])):
        error = stdev(found) / len(found) ** 0.5
        assert error <= 0.05 * expected
        assert abs(mean(found) - expected) <= THRESHOLD * error


@pytest.mark.statistical
def test_with_places_for_all_nobody_waits_and_the_caseload_is_poisson() -> None:
    """Seed 4, draws 0 to 9, 4.79 standard errors: the mean is referrals a day times mean days."""
    queue = (2.0, 1000, 12.0, None, 0.0, 0.0)
    means, variances = [], []
    for draw in range(10):
        journal = run(plan_of(queue, years=6), seed=4, draw=draw)
        held = [e.quantity for e in rows(journal, Event.CASELOAD) if e.day > DAYS_IN_YEAR]
        means.append(mean(held))
        variances.append(np.var(held))
        assert all(e.quantity == 0 for e in rows(journal, Event.WAITED))
    expected = 2 / 7 / (1 - np.exp(-1 / 84))
    error = stdev(means) / 10**0.5
    assert error <= 0.03 * expected
    assert abs(mean(means) - expected) <= THRESHOLD * error
    within = mean(variances) + stdev(means) ** 2  # between and within replications
    assert within == pytest.approx(expected, rel=0.25)


@pytest.mark.statistical
def test_with_a_day_of_patience_it_is_a_loss_system() -> None:
    """Seed 5, draws 0 to 7: who finds no place on the day is lost, as in Erlang's B formula."""
    per_week, places, stay = 3.0, 4, 2.0
    plan = plan_of((per_week, places, stay, 1e-9, 0.0, 0.0), years=6)
    lost = []
    for draw in range(8):
        ended = rows(run(plan, seed=5, draw=draw), Event.WAITED)
        ended = [e for e in ended if e.day < plan.last_day]
        assert all(e.quantity == (1 if e.group == GAVE_UP else 0) for e in ended)
        lost.append(mean(e.group == GAVE_UP for e in ended[20:]))
    expected = stationary(per_week, places, stay, 1e-9, size=60).give_up
    error = stdev(lost) / 8**0.5
    assert error <= 0.05 * expected
    assert abs(mean(lost) - expected) <= THRESHOLD * error


@pytest.mark.statistical
def test_sessions_held_when_one_family_in_twenty_drops_out_each_week() -> None:
    """Seed 6, 2,500 families, 4.79 standard errors: (1 - p)^12 complete; p = .05."""
    weekly = 0.05
    mondays = tuple(DAYS_IN_WEEK * (k // 50) for k in range(2_500))
    plan = world(
        last_day=2 * DAYS_IN_YEAR,
        sources=listed(*mondays),
        team__posts=(post(cap=LONG, weekly_minutes=10**9),),
        key_work__sessions=constant(12),
        key_work__disengaging=units(-log(1 - weekly) / DAYS_IN_WEEK),
    )
    journal = run(plan, seed=6)
    finished = {e.family for e in rows(journal, Event.EPISODE_DAYS)}
    held = dict.fromkeys(finished, 0)
    for entry in rows(journal, Event.SESSION):
        held[entry.family] = held.get(entry.family, 0) + 1
    completed = len(rows(journal, Event.CLOSED_PLANNED)) / len(finished)
    share = (1 - weekly) ** 12
    assert abs(completed - 0.5403601) <= THRESHOLD * (share * (1 - share) / 2_500) ** 0.5
    weeks_begun = (1 - share) / weekly  # 9.192798; the session of a week is held at its end
    error = stdev(held.values()) / 2_500**0.5
    assert weeks_begun == pytest.approx(9.192798, abs=5e-7)
    assert abs(mean(held.values()) - (1 - weekly) * weeks_begun) <= THRESHOLD * error


def _after_warm_up(journal: list[Entry]) -> list[Entry]:
    return [e for e in rows(journal, Event.WAITED) if e.day > 2 * DAYS_IN_YEAR]
