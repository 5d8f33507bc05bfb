"""The order of things within a day. Ties are settled here, never by accident."""

from enum import IntEnum


class Phase(IntEnum):
    """A day runs through these in order; an event for today must lie in a later phase."""

    CALENDAR = 0  # years, terms, birthdays, follow-ups that end
    CHILDREN = 1  # steps of need, other outcome events
    POSTS = 2  # people leave, fall ill, return, start, finish induction
    ENDINGS = 3  # today's sessions, episodes that end, places freed
    GIVING_UP = 4
    REFERRALS = 5  # new and returning families, screening
    GROUPS = 6  # groups start and meet, dated activities
    ALLOCATION = 7
    OBSERVATION = 8
