"""Which team to have: the cheapest for a wait, the best use of a grant, where a post pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from familyflow.experiments.staffing.tried import Tried

NEVER_FISCAL = "One more post never pays for itself on fiscal savings alone, in any team tried."
NEVER_VALUE = (
    "One more post never brings more public value than it costs, on what has a price here."
)


def least_cost_for_wait(tried: Sequence[Tried], weeks: float, confidence: float) -> dict[str, Any]:
    """The cheapest team whose expected mean wait is at most `weeks` with this confidence."""
    chances = {one.team.name: one.chance_of_wait(weeks) for one in tried}
    able = [one for one in tried if chances[one.team.name] >= confidence]
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
    return {
        **told,
        "most_families": most.team.name,
        "families_started": most.mean("flow.families_started"),
        "left_of_grant": grant - cost[most.team.name],
        "highest_value": worth.team.name,
    }


def where_a_post_stops_paying(margins: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The last step at which a further post still pays: on fiscal savings, and on public value."""
    return {
        "fiscal": _last_that_pays(margins, "net_saving") or NEVER_FISCAL,
        "public_value": _last_that_pays(margins, "net_present_value") or NEVER_VALUE,
    }


def _last_that_pays(margins: Sequence[Mapping[str, Any]], figure: str) -> str:
    pays = [row for row in margins if row[figure]["mean"] > 0.0]
    if not pays:
        return ""
    sure = "surely" if pays[-1][figure]["low"] > 0.0 else "on the mean, not surely"
    return f"A further post still pays from {pays[-1]['from']} to {pays[-1]['to']} ({sure})."
