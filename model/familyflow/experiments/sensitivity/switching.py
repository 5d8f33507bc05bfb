"""Switching values: how far one number must move, all others as stated, to change a sign.

An output is first looked at on a ladder of points, then by bisection on the rung where it changes
sign nearest to the stated value. Every factor is asked about at once, so a step costs one batch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from familyflow.experiments.sensitivity.guards import Floats

LADDER = (0.025, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.975)
HALVINGS = 20

# (names, uniforms) of points that each move one factor and leave the rest as stated -> outputs
Evaluate = Callable[[Sequence[str], Floats], Floats]
Signs = npt.NDArray[np.bool_]


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
    with the positive side. A factor whose output is not finite at some point is left out: nothing
    is known of it. Raises ValueError for another number of outputs than of points.
    """
    if not stated:
        return []
    every = {name: _ladder(uniform) for name, uniform in stated.items()}
    rungs = _asked(evaluate, [n for n, ladder in every.items() for _ in ladder], _flat(every))
    rows = rungs.reshape(len(every), -1)
    known = np.isfinite(rows).sum(axis=1) == rows.shape[1]
    names = [name for name, is_known in zip(every, known, strict=True) if is_known]
    ladders = np.array([every[name] for name in names])
    positive = rows[known] >= 0.0
    found = []
    turns = _turns(evaluate, names, ladders, positive, stated)
    for place, name in enumerate(names):
        rung, uniform = turns.get(place, (None, None))
        if uniform is not None and not np.isfinite(uniform):
            continue
        found.append(
            Switch(
                factor=name,
                uniform=uniform,
                below=_sign(positive[place, rung or 0]),
                above=_sign(positive[place, -1 if rung is None else rung + 1]),
                crossings=int((positive[place, 1:] != positive[place, :-1]).sum()),
            )
        )
    return found


def _turns(
    evaluate: Evaluate,
    names: Sequence[str],
    ladders: Floats,
    positive: Signs,
    stated: Mapping[str, float],
) -> dict[int, tuple[int, float]]:
    """By place of a factor that turns: the rung on which it does, and where; NaN if not known."""
    rungs: dict[int, int] = {}
    for place, name in enumerate(names):
        changes = positive[place, 1:] != positive[place, :-1]
        if changes.any():
            rungs[place] = _nearest(changes, ladders[place], stated[name])
    low = np.array([ladders[place, rung] for place, rung in rungs.items()])
    high = np.array([ladders[place, rung + 1] for place, rung in rungs.items()])
    is_low = np.array([positive[place, rung] for place, rung in rungs.items()], dtype=bool)
    for _ in range(HALVINGS if rungs else 0):
        middle = (low + high) / 2.0
        outputs = _asked(
            evaluate, [names[place] for place in rungs], np.nan_to_num(middle, nan=0.5)
        )
        middle = np.where(np.isfinite(outputs), middle, np.nan)
        same = (outputs >= 0.0) == is_low
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    places = ((low + high) / 2.0).tolist()
    return {
        place: (rung, uniform) for (place, rung), uniform in zip(rungs.items(), places, strict=True)
    }


def _asked(evaluate: Evaluate, names: Sequence[str], uniforms: Floats) -> Floats:
    outputs = np.asarray(evaluate(names, uniforms), dtype=np.float64)
    if outputs.shape != uniforms.shape:
        raise ValueError(f"outputs have the shape {outputs.shape}; points want {uniforms.shape}")
    return outputs


def _flat(ladders: Mapping[str, Sequence[float]]) -> Floats:
    return np.array([uniform for ladder in ladders.values() for uniform in ladder])


def _ladder(stated: float) -> list[float]:
    """The ladder's points and the stated value, so that a turn on either side of it is seen."""
    return sorted([*LADDER, min(max(stated, LADDER[0]), LADDER[-1])])


def _nearest(changes: Signs, ladder: Floats, stated: float) -> int:
    """The rung over which the sign changes that is nearest to the stated value."""
    away = np.maximum(ladder[:-1] - stated, stated - ladder[1:]).clip(0.0)
    return int(np.where(changes, away, np.inf).argmin())


def _sign(is_positive: bool) -> int:
    return 1 if is_positive else -1
