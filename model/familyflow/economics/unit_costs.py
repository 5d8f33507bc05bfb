"""What one unit of something costs, in the prices of its own year, and on whom it falls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, get_args

import numpy as np

from familyflow.economics.amounts import Amount, finite
from familyflow.economics.counted_words import words_for, words_meet
from familyflow.problems import bad_input

Kind = Literal["fiscal", "economic", "social"]

# The clock of the model: a week is 7 days, a year 365, a month a twelfth of a year.
_DAYS = {
    "day": 1.0,
    "week": 7.0,
    "month": 365.0 / 12,
    "quarter": 365.0 / 4,
    "half-year": 365.0 / 2,
    "six months": 365.0 / 2,
    "year": 365.0,
}
_HOURS = {"minute": 1.0 / 60, "hour": 1.0}
_LENGTHS = [_DAYS, _HOURS]


@dataclass(frozen=True)
class UnitCost:
    """One unit cost. `value` is in pounds of `price_year` for one `unit` ("GBP per week").

    A positive value is money spent when the unit happens. `falls_on` gives each agency's share,
    adding to 1; it may be empty only where the unit is a cost of the service itself. `transfer`
    marks payments such as benefits and taxes: they count for the agency that pays them and never
    in public value. `parts` names the unit costs that this one is made of, where it is.
    """

    key: str
    label: str
    value: Amount
    unit: str
    price_year: str
    kind: Kind = "fiscal"
    falls_on: Mapping[str, float] = field(default_factory=dict)
    code: str = ""
    grade: str = ""
    status: str = ""
    transfer: bool = False
    composed_of: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.price_year:
            raise bad_input("money without a price year", "Add price_year.", where=self.key)
        if self.kind not in get_args(Kind):
            raise bad_input(
                f"there is no kind {self.kind!r}",
                "It is fiscal, economic or social.",
                where=self.key,
            )
        if not finite(self.value):
            raise bad_input("the value is not a finite number", where=self.key)
        shares = list(self.falls_on.values())
        if shares and (abs(sum(shares) - 1) > 1e-9 or min(shares) < 0):
            raise bad_input(
                f"the shares of falls_on add to {sum(shares):.10g}",
                "Each agency's share is 0 or more and they add to 1.",
                where=self.key,
            )


def value_per(unit_cost: UnitCost, quantity_unit: str) -> Amount:
    """The value for one unit of a quantity counted in `quantity_unit`, still in its price year.

    Lengths of time are converted by the clock of the model (365 days a year, 7 a week); counts
    must be of the same thing (counted_words). Pricing a count by the week, a week by the incident,
    or a session by the family is refused.

    >>> value_per(UnitCost("k", "A year", 365.0, "GBP per year", "2024/25"), "weeks")
    7.0
    """
    factor = _conversion(unit_cost.unit, quantity_unit)
    if factor is None:
        raise bad_input(
            f"{unit_cost.unit!r} cannot price a quantity in {quantity_unit}",
            _how_to_say(quantity_unit),
            where=unit_cost.key,
        )
    return unit_cost.value * factor


def _how_to_say(quantity_unit: str) -> str:
    """What a unit cost would say that prices this quantity."""
    length = _unit_of(quantity_unit)
    words = [length] if length else list(words_for(quantity_unit))
    due = "Give the unit cost for the unit in which the quantity is counted"
    return f"{due}: 'GBP per {words[0]}'{_or_else(words[1:])}." if words else f"{due}."


def _or_else(words: list[str]) -> str:
    return f", or per {', '.join(words)}" if words else ""


def is_length_of_time(unit: str) -> bool:
    """Whether a quantity in this unit is counted in days, weeks, years and the like.

    >>> [is_length_of_time(unit) for unit in ("child-weeks", "years", "incidents")]
    [True, True, False]
    """
    return bool(_unit_of(unit))


def roll_up_problems(unit_costs: Iterable[UnitCost], tolerance: float = 1.0) -> list[str]:
    """Sentences about unit costs that differ from the sum of their parts by more than `tolerance`.

    Only where `composed_of` says so: many published parents are averages over variants, not sums.
    Parts are brought to the unit of the whole; price years are taken as they stand.
    """
    by_key = {unit_cost.key: unit_cost for unit_cost in unit_costs}
    problems = []
    for whole in by_key.values():
        if not whole.composed_of:
            continue
        missing = [part for part in whole.composed_of if part not in by_key]
        if missing:
            problems.append(f"{whole.key}: there is no part {', '.join(missing)}")
            continue
        total = sum(_value_in(whole.unit, by_key[part]) for part in whole.composed_of)
        value = float(np.mean(whole.value))
        if abs(value - total) > tolerance:
            problems.append(f"{whole.key}: {value:,.2f} is not the sum of its parts, {total:,.2f}")
    return problems


def _value_in(unit: str, part: UnitCost) -> float:
    """The part in the unit of the whole: "GBP per week" for "GBP per year", say."""
    amount = part.value if part.unit == unit else value_per(part, _priced_by(unit))
    return float(np.mean(amount))


def _priced_by(unit: str) -> str:
    """What the pounds are for: "family" in "GBP per family"; "" for pounds of nothing."""
    found = re.search(r"^GBP (?:a|an) (.+)$|^.* per (.+)$", unit.strip())
    return next((text for text in found.groups() if text), "") if found else ""


@cache
def _conversion(unit: str, quantity_unit: str) -> float | None:
    """How many of the unit cost's units one unit of quantity is; None where they do not meet."""
    priced_by = _priced_by(unit)
    per = _unit_of(priced_by)
    counted = _unit_of(quantity_unit)
    for lengths in _LENGTHS:
        if per in lengths and counted in lengths:
            return lengths[counted] / lengths[per]
    return 1.0 if not per and not counted and words_meet(priced_by, quantity_unit) else None


def _unit_of(text: str) -> str:
    """The length of time a unit ends in ("child-weeks" -> "week"), or "" for a count."""
    plain = text.lower().strip()
    for name in sorted((*_DAYS, *_HOURS), key=len, reverse=True):  # "six months" before "month"
        if re.search(rf"(^|[^a-z]){name}s?$", plain):
            return name
    return ""
