"""Switching values: how far one number must move, all others as stated, to change a sign.

An output is first looked at on a ladder of points, then by bisection on the rung where it changes
sign nearest to the stated value. Every factor is asked about at once, so a step costs one batch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from familyflow.experiments.sensitivity.guards import Floats, checked_outputs

LADDER = (0.025, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.975)
HALVINGS = 20

# (names, uniforms) of points that each move one factor and leave the rest as stated -> outputs
Evaluate = Callable[[Sequence[str], Floats], Floats]


@dataclass(frozen=True)
class Switch:
    """Where one factor changes the sign, as its uniform; None where it does not in its range.

    below, above: the output's sign to either side of it, -1 or 1. crossings: rungs of the ladder
    over which the sign changes; more than one says that it turns back.
    """

    factor: str
    uniform: float | None
    below: int
    above: int
    crossings: int


def switching(evaluate: Evaluate, stated: Mapping[str, float]) -> list[Switch]:
    """Where each factor alone changes the sign of the output, over its 2.5 to 97.5 % range.

    stated: the uniform of each factor's stated value, to say which change is nearest. 0 counts
    with the positive side. Raises InputError where an output is not finite.
    """
    names = list(stated)
    ladders = np.array([_ladder(uniform) for uniform in stated.values()])
    rungs = _asked(evaluate, np.repeat(names, ladders.shape[1]).tolist(), ladders.ravel())
    positive = rungs.reshape(ladders.shape) >= 0.0
    changes = positive[:, 1:] != positive[:, :-1]
    turning = [place for place in range(len(names)) if changes[place].any()]
    rung = {
        place: _nearest(changes[place], ladders[place], stated[names[place]]) for place in turning
    }
    low = np.array([ladders[place, rung[place]] for place in turning])
    high = np.array([ladders[place, rung[place] + 1] for place in turning])
    is_low = np.array([positive[place, rung[place]] for place in turning], dtype=bool)
    for _ in range(HALVINGS if turning else 0):
        middle = (low + high) / 2.0
        same = (_asked(evaluate, [names[place] for place in turning], middle) >= 0.0) == is_low
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    found = dict(zip(turning, (low + high) / 2.0, strict=True))
    return [
        Switch(
            factor=name,
            uniform=float(found[place]) if place in found else None,
            below=_sign(positive[place, rung.get(place, 0)]),
            above=_sign(positive[place, rung[place] + 1 if place in rung else -1]),
            crossings=int(changes[place].sum()),
        )
        for place, name in enumerate(names)
    ]


def _asked(evaluate: Evaluate, names: Sequence[str], uniforms: Floats) -> Floats:
    return checked_outputs(evaluate(names, uniforms), len(uniforms))


def _ladder(stated: float) -> list[float]:
    """The ladder's points and the stated value, so that a turn on either side of it is seen."""
    return sorted([*LADDER, min(max(stated, LADDER[0]), LADDER[-1])])


def _nearest(changes: npt.NDArray[np.bool_], ladder: Floats, stated: float) -> int:
    """The rung over which the sign changes that is nearest to the stated value."""
    away = np.maximum(ladder[:-1] - stated, stated - ladder[1:]).clip(0.0)
    return int(np.where(changes, away, np.inf).argmin())


def _sign(is_positive: bool) -> int:
    return 1 if is_positive else -1
