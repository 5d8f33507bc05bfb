"""Numbers as people read them: British style, true minus signs, no false precision."""

import pytest

from familyflow.reports.words import (
    asked_whom,
    count,
    in_years,
    interval,
    likelihood,
    middle,
    one_or_more,
    out_of_ten,
    payer,
    pounds,
    share,
    significant,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "£0"),
        (3.6, "£3.60"),
        (250, "£250"),
        (4123, "£4,120"),
        (243_210, "£243,000"),
        (1_400_000, "£1.4 million"),
        (1_738_386, "£1.74 million"),
        (999_999, "£1 million"),
        (-1_090_000, "\N{MINUS SIGN}£1.09 million"),
        (-250, "\N{MINUS SIGN}£250"),
        (-0.004, "£0.00"),
        (-0.006, "\N{MINUS SIGN}£0.01"),
    ],
)
def test_pounds_keep_three_figures(value, text):
    assert pounds(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (2.25, "2.2"),
        (9.96, "10.0"),
        (57.4, "57"),
        (6343.6, "6,344"),
        (-3.24, "-3.2"),
        (-0.04, "0.0"),
        (-0.06, "-0.1"),
        (-0.0, "0"),
    ],
)
def test_counts_are_whole_above_ten(value, text):
    assert count(value) == text.replace("-", "\N{MINUS SIGN}")


@pytest.mark.parametrize(
    ("chance", "word"),
    [
        (0.02, "very unlikely"),
        (0.2, "unlikely"),
        (0.5, "about as likely as not"),
        (0.95, "very likely"),
    ],
)
def test_wording_follows_probability(chance, word):
    assert likelihood(chance) == word


def test_a_chance_is_said_in_tenths_without_certainty():
    assert out_of_ten(0.0) == "less than 1 in 20"
    assert out_of_ten(0.31) == "about 3 in 10"
    assert out_of_ten(1.0) == "more than 19 in 20"


def test_a_chance_is_never_said_twice_or_half_as_large_as_it_is():
    said = {"about 1 in 20": 1 / 20, "about 19 in 20": 19 / 20}
    said |= {f"about {n} in 10": n / 10 for n in range(1, 10)}
    for thousandth in range(1001):
        chance = thousandth / 1000
        words = out_of_ten(chance)
        if words == "less than 1 in 20":
            assert chance < 0.05
        elif words == "more than 19 in 20":
            assert chance > 0.95
        else:
            assert abs(chance - said[words]) <= 0.0501
            assert chance < 1.6 * said[words]
            assert chance > 0.66 * said[words]


def test_what_is_undefined_says_why():
    figure = {"mean": None, "low": None, "high": None, "unit": "ratio", "reason": "no cost"}

    assert middle(figure, pounds) == "not defined (no cost)"
    assert interval(figure, pounds) == "no cost"


def test_small_helpers_read_well():
    assert share(0.725) == "72%"
    assert significant(0.0) == 0.0
    assert payer("unfunded").startswith("No funder")
    assert payer("Barnardo's") == "Barnardo's"


@pytest.mark.parametrize(
    ("length", "text"), [(1, "1 year"), (1.0, "1 year"), (3, "3 years"), (1.5, "1.5 years")]
)
def test_one_year_is_no_years(length, text):
    assert in_years(length) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(1.0, "1 child"), (0.3, "0.3 children"), (0, "0 children"), (1000, "1,000 children")],
)
def test_one_of_them_is_told_as_one(number, text):
    assert one_or_more(count(number), "child", "children") == text


def test_a_budget_that_asks_nobody_asks_nothing_of_any_funder():
    assert asked_whom("nobody") == "any funder"
    assert asked_whom("The Fund") == "The Fund"
