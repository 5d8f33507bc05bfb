"""Small made-up results of a comparison, of the worth of knowing more, and of teams."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

Made = tuple[dict[str, Any], dict[str, pd.DataFrame]]


def figure(mean: float | None, **more: Any) -> dict[str, Any]:
    """A figure with ends a tenth around its mean; one without a mean has none."""
    if mean is None:
        ends = dict.fromkeys(("mean", "low", "p10", "p90", "high"))
        return {**ends, "unit": "", "reason": "it never happens", **more}
    wide = 0.1 * abs(mean)
    return {"mean": mean, "low": mean - wide, "p10": mean - wide, "p90": mean + wide,
            "high": mean + wide, "unit": "", **more}  # fmt: skip


def comparison(
    costs: dict[str, float],
    draws: int = 100,
    titles: dict[str, str] | None = None,
    flows: dict[str, list[float]] | None = None,
) -> Made:
    """Options by their cost; each avoids a week for every £2,000, and starts one family."""
    weeks = {name: cost / 2_000.0 for name, cost in costs.items()}
    competing = [name for name, cost in costs.items() if cost]
    first = next(iter(costs))
    options = [
        {
            "option": name,
            "title": (titles or {}).get(name, name.replace("_", " ").capitalize()),
            "money": {"cost": figure(cost), "payback_years": figure(None)},
            "flow": {"care_weeks_avoided": figure(weeks[name])},
        }
        for name, cost in costs.items()
    ]
    differences = [
        {
            "option": name,
            "less": first,
            "money": {"cost": figure(cost - costs[first])},
            "flow": {"care_weeks_avoided": sure(weeks[name] - weeks[first])},
        }
        for name, cost in list(costs.items())[1:]
    ]
    given_up = [
        {
            "option": name,
            "means": {
                "families_started": cost / 5_000.0,
                "families_gave_up_waiting": 40.0 if cost else 0.0,
                "families_turned_away": 20.0 if cost else 0.0,
            },
        }
        for name, cost in costs.items()
    ]
    results = {
        "options": options, "differences": differences, "competing": competing,
        "given_up": given_up, "draws": draws, "price_year": "2024/25", "window": "follow_up",
        "follow_up_years": 5, "term_years": 2, "watched_years": 4, "run_id": "compare-0123456789",
        "frontier": axis(competing) if competing else [],
    }  # fmt: skip
    return results, {"net_flow_by_year": flow_table(costs, flows or {}), "plane": points(costs)}


def sure(mean: float) -> dict[str, Any]:
    """A difference whose sign the draws know."""
    return figure(mean, monte_carlo_low=mean * 0.9, monte_carlo_high=mean * 1.1)


def axis(names: list[str]) -> list[dict[str, Any]]:
    """The first option is best up to £25,000, the last from then on."""
    found = []
    for at, first in ((0.0, 0.8), (25_000.0, 0.6), (50_000.0, 0.45), (100_000.0, 0.3)):
        best = names[0] if at < 30_000.0 else names[-1]
        chances = dict.fromkeys(names, 0.0) | {names[-1]: 1.0 - first} | {names[0]: first}
        found.append({"at": at, "best_on_the_mean": best, "probability_best": chances,
                      "frontier": chances[best]})  # fmt: skip
    return [{"axis": "value of an avoided care year", "unit": "GBP", "points": found}]


def flow_table(costs: dict[str, float], flows: dict[str, list[float]]) -> pd.DataFrame:
    """Each option spends in two years and saves half of it in the two after, then nothing."""
    rows = []
    for name, cost in costs.items():
        usual = [-cost / 2.0, -cost, -cost * 0.75, -cost * 0.5, -cost * 0.5]
        for year, mean in enumerate(flows.get(name, usual)):
            wide = 0.2 * abs(mean)
            ends = {"p5": mean - 2 * wide, "p25": mean - wide, "p75": mean + wide,
                    "p95": mean + 2 * wide}  # fmt: skip
            rows.append({"option": name, "year": year, "mean": mean, "median": mean, **ends,
                         "chance_paid_back": 0.2})  # fmt: skip
    return pd.DataFrame(rows)


def points(costs: dict[str, float]) -> pd.DataFrame:
    """Forty draws of each option."""
    spread = np.linspace(-0.2, 0.2, 40)
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "option": name,
                    "draw": range(40),
                    "cost": cost * (1.0 + spread),
                    "care_weeks_avoided": cost / 2_000.0 * (1.0 - spread[::-1] ** 2),
                }
            )
            for name, cost in costs.items()
        ],
        ignore_index=True,
    )


def worth_knowing() -> Made:
    """What is worth knowing, with one study."""
    sizes = [
        {"families_per_arm": n, "evsi": worth, "se": 10.0, "cost": cost,
         "net_benefit": 2.0 * worth - cost, "net_benefit_se": 500.0, "families_needed": None}
        for n, worth, cost in ((0.0, 0.0, 0.0), (50.0, 30_000.0, 40_000.0),
                               (100.0, 50_000.0, 60_000.0), (400.0, 60_000.0, 180_000.0))
    ]  # fmt: skip
    results = {
        "price_year": "2024/25",
        "warnings": [],
        "floor": 500.0,
        "population": {"services": 1.0, "years_of_use": 10.0},
        "evpi": {"value": 90_000.0, "se": 5_000.0},
        "evppi_groups": [
            {"group": "what the service changes", "value": 70_000.0, "se": 6_000.0},
            {"group": "who is referred", "value": 0.0, "se": 0.0},
            {"group": "all of them", "value": 91_000.0, "se": 0.0},
        ],
        "evppi": [
            {"parameter": "outcomes.effects.care_ratio", "value": 65_000.0, "se": 5_000.0},
            {"parameter": "service.team.cap", "value": 400.0, "se": 300.0},
        ],
        "evsi": [
            {"study": "a comparison group", "sizes": sizes, "asked": sizes[3], "best": sizes[2]},
            {"study": "of nothing drawn", "reason": "it is not drawn here"},
        ],
    }
    return results, {}


def team(posts: int, starts: float | None, wait: float | None, cap: float = 8.0) -> dict[str, Any]:
    """A team of so many posts."""
    return {
        "team": f"{posts} posts", "posts": posts, "caseload_cap": cap, "months_to_recruit": None,
        "families_started": figure(starts), "mean_wait_weeks": figure(wait),
    }  # fmt: skip


def three_teams() -> Made:
    """Three teams, of which the largest keeps the wait."""
    teams = [team(3, 150.0, 10.0), team(4, 200.0, 6.0), team(5, 230.0, 3.0)]
    steps = [("3 posts", "4 posts", 3_600.0), ("4 posts", "5 posts", 5_200.0)]
    results = {
        "title": "Core offer", "term_years": 5, "price_year": "2024/25", "teams": teams,
        "margins": [
            {"from": few, "to": more, "cost_of_a_further_start": figure(cost)}
            for few, more, cost in steps
        ],
        "wait_target": {
            "weeks": 4.0, "confidence": 0.8, "team": "5 posts",
            "chance": {"mean": 0.93, "low": 0.8, "high": 0.99},
        },
    }  # fmt: skip
    return results, {}
