"""Clocks that are spent: whole days, whole units, and the instants within a day."""

from hypothesis import given
from hypothesis import strategies as st

from familyflow.luck import Luck, child_word
from familyflow.outcomes.clocks import (
    Cuts,
    Thresholds,
    days_to_first,
    earliest,
    intervals,
    spend,
    spend_part,
)
from familyflow.specification.variates import NEVER, threshold

clocks = st.lists(
    st.tuples(st.integers(1, 2**49), st.integers(0, 2**44)), min_size=1, max_size=5
).map(lambda pairs: ([left for left, _ in pairs], [rate for _, rate in pairs]))


def test_thresholds_drawn_together_are_those_drawn_one_by_one():
    luck = Luck(7, draw=3, replication=1)
    words = [child_word(2, number, 1) for number in range(50)]
    together, alone = Thresholds(luck), Thresholds(luck)

    together.prepare(words, [(131, 2), (132, 0)])

    for word in words:
        assert together.of(word, 132, 0) == alone.of(word, 132, 0)
        assert together.of(word, 131, 2) == alone.of(word, 131, 2)
        assert alone.of(word, 131, 2) == threshold(luck.of(word, 131, 2))


def test_a_threshold_asked_for_again_is_the_same():
    thresholds = Thresholds(Luck(7))

    assert thresholds.of(5, 131, 0) == thresholds.of(5, 131, 0)
    assert thresholds.of(5, 131, 0) != thresholds.of(5, 131, 1)


def test_the_first_clock_rings_on_the_first_day_by_which_it_is_spent():
    assert days_to_first([100, 90], [10, 8]) == 10
    assert days_to_first([101, 90], [10, 8]) == 11
    assert days_to_first([101, 88], [10, 8]) == 11


def test_a_clock_takes_at_least_a_day_and_one_that_stands_still_never_rings():
    assert days_to_first([1], [2**48]) == 1
    assert days_to_first([1, 500], [0, 100]) == 5
    assert days_to_first([1, 1], [0, 0]) == NEVER
    assert days_to_first([], []) == NEVER


def test_clocks_of_one_day_are_settled_by_the_instant():
    assert earliest([9, 4], [10, 10]) == (1, 0.4)
    assert earliest([4, 9], [10, 10]) == (0, 0.4)
    assert earliest([9, 9], [0, 10]) == (1, 0.9)


def test_clocks_of_one_instant_are_settled_by_the_table():
    assert earliest([5, 1, 3], [10, 2, 6]) == (0, 0.5)


def test_part_of_a_day_spends_down_to_one_unit_and_no_further():
    left = [10, 3, 7]

    spend_part(left, [8, 6, 0], 0.5)

    assert left == [6, 1, 7]


@given(clocks, st.integers(0, 400), st.integers(0, 400))
def test_days_are_spent_alike_however_they_are_cut_up(both, first, second):
    left, rates = both
    at_once, in_two = list(left), list(left)

    spend(at_once, rates, first + second)
    spend(in_two, rates, first)
    spend(in_two, rates, second)

    assert at_once == in_two


@given(clocks)
def test_no_clock_has_rung_on_the_day_before_the_first_does(both):
    left, rates = both
    days = days_to_first(left, rates)
    if days == NEVER:
        return

    spend(left, rates, days - 1)

    assert min(left) >= 1
    place, part = earliest(left, rates)
    assert 0.0 < part <= 1.0
    assert left[place] <= rates[place]


def test_intervals_are_cut_at_years_of_the_term_and_at_the_end_of_the_window():
    cuts = Cuts(first_day=100, window_end=1_000)

    # years of the term begin on 100, 465, 830, 1195, and before it on -265
    assert intervals(90, 1_300, cuts) == [
        (90, 10),
        (100, 365),
        (465, 365),
        (830, 170),
        (1_000, 195),
        (1_195, 105),
    ]
    assert intervals(-300, 0, cuts) == [(-300, 35), (-265, 265)]
    assert intervals(50, 50, cuts) == []


@given(
    st.integers(-2_000, 6_000), st.integers(0, 5_000), st.integers(-100, 1_000),
    st.integers(0, 5_000),
)  # fmt: skip
def test_intervals_cover_each_day_once_and_straddle_nothing(start, days, first_day, window_end):
    found = intervals(start, start + days, Cuts(first_day, window_end))

    covered = [day for first, length in found for day in range(first, first + length)]
    assert covered == list(range(start, start + days))
    for first, length in found:
        last = first + length - 1
        assert (first - first_day) // 365 == (last - first_day) // 365
        assert (first < window_end) == (last < window_end)
