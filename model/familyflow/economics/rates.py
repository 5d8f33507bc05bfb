"""Turns chances into rates and back, and applies a published ratio to the right one of the two."""

from __future__ import annotations

import math

from familyflow.economics.adjustments import check_share
from familyflow.problems import bad_input


def chance_from_rate(rate: float, length: float) -> float:
    """Chance of at least one event in a length of time at a constant rate.

    >>> round(chance_from_rate(0.2, 3 / 12), 7)
    0.0487706
    """
    return -math.expm1(-rate * length)


def rate_from_chance(chance: float, length: float = 1.0) -> float:
    """The constant rate that gives this chance in a length of time."""
    check_share(chance, "chance")
    if chance == 1:
        raise bad_input("a certain event has no finite rate", where="chance")
    return -math.log1p(-chance) / length


def chance_in_part(chance: float, parts: float) -> float:
    """Chance in one of so many equal parts of the time for which the chance is given.

    >>> round(chance_in_part(0.30, 12), 7)
    0.0292855
    """
    return chance_from_rate(rate_from_chance(chance), 1 / parts)


def with_hazard_ratio(chance: float, ratio: float) -> float:
    """The chance once the *rate* is multiplied by a hazard ratio.

    >>> round(with_hazard_ratio(0.30, 0.7), 7)
    0.2209441
    """
    check_share(chance, "chance")
    return 1 - math.pow(1 - chance, ratio)


def with_relative_risk(chance: float, ratio: float) -> float:
    """The chance multiplied by a relative risk; no chance is above 1."""
    check_share(chance, "chance")
    return min(1.0, chance * ratio)


def with_odds_ratio(chance: float, ratio: float) -> float:
    """The chance once its *odds* are multiplied by an odds ratio."""
    check_share(chance, "chance")
    return ratio * chance / (1 - chance + ratio * chance)
