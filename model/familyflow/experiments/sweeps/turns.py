"""What is told of a number that may turn a target, and how far chance leaves it open."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from familyflow.experiments.sensitivity.switching import Switch
from familyflow.experiments.sweeps.chance import half_widths
from familyflow.experiments.sweeps.targets import Target
from familyflow.experiments.sweeps.varied import HIGH, LOW
from familyflow.experiments.sweeps.work import Found, Work, finite


class Seen(NamedTuple):
    """A point at which a number was looked at: by how much the output is beyond the turn."""

    place: float
    beyond: float
    half_width: float  # NaN where chance is not measured

    @property
    def side(self) -> int:
        """The side of the turn, 1 or -1, that is sure; 0 where chance leaves it open.

        Also where chance is not measured, as under a single stretch of luck.
        """
        if not abs(self.beyond) > self.half_width:
            return 0
        return 1 if self.beyond >= 0.0 else -1


def told_of(work: Work, target: Target, turn: float, switch: Switch) -> Found:
    """Everything about one number: where it turns the target, or how near it comes to.

    value_low, value_high: between them chance leaves open where it turns; the whole range where
    no point on that side is sure. is_sure: whether a turn (or that there is none) is beyond chance.
    """
    name = switch.factor
    seen = _seen(work, target, turn, name)
    about = {
        "factor": name,
        "stated": work.varied.stated(name),
        "value": None,
        "value_low": None,
        "value_high": None,
        "below": switch.below,
        "above": switch.above,
        "crossings": switch.crossings,
        "at_best": None,
        "at_best_value": None,
        "at_best_half_width": None,
        "moves": len({one.beyond for one in seen}) > 1,
    }
    if switch.uniform is None:
        # where it never turns: the output that comes nearest to turning
        best = min(seen, key=lambda one: abs(one.beyond))
        return about | {
            "at_best": best.beyond + turn,
            "at_best_value": work.varied.value_at(name, best.place),
            "at_best_half_width": finite(best.half_width),
            "is_sure": all(one.side == switch.below for one in seen),
        }
    under = [one.place for one in seen if one.place < switch.uniform and one.side == switch.below]
    over = [one.place for one in seen if one.place > switch.uniform and one.side == switch.above]
    return about | {
        "value": work.varied.value_at(name, switch.uniform),
        "value_low": work.varied.value_at(name, max(under, default=LOW)),
        "value_high": work.varied.value_at(name, min(over, default=HIGH)),
        "is_sure": bool(under and over),
    }


def _seen(work: Work, target: Target, turn: float, name: str) -> list[Seen]:
    """Every point at which the number was looked at, the lowest first."""
    known = work.alone.seen(name)
    rows = np.array([row for _, row in known])
    outputs, halves = work.of(target, rows), half_widths(work.by_luck(target, rows))
    return [
        Seen(place, float(output) - turn, float(half))
        for (place, _), output, half in zip(known, outputs, halves, strict=True)
    ]
