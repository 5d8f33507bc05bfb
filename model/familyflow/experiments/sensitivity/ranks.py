"""Rank correlation: which inputs a result rises or falls with, among draws that vary them all."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from familyflow.parameters.distributions import special

FIFTHS: Final = (20.0, 80.0)

Floats = npt.NDArray[np.float64]


class Ranked(NamedTuple):
    """An input beside the result.

    correlation: Spearman's, -1 to 1. by_luck: how often one as far from 0 would come by luck alone.
    low, high: the ends of the lowest and the highest fifth of its draws. at_low, at_high: the mean
    result there, while all else varies.
    """

    name: str
    correlation: float
    by_luck: float
    low: float
    high: float
    at_low: float
    at_high: float


def ranked(inputs: pd.DataFrame, result: pd.Series) -> list[Ranked]:
    """Every input (a column, by draw) that varies, in the order of the columns.

    Empty where the result is always the same. Spearman's correlation is that of the ranks, equal
    values sharing the mean of theirs; its chance is that of Student's t with two fewer degrees of
    freedom than draws.
    """
    varying = inputs.loc[:, inputs.nunique() > 1]
    if result.nunique() < 2 or varying.empty:
        return []
    output = result.to_numpy(dtype=np.float64)
    of_result = np.asarray(result.rank(), dtype=np.float64)
    correlations = _correlations(varying.rank().to_numpy(dtype=np.float64), of_result)
    chances = _by_luck(correlations, len(output))
    found = []
    for place, name in enumerate(varying):
        values = varying[name].to_numpy(dtype=np.float64)
        low, high = (float(end) for end in np.percentile(values, FIFTHS))
        found.append(
            Ranked(
                str(name), float(correlations[place]), float(chances[place]), low, high,
                float(output[values <= low].mean()), float(output[values >= high].mean()),
            )
        )  # fmt: skip
    return found


def _correlations(ranks: Floats, of_result: Floats) -> Floats:
    """Pearson's, of the ranks (draw, input) with those of the result (draw,)."""
    # Ranks are halves of whole numbers, so every sum is exact and the same on every machine.
    middle = (len(of_result) + 1) / 2.0
    off, other = ranks - middle, of_result - middle
    together = (off * other[:, np.newaxis]).sum(axis=0)
    found: Floats = together / np.sqrt((off**2).sum(axis=0) * (other**2).sum())
    return found


def _by_luck(correlations: Floats, draws: int) -> Floats:
    """Two-sided, under Student's t."""
    free = draws - 2
    inside = np.maximum(1.0 - correlations**2, np.finfo(np.float64).tiny)
    t = np.abs(correlations) * np.sqrt(free / inside)
    chance: Floats = 2.0 * special().stdtr(free, -t)
    return chance
