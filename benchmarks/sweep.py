"""How long a Sobol sweep of the core offer takes from the command line, and a tornado.

python -m benchmarks.sweep [N]

Thirty numbers, chance as one factor more, N base points, no second order: N x 33 points. The
numbers are those that a screening put first (`familyflow sweep core_offer --method
morris`), single ones only, so that most of them have to be simulated anew. One fresh process with
its workers on every processor there is, compiled kernels kept from before: inputs, points, the
estimates, switching values of the first few, charts and files.
"""

from __future__ import annotations

import sys

from benchmarks.measure import Row, machine, show, skipped
from benchmarks.memory import command_of

BASE_POINTS = 1_024
SECONDS = 90.0  # at most, for so many
NUMBERS = (
    "outcomes.effects.care_ratio",
    "outcomes.escalation.looked_after_months_19_24",
    "outcomes.escalation.early_help_to_child_in_need",
    "outcomes.escalation.residential_share",
    "families.make_up.frailty_spread",
    "outcomes.escalation.child_in_need_to_plan",
    "outcomes.effects.child_in_need_ratio",
    "families.referrals.suitable_per_year",
    "outcomes.escalation.plan_to_care",
    "outcomes.escalation.early_help_ends",
    "families.referrals.passed_up_anyway",
    "outcomes.escalation.child_in_need_to_care",
    "outcomes.escalation.universal_to_child_in_need",
    "outcomes.escalation.plan_to_child_in_need",
    "service.team.mean_days_of_absence",
    "families.make_up.moves_per_year",
    "service.key_work.mean_weeks_of_parent_support",
    "service.key_work.ended_by_service_per_week",
    "service.team.induction_share",
    "service.team.turnover_per_year",
    "families.referrals.repeat_share",
    "service.waiting.declines",
    "service.team.absences_per_year",
    "service.key_work.hours_per_further_child",
    "outcomes.effects.detection",
    "service.key_work.hours_introductory",
    "families.referrals.growth_per_year",
    "service.key_work.disengaging_per_week",
    "service.key_work.ends_when_referred_up",
    "service.key_work.disengaging_large_family",
)


def measure(base_points: int = BASE_POINTS) -> list[Row]:
    """Wall seconds and points a second of both, and the most megabytes that a process held."""
    told = f"sweep: Sobol, 30 numbers and chance, n = {base_points:,}"
    if sys.platform == "win32":
        return [skipped(told, "this system does not tell how much memory a process held")]
    varied = [word for name in NUMBERS for word in ("--vary", name)]
    sobol = ["sweep", "core_offer", "--method", "sobol", "--n", str(base_points), *varied]
    seconds, megabytes = command_of(sobol)
    tornado, _ = command_of(["sweep", "core_offer"])
    points = base_points * (len(NUMBERS) + 3)
    note = f"{points:,} points, {machine()['processors']} processors, warm cache"
    goal = SECONDS if base_points >= BASE_POINTS else None
    return [
        Row(f"{told}, end to end", seconds, "s", most=goal, note=note),
        Row(f"{told}, points a second", points / seconds, "points"),
        Row(f"{told}, memory of its largest process", megabytes, "MB"),
        Row("sweep: tornado over every number, end to end", tornado, "s"),
    ]


if __name__ == "__main__":
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else BASE_POINTS))
