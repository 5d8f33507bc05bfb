"""The vocabulary of units and what numbers of each may be."""

from __future__ import annotations

import pytest

from familyflow.parameters.units import unit_named
from familyflow.parameters.yaml_tree import Wrong

KINDS = {
    "share": "share",
    "share of direct pay": "share",
    "chance per week": "chance",
    "chance per year": "chance",
    "rate per year": "rate",
    "per week": "rate",
    "per year": "rate",
    "change per year": "change",
    "ratio": "ratio",
    "sd of log": "ratio",
    "weeks": "length",
    "months": "length",
    "years": "length",
    "days": "length",
    "hours": "length",
    "minutes": "length",
    "hours per week": "rate",
    "hours per meeting": "rate",
    "hours a meeting": "rate",
    "referrals per year": "rate",
    "GBP": "money",
    "GBP per family": "money",
    "GBP per full-time year": "money",
    "families": "count",
    "children": "count",
    "posts": "count",
    "sessions": "count",
    "full-time equivalents": "posts",
    "points": "points",
    "text": "text",
    "yes or no": "flag",
    "table": "anything",
    "table of share": "share",
    "table of shares": "share",
    "table of rate per month": "rate",
    "table of GBP by funder and year": "money",
    "table of weeks": "length",
}


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_units_have_kinds(name: str, kind: str) -> None:
    unit = unit_named(name)

    assert unit.kind == kind
    assert unit.is_table == name.startswith("table")


@pytest.mark.parametrize(
    ("name", "near"),
    [("weks", "'weeks'"), ("GDP per family", "'GBP per family'"),
     ("chance per yeer", "chance per year"), ("wibble", "for example")],
)  # fmt: skip
def test_an_unknown_unit_is_refused_with_the_nearest(name: str, near: str) -> None:
    with pytest.raises(Wrong) as wrong:
        unit_named(name)

    assert near in wrong.value.to_do


def test_counts_and_whole_lengths_are_whole_numbers_and_money_is_not() -> None:
    assert isinstance(unit_named("posts").check(5.0), int)
    assert isinstance(unit_named("weeks").check(5), int)
    assert isinstance(unit_named("weeks").check(5.5), float)
    assert isinstance(unit_named("GBP").check(5), float)
    assert isinstance(unit_named("share").check(1), float)


@pytest.mark.parametrize("value", [-1e-10, 1.0 + 1e-10])
def test_rounding_is_forgiven_and_taken_off(value: float) -> None:
    assert unit_named("share").check(value) in (0.0, 1.0)


def test_a_change_may_be_downwards_and_points_below_zero() -> None:
    assert unit_named("change per year").check(-0.03) == -0.03
    assert unit_named("points").check(-2.5) == -2.5
    with pytest.raises(Wrong, match="0 or more"):
        unit_named("per year").check(-0.03)
