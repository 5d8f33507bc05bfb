"""Estimates of care histories by hand, and what is not told because few are behind it."""

from datetime import date

import pytest
from tests.records.care_files import good, line

from familyflow.parameters.distributions import Beta
from familyflow.records.care_estimates import FOSTER_BOUGHT, PROCEEDINGS, care_estimates
from familyflow.records.care_lengths import (
    Stay,
    bands_of,
    survival_at,
)
from familyflow.records.care_shares import concentrations, days_of, moves_of


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
