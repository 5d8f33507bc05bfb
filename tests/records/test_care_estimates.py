"""What care histories teach: known values are found again, by hand or over many made files."""

import math
from datetime import date

import numpy as np
import pytest
from tests.records.care_files import good, later, line

from familyflow.parameters.distributions import Beta, Gamma
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
from familyflow.records.care_shares import concentrations, days_of, moves_of
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


def test_survival_by_hand():
    # of four, one leaves at 1 month, one is lost at 2, one leaves at 4: 3/4, then x 1/2
    stays = [Stay(1, 0, 30, True), Stay(2, 0, 60, False), Stay(3, 0, 120, True),
             Stay(4, 0, 200, False)]  # fmt: skip

    assert [one.share for one in survival_at(stays, (0, 3, 6))] == pytest.approx([1, 0.75, 0.375])


def test_bands_by_hand():
    stays = [
        Stay(1, 0, 91, True),
        Stay(2, 0, 92, True),
        Stay(3, 50, 365, False),
        Stay(4, 0, 0, True),
    ]
    first, second, third, *_ = bands_of(stays)

    assert (first.ended, second.ended, third.ended) == (2, 1, 0)
    assert first.years == pytest.approx((91 + 91 + 41) / 365)
    assert second.years == pytest.approx((1 + 91) / 365)


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


def test_equal_days_are_as_many_children_and_one_long_stay_is_one():
    equal = {n: {"a": 10} for n in range(6)} | {n: {"b": 10} for n in range(6, 10)}
    one_long = {0: {"a": 10_000}} | {n: {"b": 1} for n in range(1, 10)}

    assert concentrations(equal, "ab") == pytest.approx({"a": 6.5, "b": 4.5})
    assert sum(concentrations(one_long, "ab").values()) == pytest.approx(2.0, abs=0.01)


def test_days_are_counted_from_the_day_that_the_file_tells_of(tmp_path):
    records = good(
        tmp_path, line("A", "2023-01-01", "2024-01-11", ends="X1"),
        line("A", "2024-01-11", place="K2", starts="P"), since=date(2024, 1, 1),
        as_of=date(2024, 2, 11),
    )  # fmt: skip

    assert days_of(records) == {0: {"foster_own": 10, "residential": 31}}


def test_moves_are_changes_of_carers_but_no_holidays(tmp_path):
    days = [f"2024-0{month}-01" for month in range(1, 8)]
    kinds = [("U6", "S"), ("U6", "P"), ("T2", "P"), ("U6", "P"), ("U4", "T"), ("K2", "B")]
    lines = [
        line("A", began, ended, place=place, starts=starts, ends="X1")
        for began, ended, (place, starts) in zip(days[:-1], days[1:], kinds, strict=True)
    ]
    found = moves_of(good(tmp_path, *lines, since=date(2024, 1, 1)))

    assert (found.moves, found.children) == (2, 1)
    assert found.years == pytest.approx(182 / 365)


def few(tmp_path, number):
    """A file in which so many children left and lived with bought carers, of thirty."""
    lines = [
        line(f"A{n}", "2024-01-10", "2024-03-01" if n < number else "",
             by="PR4" if n < number else "PR1", legal="C1" if n < number else "C2")
        for n in range(30)
    ]  # fmt: skip
    return care_estimates(good(tmp_path, *lines, since=date(2024, 1, 1), as_of=date(2025, 1, 1)))


def test_what_four_children_are_behind_is_not_told(tmp_path):
    learnt = few(tmp_path, 4)

    assert learnt.parameters == learnt.survival == ()
    assert [one.name for one in learnt.readings] == []
    assert {FOSTER_BOUGHT, PROCEEDINGS} <= set(learnt.not_learnt)
    assert learnt.counts["left"] is None
    assert learnt.counts["watched"] is None or learnt.counts["still in care"] is None
    assert learnt.placements["foster", "bought"] is None
    assert learnt.placements["foster", "own"] is None


def test_what_five_children_are_behind_is_told(tmp_path):
    learnt = few(tmp_path, 5)

    assert {one.parameter for one in learnt.parameters} == {FOSTER_BOUGHT, PROCEEDINGS}
    assert learnt.counts["left"] == 5
    assert learnt.counts["begun with proceedings"] == 5
    proceedings = next(one for one in learnt.parameters if one.parameter == PROCEEDINGS)
    assert proceedings.belief == Beta(5.5, 25.5)
    assert proceedings.distribution == {"beta": {"alpha": 5.5, "beta": 25.5}}


def test_five_stays_of_one_child_are_one_child(tmp_path):
    lines = [line("A", f"2024-0{n}-01", f"2024-0{n}-20") for n in range(1, 7)]
    others = [line(f"B{n}", "2024-01-10") for n in range(20)]
    learnt = care_estimates(good(tmp_path, *lines, *others, since=date(2024, 1, 1),
                                 as_of=date(2025, 1, 1)))  # fmt: skip

    assert learnt.counts["left"] is None
    assert learnt.survival == ()


def test_no_belief_is_made_of_a_count_that_is_hidden(repeats):
    for records in (made(np.random.default_rng(seed), 60) for seed in range(3)):
        learnt = care_estimates(records)
        for one in learnt.readings:
            if one.name.startswith("leaving_"):
                name = f"left {one.name.removeprefix('leaving_')}"
                assert learnt.counts[name] == round(one.belief.k - 0.5) >= 5


def test_what_needs_ages_or_a_comparison_is_said_to_be_out_of_reach(tmp_path):
    learnt = few(tmp_path, 10)

    told = {key.rpartition(".")[2]: why for key, why in learnt.not_learnt.items()}
    for name in ("care_leaving", "care_leaves_home", "residential_share"):
        assert "not identifiable: dates of birth are never read" in told[name]
    assert "not identifiable" in told["looked_after_months_19_24"]
    assert not {one.parameter for one in learnt.parameters} & set(learnt.not_learnt)


def test_without_providers_the_share_bought_is_not_learnt(tmp_path):
    lines = [f"A{n},2024-01-10,C2,U6,2024-0{3 + n % 5}-01" for n in range(30)]
    learnt = care_estimates(good(tmp_path, *lines, header="CHILD,DECOM,LS,PLACE,DEC"))

    assert "'PLACE_PROVIDER' is not there" in learnt.not_learnt[FOSTER_BOUGHT]
