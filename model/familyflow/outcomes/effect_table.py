"""What the service takes off a rate, and how much sooner needs are seen: tables for the engines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from familyflow.outcomes.dose import doses, retained
from familyflow.outcomes.readings import number
from familyflow.specification.by_draw import across, settled, stacked
from familyflow.specification.plan import Floats
from familyflow.specification.variates import DAYS_IN_YEAR

DAYS_IN_MONTH = DAYS_IN_YEAR / 12
DETECTION_STEPS = 6
EFFECTS = "outcomes.effects."
TOTALS = ("care_ratio", "plan_ratio_year_1", "plan_ratio_year_2", "child_in_need_ratio")


def is_neutral(values: Mapping[str, object]) -> bool:
    """Whether the service changes no level of need: totals and detection 1, no effect of groups."""
    names = (*TOTALS, "detection")
    groups = number(values, EFFECTS + "group_effect")
    return settled(groups <= 0.0) and all(
        settled(number(values, EFFECTS + name) == 1.0) for name in names
    )


def effect_table(
    values: Mapping[str, object], links: Sequence[float], most_sessions: int, years: int
) -> Floats:
    """What is taken off a link's rate: [link, sessions, years since the last, completed a group].

    Of a block of draws that differ in it, [draw, link, ...].
    links: hazard ratios at full dose, by row; sessions up to most_sessions, whole years to years.
    Key work a and a group b combine as 1 - (1 - a)(1 - b), at most the cap. Below 0 is harm.
    """
    if is_neutral(values):
        return np.zeros((len(links), most_sessions + 1, years + 1, 2))
    group = across(np.maximum(0.0, number(values, EFFECTS + "group_effect")), 3)
    cap = across(number(values, EFFECTS + "effect_cap"), 3)
    by_dose = doses(most_sessions, values)[..., None, :]
    kept = retained(values, years)[..., None, None, :]
    at_full = 1.0 - stacked(links)[..., :, None]  # [.., link, sessions]
    key_work = (at_full * by_dose)[..., None] * kept
    effect = np.empty((*key_work.shape, 2))
    effect[..., 0] = np.minimum(key_work, cap)
    effect[..., 1] = np.minimum(key_work + group * kept * (1.0 - key_work), cap)
    return effect


def detection_schedule(values: Mapping[str, object]) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Detection by step of its schedule, and the day since the first session each step begins.

    Constant at first, then six equal monthly steps down to exactly 1.
    """
    detection = number(values, EFFECTS + "detection")
    if settled(detection == 1.0):
        return (1.0,), (0,)
    first = number(values, EFFECTS + "detection_days")
    shares = detection_shape()
    days = [int(first + month * DAYS_IN_MONTH + 0.5) for month in range(DETECTION_STEPS)]
    return tuple(1.0 + (detection - 1.0) * share for share in shares), (0, *days)


def detection_shape() -> tuple[float, ...]:
    """The share of the extra detection that is left at each step of its schedule: 1 ... 0."""
    return tuple(1.0 - step / DETECTION_STEPS for step in range(DETECTION_STEPS + 1))
