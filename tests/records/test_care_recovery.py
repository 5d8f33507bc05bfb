"""Known values are found again over many made files of care histories."""

import math
from datetime import date

import numpy as np
import pytest
from tests.records.care_files import later

from familyflow.parameters.distributions import Gamma
from familyflow.records.care import CareEpisode, CarePeriod, CareRecords
from familyflow.records.care_columns import READ
from familyflow.records.care_estimates import FOSTER_BOUGHT, PROCEEDINGS, care_estimates
from familyflow.records.care_lengths import (
    BANDS,
    DAYS_IN_MONTH,
    Stay,
    bands_of,
    pooled,
    stays_of,
    survival_at,
)
from familyflow.specification.variates import DAYS_IN_YEAR

SEED, REPEATS, Z = 20260430, 200, 3.89  # the 99.99 % band of a normal
START, SINCE, AS_OF = date(2015, 1, 1), date(2018, 1, 1), date(2024, 1, 1)
RATES = (1.2, 0.8, 0.5, 0.4, 0.25)  # a year, in the bands of months


def lengths(luck, number):
    """Days in care under RATES: a unit exponential spent band by band."""
    edges = np.array([round(month * DAYS_IN_MONTH) for month in BANDS]) / DAYS_IN_YEAR
    spent = np.concatenate([[0.0], np.cumsum(np.diff(edges) * RATES[:-1])])
    drawn = luck.exponential(size=number)
    band = np.searchsorted(spent, drawn, side="right") - 1
    years = edges[band] + (drawn - spent[band]) / np.array(RATES)[band]
    return np.rint(years * DAYS_IN_YEAR).astype(int)


def made(luck, number=600):
    """Records as a yearly file has them: who left by SINCE is not there; watched to AS_OF."""
    begun = luck.integers(0, (AS_OF - START).days, size=number)
    episodes, periods = [], []
    for child, (begin, length) in enumerate(zip(begun, lengths(luck, number), strict=True)):
        began, left = later(START, int(begin)), later(START, int(begin + length))
        if left <= SINCE:
            continue
        ended = left if left <= AS_OF else None
        by = "PR4" if luck.random() < 0.4 else "PR1"
        legal = "C1" if luck.random() < 0.3 else "V2"
        one = CareEpisode(child, began, ended, "U6", by, None, legal, "S", child)
        episodes.append(one)
        periods.append(CarePeriod(child, began, ended, ended or AS_OF, True, (one,)))
    return CareRecords(tuple(episodes), tuple(periods), SINCE, AS_OF, tuple(READ), ())


@pytest.fixture(scope="module")
def repeats():
    luck = np.random.default_rng(SEED)
    return [made(luck) for _ in range(REPEATS)]


def within(values, truth):
    """Whether a mean over repeats lies in its 99.99 % band about the truth."""
    return abs(np.mean(values) - truth) < Z * np.std(values, ddof=1) / math.sqrt(len(values))


def test_known_rates_of_leaving_are_found_again(repeats):
    # seed 20260430, 200 repeats: ends less the rate times the years have mean 0 in every band
    for place, rate in enumerate(RATES):
        bands = [bands_of(stays_of(records))[place] for records in repeats]
        assert within([band.ended - rate * band.years for band in bands], 0.0), BANDS[place]


def test_intervals_hold_the_rate_as_often_as_they_say(repeats):
    # seed 20260430: 95 % of 200, with the 99.99 % band of a binomial about it (sd 3.1)
    for place, rate in enumerate(RATES):
        bands = [bands_of(stays_of(records))[place] for records in repeats]
        beliefs = [Gamma(band.ended + 0.5, 1.0 / band.years) for band in bands]
        held = sum(low < rate < high for low, high in (one.interval() for one in beliefs))
        assert abs(held - 190) < Z * math.sqrt(200 * 0.95 * 0.05)


def test_who_stayed_until_the_file_begins_would_bias_the_rates_if_not_entered_late(repeats):
    early = [
        [Stay(one.child, 0, one.leave, one.ended) for one in stays_of(records)]
        for records in repeats
    ]
    firsts = [bands_of(stays)[0] for stays in early]

    assert not within([band.ended - RATES[0] * band.years for band in firsts], 0.0)


def test_known_survival_is_found_again(repeats):
    # seed 20260430: at 3 and 12 months
    gone = RATES[0] * 91 + RATES[1] * 91 + RATES[2] * 183  # bands end on days 91, 182 and 365
    truths = math.exp(-RATES[0] * 91 / 365), math.exp(-gone / 365)
    found = [survival_at(stays_of(records), (3, 12)) for records in repeats]

    for place, truth in enumerate(truths):
        assert within([one[place].share for one in found], truth)


def test_known_shares_are_found_again_by_the_whole(repeats):
    # seed 20260430: the first 25 files
    learnt = [care_estimates(records).parameters for records in repeats[:25]]
    found = {one.parameter: [] for one in learnt[0]}
    for every in learnt:
        for one in every:
            found[one.parameter].append(one.belief.mean)

    assert set(found) == {FOSTER_BOUGHT, PROCEEDINGS}
    assert within(found[FOSTER_BOUGHT], 0.4)
    assert within(found[PROCEEDINGS], 0.3)


def test_joining_bands_loses_neither_ends_nor_years():
    luck = np.random.default_rng(SEED)
    for _ in range(50):
        bands = bands_of(stays_of(made(luck, 40)))
        joined = pooled(bands)
        assert all(len(band.children) >= 5 for band in joined)
        if joined:
            assert sum(band.ended for band in joined) == sum(band.ended for band in bands)
            assert math.fsum(b.years for b in joined) == pytest.approx(
                math.fsum(b.years for b in bands)
            )


def test_no_belief_is_made_of_a_count_that_is_hidden(repeats):
    for records in (made(np.random.default_rng(seed), 60) for seed in range(3)):
        learnt = care_estimates(records)
        for one in learnt.readings:
            if one.name.startswith("leaving_"):
                name = f"left {one.name.removeprefix('leaving_')}"
                assert learnt.counts[name] == round(one.belief.k - 0.5) >= 5
