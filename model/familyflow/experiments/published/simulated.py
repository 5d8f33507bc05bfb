"""What a simulated run gives beside published flows and ratios."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from pydantic import Field

from familyflow.experiments.consistency import WEEKS_IN_YEAR
from familyflow.experiments.published.world import World
from familyflow.experiments.validity import CLOSED
from familyflow.parameters.models import Model, Number

FLOW: Final = (
    "suitable", "started", "completed", "planned_endings", "other_endings", "caseload_counted",
    "caseload_by_law", "caseload_over_law", "invited", "accepted", "finished",
)  # fmt: skip
_RATIOS: Final = (
    "fiscal_return", "benefit_cost_ratio", "fiscal_return_with_weaker_evidence",
    "benefit_cost_ratio_with_weaker_evidence",
)  # fmt: skip
RETURNS: Final = (*_RATIOS, "chance_of_net_saving")


class Nothing(Model):
    """The case itself gives nothing: all comes from the scenario."""


class Scale(Model):
    """Of how many the published figures speak."""

    suitable: Number = Field(description="Suitable families.", gt=0)
    closed: Number = Field(description="Closed episodes.", gt=0)
    invited: Number = Field(description="Families invited to a group.", gt=0)


def flow(scale: Scale, world: World) -> dict[str, float]:
    """Families of so many suitable ones, endings, the caseload, and what comes of invitations."""
    suitable, started, completed = (
        world.counted(name)
        for name in ("families_accepted", "families_started", "families_completed")
    )
    closed = sum(world.counted(name) for name in CLOSED)
    planned = _share(completed, closed)
    return {
        "suitable": scale.suitable,
        "started": scale.suitable * _share(started, suitable),
        "completed": scale.suitable * _share(completed, suitable),
        "planned_endings": scale.closed * planned,
        "other_endings": scale.closed * (1.0 - planned),
        **_caseload(world),
        **_groups(scale.invited, world),
    }


def _caseload(world: World) -> dict[str, float]:
    """The caseload as counted once a week, and as arrivals times time in the service."""
    weeks = float(world.base["appraisal.term_years"]) * WEEKS_IN_YEAR
    begun = world.counted("families_allocated")
    arrivals = begun / weeks
    stay = _share(world.counted("episode_weeks"), begun)
    counted = world.counted("caseload_weeks_observed") / weeks
    due = arrivals * stay if begun else 0.0
    # where nobody is taken on and nobody is counted, the law holds
    over = counted / due if due else (1.0 if counted == 0.0 else math.inf)
    return {"caseload_counted": counted, "caseload_by_law": due, "caseload_over_law": over}


def _groups(scale: float, world: World) -> dict[str, float]:
    """Of so many invitations to any group: those accepted, and those that end in finishing it."""
    names = world.ledger.inputs.quantities.names
    invited, accepted, finished = (
        sum(world.counted(name) for name in names if name.startswith(start))
        for start in ("group_invited.", "group_accepted.", "group_completed.")
    )
    return {
        "invited": scale,
        "accepted": scale * _share(accepted, invited),
        "finished": scale * _share(finished, invited),
    }


def returns(_: Nothing, world: World) -> dict[str, float]:
    """The ratios of the answer, and the share of draws with a net saving."""
    saving = world.priced.figures.main["money.net_saving"].by_draw()
    return {
        **{name: world.figure(f"money.{name}") for name in _RATIOS},
        "chance_of_net_saving": float(np.mean(saving > 0)),
    }


def _share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan
