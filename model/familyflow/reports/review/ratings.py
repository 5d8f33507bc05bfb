"""Red, amber or green for the evidence of a number and for how far it moves the answer, by rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from familyflow.parameters.parameter import Parameter
from familyflow.reports.documents.moves import Moved

RED, AMBER, GREEN, UNRATED = "Red", "Amber", "Green", "Not rated"
WEAK, MIDDLING = "E", "D"  # grades
CLEAR: Final = 0.1  # rank correlation: a hundredth of the spread of ranks goes with the number
ALONE: Final = 0.05  # chance by luck, of one number looked at by itself

QUALITY_RULE: Final = (
    (RED, "assumed, or of grade E (the weakest)"),
    (AMBER, "recalled and not verified, or of grade D, or graded without saying how it was found"),
    (GREEN, "verified or derived, and of grade A, B or C"),
    (UNRATED, "a choice, or a line that joins a quantity and a price: it is no evidence"),
)
IMPACT_RULE: Final = (
    (
        RED,
        f"its rank correlation with the net saving is {CLEAR:g} or more and cannot be put down to "
        "luck although so many numbers were looked at (1% for all of them together)",
    ),
    (
        AMBER,
        f"not red, but luck would show as much for it in less than {100 * ALONE:.0f} of 100 runs, "
        "taken by itself: among so many numbers some are here by luck",
    ),
    (GREEN, "drawn, and not seen to move the net saving beyond luck"),
    (UNRATED, "not varied: it is the same in every draw, so the draws cannot tell"),
)


@dataclass(frozen=True)
class Rating:
    """A colour by its name, and why in a few words."""

    colour: str
    why: str

    @property
    def is_weak(self) -> bool:
        """Whether a reviewer should look at it: red or amber."""
        return self.colour in (RED, AMBER)


def quality(parameter: Parameter) -> Rating:
    """How good the evidence for a number is, from its grade and its status."""
    grade, status = parameter.grade, parameter.status
    if not grade and not status:
        if parameter.is_line:
            return Rating(UNRATED, "a line: its price is rated by itself")
        return Rating(UNRATED, "a choice")
    if status == "assumed" or grade == WEAK:
        return Rating(RED, "assumed" if status == "assumed" else f"grade {WEAK}")
    if status == "recalled":
        return Rating(AMBER, "recalled, not verified")
    if grade == MIDDLING:
        return Rating(AMBER, f"grade {MIDDLING}")
    if status in ("verified", "derived") and grade:
        return Rating(GREEN, f"{status}, grade {grade}")
    return Rating(AMBER, f"grade {grade or 'not stated'}, {status or 'status not stated'}")


def impact(parameter: Parameter, moved: Moved | None, *, is_told: bool) -> Rating:
    """How far a number moves the net saving. is_told: whether the draws tell anything at all."""
    if not parameter.is_uncertain:
        return Rating(UNRATED, "not varied")
    if not is_told:
        return Rating(UNRATED, "too few draws to tell")
    if moved is None:
        return Rating(UNRATED, "the same in every draw, or outside the headline")
    if moved.is_told_apart and abs(moved.moves) >= CLEAR:
        return Rating(RED, "moves the answer")
    if moved.is_told_apart or moved.by_luck < ALONE:
        return Rating(AMBER, "may move the answer")
    return Rating(GREEN, "not seen to move it")
