"""Smoothed net benefit with the spread that expected net benefit has.

The value of information depends on how widely expected net benefit spreads. A fit with a light
penalty spreads too far, by the chance it took in; one with a heavy penalty not far enough. Out of
fold a draw's own chance has no part in its fit, so the covariance of raw and fitted values is that
of expected and fitted ones: with a light penalty it is the variance that is sought, without bias.
"""

from __future__ import annotations

import numpy as np

from familyflow.economics.decisions import best_on_the_mean, checked, same_draws
from familyflow.experiments.information.basis import Floats


def matched(raw: Floats, smoothed: Floats) -> Floats:
    """Gains over the option best on the mean, GBP (draw, option), spread as the truth is.

    raw: net benefit as simulated; smoothed: out of fold, with a light penalty. Each option's gain
    is drawn in towards its mean by the root of covariance over variance, and to the mean itself
    where nothing is foretold. The best option's own gain is 0, and means stay. For EVPI and chances
    of being best, to which pounds that all options share do not matter.
    """
    simulated, expected = checked(raw), checked(smoothed)
    same_draws(raw=len(simulated), smoothed=len(expected))
    usual = best_on_the_mean(expected)
    gain = gains_over(usual, expected)
    middle = gain.mean(axis=0)
    drawn_in: Floats = middle + (gain - middle) * np.sqrt(slope(gains_over(usual, simulated), gain))
    return drawn_in


def slope(raw: Floats, fitted: Floats) -> Floats:
    """Covariance with the raw values over variance, by column, at least 0.

    1 for a fit that spreads as far as it foretells; below 1 it spreads too far.
    """
    off = fitted - fitted.mean(axis=0)
    variance = (off**2).mean(axis=0)
    together = ((raw - raw.mean(axis=0)) * off).mean(axis=0)
    ratio = np.where(variance > 0, together / np.where(variance > 0, variance, 1.0), 0.0)
    return np.maximum(ratio, 0.0)


def gains_over(option: int, nb: Floats) -> Floats:
    """What each option is worth more than this one in each draw, GBP (draw, option)."""
    return np.asarray(nb - nb[:, [option]])
