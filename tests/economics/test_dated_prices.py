"""A price published for several years is read in the year nearest to that of the results."""

import numpy as np
import pytest

from familyflow.economics.dated_prices import at_nearest_year, nearest_year
from familyflow.problems import InputError

SERIES = {"2013/14": 2_000.0, "2019/20": 4_000.0, "2023/24": 6_000.0}


@pytest.mark.parametrize(
    ("wanted", "nearest"),
    [
        ("2024/25", "2023/24"),
        ("2040/41", "2023/24"),
        ("2022/23", "2023/24"),
        ("2020/21", "2019/20"),
        ("2019/20", "2019/20"),
        ("1990/91", "2013/14"),
    ],
)
def test_the_nearest_year_is_taken(wanted, nearest):
    assert nearest_year(SERIES, wanted) == nearest


def test_of_two_years_as_near_the_later_is_taken():
    assert nearest_year(SERIES, "2021/22") == "2023/24"
    assert nearest_year(SERIES, "2016/17") == "2019/20"
    assert nearest_year(reversed(list(SERIES)), "2016/17") == "2019/20"


def test_a_year_is_known_in_any_spelling():
    assert nearest_year(SERIES, "2019-20") == "2019/20"


def test_the_figure_of_that_year_comes_with_its_own_price_year():
    assert at_nearest_year(6_000.0, "2023/24", SERIES, "2018/19") == (4_000.0, "2019/20")


def test_doubt_keeps_its_proportion():
    drawn = np.array([5_400.0, 6_000.0, 7_200.0])

    moved, year = at_nearest_year(drawn, "2023/24", SERIES, "2013/14")

    assert year == "2013/14"
    assert moved / 2_000.0 == pytest.approx(drawn / 6_000.0, rel=1e-14)


def test_nothing_moves_where_the_own_year_is_nearest_or_there_is_no_series():
    assert at_nearest_year(6_000.0, "2023/24", SERIES, "2025/26") == (6_000.0, "2023/24")
    assert at_nearest_year(6_000.0, "2023/24", {}, "2002/03") == (6_000.0, "2023/24")


def test_what_is_no_financial_year_is_refused():
    with pytest.raises(InputError, match="financial year"):
        nearest_year(SERIES, "2019")
