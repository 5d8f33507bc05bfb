"""Textbook queues told by scenario files alone, held to oracles that share no code with them."""

from math import exp, lgamma, log
from statistics import mean, stdev

import pytest
from tests.experiments.by_parameters import entries, simulated
from tests.service.oracle import family_by_family

from familyflow.luck import Luck
from familyflow.specification.decisions import DECISIONS
from familyflow.specification.journal import Event
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

SEED = 20261123
THRESHOLD = 4.79  # two-sided, 1 in 10,000 over 60 tests
# families a week, places, mean stay and mean patience in weeks
QUEUES = {
    "V19: one place": (0.8, 1, 1.0, None),
    "V20: thirty places": (2.0, 30, 12.0, None),
    "V22: two places": (3.0, 2, 0.5, None),
    "V28: giving up": (2.5, 24, 12.0, 10.0),
}
LEAVES_LIST = (Event.ALLOCATED, Event.GAVE_UP_WAITING, Event.LEFT_LIST)


def told(per_week, places, stay_weeks, patience_weeks):
    """A scenario file and what is set in it: what anybody could type."""
    scenario = "queue.yaml" if patience_weeks is None else "giving_up.yaml"
    return (
        scenario,
        f"families.referrals.suitable_per_year={per_week * DAYS_IN_YEAR / DAYS_IN_WEEK!r}",
        f"service.team.caseload_cap={places}",
        f"service.key_work.disengaging_per_week={1 - exp(-1 / stay_weeks)!r}",
    )


@pytest.mark.parametrize("name", QUEUES)
def test_every_family_waits_as_long_as_the_whole_day_oracle_says(name):
    """The same referrals, stays and patience, worked out from luck by hand: equal to the day."""
    _, places, stay_weeks, patience_weeks = QUEUES[name]
    plan, families, journal = simulated(*told(*QUEUES[name]))
    luck = Luck(SEED)

    def days(decision, word):
        uniform = luck.of(word, DECISIONS[decision])
        return -log(uniform if decision == "disengages" else 1 - uniform)

    stays = [int(days("disengages", f.word) * stay_weeks * DAYS_IN_WEEK) + 1 for f in families]
    patience = [
        10**7 if patience_weeks is None
        else max(1, int(days("patience", f.word) * patience_weeks * DAYS_IN_WEEK + 0.5))
        for f in families
    ]  # fmt: skip
    expected = family_by_family([f.referred for f in families], stays, patience, places)

    waited = {row.family: row.quantity for row in entries(journal, Event.WAITED)}
    gave_up = {row.family for row in entries(journal, Event.GAVE_UP_WAITING)}
    settled = [  # the last families are cut by the end of the term
        (waited[f.number], f.number not in gave_up)
        for f in families
        if f.referred < plan.last_day - DAYS_IN_YEAR
    ]
    assert len(settled) > 250
    assert settled == expected[: len(settled)]


@pytest.mark.parametrize("name", QUEUES)
def test_v33_family_days_on_the_list_are_the_same_over_days_and_over_families(name):
    """Little's law on the path itself, which starts and ends with nobody waiting: exact."""
    plan, _, journal = simulated(*told(*QUEUES[name]))
    change = [0] * (plan.last_day + 1)
    for row in journal:
        if row.event == Event.ACCEPTED:
            change[row.day] += 1
        elif row.event in LEAVES_LIST:
            change[row.day] -= 1

    waiting = area = 0
    for day in change:
        waiting += day
        area += waiting

    assert waiting == 0
    assert area == sum(row.quantity for row in entries(journal, Event.WAITED)) > 0


@pytest.mark.parametrize("name", QUEUES)
def test_v34_families_are_conserved_at_every_event(name):
    """Whoever was accepted has left the list, is with a key worker, or waits."""
    _, _, journal = simulated(*told(*QUEUES[name]))
    closed = {e for e in Event if e.name.startswith("CLOSED_")}
    referred = waiting = held = out = 0
    for row in journal:
        if row.event == Event.ACCEPTED:
            referred, waiting = referred + 1, waiting + 1
        elif row.event == Event.ALLOCATED:
            waiting, held = waiting - 1, held + 1
        elif row.event in LEAVES_LIST:
            waiting, out = waiting - 1, out + 1
        elif row.event in closed:
            held, out = held - 1, out + 1
        assert referred == waiting + held + out
        assert waiting >= 0
        assert 0 <= held <= QUEUES[name][1]
    assert waiting == held == 0
    assert referred == len(entries(journal, Event.REFERRED))


@pytest.mark.statistical
def test_v26_with_places_for_all_the_caseload_is_poisson():
    """Draws 0 to 9 of one seed, 4.79 standard errors of independent draws, at most 3 and 15 %."""
    means, above = [], []
    for draw in range(10):
        _, _, journal = simulated(*told(2.0, 1000, 12.0, None), draw=draw)
        assert all(row.quantity == 0 for row in entries(journal, Event.WAITED))
        held = [row.quantity for row in entries(journal, Event.CASELOAD)]
        held = held[2 * DAYS_IN_YEAR // DAYS_IN_WEEK :]
        means.append(mean(held))
        above.append(mean(families > 30 for families in held))

    # a stay is a whole number of days: its mean is 1 / (1 - exp(-1/84)), 84.5 days and not 84
    families = 2 / DAYS_IN_WEEK / (1 - exp(-1 / 84))
    below = poisson_up_to(families)
    assert 1 - poisson_up_to(24.0) == pytest.approx(0.0958484, abs=5e-8)
    for found, expected, at_most in ((means, families, 0.03), (above, 1 - below, 0.15)):
        error = stdev(found) / len(found) ** 0.5
        assert error <= at_most * expected
        assert abs(mean(found) - expected) <= THRESHOLD * error


def poisson_up_to(families, most=30):
    """The chance that no more than `most` families are held when `families` are on average."""
    return sum(exp(k * log(families) - families - lgamma(k + 1)) for k in range(most + 1))
