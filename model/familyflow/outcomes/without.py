"""The arm without the service: the same families and luck, with usual support and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from familyflow.families.family import Family
from familyflow.luck import Luck
from familyflow.outcomes.clocks import Thresholds
from familyflow.outcomes.family_paths import FamilyPaths, Shared, paths_of, share
from familyflow.specification.decisions import DECISIONS
from familyflow.specification.journal import Entry, Event
from familyflow.specification.phases import Phase
from familyflow.specification.plan import Plan
from familyflow.specification.variates import choice

__all__ = [
    "ACCEPTED",
    "PASSED_UP",
    "SIGNPOSTED",
    "FamilyPaths",
    "paths_of",
    "screened",
    "share",
    "without_arm",
]

ACCEPTED, SIGNPOSTED, PASSED_UP = range(3)  # the order of the shares of screening
FIRST_REFERRAL = 0
_SCREENING, _PASSED_UP_ANYWAY = DECISIONS["screening"], DECISIONS["passed up anyway"]


def without_arm(
    plan: Plan, families: Sequence[Family], luck: Luck, shared: Shared | None = None
) -> list[Entry]:
    """Every row of this arm; nothing that the service decides enters it.

    `shared` is what `share` made of the same plan, families and luck, if it is there already.
    """
    shared = shared or share(plan, families, luck)
    thresholds = shared.thresholds
    thresholds.prepare([family.word for family in families], [(_SCREENING, FIRST_REFERRAL)])
    rows: list[Entry] = []
    for family in families:
        if family.usual_support:
            rows.append(_usual_support(family))
        own: list[Entry] = []
        paths = paths_of(family, plan, luck, own.append, shared)
        if is_passed_up_anyway(plan, family, thresholds):
            paths.pass_up(family.referred)
        paths.finish()
        shared.followed[family.source, family.number] = own
        rows += own
    return rows


def screened(plan: Plan, family: Family, thresholds: Thresholds, referral: int) -> int:
    """What screening decides at this referral (0, 1 ...): ACCEPTED, SIGNPOSTED or PASSED_UP."""
    return choice(thresholds.uniform(family.word, _SCREENING, referral), plan.waiting.screening)


def is_passed_up_anyway(plan: Plan, family: Family, thresholds: Thresholds) -> bool:
    """Whether a family that screening passes up would have gone to social care without it."""
    if screened(plan, family, thresholds, FIRST_REFERRAL) != PASSED_UP:
        return False
    uniform = thresholds.uniform(family.word, _PASSED_UP_ANYWAY, FIRST_REFERRAL)
    return uniform < plan.waiting.passed_up_anyway


def _usual_support(family: Family) -> Entry:
    return Entry(
        family.referred,
        int(Phase.REFERRALS),
        int(Event.USUAL_SUPPORT),
        family.source,
        family.number,
    )
