"""The other outcomes: counts and states beside the levels of need."""

from __future__ import annotations

import math

import numpy as np

from familyflow.outcomes.dose import doses, retained
from familyflow.planning.values import Values, number
from familyflow.specification.plan import (
    DOMESTIC_ABUSE,
    MENTAL_ILL_HEALTH,
    SUBSTANCE_MISUSE,
    Floats,
    Outcome,
)
from familyflow.specification.variates import DAYS_IN_YEAR

# code, name, of a child, needs that put a family at risk; codes are frozen with the decisions
STATES = (
    (0, "parental_mental_ill_health", False, 1 << MENTAL_ILL_HEALTH),
    (1, "substance_misuse", False, 1 << SUBSTANCE_MISUSE),
    (2, "child_difficulties", True, 0),
)
REPEATS = (8, "domestic_abuse", False, 1 << DOMESTIC_ABUSE)
COUNTS = (
    (9, "persistent_absence", True, 0),
    (10, "exclusion", True, 0),
    (11, "emergency_attendance", False, 0),
    (12, "police_call_outs", False, 0),
    (13, "homelessness", False, 0),
    (14, "employment", False, 0),
)
NAMES = {code: name for code, name, *_ in (*STATES, REPEATS, *COUNTS)}


def make_outcomes(values: Values) -> tuple[Outcome, ...]:
    """Every outcome that has a rate; one without a number is not simulated and is listed."""
    made = [_state(values, *listed) for listed in STATES]
    code, name, of_child, needs = REPEATS
    incidents = number(values, "outcomes.domestic_abuse.incidents_per_year")
    ratio = number(values, "outcomes.domestic_abuse.repeat_ratio")
    made.append(_count(values, code, name, of_child, needs, incidents, ratio))
    for code, name, of_child, needs in COUNTS:
        rate = number(values, f"outcomes.{name}.per_year")
        ratio = number(values, f"outcomes.{name}.ratio")
        made.append(_count(values, code, name, of_child, needs, rate, ratio))
    return tuple(outcome for outcome in made if outcome.happens or outcome.share_at_start)


def not_monetised(values: Values) -> list[str]:
    """Outcomes that have no number yet: neither simulated nor priced, and never counted as nil."""
    return [
        name.replace("_", " ")
        for _, name, *_ in COUNTS
        if not number(values, f"outcomes.{name}.per_year")
    ]


def _state(values: Values, code: int, name: str, of_child: bool, needs: int) -> Outcome:
    key = f"outcomes.{name}."
    return Outcome(
        name=name,
        code=code,
        of_child=of_child,
        is_state=True,
        needs=needs,
        share_at_start=number(values, key + "share_at_start"),
        happens=number(values, key + "begins_per_year") / DAYS_IN_YEAR,
        ends=number(values, key + "ends_per_year") / DAYS_IN_YEAR,
        effect=_effect(values, number(values, key + "ratio")),
    )


def _count(
    values: Values, code: int, name: str, of_child: bool, needs: int, rate: float, ratio: float
) -> Outcome:
    effect = _effect(values, ratio)
    return Outcome(name, code, of_child, False, needs, 0.0, rate / DAYS_IN_YEAR, 0.0, effect)


def _effect(values: Values, ratio: float) -> Floats:
    """What is taken off the rate: [sessions to a full dose, whole years since the last one]."""
    full_dose = math.ceil(number(values, "outcomes.effects.dose_reference"))
    years = int(number(values, "appraisal.watched_years"))
    if ratio == 1.0:
        return np.zeros((full_dose + 1, years + 1))
    fading = retained(values, years)
    table: Floats = (1.0 - ratio) * doses(full_dose, values)[:, None] * fading[None, :]
    return table
