"""Which part of what happens is counted: over which years, and for how long after a referral."""

from __future__ import annotations

from typing import Final, Literal, get_args

import numpy as np

from familyflow.economics.amounts import Floats
from familyflow.economics.quantities import IN_FOLLOW_UP

# follow_up: every family for the same time after its referral, whenever it was referred.
# budget: what falls within the years that are paid for. everything: as long as children are
# followed, which is longer for those referred early.
Headline = Literal["follow_up", "budget", "everything"]
# after_budget: the part of the headline that falls after the years that are paid for.
Window = Literal["follow_up", "budget", "everything", "after_budget"]
WINDOWS: Final = get_args(Headline)


def within(amounts: Floats, window: Window, headline: Headline, term_years: int) -> Floats:
    """The amounts (..., year, in follow-up, thing) that a window holds: (..., year, thing)."""
    if window == "after_budget":
        after = within(amounts, headline, headline, term_years).copy()
        after[..., :term_years, :] = 0.0
        return after
    if window == "follow_up":
        return amounts[..., IN_FOLLOW_UP, :]
    every = np.asarray(amounts.sum(axis=-2))
    if window == "budget":
        every[..., term_years:, :] = 0.0
    return every
