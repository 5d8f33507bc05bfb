"""Paired differences between options: draw for draw, under the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from familyflow.experiments.intervals import NOMINAL, simultaneous_share
from familyflow.experiments.options.simulate import OptionRun
from familyflow.experiments.paired import paired_difference
from familyflow.experiments.statistics import (
    NO_CHANCE,
    Chance,
    Floats,
    estimate,
    share_of_chance,
    undefined,
)


def differences_of(runs: Sequence[OptionRun]) -> list[dict[str, Any]]:
    """Each option less the first: every figure of flow and money, with both of its intervals.

    The Monte Carlo intervals of one figure hold for all options together (Bonferroni).
    """
    first, share = runs[0], simultaneous_share(max(1, len(runs) - 1))
    return [
        {
            "option": run.name,
            "less": first.name,
            "flow": _figures(run, first, "flow.", share),
            "money": _figures(run, first, "money.", share),
        }
        for run in runs[1:]
    ]


def difference(
    run: OptionRun, less: OptionRun, name: str, share: float = NOMINAL
) -> dict[str, Any]:
    """One figure of an option less that of another.

    low ... high: of the expected difference, over what is not known (chance taken out).
    monte_carlo_low and _high: how well these draws know the mean; more draws narrow it to nothing.
    share: how often that interval is to hold.
    """
    one, other = run.main[name], less.main[name]
    untold = _untold(run, name) or _untold(less, name)
    if untold:
        return undefined(one.unit, untold)
    paired = paired_difference(one, other, share)
    if np.isnan(paired.mean):
        return undefined(one.unit, one.reason if np.isnan(one.mean()) else other.reason)
    known = paired.by_draw[np.isfinite(paired.by_draw)]
    chance = chance_of_difference(run, less, name)
    figure = estimate(known, one.unit, chance, mean=paired.mean)
    low, high = (None if np.isnan(end) else end for end in paired.monte_carlo_interval)
    told = {**figure, "monte_carlo_low": low, "monte_carlo_high": high}
    return told | ({"draws_undefined": paired.draws_undefined} if paired.draws_undefined else {})


def chance_of_difference(run: OptionRun, less: OptionRun, name: str) -> Chance:
    """The share of chance in the variance between draws of this difference."""
    values = run.main[name].by_replication() - less.main[name].by_replication()
    if run.twice is None or less.twice is None:
        pairs = values
    else:
        pairs = run.twice[name].by_replication() - less.twice[name].by_replication()
    return chance_of(values, pairs)


def chance_of(values: Floats, pairs: Floats) -> Chance:
    """The share of chance; values (draw, replication), pairs (draw, 2): nothing where unknown."""
    if pairs.shape[1] < 2 or not (np.isfinite(values).all() and np.isfinite(pairs).all()):
        return NO_CHANCE
    return share_of_chance(values.mean(axis=1), pairs[:, 0], pairs[:, 1], values.shape[1])


def _untold(run: OptionRun, name: str) -> str:
    """Why the option itself does not tell this figure, if it does not."""
    part, _, key = name.partition(".")
    told = run.results.get(part, {}).get(key, {})
    return str(told["reason"]) if told.get("mean", 0.0) is None else ""


def _figures(run: OptionRun, less: OptionRun, start: str, share: float) -> dict[str, Any]:
    names = [name for name in run.main if name.startswith(start) and name in less.main]
    return {name.removeprefix(start): difference(run, less, name, share) for name in names}
