"""The shipped scenarios at their stated values, made small: what the whole-model tests simulate."""

from functools import cache

from familyflow.experiments.inputs import load_inputs
from familyflow.luck import Luck
from familyflow.outcomes.solve import Solved, solve
from familyflow.parameters.draws import base_values

NEUTRAL = (
    "outcomes.effects.care_ratio=1",
    "outcomes.effects.plan_ratio_year_1=1",
    "outcomes.effects.plan_ratio_year_2=1",
    "outcomes.effects.child_in_need_ratio=1",
    "outcomes.effects.detection=1",
    "outcomes.effects.group_effect=0",
    "outcomes.domestic_abuse.repeat_ratio=1",
    "outcomes.parental_mental_ill_health.ratio=1",
    "outcomes.substance_misuse.ratio=1",
    "outcomes.child_difficulties.ratio=1",
    "families.referrals.passed_up_anyway=1",
    "outcomes.usual_support.displaced=0",
)
SHORT = ("appraisal.term_years=1",)


@cache
def stated(scenario: str, *sets: str) -> tuple[dict[str, object], Solved]:
    """The stated values of a scenario, and what is solved for them."""
    values = base_values(load_inputs(scenario, sets).parameters)
    core = base_values(load_inputs("core_offer", sets).parameters)
    (solved,) = solve([values], core)
    return values, solved


def luck(draw: int = 0) -> Luck:
    return Luck(seed=20261123, draw=draw)
