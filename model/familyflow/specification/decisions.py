"""The named decisions of chance and their codes: a frozen table, never renumbered or re-used.

A later feature takes a new code, so that nobody else's luck moves. A test holds the table.
"""

from __future__ import annotations

from typing import Final

LEVELS: Final = 6  # levels of need, with the two placements told apart

DECISIONS: Final[dict[str, int]] = {
    # who the family is: family k of a source (or a child of it), occurrence 0
    "gap before the family": 0,
    "number of children": 1,
    "needs": 2,
    "level on arrival": 3,
    "age of child": 4,
    "child outside the age range": 5,
    "frailty": 6,
    "weekday": 7,
    "moves away": 8,
    "ethnic group": 9,
    "interpreter": 10,
    "usual support": 11,
    "hours per week": 12,
    "risk indicators at entry": 13,
    "difficulties at entry": 14,
    "wellbeing at entry": 15,
    # one referral of a family: occurrence n = 0, 1, 2 ...
    "screening": 16,
    "passed up anyway": 17,
    "declines": 20,
    "patience": 21,
    "introductory weeks": 22,
    "weeks of sessions": 23,
    "closing weeks": 24,
    "parent support": 25,
    "weeks of parent support": 26,
    "outside mental health support": 27,
    "weeks of outside wait": 28,
    "disengages": 29,
    "ended by the service": 30,
    "ends when referred up": 31,
    "returns": 32,
    "weeks until return": 33,
    "misses a session": 34,  # occurrence n << 12 | slot
    "disengages on change of worker": 35,  # occurrence n << 12 | change
    "takes up the family budget": 36,
    "spot purchase": 37,
    "usual support displaced": 38,
    "change in risk indicators": 40,
    "change in difficulties": 41,
    "change in wellbeing": 42,
    # posts: occurrence o = the o-th person; absences o << 12 | i
    "tenure": 48,
    "vacancy": 49,
    "absence": 50,
    "length of absence": 51,
}

# ranges of codes, one a programme, activity, ordered step or outcome
ACCEPTS_PROGRAMME: Final = 64  # + programme
COMPLETES_PROGRAMME: Final = 80  # + programme
ATTENDS_GROUP: Final = 96  # + programme; occurrence n << 12 | meeting
ATTENDS_ACTIVITY: Final = 112  # + activity; occurrence n << 12 | date
STEP: Final = 128  # + 6 * from + to; occurrence = times this step has happened
COUNT_OUTCOME: Final = 192  # + outcome; occurrence = times it has happened
STATE_BEGINS: Final = 208  # + outcome
STATE_ENDS: Final = 224  # + outcome
STATE_AT_START: Final = 240  # + outcome


def step_code(from_level: int, to_level: int) -> int:
    """The decision code of the step between two levels of need."""
    return STEP + LEVELS * from_level + to_level


def within_episode(referral: int, index: int) -> int:
    """The occurrence word for the index-th time within referral n of a family."""
    if not (0 <= referral < 16 and 0 <= index < 4096):
        raise OverflowError(f"luck has no room for referral {referral}, index {index}")
    return (referral << 12) | index
