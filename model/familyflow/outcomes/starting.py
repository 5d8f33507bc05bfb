"""Who starts: the levels of need of children on the day their family is given a key worker."""

from __future__ import annotations

from collections.abc import Mapping

from familyflow.outcomes.readings import table
from familyflow.problems import bad_input
from familyflow.specification.plan import LEVEL_NAMES

LEVELS = LEVEL_NAMES[:5]  # the placements in care together


def levels_at_start(values: Mapping[str, object]) -> list[float]:
    """The shares of children at each level when their family starts, from those who are referred.

    Priority and waiting decide who starts: the reference scenario's own factors say by how much
    each level is more, or less, frequent then.
    """
    referred = table(values, "families.make_up.level_on_arrival")
    factors = table(values, "outcomes.effects.levels_at_start")
    shares = [referred.get(name, 0.0) * factors.get(name, 0.0) for name in LEVELS]
    total = sum(shares)
    if not total:
        raise bad_input(
            "no level of need is left among families who start",
            "Give a factor above 0 to a level that families are referred at.",
            where="outcomes.effects.levels_at_start",
        )
    return [share / total for share in shares]
