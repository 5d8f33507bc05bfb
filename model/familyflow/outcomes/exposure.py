"""What the service has given a family up to now: all that its outcomes may depend on."""

from __future__ import annotations

from typing import NamedTuple

from familyflow.specification.variates import DAYS_IN_YEAR, NEVER


class Exposure(NamedTuple):
    """Sessions attended over all episodes, when, and whether a group was completed.

    Days are engine days; -1 where there has been none.
    """

    sessions: int
    first_session: int  # the first of the latest episode
    last_session: int  # the last held
    group_done: bool


NOT_EXPOSED = Exposure(sessions=0, first_session=-1, last_session=-1, group_done=False)


def years_faded(exposure: Exposure, day: int, most: int) -> tuple[int, int]:
    """Whole years since the last session on `day`, at most `most`, and how many days that holds."""
    if exposure.last_session < 0:
        return 0, NEVER
    since = day - exposure.last_session
    years = since // DAYS_IN_YEAR
    if years >= most:
        return most, NEVER
    return years, (years + 1) * DAYS_IN_YEAR - since
