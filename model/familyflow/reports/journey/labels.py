"""What each stage and ending is called on the page, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from familyflow.reports.journey.stays import Stage

# stage -> name, and what it means in a few words
STAGES: Final[Mapping[Stage, tuple[str, str]]] = {
    Stage.WAITING: ("Waiting", "accepted, no place yet"),
    Stage.INTRODUCTORY: ("Introductory period", "getting to know each other"),
    Stage.SESSIONS: ("Weekly sessions", "from the first session on"),
    Stage.PARENT_SUPPORT: ("Support to parents", "one to one, after the sessions"),
    Stage.CLOSING: ("Closing", "the last weeks"),
    Stage.BETWEEN: ("Between key workers", "theirs left, no other yet"),
    Stage.SIGNPOSTED: ("Signposted", "sent elsewhere at screening"),
    Stage.PASSED_UP: ("Passed up", "to social care at screening"),
    Stage.GAVE_UP: ("Gave up waiting", "before a place came"),
    Stage.DECLINED: ("Declined the place", "once offered"),
    Stage.MOVED_WAITING: ("Moved away", "while waiting"),
    Stage.LIST_CLOSED: ("Turned away at the end", "the list closed"),
    Stage.PLANNED: ("Ended as planned", "closed as agreed"),
    Stage.DISENGAGED: ("Stopped coming", "the family disengaged"),
    Stage.BY_SERVICE: ("Ended by the service", "early"),
    Stage.MOVED: ("Moved away", "during support"),
    Stage.REFERRED_UP: ("Referred up", "to social care, and closed for it"),
    Stage.TERM_ENDED: ("Cut off", "still open when the funding ended"),
}


def name_of(stage: Stage) -> str:
    """What the stage is called."""
    return STAGES[stage][0]


def meaning_of(stage: Stage) -> str:
    """What it means, in a few words."""
    return STAGES[stage][1]
