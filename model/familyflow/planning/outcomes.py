"""The other outcomes: counts and states beside the levels of need."""

from __future__ import annotations

import numpy as np

from familyflow.outcomes.dose import doses, retained
from familyflow.planning.values import Values, number
from familyflow.specification.by_draw import across, settled
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


class _Effects:
    """What is taken off rates: tables [sessions to a full dose, whole years since the last one].

    Of a block of draws they reach to the fullest dose: more sessions than a draw's own change
    nothing in it.
    """

    def __init__(self, values: Values) -> None:
        full_dose = int(np.ceil(np.max(number(values, "outcomes.effects.dose_reference"))))
        years = int(number(values, "appraisal.watched_years"))
        self._doses = doses(full_dose, values)[..., :, None]
        self._fading = retained(values, years)[..., None, :]

    def of(self, ratio: float) -> Floats:
        """The table of an outcome whose rate is multiplied by `ratio` at a full dose."""
        if settled(ratio == 1.0):
            return np.zeros((self._doses.shape[-2], self._fading.shape[-1]))
        table: Floats = across(1.0 - ratio, 2) * self._doses * self._fading
        return table


def make_outcomes(values: Values) -> tuple[Outcome, ...]:
    """Every outcome that has a rate; one without a number is not simulated and is listed."""
    effects = _Effects(values)
    made = [_state(values, effects, *listed) for listed in STATES]
    code, name, of_child, needs = REPEATS
    incidents = number(values, "outcomes.domestic_abuse.incidents_per_year")
    ratio = number(values, "outcomes.domestic_abuse.repeat_ratio")
    if settled(incidents != 0.0):
        made.append(_count(code, name, of_child, needs, incidents, effects.of(ratio)))
    for code, name, of_child, needs in COUNTS:
        rate = number(values, f"outcomes.{name}.per_year")
        if settled(rate != 0.0):
            ratio = number(values, f"outcomes.{name}.ratio")
            made.append(_count(code, name, of_child, needs, rate, effects.of(ratio)))
    return tuple(one for one in made if settled((one.happens != 0.0) | (one.share_at_start != 0.0)))


def not_monetised(values: Values) -> list[str]:
    """Outcomes that have no number yet: neither simulated nor priced, and never counted as nil."""
    return [
        name.replace("_", " ")
        for _, name, *_ in COUNTS
        if not number(values, f"outcomes.{name}.per_year")
    ]


def _state(
    values: Values, effects: _Effects, code: int, name: str, of_child: bool, needs: int
) -> Outcome:
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
        effect=effects.of(number(values, key + "ratio")),
    )


def _count(
    code: int, name: str, of_child: bool, needs: int, per_year: float, effect: Floats
) -> Outcome:
    return Outcome(name, code, of_child, False, needs, 0.0, per_year / DAYS_IN_YEAR, 0.0, effect)
