"""The numbers that a reader may replace in the workbook, each with its mean over the draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from familyflow.economics.amounts import Floats, by_draw
from familyflow.economics.savings import BenefitLine
from familyflow.experiments.inputs import Drawn
from familyflow.experiments.pricing import STAFF, unit_cost_of
from familyflow.parameters.units import unit_named
from familyflow.reports.workbook.typed import SHARE, Range, range_of

NATIONAL_INSURANCE = STAFF + "national_insurance"
PENSION = STAFF + "pension"


@dataclass(frozen=True, eq=False)
class Factor:
    """One number that money is multiplied by: values (draw,), and what it is.

    key: of the parameter, or of the part of one. price_year is empty where it is not money.
    allowed: what a reader may type.
    """

    key: str
    label: str
    unit: str
    values: Floats
    price_year: str = ""
    grade: str = ""
    status: str = ""
    source: str = ""
    falls_on: str = ""
    allowed: Range = SHARE

    @cached_property
    def mean(self) -> float:
        """The mean over all draws."""
        return float(self.values.mean())

    @cached_property
    def is_uncertain(self) -> bool:
        """Whether draws differ in it."""
        return bool((self.values != self.values[0]).any())


@dataclass(frozen=True, eq=False)
class AboveThreshold:
    """Pay above the threshold of national insurance, of posts of one salary, in GBP a year.

    values (draw,) and mean: of one full-time year where `each` is the sum of the posts' full-time
    shares, of all posts together where it is 1. shares: each post's full-time share.
    """

    salary: Factor
    shares: tuple[float, ...]
    each: float
    threshold: float

    @property
    def key(self) -> str:
        """The number that replaces it when a reader types one: the salary."""
        return self.salary.key

    @property
    def is_uncertain(self) -> bool:
        """Whether draws differ in it, as they do in the salary."""
        return self.salary.is_uncertain

    @cached_property
    def values(self) -> Floats:
        """One number a draw."""
        total = np.zeros(len(self.salary.values))
        for share in self.shares:
            total = total + np.maximum(0.0, self.salary.values * share - self.threshold)
        return total / self.each

    @cached_property
    def mean(self) -> float:
        """The mean over all draws."""
        return float(self.values.mean())


AnyFactor = Factor | AboveThreshold


class Factors:
    """Makes every factor of a run once, in the order in which they are asked for."""

    def __init__(self, drawn: Drawn) -> None:
        self._drawn = drawn
        self._made: dict[str, Factor] = {}

    def __iter__(self) -> Iterator[Factor]:
        return iter(self._made.values())

    def unit_cost(self, key: str) -> Factor:
        """A unit cost or a salary, at the figure published nearest the year of the results."""
        if key not in self._made:
            parameters, values = self._drawn.resolved.parameters, self._drawn.values
            cost = unit_cost_of(parameters, values, key)
            self._made[key] = self._of(
                key,
                np.asarray(cost.value),
                unit=cost.unit,
                price_year=cost.price_year,
                falls_on=", ".join(f"{name} {share:g}" for name, share in cost.falls_on.items()),
            )
        return self._made[key]

    def share(self, key: str) -> Factor:
        """A share that is a parameter: pension, overheads."""
        if key not in self._made:
            self._made[key] = self._of(key, self._drawn.values.column(key))
        return self._made[key]

    def insurance_rate(self) -> Factor:
        """The rate of employer's national insurance."""
        key = NATIONAL_INSURANCE
        if key not in self._made:
            rate = float(self._drawn.base[key]["rate"])
            values = by_draw(rate, len(self._drawn.values), key)
            unit = "share of pay above the threshold"
            self._made[key] = self._of(key, values, unit=unit)
        return self._made[key]

    def cashable(self, line: BenefitLine) -> Factor:
        """The share of a line's saving that could be taken out of a budget."""
        key = f"{line.name}.cashable.share"
        if key not in self._made:
            values = by_draw(line.cashable.share, len(self._drawn.values), key)
            label = f"Cashable share: {line.label}"
            self._made[key] = Factor(key, label, "share of the saving", values)
        return self._made[key]

    @property
    def insurance_threshold(self) -> float:
        """The yearly pay from which employer's national insurance is due, GBP a person."""
        return float(self._drawn.base[NATIONAL_INSURANCE]["threshold"])

    def _of(
        self,
        key: str,
        values: Floats,
        *,
        unit: str = "",
        price_year: str = "",
        falls_on: str = "",
    ) -> Factor:
        known = self._drawn.resolved.parameters[key]
        source = known.source
        return Factor(
            key,
            known.label,
            unit or known.unit,
            values,
            price_year,
            known.grade or "",
            known.status or "",
            f"{source.title}; {source.where}; {source.year}" if source else known.note or "",
            falls_on,
            range_of(unit_named(unit or known.unit)),
        )
