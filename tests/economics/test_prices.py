"""Sums of money move between price years and come back unchanged."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from familyflow.economics.prices import Deflators, financial_year, financial_year_index, uprate
from familyflow.problems import InputError

INDEX = Deflators({"2008/09": 67.22175, "2016/17": 76.0754, "2024/25": 100.0}, "of this test")


def test_the_2008_cost_of_a_domestic_abuse_incident_is_3674_today():
    assert uprate(2_470.0, INDEX, "2008/09", "2024/25") == pytest.approx(3_674.41, abs=0.005)


def test_a_rise_of_the_index_by_a_quarter_raises_a_sum_by_a_quarter():
    index = Deflators({"2008/09": 100.0, "2024/25": 125.0}, "of this test")

    assert uprate(1_000.0, index, "2008/09", "2024/25") == 1_250.0


@settings(max_examples=25)
@given(st.floats(1.0, 1e6), st.sampled_from(["2008/09", "2016/17"]))
def test_there_and_back_is_where_we_started(pounds, year):
    there = uprate(pounds, INDEX, year, "2024/25")

    assert uprate(there, INDEX, "2024/25", year) == pytest.approx(pounds, rel=1e-14)


def test_two_steps_are_one():
    whole = INDEX.factor("2008/09", "2024/25")

    assert INDEX.factor("2008/09", "2016/17") * INDEX.factor("2016/17", "2024/25") == (
        pytest.approx(whole, rel=1e-14)
    )


def test_the_same_year_changes_nothing():
    assert INDEX.factor("2016/17", "2016/17") == 1.0


def test_a_year_without_an_index_is_refused_with_the_years_covered():
    with pytest.raises(InputError, match=r"1999/00(.|\n)*2008/09 to 2024/25"):
        INDEX.factor("1999/00", "2024/25")


@pytest.mark.parametrize("spelling", ["2024/25", "2024-25", " 2024/2025 "])
def test_a_financial_year_has_one_spelling(spelling):
    assert financial_year(spelling) == "2024/25"


def test_the_turn_of_a_century_is_a_financial_year():
    assert financial_year("1999/00") == "1999/00"


@pytest.mark.parametrize("text", ["2024", "2024/26", "24/25", "", "2024/25x"])
def test_what_is_not_a_financial_year_is_refused(text):
    with pytest.raises(InputError, match="not a financial year"):
        financial_year(text)


@pytest.mark.parametrize("level", [0.0, -1.0, float("nan"), float("inf")])
def test_an_index_is_above_zero(level):
    with pytest.raises(InputError, match="above 0"):
        Deflators({"2024/25": level}, "of this test")


def test_a_financial_year_is_three_quarters_of_its_first_calendar_year():
    assert financial_year_index({2023: 96.0, 2024: 100.0}) == {"2023/24": 97.0}
