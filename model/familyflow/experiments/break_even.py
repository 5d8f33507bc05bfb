"""Net saving if the service saved a multiple of what was simulated: where it would break even."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from familyflow.experiments.per_draw import Gathered, Share
from familyflow.experiments.statistics import Chance, estimate, probability

STEP: Final = 0.25
FEWEST, MOST = 2.0, 10.0  # multiples shown, whatever it takes to break even
ROOM: Final = 1.5  # shown beyond the multiple at which the mean breaks even


def break_even_curve(
    figures: Gathered, shared: Mapping[Share, Chance], breaks_even: float | None
) -> pd.DataFrame:
    """A row a multiple of the simulated savings, from none: net saving, present value.

    In each draw it is the multiple times the fiscal saving, less the cost, which stays: so the mean
    is a straight line. At 1 it is the net saving of the results. breaks_even: the multiple at which
    the mean is nothing; None where there is none.
    """
    saving = figures.main["money.fiscal_saving"].by_draw()
    cost = figures.main["money.cost"].by_draw()
    return pd.DataFrame(
        {
            "multiple": float(multiple),
            **_told(multiple * saving - cost, shared["savings" if multiple else "cost"]),
        }
        for multiple in np.arange(0.0, _last(breaks_even) + STEP / 2.0, STEP)
    )


def _last(breaks_even: float | None) -> float:
    """The largest multiple shown, a whole number."""
    if breaks_even is None or breaks_even < 0.0:
        return FEWEST
    return min(max(float(math.ceil(ROOM * breaks_even)), FEWEST), MOST)


def _told(net: Any, chance: Chance) -> dict[str, Any]:
    told = estimate(net, "GBP", chance)
    return {
        **{name: told[name] for name in ("mean", "low", "p10", "p90", "high")},
        "chance_net_saving": probability(net, chance)["mean"],
    }
