"""The template of a service's case records: one row a referral of a family, and what stands in it.

A second referral of the same family is a second row with the same id.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What may stand in a column."""

    ID = "an id that names nobody"
    DATE = "a date, as 2026-04-30 or 30/04/2026"
    WORD = "one of the words listed"
    WORDS = "words listed, joined by +"
    WHOLE = "a whole number"
    NUMBER = "a number"
    YES_NO = "yes or no"


@dataclass(frozen=True)
class Column:
    """A column of the template. most: the largest number that can be meant."""

    name: str
    kind: Kind
    meaning: str
    needed: bool = False  # the column must be there; its cells may be empty where meaning says so
    most: float = 0.0


# How a referral ends that never comes to work with the family, and how work with it ends.
BEFORE_WORK: Final = {
    "signposted": "at screening, to another service",
    "passed_up": "at screening, to social care",
    "declined": "the family said no when it was offered a key worker",
    "gave_up_waiting": "the family no longer wanted help, or could not be reached, while it waited",
    "left_list": "moved away while it waited, or the list was closed",
}
OF_WORK: Final = {
    "planned": "as planned with the family",
    "disengaged": "the family stopped coming or answering",
    "ended_by_service": "the service ended it early: threats, or the work could not go on",
    "moved_away": "the family moved out of the area",
    "referred_up": "passed to social care, which took over",
    "service_stopped": "the service itself stopped or was cut",
}
ENDINGS: Final = BEFORE_WORK | OF_WORK
MOST_DAYS_OPEN: Final = 3 * 365  # longer is a mistake of typing rather than a piece of work

COLUMNS: Final = (
    Column("family", Kind.ID, "Letters and digits, at least one digit; the same for a family that "
           "comes back. Never a name, nor a number that others know (NHS, pupil, case system)",
           needed=True),
    Column("referred", Kind.DATE, "The day the referral came in", needed=True),
    Column("allocated", Kind.DATE, "The day a key worker took the family on; empty if none did",
           needed=True),
    Column("started", Kind.DATE, "The day of the first meeting held; empty if there was none",
           needed=True),
    Column("ended", Kind.DATE, "The day it ended, however; empty while it goes on", needed=True),
    Column("ending", Kind.WORD, "How it ended; empty while it goes on", needed=True),
    Column("source", Kind.WORD, "Who referred the family"),
    Column("needs", Kind.WORDS, "What the family came with"),
    Column("children", Kind.WHOLE, "Children in the household", most=15),
    Column("level", Kind.WORD, "The highest level of need of a child on arrival"),
    Column("minority_ethnic", Kind.YES_NO, "Whether the family is from an ethnic minority"),
    Column("interpreter", Kind.YES_NO, "Whether an interpreter is needed"),
    Column("hours", Kind.NUMBER, "Hours worked with and for the family so far", most=2_000),
    Column("meetings_offered", Kind.WHOLE, "Weekly meetings offered so far", most=200),
    Column("meetings_held", Kind.WHOLE, "Weekly meetings held so far", most=200),
    Column("risks_at_entry", Kind.WHOLE, "Risk indicators ticked at entry, of our own list",
           most=36),
    Column("risks_at_exit", Kind.WHOLE, "Risk indicators ticked at exit", most=36),
    Column("strengths_at_entry", Kind.WHOLE, "Strength indicators ticked at entry", most=36),
    Column("strengths_at_exit", Kind.WHOLE, "Strength indicators ticked at exit", most=36),
    Column("difficulties_at_entry", Kind.NUMBER, "Total difficulties (SDQ), mean of the children "
           "measured", most=40),
    Column("difficulties_at_exit", Kind.NUMBER, "Total difficulties (SDQ) of the same children",
           most=40),
    Column("wellbeing_at_entry", Kind.NUMBER, "Wellbeing of the parent (WEMWBS)", most=70),
    Column("wellbeing_at_exit", Kind.NUMBER, "Wellbeing of the same parent", most=70),
)  # fmt: skip
NEEDED: Final = tuple(column.name for column in COLUMNS if column.needed)
BY_NAME: Final = {column.name: column for column in COLUMNS}
