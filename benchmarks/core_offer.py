"""Draws of the core offer, made ready for the engines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from familyflow.experiments.engines import solver_of
from familyflow.experiments.inputs import Inputs, Settings, draw_inputs, load_inputs
from familyflow.experiments.sampling import luck_of
from familyflow.luck import Luck
from familyflow.outcomes.solve import Solved
from familyflow.planning.plan import make_plan
from familyflow.specification.plan import Plan

SEED = 1


@dataclass(frozen=True)
class Draw:
    """One draw: its numbers, its plan and its luck."""

    values: Mapping[str, Any]
    solved: Solved
    plan: Plan
    luck: Luck


def inputs_of(draws: int, sets: Sequence[str] = (), scenario: str = "core_offer") -> Inputs:
    """Every draw of a scenario with its effects solved. sets: "key=value"."""
    resolved = load_inputs(scenario, list(sets), [])
    settings = Settings(draws, 1, SEED)
    return draw_inputs(resolved, settings, lambda *_: None, solver_of("compiled", 1))


def draws_of(draws: int, sets: Sequence[str] = ()) -> list[Draw]:
    """So many draws of the core offer."""
    inputs = inputs_of(draws, sets)
    return [
        Draw(
            inputs.values[draw],
            inputs.solved[draw],
            make_plan(inputs.values[draw], inputs.solved[draw]),
            luck_of(inputs.settings, draw, 0),
        )
        for draw in range(draws)
    ]
