"""What certainty about every parameter would be worth (EVPI), seen from above, within and below.

Raw net benefit holds the chance of one simulation, which no study could reveal: the best of noisy
values is too high. Smoothed net benefit gives the estimate. Choosing by one replication and valuing
by another is what a bad choice would bring: too low, but never made higher by chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from familyflow.economics.decisions import best_on_the_mean, checked, evpi, gains, same_draws
from familyflow.experiments.information.basis import Floats
from familyflow.experiments.information.spread import gains_over, matched


class Estimate(NamedTuple):
    """A value in pounds, with its standard error over draws."""

    value: float
    se: float


@dataclass(frozen=True)
class Perfect:
    """EVPI in pounds.

    raw: an upper check. smoothed: the estimate. crossed: the choices of the fit, valued by the raw
    net benefit of each draw, which had no part in its own fit: what choosing by the fit really
    gains, so low where it is poor, and free of optimism; it may come out below 0. split: a lower
    check, None without draws that were simulated twice.
    """

    raw: Estimate
    smoothed: Estimate
    crossed: Estimate
    split: Estimate | None


def perfect(raw: Floats, smoothed: Floats, twice: Floats | None = None) -> Perfect:
    """EVPI from net benefit (draw, option) as simulated and as smoothed out of fold.

    The spread of what is smoothed is first brought to that of expected net benefit (`spread`).
    twice (2, draw, option): two replications of some draws, singly.

    Standard errors are by the delta method: the variance over draws of what each draw's choice
    gains by its raw net benefit. That is the influence of a draw on E[max E[NB | parameters]]
    (Newey, Econometrica 1994), chance and the error of the fit included. A bootstrap would have to
    make the fits again a thousand times, of thousands of quantities, and needs chance of its own.
    """
    simulated, expected = checked(raw), checked(smoothed)
    same_draws(raw=len(simulated), smoothed=len(expected))
    usual = best_on_the_mean(expected)
    gained = valued(gains_over(usual, simulated), expected.argmax(axis=1))
    likely = matched(simulated, expected)
    influence = valued(gains_over(usual, simulated), likely.argmax(axis=1))
    return Perfect(
        raw=_mean(gains(simulated)),
        smoothed=Estimate(evpi(likely), standard_error(influence)),
        crossed=_mean(gained),
        split=None if twice is None else _split(twice, usual),
    )


def valued(nb: Floats, chosen: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Floats:
    """Net benefit (draw,) of the option chosen in each draw."""
    return np.take_along_axis(nb, chosen[:, np.newaxis], axis=1)[:, 0]


def standard_error(values: Floats) -> float:
    """Of the mean of independent values, one a draw; 0 for a single draw."""
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0


def _split(twice: Floats, usual: int) -> Estimate:
    """Chosen by each replication and valued by the other, against the option best on the mean."""
    one, other = checked(twice[0]), checked(twice[1])
    same_draws(first_replication=len(one), second_replication=len(other))
    worth = valued(other, one.argmax(axis=1)) + valued(one, other.argmax(axis=1))
    return _mean((worth - one[:, usual] - other[:, usual]) / 2.0)


def _mean(values: Floats) -> Estimate:
    return Estimate(float(values.mean()), standard_error(values))
