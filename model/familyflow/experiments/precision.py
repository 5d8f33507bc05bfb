"""How many draws and replications a question takes, from what a first run tells of their variances.

The mean over N draws of R replications each has variance (between + within / R) / N. More draws
make both smaller; more replications, or more families, only what chance adds. What is asked for is
an absolute number of pounds, or to decide rightly; never a share of the mean, which may be near 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from familyflow.experiments.intervals import NOMINAL, Floats
from familyflow.parameters.distributions import special

LEAST_DRAWS = 30  # fewer tell too little of their own spread
MOST_DRAWS = 100_000_000
MOST_REPLICATIONS = 100


class Variances(NamedTuple):
    """Of one figure, in its unit squared: of the expected value between draws, and of chance."""

    between: float
    within: float

    def of_a_draw(self, replications: int = 1) -> float:
        """The variance of the figure of one draw, a mean over so many replications."""
        return self.between + self.within / replications

    def of_the_mean(self, draws: int, replications: int = 1) -> float:
        """The variance of the mean of so many draws."""
        return self.of_a_draw(replications) / draws


@dataclass(frozen=True)
class Replications:
    """The best number of replications of each draw. exact: before it was made a whole number."""

    replications: int
    exact: float
    reason: str


@dataclass(frozen=True)
class Draws:
    """How many draws it takes, at least 30; None where no number in reason would do.

    now: what the draws at hand give, in what was asked for (a half-width in the figure's unit, or a
    probability).
    """

    draws: int | None
    now: float
    reason: str


def variances(values: Floats, first: Floats, second: Floats, replications: int = 1) -> Variances:
    """The two variances, from a figure by draw and from draws that were simulated twice.

    values: (draw,), means over `replications`; first and second: single replications of some draws.
    """
    within = float(np.mean((first - second) ** 2) / 2.0)
    return Variances(max(0.0, float(np.var(values, ddof=1)) - within / replications), within)


def best_replications(of: Variances, cost_of_draw: float) -> Replications:
    """Replications of each draw that give the most precise mean for the same work.

    cost_of_draw: the work of beginning a new draw (its numbers, its plan, its prices) over that of
    one more replication of a draw. The square root rule: sqrt(cost x within / between), the nearer
    whole number by the variance times the work. Cochran, Sampling Techniques (1977), 10.6.
    """
    if not cost_of_draw >= 0.0:
        raise ValueError(f"a new draw costs {cost_of_draw} replications; it costs 0 or more")
    exact = _square_root_rule(of, cost_of_draw)
    low = max(1, math.floor(min(exact, MOST_REPLICATIONS)))
    best = min((low, min(low + 1, MOST_REPLICATIONS)), key=lambda r: _work(of, cost_of_draw, r))
    return Replications(best, exact, _why_replications(of, cost_of_draw, best))


def draws_to_be_within(
    pounds: float, variance_of_draw: float, draws: int, share: float = NOMINAL,
    subject: str = "the difference",
) -> Draws:  # fmt: skip
    """Draws that make the half-width of the Monte Carlo interval of a mean at most so many pounds.

    variance_of_draw: of the paired difference of one draw (`Variances.of_a_draw`). draws: at hand.
    """
    if not pounds > 0.0:
        raise ValueError(f"within {pounds} pounds; give a number above 0")
    now = half_width(variance_of_draw, draws, share)
    needed = _draws_for(variance_of_draw, _two_sided(share), pounds)
    known = f"{draws:,} draws: {subject} is known to within {_pounds(now)}"
    if needed is not None and needed <= draws:
        return Draws(needed, now, f"{known}, and {_pounds(pounds)} would do: {_would_do(needed)}.")
    takes = f"more than {MOST_DRAWS:,}" if needed is None else f"{needed:,}"
    return Draws(needed, now, f"{known}; to be within {_pounds(pounds)} takes {takes}.")


def draws_to_decide(
    probability: float, mean: float, variance_of_draw: float, draws: int,
    subject: str = "the difference",
) -> Draws:  # fmt: skip
    """Draws with which the sign of a mean paired difference is right with this probability.

    mean and variance_of_draw: as measured over the draws at hand. By the normal approximation.
    """
    if not 0.5 < probability < 1.0:
        raise ValueError(f"a probability of {probability}; give one between a half and 1")
    now = chance_of_right_sign(mean, variance_of_draw, draws)
    needed = _draws_for(variance_of_draw, float(special().ndtri(probability)), abs(mean))
    wanted = _per_cent(probability)
    known = (
        f"{draws:,} draws: the sign of {subject} is right with a probability of {_per_cent(now)}"
    )
    if needed is not None and needed <= draws:
        return Draws(needed, now, f"{known}, and {wanted} was asked for: {_would_do(needed)}.")
    too_near = f"it is too near 0 for {wanted}: choose by something else than pounds"
    takes = too_near if needed is None else f"for {wanted} it takes {needed:,}"
    return Draws(needed, now, f"{known}; {takes}.")


def half_width(variance_of_draw: float, draws: int, share: float = NOMINAL) -> float:
    """Half the width of the Monte Carlo interval of a mean, in the figure's unit.

    >>> round(half_width(8_000.0**2, 10_000), 2)
    156.8
    """
    return _two_sided(share) * math.sqrt(variance_of_draw / draws)


def chance_of_right_sign(mean: float, variance_of_draw: float, draws: int) -> float:
    """The probability that the mean of so many draws has the sign of the true one (half at 0)."""
    error = math.sqrt(variance_of_draw / draws)
    if error == 0.0:
        return 1.0 if mean else 0.5
    return float(special().ndtr(abs(mean) / error))


def variance_of_difference(one: float, other: float, correlation: float) -> float:
    """The variance of A less B of one draw, from those of both: what pairing them is worth.

    >>> round(variance_of_difference(8_000.0**2, 8_000.0**2, correlation=0.9) ** 0.5, 1)
    3577.7
    """
    return one + other - 2.0 * correlation * math.sqrt(one * other)


def _square_root_rule(of: Variances, cost_of_draw: float) -> float:
    chance = cost_of_draw * of.within
    if chance == 0.0:
        return 0.0
    return math.sqrt(chance / of.between) if of.between > 0.0 else math.inf


def _work(of: Variances, cost_of_draw: float, replications: int) -> float:
    """The variance of the mean for a given amount of work, but for a constant."""
    return of.of_a_draw(replications) * (cost_of_draw + replications)


def _why_replications(of: Variances, cost_of_draw: float, best: int) -> str:
    each = "One replication" if best == 1 else f"{best:,} replications"
    chance = of.within / of.of_a_draw() if of.within > 0.0 else 0.0
    reason = (
        f"{each} each: chance is {chance:.0%} of the variance of a single one, and a new draw "
        f"costs {cost_of_draw:.3g} times as much as one more replication"
    )
    if best == 1:
        return f"{reason}, so that new draws tell more than replications."
    gained = 1.0 - _work(of, cost_of_draw, best) / _work(of, cost_of_draw, 1)
    return f"{reason}; for the same work the mean has {gained:.0%} less variance than with one."


def _draws_for(variance_of_draw: float, z: float, distance: float) -> int | None:
    """Draws that bring z standard errors within the distance; None where it is beyond reason."""
    errors = z * math.sqrt(variance_of_draw)
    if errors > distance * math.sqrt(MOST_DRAWS):
        return None
    exact = (errors / distance) ** 2 if errors else 0.0
    return max(LEAST_DRAWS, math.ceil(exact))


def _would_do(needed: int) -> str:
    return f"{needed:,} would do" if needed > LEAST_DRAWS else "far fewer would do"


def _two_sided(share: float) -> float:
    if not 0.0 < share < 1.0:
        raise ValueError(f"the share of an interval is {share}; it lies between 0 and 1")
    return -float(special().ndtri((1.0 - share) / 2.0))


def _pounds(value: float) -> str:
    return f"£{value:,.0f}" if value >= 10.0 else f"£{value:.2f}"


def _per_cent(probability: float) -> str:
    return "more than 99.9 %" if probability > 0.999 else f"{100.0 * probability:.3g} %"
