"""A simulated run told as a chain, to set beside or paste into a cost-benefit workbook."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from familyflow.economics.appraisal import Ledger
from familyflow.economics.payback import Found

NIL = "nil: comparator simulated"


@dataclass(frozen=True)
class ImpliedChain:
    """The links that a run comes to, on average over draws and replications, for one line.

    population (families referred) x engagement (share that starts) x retained (share of those that
    completes) x impact (units avoided per family completed) x unit_value (GBP of the price year)
    is the saving (undiscounted, in the headline's window). Deadweight is nil: the arm without the
    service holds what would have happened anyway.
    """

    line: str
    label: str
    unit: str
    population: float
    engagement: Found
    retained: Found
    impact: Found
    unit_value: Found
    saving: float
    deadweight: str = NIL


def implied_chains(ledger: Ledger) -> list[ImpliedChain]:
    """One chain for each line, in the order of the lines."""
    referred, started, completed = (
        float(ledger.inputs.quantities.with_service(name).mean())
        for name in ("families_referred", "families_started", "families_completed")
    )
    fewer = ledger.units_avoided().sum(axis=2)
    chains = []
    for column, line in enumerate(ledger.inputs.benefit_lines):
        units = float(fewer[..., column].mean())
        alone = np.zeros(len(ledger.inputs.benefit_lines))
        alone[column] = 1.0
        saving = float(ledger.saving_by_year(alone, discounted=False).sum(axis=-1).mean())
        chains.append(
            ImpliedChain(
                line=line.name,
                label=line.label,
                unit=line.unit_in(ledger.inputs.quantities),
                population=referred,
                engagement=_over(started, referred, "no family is referred"),
                retained=_over(completed, started, "no family starts"),
                impact=_over(units, completed, "no family completes"),
                unit_value=_over(saving, units, "nothing is avoided"),
                saving=saving,
            )
        )
    return chains


def _over(above: float, below: float, reason: str) -> Found:
    return Found(above / below) if below else Found(None, reason)
