"""Which part of what happens is counted: over which years, and for how long after a referral."""

from __future__ import annotations

from typing import Final, Literal, get_args

from familyflow.economics.amounts import Floats
from familyflow.economics.quantities import IN_FOLLOW_UP, OUTSIDE_FOLLOW_UP

# follow_up: every family for the same time after its referral, whenever it was referred.
# budget: what falls within the years that are paid for. everything: as long as children are
# followed, which is longer for those referred early.
Headline = Literal["follow_up", "budget", "everything"]
# within_term and after_term: the parts of the headline in and after the years that are paid for.
Window = Literal["follow_up", "budget", "everything", "within_term", "after_term"]
WINDOWS: Final = get_args(Headline)


def within(amounts: Floats, window: Window, headline: Headline, term_years: int) -> Floats:
    """The amounts (..., year, in follow-up, thing) that a window holds: (..., year, thing)."""
    if window in ("within_term", "after_term"):
        part = within(amounts, headline, headline, term_years).copy()
        elsewhere = slice(term_years, None) if window == "within_term" else slice(term_years)
        part[..., elsewhere, :] = 0.0
        return part
    if window == "follow_up":
        return amounts[..., IN_FOLLOW_UP, :]
    # a sum over two is quicker as one of two arrays
    every = amounts[..., OUTSIDE_FOLLOW_UP, :] + amounts[..., IN_FOLLOW_UP, :]
    if window == "budget":
        every[..., term_years:, :] = 0.0
    return every
