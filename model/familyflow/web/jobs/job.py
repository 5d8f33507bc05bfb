"""A job: what somebody asked for, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypedDict

State = Literal["waiting", "at work", "done", "failed", "stopped"]
GOING_ON: Final = ("waiting", "at work")
COMPARE: Final = "compare"


class Told(TypedDict):
    """A problem as a person reads it: what is wrong, and what to do about it."""

    what: str
    to_do: str


@dataclass(frozen=True)
class Job:
    """A job at one moment.

    kind: run, compare, staff, sweep, voi or report. asked: what was asked for. session: whose
    browser asked. then: the address to go to when it is done. stage, done, of: the step it is at,
    and how much of that step is done. seconds_left: of the whole job; None where nobody can tell.
    rough: the first answer of a comparison, as `familyflow.api.rough` gives it. run: the id of
    what it made. problems: why it failed. asked_at, ended_at: ISO times, in UTC.
    """

    id: str
    kind: str
    asked: Mapping[str, Any]
    session: str
    then: str
    state: State
    asked_at: str
    ended_at: str | None = None
    run: str | None = None
    rough: Mapping[str, Any] | None = None
    problems: tuple[Told, ...] = ()
    stage: str = ""
    done: int = 0
    of: int = 0
    seconds_left: float | None = None
    number: int = field(default=0, compare=False)  # its place among all that were ever asked

    @property
    def is_going_on(self) -> bool:
        """Whether it waits or is at work, so that more is to come."""
        return self.state in GOING_ON
