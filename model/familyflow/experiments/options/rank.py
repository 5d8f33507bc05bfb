"""Options in order: by what a family costs, what a care week costs, and net public value.

Never by net fiscal saving alone: an option that serves nobody would win. What each gives up stands
beside its rank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from familyflow.economics import incremental
from familyflow.experiments.options.differences import difference
from familyflow.experiments.options.simulate import OptionRun

Results = Mapping[str, Any]
# name, figure, whether less is better
RANKED_BY: Final = (
    ("cost per family started", "money.cost_per_family_started", True),
    ("cost per care week avoided", "money.cost_per_care_week_avoided", True),
    ("net public value", "money.net_present_value", False),
    (
        "net public value with weaker evidence",
        "money.net_present_value_with_weaker_evidence",
        False,
    ),
)
# At equal cost what is had for it decides.
AT_EQUAL_BUDGET: Final = (
    ("families started", "flow.families_started", False),
    ("care weeks avoided", "flow.care_weeks_avoided", False),
)
GIVEN_UP: Final = (
    "flow.families_started", "flow.families_turned_away", "flow.families_gave_up_waiting",
    "flow.mean_wait_weeks", "flow.children_supported", "flow.care_weeks_avoided",
    "money.cost_undiscounted",
)  # fmt: skip


def rankings(runs: Sequence[OptionRun]) -> list[dict[str, Any]]:
    """The options in order, once for each thing that they may be ranked by."""
    ways = (*AT_EQUAL_BUDGET, *RANKED_BY) if is_equal_budget(runs) else RANKED_BY
    return [_ranking(runs, *way) for way in ways]


def is_equal_budget(runs: Sequence[OptionRun]) -> bool:
    """Whether no option costs more than another by more than what a budget is planned to."""
    costs = [run.main["money.cost_undiscounted"].mean() for run in runs]
    within = float(runs[0].inputs.base["decision.equal_budget_within"])
    return max(costs) - min(costs) <= within * max(costs)


def given_up(runs: Sequence[OptionRun]) -> list[dict[str, Any]]:
    """What each option does beside the first: families, waits, care weeks, and what it costs.

    Families who go without are those referred who never start. To an option without a service
    nobody is referred; there all go without whom the first option with one has.
    """
    rows = []
    referred = [run.main["flow.families_referred"].mean() for run in runs]
    asking = next((count for count in referred if count), 0.0)
    for run, came in zip(runs, referred, strict=True):
        told = {name.partition(".")[2]: run.main[name].mean() for name in GIVEN_UP}
        means = {name: None if value != value else value for name, value in told.items()}
        all_come = came or asking
        rows.append(
            {
                "option": run.name,
                "means": {
                    "families_referred": all_come,
                    "families_without": all_come - told["families_started"],
                    **means,
                },
                "less_than_first": {
                    name.partition(".")[2]: difference(run, runs[0], name) for name in GIVEN_UP
                },
            }
        )
    return rows


def extra_costs(runs: Sequence[OptionRun]) -> list[dict[str, Any]]:
    """What each further care week avoided costs, from the cheapest option on; who is dominated."""
    costs = [run.main["money.cost"].mean() for run in runs]
    weeks = [run.main["flow.care_weeks_avoided"].mean() for run in runs]
    return [
        {
            "option": runs[step.option].name,
            "cost": step.cost,
            "care_weeks_avoided": step.effect,
            "standing": step.standing,
            "cost_of_a_further_week": step.icer,
        }
        for step in incremental.incremental(costs, weeks)
    ]


def _ranking(
    runs: Sequence[OptionRun], name: str, figure: str, less_is_better: bool
) -> dict[str, Any]:
    part, _, key = figure.partition(".")
    rows = [(run.name, run.results[part][key]) for run in runs]
    defined = [(option, told) for option, told in rows if told["mean"] is not None]
    undefined = [(option, told) for option, told in rows if told["mean"] is None]
    ordered = sorted(defined, key=lambda row: row[1]["mean"] if less_is_better else -row[1]["mean"])
    return {
        "by": name,
        "figure": figure,
        "less_is_better": less_is_better,
        "order": [
            {"option": option, "rank": place, **_short(told)}
            for place, (option, told) in enumerate(ordered, start=1)
        ]
        + [{"option": option, "rank": None, **_short(told)} for option, told in undefined],
    }


def _short(told: Results) -> dict[str, Any]:
    kept = {name: told[name] for name in ("mean", "low", "high", "unit")}
    return kept | ({"reason": told["reason"]} if "reason" in told else {})
