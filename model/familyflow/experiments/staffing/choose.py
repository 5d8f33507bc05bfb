"""Which team to have: the cheapest for a wait, the best use of a grant, where a post pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from familyflow.economics.decisions import probability_best
from familyflow.experiments.staffing.margins import WEAKER
from familyflow.experiments.staffing.tried import Tried

NEVER_FISCAL = "A larger team never pays for itself on fiscal savings alone, on the mean."
NEVER_VALUE = "A larger team never brings more public value than it costs, on the mean."


def least_cost_for_wait(tried: Sequence[Tried], weeks: float, confidence: float) -> dict[str, Any]:
    """The cheapest team whose expected mean wait is at most `weeks` with this confidence.

    The wait is of families who get a place: how many give up stands beside it.
    """
    chances = {one.team.name: one.chance_of_wait(weeks) for one in tried}
    able = [one for one in tried if (chances[one.team.name]["mean"] or 0.0) >= confidence]
    told: dict[str, Any] = {"weeks": weeks, "confidence": confidence, "chances": chances}
    if not able:
        reason = (
            f"no team tried keeps the mean wait to {weeks:g} weeks with a confidence of "
            f"{100 * confidence:g}%"
        )
        return {**told, "team": None, "reason": reason}
    cheapest = min(able, key=lambda one: (one.mean("money.cost_undiscounted"), one.team.fte))
    return {
        **told,
        "team": cheapest.team.name,
        "cost_undiscounted": cheapest.mean("money.cost_undiscounted"),
        "families_gave_up_waiting": cheapest.mean("flow.families_gave_up_waiting"),
        "chance": chances[cheapest.team.name],
    }


def best_use_of_grant(tried: Sequence[Tried], grant: float, term_years: int) -> dict[str, Any]:
    """Of the teams that a yearly grant pays for: who starts most families, who is worth most."""
    cost = {one.team.name: one.mean("money.cost_undiscounted") / term_years for one in tried}
    able = [one for one in tried if cost[one.team.name] <= grant]
    told: dict[str, Any] = {"grant_a_year": grant, "cost_a_year": cost}
    if not able:
        cheapest = min(cost.values())
        reason = f"no team tried costs so little: the cheapest is £{cheapest:,.0f} a year"
        return {**told, "most_families": None, "highest_value": None, "reason": reason}
    most = max(able, key=lambda one: one.mean("flow.families_started"))
    worth = max(able, key=lambda one: one.mean("money.net_present_value"))
    net = np.stack([one.by_draw("money.net_present_value") for one in able], axis=1)
    return {
        **told,
        "most_families": most.team.name,
        "families_started": most.mean("flow.families_started"),
        "left_of_grant": grant - cost[most.team.name],
        "highest_value": worth.team.name,
        # of single draws, chance included: no more than how often it leads
        "leads_in": float(probability_best(net)[able.index(worth)]),
    }


def where_a_post_stops_paying(margins: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The steps at which a larger team still pays: on fiscal savings, and on public value.

    Public value on the studied lines alone, and with weaker, partly assumed evidence.
    """
    return {
        "fiscal": _that_pay(margins, "net_saving", NEVER_FISCAL),
        "public_value": _that_pay(margins, "net_present_value", NEVER_VALUE),
        "with_weaker_evidence": _that_pay(margins, WEAKER, NEVER_VALUE),
    }


def _that_pay(margins: Sequence[Mapping[str, Any]], figure: str, never: str) -> str:
    known = [row for row in margins if row[figure]["mean"] is not None]
    if not known:
        return "These draws, or teams, are too few to tell."
    open_ = [row for row in known if row[figure]["low"] <= 0.0 <= row[figure]["high"]]
    pays = [row for row in known if row not in open_ and row[figure]["mean"] > 0.0]
    if not open_:
        return f"A larger team still pays, on the mean, {_steps(pays)}." if pays else never
    doubt = f"whether it does {_steps(open_)} these draws cannot tell."
    if pays:
        return f"A larger team still pays, on the mean, {_steps(pays)}; {doubt}"
    if len(open_) < len(known):
        return f"At no step is it sure that a larger team pays; {doubt}"
    return "At no step can these draws tell whether a larger team pays."


def _steps(rows: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(f"from {row['from']} to {row['to']}" for row in rows)
