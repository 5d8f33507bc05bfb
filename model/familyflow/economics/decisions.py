"""What to choose when the numbers are uncertain, and what it would be worth to be certain.

Throughout, `nb` is net benefit in pounds, one row a draw and one column an option; more is better.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.problems import bad_input

NetBenefit = Floats | Sequence[Sequence[float]]
_WHERE = "net benefit by draw and option"


def checked(nb: NetBenefit) -> Floats:
    """Net benefit as an array (draw, option) of finite pounds.

    InputError if rows differ in length, there is no draw or no option, or a number is missing:
    options valued on different draws cannot be compared.
    """
    lengths = set() if isinstance(nb, np.ndarray) else {np.size(row) for row in nb}
    if len(lengths) > 1:
        raise bad_input(
            f"rows have {sorted(lengths)} numbers",
            "Give one number for each option in every draw.",
            where=_WHERE,
        )
    table = np.asarray(nb, dtype=np.float64)
    if table.ndim != 2 or table.size == 0:
        raise bad_input(
            f"it has shape {table.shape}",
            "Give at least one draw (row) and one option (column).",
            where=_WHERE,
        )
    if not np.isfinite(table).all():
        draw = int(np.flatnonzero(~np.isfinite(table).all(axis=1))[0])
        raise bad_input(f"draw {draw} has a number that is missing or infinite", where=_WHERE)
    return table


def same_draws(**lengths: int) -> None:
    """InputError unless everything named has as many rows (draws)."""
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in lengths.items())
        raise bad_input(f"numbers of draws differ: {told}", "Give each the same draws.")


def probability_best(nb: NetBenefit) -> Floats:
    """The share of draws in which each option is best (option,); ties are shared equally."""
    table = checked(nb)
    best = table == table.max(axis=1, keepdims=True)
    return np.asarray((best / best.sum(axis=1, keepdims=True)).mean(axis=0))


def probability_best_as_one(nb: NetBenefit, alike: Sequence[int]) -> Floats:
    """The same where options that are alike count as one, of which each has the chance (option,).

    alike: for each option a number, the same for those that are alike. A copy of an option would
    otherwise halve its chance, though it makes the choice no less sure.

    >>> [float(chance) for chance in probability_best_as_one([[2, 2, 1], [2, 2, 3]], [0, 0, 1])]
    [0.5, 0.5, 0.5]
    """
    table = checked(nb)
    each = list(dict.fromkeys(alike))
    chances = probability_best(table[:, [alike.index(one) for one in each]])
    return np.asarray(chances[[each.index(one) for one in alike]])


def best_on_the_mean(nb: NetBenefit) -> int:
    """The option with the highest mean net benefit; the first of equals.

    >>> best_on_the_mean([[0, 10, 5], [0, -60, 30]])
    2
    """
    return int(checked(nb).mean(axis=0).argmax())


def frontier(nb: NetBenefit) -> float:
    """The chance that the option that is best on the mean is best.

    A point of the cost-effectiveness acceptability frontier, which is not the highest of the
    chances: an option may win often by little and lose by much (Fenwick, Claxton and Sculpher,
    Health Economics 2001).
    """
    return float(probability_best(nb)[best_on_the_mean(nb)])


def standard_error_of_chance(chance: float, draws: int) -> float:
    """Monte Carlo standard error of a share of so many independent draws."""
    return math.sqrt(chance * (1.0 - chance) / draws)


def gains(nb: NetBenefit) -> Floats:
    """Pounds gained in each draw by choosing its best option, not the best on the mean (draw,)."""
    table = checked(nb)
    return np.asarray(table.max(axis=1) - table[:, best_on_the_mean(table)])


def evpi(nb: NetBenefit) -> float:
    """Expected value of perfect information, pounds: E[max NB] - max E[NB]; never below 0.

    nb must be expected net benefit under each draw's numbers. Chance of a simulation in it counts
    as if it could be known, and makes the figure too high.

    >>> evpi([[0, 10, 5], [0, 10, -20], [0, -60, 30], [0, 10, 0], [0, 10, 5]])
    10.0
    """
    return float(gains(nb).mean())


def chance_positive_normal(mean: float, sd: float) -> float:
    """The chance that a normal net benefit is above 0."""
    if sd == 0:
        return float(mean > 0)
    return _normal_below(mean / sd)


def value_of_perfect_normal(mean: float, sd: float) -> float:
    """EVPI of one option with net benefit N(mean, sd) against doing nothing, worth 0; pounds.

    The unit normal loss integral (Raiffa and Schlaifer, Applied Statistical Decision Theory,
    1961).

    >>> round(value_of_perfect_normal(200, 1_000), 4)
    306.8946
    """
    if sd < 0:
        raise bad_input(f"the standard deviation is {sd}", "It is 0 or more.")
    if sd == 0:
        return 0.0
    away = abs(mean) / sd
    density = math.exp(-away * away / 2.0) / math.sqrt(2.0 * math.pi)
    return sd * (density - away * _normal_below(-away))


def sd_after_sample(prior_sd: float, observation_sd: float, observations: float) -> float:
    """Standard deviation of the mean believed after a study, as seen before it.

    A normal quantity with prior_sd, observed so often with observation_sd each time: 0 with no
    observation, prior_sd with no end of them.
    """
    if observations == 0:
        return 0.0
    if prior_sd == 0:
        return 0.0
    return prior_sd**2 / math.sqrt(prior_sd**2 + observation_sd**2 / observations)


def value_of_sample_normal(
    mean: float, prior_sd: float, observation_sd: float, observations: float
) -> float:
    """EVSI of so many observations of a normal net benefit against doing nothing; pounds."""
    return value_of_perfect_normal(mean, sd_after_sample(prior_sd, observation_sd, observations))


def _normal_below(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2.0))
