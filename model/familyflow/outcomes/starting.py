"""Who starts: the levels at which those families were referred, and how long they waited."""

from __future__ import annotations

from collections.abc import Mapping

from familyflow.outcomes.readings import number, table
from familyflow.problems import bad_input
from familyflow.specification.plan import LEVEL_NAMES
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

LEVELS = LEVEL_NAMES[:5]  # the placements in care together
WAITED = "outcomes.effects.weeks_waited_by_those_who_start"
MONTHS_IN_YEAR = 12


def levels_at_start(values: Mapping[str, object]) -> list[float]:
    """Of children whose family starts, the shares at each level on the day they were referred.

    Priority and patience decide who starts: the reference scenario's own factors say by how much
    each level is more, or less, frequent among them than among all who are referred.
    """
    referred = table(values, "families.make_up.level_on_arrival")
    factors = table(values, "outcomes.effects.levels_of_those_who_start")
    shares = [referred.get(name, 0.0) * factors.get(name, 0.0) for name in LEVELS]
    total = sum(shares)
    if not total:
        raise bad_input(
            "no level of need is left among families who start",
            "Give a factor above 0 to a level that families are referred at.",
            where="outcomes.effects.levels_of_those_who_start",
        )
    return [share / total for share in shares]


def months_waited(values: Mapping[str, object]) -> list[tuple[int, float]]:
    """The wait from referral to start in whole months, each with a share of the families.

    The two whole months on either side of the mean: what follows changes almost in step with the
    wait, so no more of its shape is needed.
    """
    months = number(values, WAITED) * DAYS_IN_WEEK * MONTHS_IN_YEAR / DAYS_IN_YEAR
    if months < 0.0:
        raise bad_input(f"{WAITED} is {months}", "Give weeks, 0 or more.", where=WAITED)
    whole = int(months)
    both = [(whole, 1.0 - (months - whole)), (whole + 1, months - whole)]
    return [(wait, share) for wait, share in both if share > 0.0]
