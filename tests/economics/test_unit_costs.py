"""A unit cost knows its price year, its unit and on whom it falls."""

import pytest

from familyflow.economics.counted_words import SYNONYMS, words_meet
from familyflow.economics.unit_costs import UnitCost, roll_up_problems, value_per
from familyflow.problems import InputError


def cost(value, unit, key="a cost", composed_of=(), **more):
    return UnitCost(key, key, value, unit, "2008/09", composed_of=composed_of, **more)


@pytest.mark.parametrize(
    ("unit", "counted_in", "factor"),
    [
        ("GBP per week", "weeks", 1.0),
        ("GBP per child-week", "child-weeks", 1.0),
        ("GBP per child per year", "weeks", 7 / 365),
        ("GBP per week", "years", 365 / 7),
        ("GBP per six months", "years", 2.0),
        ("GBP per half-year", "weeks", 14 / 365),
        ("GBP per month", "years", 12.0),
        ("GBP per full-time year", "years", 1.0),
        ("GBP per hour", "hours", 1.0),
        ("GBP per hour", "minutes", 1 / 60),
        ("GBP per incident", "times", 1.0),
        ("GBP per family", "families", 1.0),
        ("GBP a week", "weeks", 1.0),
        ("GBP per call-out", "times", 1.0),
        ("GBP per call-out", "call-outs", 1.0),
        ("GBP per application", "children", 1.0),
        ("GBP per session", "child sessions", 1.0),
        ("GBP per place in a group", "places", 1.0),
    ],
)
def test_a_unit_cost_is_brought_to_the_unit_of_the_quantity(unit, counted_in, factor):
    assert value_per(cost(100.0, unit), counted_in) == pytest.approx(100.0 * factor, rel=1e-14)


@pytest.mark.parametrize(
    ("unit", "counted_in"),
    [
        ("GBP per week", "times"),
        ("GBP per incident", "weeks"),
        ("GBP per hour", "weeks"),
        ("GBP per family", "sessions"),
        ("GBP per session", "families"),
        ("GBP per child", "families"),
        ("GBP per nonsense", "families"),
        ("GBP", "families"),
        ("GBP", "times"),
    ],
)
def test_what_is_counted_in_another_kind_of_unit_is_refused(unit, counted_in):
    with pytest.raises(InputError, match="a cost"):
        value_per(cost(100.0, unit), counted_in)


def test_a_unit_cost_that_does_not_meet_is_told_the_words_that_would():
    with pytest.raises(InputError) as raised:
        value_per(cost(100.0, "GBP per session"), "families")

    (problem,) = raised.value.problems
    assert problem.what == "'GBP per session' cannot price a quantity in families"
    assert "'GBP per family', or per budget, household" in problem.to_do


def test_words_that_meet_do_so_in_one_and_in_many():
    for counted in SYNONYMS:
        assert words_meet(counted, f"{counted}s")
        assert all(words_meet(f"{word}s", counted) for word in SYNONYMS[counted])


def test_a_year_by_the_week_and_by_the_year_is_the_same_money():
    by_year = value_per(cost(53_000.0, "GBP per year"), "years") * 1.0
    by_week = value_per(cost(53_000.0, "GBP per year"), "weeks") * 365 / 7

    assert by_week == pytest.approx(by_year, rel=1e-14)


def test_money_without_a_price_year_is_refused():
    with pytest.raises(InputError, match="price_year"):
        UnitCost("k", "k", 1.0, "GBP", "")


def test_agency_shares_add_to_one():
    with pytest.raises(InputError, match=r"add to 0\.9"):
        cost(1.0, "GBP", falls_on={"council": 0.6, "NHS": 0.3})


def test_an_agency_cannot_carry_less_than_nothing():
    with pytest.raises(InputError, match="0 or more"):
        cost(1.0, "GBP", falls_on={"council": 1.2, "NHS": -0.2})


def test_an_unknown_kind_is_refused():
    with pytest.raises(InputError, match="fiscal, economic or social"):
        cost(1.0, "GBP", kind="imaginary")


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_value_is_finite(value):
    with pytest.raises(InputError, match="finite"):
        cost(value, "GBP")


# New Economy / GMCA, Unit Cost Database v1.4: each whole with its published parts
ROLL_UPS = {
    "CR2.0": (2_470, [1_171, 581, 415, 193, 110]),
    "E&S2.0": (9_219, [7_181, 63.69, 970.44, 1_003.5]),
    "SS4.1": (25_000, [15_000, 6_250, 1_250, 2_500]),
    "SS4.0": (900, [760, 140]),
    "SS1.1": (29_580, [274, 28_080, 945, 281]),
}


@pytest.mark.parametrize("code", ROLL_UPS)
def test_published_wholes_are_the_sums_of_their_parts(code):
    whole, parts = ROLL_UPS[code]
    names = tuple(f"{code}.{number}" for number in range(len(parts)))
    entries = [cost(float(p), "GBP each", key=k) for k, p in zip(names, parts, strict=True)]

    assert roll_up_problems([cost(float(whole), "GBP each", code, names), *entries]) == []


# a copy of the database in which numbers were read wrongly
@pytest.mark.parametrize(
    ("whole", "part", "unit"),
    [(7_778.0, 643.62, "week"), (7_375.0, 99_636.0, "week"), (99_532.0, 1_914.0, "week")],
)
def test_a_whole_that_is_not_its_parts_is_flagged(whole, part, unit):
    entries = [
        cost(whole, f"GBP per {unit}", "whole", ("part",)),
        cost(part, "GBP per week", "part"),
    ]

    assert len(roll_up_problems(entries)) == 1


def test_parts_are_brought_to_the_unit_of_the_whole():
    entries = [
        cost(36_500.0, "GBP per year", "whole", ("part",)),
        cost(700.0, "GBP per week", "part"),
    ]

    assert roll_up_problems(entries) == []


def test_an_average_over_variants_is_not_taken_for_a_sum():
    entries = [cost(609.0, "GBP each", "CR8.0"), cost(18_608.0, "GBP each", "CR8.2")]

    assert roll_up_problems(entries) == []


def test_a_part_that_is_not_there_is_named():
    assert "no part" in roll_up_problems([cost(1.0, "GBP each", "whole", ("lost",))])[0]
