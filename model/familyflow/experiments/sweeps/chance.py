"""How far chance leaves open what was found under a few stretches of luck."""

from __future__ import annotations

import numpy as np

from familyflow.parameters.distributions import special
from familyflow.parameters.drawn_values import Floats

LAST_DIGITS = 1e-12


def half_widths(values: Floats) -> Floats:
    """Of the 95 % intervals of means over stretches of luck (point, replication): (point,).

    NaN where there is one stretch only, or one that gives no number. What is no more than the last
    digits of the values is nothing.
    """
    many = values.shape[1]
    if many < 2:
        return np.full(len(values), np.nan)
    t = float(special().stdtrit(many - 1, 0.975))
    widths: Floats = t * values.std(axis=1, ddof=1) / np.sqrt(many)
    return np.where(widths <= LAST_DIGITS * np.abs(values).max(axis=1), 0.0, widths)
