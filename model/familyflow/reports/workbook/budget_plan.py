"""What the formulas of the budget give for the run's own numbers: the cached values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.economics.bid import NOBODY, BudgetRow, shared_rows
from familyflow.economics.funding import Funder, real_amounts
from familyflow.economics.uplift import Uplift
from familyflow.planning.funding_checks import ASKED_OF
from familyflow.reports.documents.limits import TOTAL
from familyflow.reports.workbook.flows import Flows
from familyflow.reports.workbook.kept import Kept
from familyflow.reports.workbook.terms import Term


@dataclass
class Line:
    """A line of cost in money: its terms by their places, and pounds of each year that are paid."""

    label: str
    terms: dict[int, Term]
    pounds: Floats


@dataclass(frozen=True)
class Plan:
    """The budget of a run, worked out from what its workbook holds."""

    kept: Kept
    flows: Flows

    @property
    def years(self) -> int:
        """How many years the term has."""
        return self.kept.inputs.term_years

    @cached_property
    def uplift(self) -> Uplift:
        """How prices grow over the term, and pay at its own rate."""
        return replace(self.kept.inputs.uplift, pay=self.kept.pay_growth)

    @cached_property
    def headings(self) -> list[str]:
        """The headings in the funder's order, then any other of the cost lines."""
        names = [str(row["heading"]) for row in self.kept.table("budget")]
        return [name for name in names if name != TOTAL]

    @cached_property
    def lines(self) -> Mapping[str, list[Line]]:
        """The lines of each heading."""
        found: dict[str, dict[str, Line]] = {heading: {} for heading in self.headings}
        for place, amounts in enumerate(self.kept.planned):
            term = self.kept.terms[place]
            if term.in_kind:  # what is given in kind is no line of a budget
                continue
            lines = found[term.heading]
            line = lines.setdefault(term.name, Line(term.label, {}, np.zeros(self.years)))
            real = amounts[0, : self.years] * self.flows.prices[place]
            line.terms[place] = term
            line.pounds = line.pounds + real * self.levels(term)
        return {heading: list(lines.values()) for heading, lines in found.items()}

    @cached_property
    def salary_years(self) -> list[str]:
        """The years of the scales from which pay grows."""
        lines = [line for lines in self.lines.values() for line in lines]
        terms = [term for line in lines for term in line.terms.values()]
        return sorted({term.price_year for term in terms if term.is_pay})

    def levels(self, term: Term) -> Floats:
        """What a pound of a term is in the pounds of each year (year,)."""
        if term.is_pay:
            return self.uplift.pay_by_year(term.price_year)
        return self.uplift.prices_by_year()

    @property
    def funders(self) -> tuple[Funder, ...]:
        """Those who offer money, in their order."""
        return self.kept.inputs.funders

    @cached_property
    def offered(self) -> dict[str, Floats]:
        """What each funder offers in the pounds of each year."""
        levels = self.uplift.prices_by_year()
        real = {one.name: real_amounts(one, self.kept.inputs) for one in self.funders}
        return {
            name: np.array([by_year.get(year, 0.0) for year in range(self.years)]) * levels
            for name, by_year in real.items()
        }

    @cached_property
    def asked_of(self) -> str:
        """The funder who is asked, or nobody."""
        asked = str(self.kept.case.parameters[ASKED_OF]["value"])
        return asked if asked in self.offered else NOBODY

    @cached_property
    def rows(self) -> list[BudgetRow]:
        """Each heading with who pays which part of it."""
        costs = {
            heading: np.sum([np.zeros(self.years), *(line.pounds for line in lines)], axis=0)
            for heading, lines in self.lines.items()
        }
        return shared_rows(costs, self.offered, self.asked_of)

    def pounds(self, part: str) -> Floats:
        """A part of every heading by year (heading, year)."""
        return np.array([getattr(row, part) for row in self.rows])
