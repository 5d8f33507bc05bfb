"""Prices follow the deflator, pay grows from its own scale, and cash loses what prices gain."""

import numpy as np
import pytest

from familyflow.economics.prices import Deflators
from familyflow.economics.uplift import Uplift, growth, later_year, real_from_cash, years_between
from familyflow.problems import InputError

INDEX = Deflators({"2024/25": 100.0, "2025/26": 103.0}, "of a test")


def uplift(**changes):
    plain = {
        "deflators": INDEX,
        "price_year": "2024/25",
        "first_year": "2025/26",
        "term_years": 3,
        "pay": 0.05,
        "later_prices": 0.02,
    }
    return Uplift(**{**plain, **changes})


def test_later_years_are_financial_years():
    assert [later_year("2024/25", by) for by in (0, 1, 75)] == ["2024/25", "2025/26", "2099/00"]
    assert years_between("2024/25", later_year("2024/25", 75)) == 75
    with pytest.raises(InputError, match="not a financial year"):
        later_year("2024", 1)


def test_prices_follow_the_deflator_while_it_lasts_and_then_grow_steadily():
    assert uplift().prices_by_year() == pytest.approx([1.03, 1.03 * 1.02, 1.03 * 1.02**2])


def test_in_the_year_of_its_scale_a_salary_is_what_the_scale_says():
    # £34,434 from April 2025, brought to 2024/25 prices and back
    real = 34_434.0 * INDEX.factor("2025/26", "2024/25")

    paid = real * uplift(pay=0.032).pay_by_year("2025/26")

    assert paid == pytest.approx([34_434.0, 34_434.0 * 1.032, 34_434.0 * 1.032**2])


def test_a_scale_of_the_price_year_grows_by_pay_from_there():
    assert uplift().pay_by_year("2024/25") == pytest.approx([1.05, 1.05**2, 1.05**3])


def test_cash_is_worth_less_each_year_by_what_prices_have_risen():
    levels = uplift().prices_by_year()

    real = real_from_cash({0: 1_000.0, 1: 1_000.0, 7: 5.0}, levels)

    assert real == pytest.approx({0: 1_000 / 1.03, 1: 1_000 / 1.03 / 1.02})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"first_year": "2023/24"}, "before the price year"),
        ({"pay": -1.0}, "above -1"),
        ({"later_prices": -1.5}, "above -1"),
    ],
)
def test_growth_to_nothing_and_a_term_before_its_prices_are_refused(changes, words):
    with pytest.raises(InputError, match=words):
        uplift(**changes)


def test_no_growth_leaves_pounds_as_they_are():
    assert (growth(0.0, 4, 3) == np.ones(4)).all()
