"""A saving without a simulation: the chain of Greater Manchester's cost-benefit workbook.

For lines the simulation does not hold, and to paste a result into that workbook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from familyflow.economics.adjustments import (
    Deadweight,
    after_attribution,
    after_deadweight,
    check_share,
    fading,
)
from familyflow.economics.amounts import Floats
from familyflow.economics.discounting import Schedule, discount_factors, present_value
from familyflow.economics.payback import Found, payback
from familyflow.problems import bad_input


class Steps(NamedTuple):
    """People left at each link of a chain."""

    population: float
    in_need: float
    engaged: float
    retained: float
    achieved: float
    net: float
    corrected: float


@dataclass(frozen=True)
class ChainLine:
    """One chain. Every share is of the link before it; none has a default.

    deadweight carries its mode. unit_value is pounds saved for one net outcome in one year, in the
    price year of the appraisal; `units_each` how many units one person (or family) counts for.
    Savings start `lag_years` after the cost, run `saving_years` and fade by `drop_off` a year.
    optimism_bias is the share taken off.
    """

    name: str
    population: float
    prevalence: float
    engagement: float
    retained: float
    impact: float
    deadweight: Deadweight
    unit_value: float
    lag_years: int
    saving_years: int
    drop_off: float
    falls_on: Mapping[str, float]
    optimism_bias: float = 0.0
    attribution: float = 1.0
    cashable_share: float = 0.0
    fading: str = "geometric"
    units_each: float = 1.0

    def __post_init__(self) -> None:
        for name in ("prevalence", "engagement", "retained", "impact", "cashable_share"):
            check_share(getattr(self, name), f"{self.name}, {name}")
        check_share(self.optimism_bias, f"{self.name}, optimism_bias")
        if self.lag_years < 0 or self.saving_years < 0:
            raise bad_input("a lag or a duration below 0", where=self.name)
        if abs(sum(self.falls_on.values()) - 1) > 1e-9:
            raise bad_input("the shares of falls_on do not add to 1", where=self.name)

    def steps(self) -> Steps:
        """People at each link; net is below zero where more would have achieved it anyway."""
        in_need = self.population * self.prevalence
        engaged = in_need * self.engagement
        retained = engaged * self.retained
        net = float(after_deadweight(retained, self.impact, self.deadweight))
        due = float(after_attribution(net, self.attribution))
        corrected = due * (1 - self.optimism_bias)
        return Steps(
            self.population, in_need, engaged, retained, retained * self.impact, net, corrected
        )

    def saving_by_year(self, years: int) -> Floats:
        """Pounds saved in year 0, 1, ... of a horizon."""
        flow = np.zeros(years)
        first, last = self.lag_years, min(self.lag_years + self.saving_years, years)
        if last > first:
            profile = fading(self.drop_off, last - first, self.fading)
            flow[first:last] = self.steps().corrected * self.units_each * self.unit_value * profile
        return flow


@dataclass(frozen=True)
class ChainAppraisal:
    """What chains and their cost come to: present values in pounds."""

    cost: float
    saving: float
    cashable: float
    by_agency: Mapping[str, float]
    fiscal_return: Found
    cashable_return: Found
    payback_undiscounted: Found
    payback_discounted: Found

    @property
    def net_present_budget_impact(self) -> float:
        """Cost less saving; below zero is a saving."""
        return self.cost - self.saving


@dataclass(frozen=True)
class ChainCost:
    """Cost by year and the optimism bias added to it (a share)."""

    by_year: Sequence[float]
    optimism_bias: float = 0.0
    corrected: Floats = field(init=False)

    def __post_init__(self) -> None:
        by_year = np.asarray(self.by_year, dtype=np.float64)
        object.__setattr__(self, "corrected", by_year * (1 + self.optimism_bias))


def appraise(
    lines: Sequence[ChainLine], cost: ChainCost, schedule: Schedule, timing: str = "start"
) -> ChainAppraisal:
    """Set the chains' savings against the cost, over as many years as the cost has."""
    years = len(cost.corrected)
    factors = discount_factors(schedule, years, timing)
    flows = {line.name: line.saving_by_year(years) for line in lines}
    values = {name: float(present_value(flow, factors)) for name, flow in flows.items()}
    by_agency: dict[str, float] = {}
    for line in lines:
        for agency, share in line.falls_on.items():
            by_agency[agency] = by_agency.get(agency, 0.0) + share * values[line.name]
    spent = float(present_value(cost.corrected, factors))
    saved = sum(values.values())
    cash = sum(values[line.name] * line.cashable_share for line in lines)
    net = sum(flows.values(), start=np.zeros(years)) - cost.corrected
    return ChainAppraisal(
        cost=spent,
        saving=saved,
        cashable=cash,
        by_agency=by_agency,
        fiscal_return=_over(saved, spent),
        cashable_return=_over(cash, spent),
        payback_undiscounted=payback(net),
        payback_discounted=payback(net * factors),
    )


def _over(saved: float, spent: float) -> Found:
    if spent <= 0:
        return Found(None, "there is no cost above zero, so no ratio to it is defined")
    return Found(saved / spent)
