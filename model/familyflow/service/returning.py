"""Coming back: a family may be referred again after an episode, a wait or a signpost."""

from __future__ import annotations

from familyflow.service.record import FamilyRecord
from familyflow.service.shared import Service
from familyflow.specification.variates import DAYS_IN_YEAR, whole_days


def day_of_return(record: FamilyRecord, service: Service) -> int | None:
    """The day of the family's next referral, decided on the day on which this one ended.

    None: it does not come back, was passed up, has moved away by then, or has no child left
    within the ages of the service.
    """
    waiting, family = service.plan.waiting, record.family
    if record.passed_up or record.uniform("returns") >= waiting.return_chance:
        return None
    # the plan holds the weeks as days
    day = service.clock.day + whole_days(
        waiting.days_until_return.at(record.uniform("weeks until return"))
    )
    return None if day >= family.moves_on or not _has_child_of_age(record, day, service) else day


def _has_child_of_age(record: FamilyRecord, day: int, service: Service) -> bool:
    too_old = (service.plan.make_up.oldest_years + 1) * DAYS_IN_YEAR
    since = day - record.family.referred
    return any(
        child.in_scope and child.age_days + since < too_old for child in record.family.children
    )
