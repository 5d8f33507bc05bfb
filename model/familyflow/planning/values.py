"""Reading resolved parameter values by name, in the units that a plan is written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from familyflow.parameters.parameter import Varies
from familyflow.problems import bad_input
from familyflow.specification.by_draw import as_number, whole
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR, Spread

Values = Mapping[str, Any]
MONTHS_IN_YEAR = 12
LENGTHS = ("constant", "uniform", "whole_numbers", "triangular", "exponential")


def number(values: Values, name: str) -> float:
    """A number by its name; of a block of draws that differ in it, a column (draw,)."""
    value = values[name]
    known: float = value if type(value) is float else as_number(value)
    return known


def minutes(values: Values, name: str) -> int:
    """Hours in a parameter as whole minutes."""
    return whole(number(values, name) * 60 + 0.5)


def weeks_as_days(values: Values, name: str) -> int:
    """Weeks in a parameter as whole days."""
    return whole(number(values, name) * DAYS_IN_WEEK + 0.5)


def spread(values: Values, name: str, times: float = 1.0) -> Spread:
    """How a length varies between families or posts, its values multiplied by `times`."""
    varies = values[name]
    if not isinstance(varies, Varies):
        return Spread("constant", 0.0, as_number(varies) * times, 0.0)
    if varies.shape not in LENGTHS:
        raise bad_input(
            f"a length cannot vary as {varies.shape}; the simulation draws {', '.join(LENGTHS)}",
            "Give one of these, or a plain value.",
            where=name,
        )
    settings = {key: as_number(value) * times for key, value in varies.settings.items()}
    middle = settings.get("mean", settings.get("mode", settings.get("value", 0.0)))
    return Spread(varies.shape, settings.get("low", 0.0), middle, settings.get("high", 0.0))


def days_of_weeks(values: Values, name: str) -> Spread:
    """A length in weeks, as days."""
    return spread(values, name, DAYS_IN_WEEK)


def days_of_months(values: Values, name: str) -> Spread:
    """A length in months, as days: a month is a twelfth of a year."""
    return spread(values, name, DAYS_IN_YEAR / MONTHS_IN_YEAR)
