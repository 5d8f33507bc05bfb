"""What case records of one service never tell, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from familyflow.parameters.parameter import Parameter
from familyflow.records.estimate import NO_EFFECT, NotKnown

_ONE_TOTAL: Final = (
    "The file has one total of hours a case, which does not tell the hours of each phase."
)
_REASONS: Final = {
    "service.key_work.hours_per_week": _ONE_TOTAL,
    "service.key_work.hours_introductory": _ONE_TOTAL,
    "service.key_work.hours_closing": _ONE_TOTAL,
    "service.key_work.hours_in_gaps": _ONE_TOTAL,
    "service.key_work.hours_of_parent_support": _ONE_TOTAL,
    "service.key_work.hours_per_further_child": _ONE_TOTAL,
    "service.key_work.weeks_of_sessions":
        "How long work lasted is known, not how many weeks were planned: work that ended early "
        "hides its plan, and holidays lie between.",
    "service.key_work.ends_when_referred_up":
        "Work that ended because social care took over is known; work that went on after a "
        "referral up is not told apart.",
    "families.referrals.growth_per_year":
        "A trend cannot be told from luck and season in fewer than three years.",
}  # fmt: skip
GROWTH: Final = "families.referrals.growth_per_year"
GROWTH_OF_YEARS: Final = (
    "The period has three years or more: set the referrals of each year side by side (the table by "
    "year), and judge whether what made them grow will go on. It is not estimated."
)
# What would have happened without the service, what the service changes, and corrections of it.
_WITHOUT: Final = ("outcomes", "adjustments")
_OF_NO_REFERRAL: Final = "families.referrals.passed_up_anyway"
_EFFECTS: Final = "outcomes.effects."


def never_known(parameters: Mapping[str, Parameter], years: float) -> tuple[NotKnown, ...]:
    """Every parameter (or all that begin alike) that no file of this kind tells, in a fixed order.

    years: how long the period is. Effects stand one by one, comparators by their file.
    """
    reasons = dict(_REASONS)
    if years >= 3.0:
        reasons[GROWTH] = GROWTH_OF_YEARS
    found = [NotKnown(key, reason) for key, reason in reasons.items()]
    found += [NotKnown(key, NO_EFFECT) for key in parameters if key.startswith(_EFFECTS)]
    files = dict.fromkeys(
        ".".join(key.split(".")[:-1]) for key in parameters if key.split(".")[0] in _WITHOUT
    )
    found += [NotKnown(f"{file}.*", NO_EFFECT) for file in files if f"{file}." != _EFFECTS]
    return (*found, NotKnown(_OF_NO_REFERRAL, NO_EFFECT))
