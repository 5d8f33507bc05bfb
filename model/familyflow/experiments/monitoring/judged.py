"""What was observed beside what was expected, and which lines are more than chance.

A service that is just as expected shows some unusual line now and then, so lines are judged
together: a line is to be looked into if it is further out than the furthest of all lines is in all
but FALSE_ALARM of the simulated worlds (Westfall and Young's step). Lines that go together, as they
do, are so counted as what they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from familyflow.experiments.monitoring.statistics import (
    STATISTICS,
    Counted,
    Statistic,
    Worlds,
)
from familyflow.records.arrays import Floats

FALSE_ALARM: Final = 0.05
FEWEST_WORLDS: Final = 0.9  # share of worlds in which a line must have something to tell
_COUNTED_TO: Final = 10  # worlds on a side, up to which they are counted


@dataclass(frozen=True)
class Line:
    """One statistic: expected mean with 80 % and 95 % intervals, and what was observed.

    observed: None where it is of too few to be told. chance: how often a service that is as
    expected would lie so far out, on either side. worry: whether it is unusual among all lines.
    """

    statistic: Statistic
    mean: float
    p2_5: float
    p10: float
    p90: float
    p97_5: float
    observed: float | None
    chance: float | None
    worry: bool = False

    @property
    def side(self) -> str:
        """`more` or `fewer` than expected; empty where nothing was observed."""
        if self.observed is None:
            return ""
        return "more" if self.observed > self.mean else "fewer"


def judged(observed: Mapping[str, Counted], expected: Worlds) -> tuple[Line, ...]:
    """Every line that simulated worlds can tell."""
    lines, furthest = [], np.ones(len(expected.values))
    for place, statistic in enumerate(STATISTICS):
        worlds = expected.values[:, place]
        known = worlds[np.isfinite(worlds)]
        if len(known) < FEWEST_WORLDS * len(worlds):
            continue
        lines.append(_line(statistic, observed[statistic.name], known))
        # in a world, as in what is observed, a line is told only if it is of enough families: one
        # that is rare is told where it is unusually frequent, and that is no alarm
        of_worlds = np.where(expected.told[:, place], chances_of(worlds, known), np.nan)
        furthest = np.fmin(furthest, of_worlds)
    least = float(np.quantile(furthest, FALSE_ALARM, method="lower"))
    return tuple(
        replace(line, worry=line.chance is not None and line.chance < least) for line in lines
    )


def _line(statistic: Statistic, found: Counted, worlds: Floats) -> Line:
    p2_5, p10, p90, p97_5 = (float(end) for end in np.quantile(worlds, (0.025, 0.1, 0.9, 0.975)))
    is_told = found.is_shown
    chance = chance_of(found.value, worlds) if is_told else None
    seen = found.value if is_told else None
    return Line(statistic, float(worlds.mean()), p2_5, p10, p90, p97_5, seen, chance)


def chance_of(value: float, worlds: Floats) -> float:
    """How often a further world lies as far out as this value, on its side or the other.

    >>> chance_of(0.0, np.linspace(-1.0, 1.0, 201))
    1.0
    """
    return float(chances_of(np.array([value]), worlds)[0])


def chances_of(values: Floats, worlds: Floats) -> Floats:
    """As `chance_of`, of many values; NaN where a value is.

    Beyond the tenth world on a side it is read off a normal with their mean and spread: hundreds of
    worlds cannot count one in a thousand.
    """
    from scipy.stats import norm

    ordered = np.sort(worlds)
    below = np.searchsorted(ordered, values, side="left")
    same = np.searchsorted(ordered, values, side="right") - below
    ranked = (below + same / 2.0) / len(ordered)
    counted = np.minimum(2.0 * np.minimum(ranked, 1.0 - ranked), 1.0)
    spread = float(worlds.std(ddof=1))
    away = np.abs(values - worlds.mean())
    far = np.divide(away, spread, out=np.where(away > 0.0, np.inf, 0.0), where=spread > 0.0)
    least = 2.0 * _COUNTED_TO / len(ordered)
    found = np.where(counted >= least, counted, np.minimum(least, 2.0 * norm.sf(far)))
    return np.where(np.isfinite(values), found, np.nan)
