"""One team and what came of it, draw for draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from familyflow.experiments.per_draw import Gathered
from familyflow.experiments.results import shared_chance
from familyflow.experiments.staffing.teams import Team
from familyflow.experiments.statistics import Floats, probability, undefined, wilson

WAIT: Final = "flow.mean_wait_weeks"
FIGURES: Final = (
    ("flow.families_started", "families_started"),
    ("flow.families_completed", "families_completed"),
    ("flow.families_gave_up_waiting", "families_gave_up_waiting"),
    ("flow.mean_wait_weeks", "mean_wait_weeks"),
    ("flow.p90_wait_weeks", "p90_wait_weeks"),
    ("flow.caseload_utilisation", "caseload_utilisation"),
    ("flow.care_weeks_avoided", "care_weeks_avoided"),
    ("money.cost_undiscounted", "cost_undiscounted"),
    ("money.cost", "cost"),
    ("money.cost_per_family_started", "cost_per_family_started"),
    ("money.cost_per_family_started_undiscounted", "cost_per_family_started_undiscounted"),
    ("money.fiscal_saving", "fiscal_saving"),
    ("money.net_saving", "net_saving"),
    ("money.net_present_value", "net_present_value"),
    ("money.net_present_value_with_weaker_evidence", "net_present_value_with_weaker_evidence"),
)


@dataclass(frozen=True)
class Tried:
    """A team with its figures by draw."""

    team: Team
    figures: Gathered

    def by_draw(self, name: str) -> Floats:
        """A figure by draw."""
        return self.figures.main[name].by_draw()

    def mean(self, name: str) -> float:
        """The mean of a figure."""
        return self.figures.main[name].mean()

    def told(self) -> dict[str, Any]:
        """Its size, and every figure with its interval."""
        shared = shared_chance(self.figures)
        found = {short: self.figures.figure(name, shared) for name, short in FIGURES}
        return {**self.team.told(), **found}

    def chance_of_wait(self, weeks: float) -> dict[str, Any]:
        """The chance that the expected mean wait is at most so many weeks, chance taken out.

        With its Monte Carlo interval. A draw in which nobody gets a place keeps no wait.
        """
        waits = self.by_draw(WAIT)
        known = waits[np.isfinite(waits)]
        if not len(known):
            return undefined("probability", "nobody gets a place in any draw")
        beyond = probability(known - weeks, self.figures.chance(WAIT))["mean"]
        kept = (1.0 - float(beyond)) * len(known) / len(waits)
        low, high = wilson(kept, len(waits))
        return {"mean": kept, "low": low, "high": high, "unit": "probability"}
