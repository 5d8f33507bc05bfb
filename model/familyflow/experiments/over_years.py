"""What happens year by year, as tables: money come back so far, and children in care."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from familyflow.experiments.per_draw import Gathered, Share
from familyflow.experiments.statistics import Chance, Floats, estimate, probability, shrunk
from familyflow.experiments.tables import expanded

ENDS: Final = ("mean", "low", "p10", "p90", "high")
BANDS: Final = {"p5": 5.0, "p25": 25.0, "median": 50.0, "p75": 75.0, "p95": 95.0}
IN_CARE: Final = ("without", "with", "fewer")


def net_flow_by_year(figures: Gathered, shared: Mapping[Share, Chance]) -> pd.DataFrame:
    """A row a year: public spending avoided less cost, from the start to the end of the year.

    Pounds, present value: mean and percentiles over draws, chance taken out as in the net saving,
    and the chance that it is above nothing by then.
    """
    totals = _net_so_far(figures)
    return pd.DataFrame(
        {"year": year, **_spread(total, shared["savings"])} for year, total in enumerate(totals.T)
    )


def in_care_by_year(figures: Gathered, shown: int) -> pd.DataFrame:
    """A row a year: children looked after on an average day without and with the service.

    fewer is the first less the second. shown: years told in any case; later ones only where a
    child is in care.
    """
    rows = []
    for year in range(_years(figures, "care.", ".fewer")):
        names = {part: f"care.{year}.{part}" for part in IN_CARE}
        some = any(figures.main[name].parts[0].any() for name in names.values())
        if year < shown or some:
            told = {part: figures.figure(name, {}) for part, name in names.items()}
            rows.append({"year": year, **told})
    return expanded(rows)


def _net_so_far(figures: Gathered) -> Floats:
    """Pounds (draw, year): what was saved less what was spent up to the end of each year."""
    years = range(_years(figures, "year.", ".cost"))
    saved, spent = (
        np.stack([figures.main[f"year.{year}.{part}"].by_draw() for year in years], axis=1)
        for part in ("fiscal_saving", "cost")
    )
    total: Floats = np.cumsum(saved - spent, axis=1)
    return total


def _spread(total: Floats, chance: Chance) -> dict[str, Any]:
    told, inner = estimate(total, "GBP", chance), shrunk(total, chance)
    bands = np.percentile(inner, list(BANDS.values()))
    return {
        **{name: told[name] for name in ENDS},
        **{name: float(pounds) for name, pounds in zip(BANDS, bands, strict=True)},
        "chance_paid_back": probability(total, chance)["mean"],
    }


def _years(figures: Gathered, start: str, end: str) -> int:
    return sum(name.startswith(start) and name.endswith(end) for name in figures.main)
