"""A line of saving that is not simulated: need, engagement, impact, deadweight, lag, drop-off.

The chain of the Greater Manchester cost-benefit workbook (HM Treasury, Public Service
Transformation Network and New Economy, 2014), started anew by every year's families.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from familyflow.economics.adjustments import (
    Deadweight,
    after_attribution,
    after_deadweight,
    check_share,
    fading,
)
from familyflow.economics.amounts import Amount, Floats, by_draw
from familyflow.problems import bad_input


@dataclass(frozen=True)
class Chain:
    """The links from one unit of the population to net outcomes; none has a default.

    Every share is of the link before it and may be one number a draw. `deadweight` carries its
    mode. A net outcome counts `units_each` units (of `unit`) in each of `saving_years`, the first
    `lag_years` after the year of the population, less `drop_off` a year from the second on.
    """

    prevalence: Amount
    engagement: Amount
    retained: Amount
    impact: Amount
    deadweight: Deadweight
    attribution: Amount
    units_each: Amount
    unit: str
    lag_years: int
    saving_years: int
    drop_off: float
    fading: str = "geometric"

    def __post_init__(self) -> None:
        for name in ("prevalence", "engagement", "retained", "impact", "attribution"):
            check_share(getattr(self, name), name)
        if self.lag_years < 0 or self.saving_years < 1:
            raise bad_input(
                f"lag_years is {self.lag_years} and saving_years {self.saving_years}",
                "A lag is 0 or more whole years; a saving lasts at least one.",
                where="chain",
            )

    def net_each(self, draws: int) -> Floats:
        """Net units a year for one of the population (draw,); below zero where it does harm."""
        retained = self.prevalence * self.engagement * self.retained
        net = after_deadweight(retained, self.impact, self.deadweight)
        units = after_attribution(net, self.attribution) * self.units_each
        return by_draw(units, draws, "chain")

    def units_by_year(self, population: Floats, follow_up_years: int, watched_years: int) -> Floats:
        """Net units (draw, replication, year, in follow-up) of a population by year.

        population: (draw, replication, year). A unit is in the follow-up when it falls within so
        many years of the year of its population. Nothing counts after `watched_years`, as for
        what is simulated, nor beyond the last year.
        """
        draws, _, years = population.shape
        started = population * self.net_each(draws)[:, np.newaxis, np.newaxis]
        units = np.zeros((*population.shape, 2))
        left = fading(self.drop_off, self.saving_years, self.fading)
        for later, share in enumerate(left.tolist(), start=self.lag_years):
            if later >= watched_years:
                break
            inside = int(later < follow_up_years)
            units[:, :, later:, inside] += started[:, :, : max(0, years - later)] * share
        return units
