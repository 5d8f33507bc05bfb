"""Values of well-being beside money: years of life satisfaction, and what a pound means to whom."""

from __future__ import annotations

import numpy as np

from familyflow.economics.amounts import Amount
from familyflow.problems import bad_input


def value_of_wellbeing(points: float, people: float, value_of_a_point_year: float) -> float:
    """GBP a year for a change in life satisfaction (0-10 scale), measured or mapped.

    `points` is the change a person, `value_of_a_point_year` the worth of one point for one person
    for one year. HM Treasury, Wellbeing guidance for appraisal.

    >>> value_of_wellbeing(0.2, 1, 13_000)
    2600.0
    """
    return points * people * value_of_a_point_year


def distributional_weight(income: Amount, reference: float, elasticity: float) -> Amount:
    """Worth of a pound to someone with this income against one with the reference income.

    A weighted result stands beside the plain one, never instead. Green Book, A3.

    >>> round(distributional_weight(15_000.0, 35_000.0, 1.3), 3)
    3.009
    """
    if reference <= 0 or bool(np.any(np.asarray(income) <= 0)):
        raise bad_input("incomes are above 0", where="distributional weights")
    return (reference / income) ** elasticity
