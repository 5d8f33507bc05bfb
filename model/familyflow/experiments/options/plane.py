"""Cost and care weeks avoided of single draws, for a picture of how they scatter together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import pandas as pd

from familyflow.experiments.options.simulate import OptionRun

MOST_POINTS: Final = 300  # of each option: more would hide one another


def plane_of(runs: Sequence[OptionRun]) -> pd.DataFrame:
    """A row an option and draw: cost and care weeks avoided, both less no service, chance in.

    Every draw up to 300 of them, else every second, third ...: the same draws of each option.
    """
    return pd.concat([_points(run) for run in runs], ignore_index=True)


def _points(run: OptionRun) -> pd.DataFrame:
    cost = run.main["money.cost"].by_draw()
    weeks = run.main["flow.care_weeks_avoided"].by_draw()
    step = every(len(cost))
    return pd.DataFrame(
        {
            "option": run.name,
            "draw": range(0, len(cost), step),
            "cost": cost[::step],
            "care_weeks_avoided": weeks[::step],
        }
    )


def every(draws: int) -> int:
    """Which draws are kept: every first, second, third ...

    >>> every(300), every(301), every(1000)
    (1, 2, 4)
    """
    return max(1, math.ceil(draws / MOST_POINTS))
