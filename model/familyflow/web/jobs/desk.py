"""What a lane knows of the jobs it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Taken:
    """Work that a lane has taken. given: what its worker is told; seconds: the most it may take."""

    job_id: str
    given: Mapping[str, Any]
    seconds: float


class Desk(Protocol):
    """What a lane knows of the jobs it does."""

    def take(self) -> Taken | None:
        """The next thing to do; None where nothing waits."""

    def hear(self, taken: Taken, said: Mapping[str, Any]) -> bool:
        """Note what a worker said; whether that was the end of the work."""

    def lose(self, taken: Taken) -> None:
        """The worker has ended before the work was done."""

    def give_up(self, taken: Taken) -> None:
        """It took longer than it may; its worker is about to be ended."""

    def refuse(self) -> None:
        """No worker is to be had: nobody is to wait for ever."""
