"""Cumulative net flow by year: public spending avoided less cost, for a fan with its payback."""

from __future__ import annotations

import numpy as np
import pandas as pd

from familyflow.experiments.options.axes import NET_FLOW
from familyflow.experiments.options.simulate import OptionRun
from familyflow.experiments.statistics import Chance, Floats, estimate


def fan_of(run: OptionRun) -> pd.DataFrame:
    """A row a year: mean and percentiles of the sum up to its end, present value, chance out."""
    years = sorted(
        int(name.removeprefix(NET_FLOW)) for name in run.main if name.startswith(NET_FLOW)
    )
    flows = np.stack([run.main[f"{NET_FLOW}{year}"].by_draw() for year in years], axis=1)
    chance = run.priced.figures.chance("money.fiscal_saving")
    return pd.DataFrame(
        {"option": run.name, "year": year, **_ends(total, chance)}
        for year, total in zip(years, np.cumsum(flows, axis=1).T, strict=True)
    )


def _ends(total: Floats, chance: Chance) -> dict[str, float]:
    told = estimate(total, "GBP", chance)
    return {name: told[name] for name in ("mean", "low", "p10", "p90", "high")}
