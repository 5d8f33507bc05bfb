"""What one more post brings, and what a further start would need to be worth for it to pay.

Differences between neighbouring teams are paired: both met the same luck. A ratio of mean
differences has an interval by its influence, as every ratio has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

import numpy as np

from familyflow.experiments.intervals import mean_interval, ratios_interval
from familyflow.experiments.staffing.tried import Tried
from familyflow.experiments.statistics import Floats

WEAKER = "net_present_value_with_weaker_evidence"
LEAST_DRAWS = 2
TOO_FEW = "one draw tells no difference"
NONE_MORE = "no more families start with this team than with the one before"


def margins(tried: Sequence[Tried]) -> list[dict[str, Any]]:
    """Each team less the next smaller one of the same cap and months to recruit."""
    rows = []
    for _, same in groupby(tried, key=lambda one: (one.team.months_to_recruit, one.team.cap)):
        in_order = sorted(same, key=lambda one: one.team.posts)
        rows += [_margin(smaller, larger) for smaller, larger in pairwise(in_order)]
    return rows


def _margin(smaller: Tried, larger: Tried) -> dict[str, Any]:
    starts = larger.by_draw("flow.families_started") - smaller.by_draw("flow.families_started")
    cost = larger.by_draw("money.cost") - smaller.by_draw("money.cost")
    saving = larger.by_draw("money.fiscal_saving") - smaller.by_draw("money.fiscal_saving")
    value = larger.by_draw("money.net_present_value") - smaller.by_draw("money.net_present_value")
    weaker = larger.by_draw(f"money.{WEAKER}") - smaller.by_draw(f"money.{WEAKER}")
    return {
        "from": smaller.team.name,
        "to": larger.team.name,
        "starts": _told(starts),
        "cost": _told(cost),
        "fiscal_saving": _told(saving),
        "net_saving": _told(saving - cost),
        "net_present_value": _told(value),
        WEAKER: _told(weaker),
        "cost_of_a_further_start": _ratio(cost, starts),
        "worth_needed_of_a_further_start": _ratio(-value, starts),
    }


def _told(difference: Floats) -> dict[str, Any]:
    if len(difference) < LEAST_DRAWS:
        return {"mean": None, "low": None, "high": None, "reason": TOO_FEW}
    low, high = mean_interval(difference)
    return {"mean": float(np.mean(difference)), "low": low, "high": high}


def _ratio(above: Floats, below: Floats) -> Mapping[str, Any]:
    """Pounds for each further start; nothing where no more start."""
    if len(below) < LEAST_DRAWS or below.mean() <= 0.0:
        reason = TOO_FEW if len(below) < LEAST_DRAWS else NONE_MORE
        return {"mean": None, "low": None, "high": None, "reason": reason}
    nothing = (np.zeros(len(above)), np.ones(len(above)))
    low, high = ratios_interval((above, below), nothing)
    return {"mean": float(above.mean() / below.mean()), "low": low, "high": high}
