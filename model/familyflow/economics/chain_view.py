"""A run told as the links of a cost-benefit workbook, to set beside or paste into it, line by line.

The workbook multiplies single numbers: population x prevalence x engagement x retained x net
impact x attribution x units x years = units avoided, and units x unit value = saving. A run
averages products over draws instead. Both savings stand here; they differ where units and unit
values vary together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from familyflow.economics.amounts import Amount, Floats, columns
from familyflow.economics.appraisal import Ledger
from familyflow.economics.chain_line import Chain
from familyflow.economics.inputs import uncorrected
from familyflow.economics.ledger import price
from familyflow.economics.payback import Found

NIL = "nil: comparator simulated"
REFERRED = "families_referred"


@dataclass(frozen=True)
class ImpliedChain:
    """The links of one line, on average over draws and replications, before optimism bias.

    Simulated: the population is families referred, engagement the share that starts, retained the
    share of those that completes, and impact the units avoided for each family completed;
    deadweight is nil, because the arm without the service holds what would have happened anyway.
    A chain: its own links at their means, `years_counted` being how many years' worth of units
    falls within the headline's window after lag and drop-off.
    units_avoided: those that the line counts, its share of the quantity. unit_value: GBP of the
    price year for one unit, mean of draws. saving_of_links is the product
    of all of these; saving the mean of the run (both undiscounted, in the headline's window).
    """

    line: str
    label: str
    unit: str
    population_of: str
    population: float
    prevalence: Found
    engagement: Found
    retained: Found
    impact: Found
    deadweight: str
    net_impact: Found
    attribution: float
    units_each: float
    years_counted: Found
    lag_years: int
    drop_off: float
    units_avoided: float
    unit_value: float
    saving: float

    @property
    def saving_of_links(self) -> float:
        """What the workbook makes of these links: units avoided x unit value."""
        return self.units_avoided * self.unit_value


def implied_chains(ledger: Ledger) -> list[ImpliedChain]:
    """One chain for each line, in the order of the lines, whatever optimism bias the run takes."""
    if ledger.inputs.optimism_bias.mode != "none":
        ledger = price(uncorrected(ledger.inputs))
    lines, draws = ledger.inputs.benefit_lines, ledger.inputs.quantities.draws
    shares = columns([(line.share, line.name) for line in lines], draws)
    priced = ledger.units_avoided().sum(axis=2) * shares[:, np.newaxis]
    units = priced.mean(axis=(0, 1))
    prices = _without_share(ledger.saving_prices, shares).mean(axis=0)
    return [
        _implied(ledger, column, float(units[column]), float(prices[column]))
        for column in range(len(lines))
    ]


def _without_share(prices: Floats, shares: Floats) -> Floats:
    """The price of one unit that a line counts (draw, line); nothing where it counts none."""
    return np.divide(prices, shares, out=np.zeros_like(prices), where=shares > 0)


def _implied(ledger: Ledger, column: int, units: float, unit_value: float) -> ImpliedChain:
    line, quantities = ledger.inputs.benefit_lines[column], ledger.inputs.quantities
    alone = np.zeros(len(ledger.inputs.benefit_lines))
    alone[column] = 1.0
    saving = float(ledger.saving_by_year(alone, discounted=False).sum(axis=-1).mean())
    common = {
        "line": line.name,
        "label": line.label,
        "unit": line.unit_in(quantities),
        "units_avoided": units,
        "unit_value": unit_value,
        "saving": saving,
    }
    if line.chain is None:
        return _of_simulation(ledger, common)
    return _of_chain(ledger, line.quantity, line.chain, common)


def _of_simulation(ledger: Ledger, common: dict[str, Any]) -> ImpliedChain:
    referred, started, completed = (
        _mean(ledger, name) for name in (REFERRED, "families_started", "families_completed")
    )
    impact = _over(common["units_avoided"], completed, "no family completes")
    return ImpliedChain(
        **common,
        population_of=REFERRED,
        population=referred,
        prevalence=Found(1.0),
        engagement=_over(started, referred, "no family is referred"),
        retained=_over(completed, started, "no family starts"),
        impact=impact,
        deadweight=NIL,
        net_impact=impact,
        attribution=1.0,
        units_each=1.0,
        years_counted=Found(1.0),
        lag_years=0,
        drop_off=0.0,
    )


def _of_chain(ledger: Ledger, name: str, chain: Chain, common: dict[str, Any]) -> ImpliedChain:
    population = _mean(ledger, name)
    prevalence, engagement, retained, impact, deadweight, attribution, each = (
        _number(link)
        for link in (
            chain.prevalence, chain.engagement, chain.retained, chain.impact,
            chain.deadweight.value, chain.attribution, chain.units_each,
        )
    )  # fmt: skip
    of_achievers = chain.deadweight.mode == "proportional"
    net = impact * (1.0 - deadweight) if of_achievers else impact - deadweight
    first = population * prevalence * engagement * retained * net * attribution * each
    base = "of achievers" if of_achievers else "of all who take part"
    return ImpliedChain(
        **common,
        population_of=name,
        population=population,
        prevalence=Found(prevalence),
        engagement=Found(engagement),
        retained=Found(retained),
        impact=Found(impact),
        deadweight=f"{deadweight:.4g} {base}",
        net_impact=Found(net),
        attribution=attribution,
        units_each=each,
        years_counted=_over(common["units_avoided"], first, "the links come to nothing"),
        lag_years=chain.lag_years,
        drop_off=chain.drop_off,
    )


def _mean(ledger: Ledger, name: str) -> float:
    return float(ledger.inputs.quantities.with_service(name).mean())


def _number(amount: Amount) -> float:
    return float(np.mean(amount))


def _over(above: float, below: float, reason: str) -> Found:
    return Found(above / below) if below else Found(None, reason)
