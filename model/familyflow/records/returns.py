"""When returns come, as the model has it: how many have shown by now, and how many never show."""

from __future__ import annotations

import numpy as np

from familyflow.parameters.parameter import Varies
from familyflow.parameters.shapes import make
from familyflow.parameters.yaml_tree import Wrong
from familyflow.records.arrays import Floats
from familyflow.records.estimate import MOVES, UNTIL_RETURN
from familyflow.records.given import Given, NotTold
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

_PARTS = 2000


def days_until_return(given: Given) -> Floats:
    """Days from an end to a return at evenly spread places (place,), ascending, moves apart.

    Raises NotTold for a shape that has no quantiles.
    """
    varies = given.parameters[UNTIL_RETURN].varies
    assert isinstance(varies, Varies)
    settings = {
        name: given.value(one) if isinstance(one, str) else float(one)
        for name, one in varies.settings.items()
    }
    if varies.shape == "constant":
        return np.full(_PARTS, np.floor(DAYS_IN_WEEK * settings["value"] + 0.5))
    try:
        weeks = make(varies.shape, settings).quantile((np.arange(_PARTS) + 0.5) / _PARTS)
    except (Wrong, KeyError):
        why = f"When returns come has a shape that cannot be used here: {varies.shape}."
        raise NotTold(why) from None
    return np.asarray(np.floor(DAYS_IN_WEEK * weeks + 0.5))


def part_seen(followed: Floats, days: Floats, given: Given) -> Floats:
    """Of each case (case,) the share of returns that would have shown in the days it was followed.

    Those who move away meanwhile never return.
    """
    shown = np.concatenate([[0.0], np.cumsum(_stays(days, given)) / len(days)])
    return np.asarray(shown[np.searchsorted(days, followed, side="right")])


def unseen_for_each_seen(given: Given) -> float:
    """Returns taken for first referrals, for each that is seen to be one.

    Where the service was there before the period, a family whose earlier case ended before it
    looks new. Returns come at an even pace, so after t days those are seen that take up to t.
    """
    cases = given.cases
    if cases.in_period.all():
        return 0.0  # nothing in the file shows that there was a service before
    days = days_until_return(given)
    weight = _stays(days, given)
    length = cases.until + 1.0
    seen = float(weight @ np.maximum(0.0, length - days)) / float(weight.sum())
    if seen <= 0.0:
        raise NotTold("The period is too short to tell first referrals from returns.")
    return length / seen - 1.0


def _stays(days: Floats, given: Given) -> Floats:
    """The chance that a family has not moved away after so many days."""
    return np.asarray(np.exp(-given.mean(MOVES) / DAYS_IN_YEAR * days))
