"""How many families it takes to see the effect itself: a comparison of two groups.

Records of one service never show an effect; this says what would.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

POWER, LEVEL = 0.8, 0.05  # conventions of trials
_STUDIES: Final = "decision.studies"


@dataclass(frozen=True)
class StudyNeeded:
    """Two groups compared for one outcome.

    without, with_service: the shares of children who have it; children_per_arm and families_per_arm
    to be seen to the end; families_to_begin_with: in both groups together, losses included.
    """

    informs: str
    without: float
    with_service: float
    children_per_arm: int
    families_per_arm: int
    families_to_begin_with: int
    share_followed_up: float
    correlation: float

    def years(self, starts_per_year: float) -> float:
        """Years that a service with so many starts needs for its own half of the families."""
        return self.families_to_begin_with / 2.0 / starts_per_year


def study_needed(values: Mapping[str, Any]) -> StudyNeeded:
    """For the first of `decision.studies`. values: numbers by name, as believed.

    Raises ValueError where the effect believed in is none, so that no number shows it.
    """
    study = values[_STUDIES][0]
    without = float(values[study["base_risk"]])
    ratio = float(values[study["informs"]])
    per_family = children_in_a_family(values)
    correlation = float(study["intra_family_correlation"])
    children = per_arm(without, ratio * without)
    alike = 1.0 + (per_family - 1.0) * correlation  # brothers and sisters tell less than strangers
    families = math.ceil(children * alike / per_family)
    followed = float(study["share_followed_up"])
    return StudyNeeded(
        informs=str(study["informs"]),
        without=without,
        with_service=ratio * without,
        children_per_arm=math.ceil(children * alike),
        families_per_arm=families,
        families_to_begin_with=2 * math.ceil(families / followed),
        share_followed_up=followed,
        correlation=correlation,
    )


def per_arm(first: float, second: float, power: float = POWER, level: float = LEVEL) -> float:
    """Members of each of two equal groups, to tell two shares apart.

    The usual formula of two proportions, two-sided, without continuity correction. Raises
    ValueError where the shares are the same.

    >>> round(per_arm(0.5, 0.4))
    387
    """
    from scipy.stats import norm

    if first == second:
        raise ValueError("no number of families shows a difference of nothing")
    mean = (first + second) / 2.0
    by_level = norm.ppf(1.0 - level / 2.0) * math.sqrt(2.0 * mean * (1.0 - mean))
    by_power = norm.ppf(power) * math.sqrt(first * (1.0 - first) + second * (1.0 - second))
    return float(((by_level + by_power) / (first - second)) ** 2)


def children_in_a_family(values: Mapping[str, Any]) -> float:
    """The mean number of children in a family, from the table of the make-up."""
    table = values["families.make_up.children"]
    return math.fsum(float(number) * float(share) for number, share in table.items())
