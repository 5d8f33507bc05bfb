"""What every part of the running service shares: the plan, the clock, luck and the journal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from familyflow.luck import Luck
from familyflow.service.clock import Clock
from familyflow.service.family_luck import FamilyLuck
from familyflow.specification.journal import NOBODY, Entry, Event
from familyflow.specification.plan import Plan

if TYPE_CHECKING:
    from familyflow.service.allocation import AllocationDesk
    from familyflow.service.group_work import GroupWork
    from familyflow.service.record import FamilyRecord
    from familyflow.service.team import KeyWorker
    from familyflow.service.waiting_list import WaitingList


@dataclass(slots=True)
class Service:
    """One draw of the service. The journal is the one thing that everybody adds to."""

    plan: Plan
    clock: Clock
    luck: Luck  # of posts and children
    family_luck: FamilyLuck
    journal: list[Entry]
    team: list[KeyWorker] = field(init=False)
    waiting: WaitingList = field(init=False)
    desk: AllocationDesk = field(init=False)
    groups: GroupWork = field(init=False)
    in_reach: dict[tuple[int, int], FamilyRecord] = field(default_factory=dict)

    def note(
        self,
        event: Event,
        family: FamilyRecord | None = None,
        *,
        child: int = NOBODY,
        worker: KeyWorker | None = None,
        group: int = NOBODY,
        quantity: int = 1,
    ) -> None:
        """Write in the journal that this happened, in this phase of today."""
        source, number = family.key if family is not None else (NOBODY, NOBODY)
        place = worker.number if worker is not None else NOBODY
        day, phase = self.clock.day, self.clock.phase
        self.journal.append(
            Entry(day, phase, int(event), source, number, child, place, group, quantity)
        )
