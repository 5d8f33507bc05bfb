"""Which options are worth considering, and what each further unit of effect costs among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.problems import bad_input

Standing = Literal["on the frontier", "dominated", "extended dominated"]


class Step(NamedTuple):
    """An option in the order of cost, and how it stands against the others.

    icer: pounds for each unit of effect more than the option before it on the frontier; None for
    the first of the frontier and for options that are not on it.
    """

    option: int
    cost: float
    effect: float
    standing: Standing
    icer: float | None


def incremental(costs: Floats | Sequence[float], effects: Floats | Sequence[float]) -> list[Step]:
    """The options sorted by cost (GBP), with ratios along the frontier of the efficient ones.

    costs, effects: the mean of each option, in one order; more effect is better. Dominated: another
    costs no more and does no less. Extended dominated: a mix of two others does as much for less.
    Of options that are the same, the first stays. InputError if the numbers do not match.
    """
    cost, effect = (np.asarray(each, dtype=np.float64) for each in (costs, effects))
    _check(cost, effect)
    ordered = sorted(range(len(cost)), key=lambda k: (cost[k], -effect[k], k))
    undominated = _rising(ordered, effect)
    kept = _convex(undominated, cost, effect)
    return [_step(k, cost, effect, kept, undominated) for k in ordered]


def _check(cost: Floats, effect: Floats) -> None:
    if cost.ndim != 1 or cost.shape != effect.shape or cost.size == 0:
        raise bad_input(
            f"there are {cost.size} costs and {effect.size} effects",
            "Give one of each for every option.",
        )
    if not (np.isfinite(cost).all() and np.isfinite(effect).all()):
        raise bad_input("a cost or an effect is missing or infinite")


def _rising(ordered: Sequence[int], effect: Floats) -> list[int]:
    """Those that do more than every one that costs less."""
    kept: list[int] = []
    for k in ordered:
        if not kept or effect[k] > effect[kept[-1]]:
            kept.append(k)
    return kept


def _convex(rising: Sequence[int], cost: Floats, effect: Floats) -> list[int]:
    """Those along which a further unit of effect never becomes cheaper."""
    kept: list[int] = []
    for k in rising:
        while len(kept) > 1 and (
            _ratio(kept[-2], kept[-1], cost, effect) > _ratio(kept[-1], k, cost, effect)
        ):
            kept.pop()
        kept.append(k)
    return kept


def _ratio(before: int, after: int, cost: Floats, effect: Floats) -> float:
    return float((cost[after] - cost[before]) / (effect[after] - effect[before]))


def _step(
    k: int, cost: Floats, effect: Floats, kept: Sequence[int], undominated: Sequence[int]
) -> Step:
    standing: Standing = "extended dominated" if k in undominated else "dominated"
    icer = None
    if k in kept:
        standing, place = "on the frontier", kept.index(k)
        icer = _ratio(kept[place - 1], k, cost, effect) if place else None
    return Step(k, float(cost[k]), float(effect[k]), standing, icer)
