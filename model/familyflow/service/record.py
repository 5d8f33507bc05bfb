"""What the service knows of one family, from its first referral on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simpy.events import Event as Wake

from familyflow.outcomes.exposure import NOT_EXPOSED, Exposure
from familyflow.outcomes.followed_again import Release
from familyflow.service.episode import Episode, MeetingPlan, plan_meetings
from familyflow.specification.decisions import DECISIONS, within_episode
from familyflow.specification.phases import Phase

if TYPE_CHECKING:
    from familyflow.families.family import Family
    from familyflow.outcomes.family_paths import FamilyPaths
    from familyflow.service.shared import Service


@dataclass(slots=True)
class ProgrammePlace:
    """A place in a group programme that the family has accepted."""

    referral: int
    accepted_on: int


class FamilyRecord:
    """A family's referrals, episode, places in groups, and what its children have been given."""

    def __init__(self, family: Family, paths: FamilyPaths, service: Service) -> None:
        self.family, self.paths, self._service = family, paths, service
        self.referral = -1  # 0 at the first, then 1, 2 ...
        self.referred_on = self.ended_on = -1  # of this referral; the end stays until the next
        self.waits = self.passed_up = False
        self.level = family.level  # the highest among the children today, while it waits
        self.plan: MeetingPlan | None = None  # of this referral
        self.episode: Episode | None = None  # the latest
        self.exposure: Exposure = NOT_EXPOSED
        self.places: dict[int, ProgrammePlace] = {}  # by programme
        self.completed: set[int] = set()  # programmes
        self.supported_before = False
        self.displaced_before = False
        self._stirred: Wake = service.clock.event()

    @property
    def key(self) -> tuple[int, int]:
        """Source and number: the order of families where one is needed."""
        return self.family.source, self.family.number

    @property
    def children_in_scope(self) -> int:
        """Children whom the service is for."""
        return sum(child.in_scope for child in self.family.children)

    def uniform(self, decision: str) -> float:
        """The luck of a decision in this referral."""
        return self._service.family_luck.of(self.family.word, DECISIONS[decision], self.referral)

    def nth_uniform(self, code: int, referral: int, index: int) -> float:
        """The luck of the index-th time (0, 1 ...) that something is decided in a referral."""
        return self._service.family_luck.of(self.family.word, code, within_episode(referral, index))

    def until(self, day: int, phase: Phase) -> Wake:
        """Wait until then, or until somebody stirs this family."""
        if self._stirred.triggered:
            self._stirred = self._service.clock.event()
        return self._service.clock.at(day, phase) | self._stirred

    def stir(self) -> None:
        """Tell the family's process, now, that something has changed for it."""
        if not self._stirred.triggered:
            self._stirred.succeed()

    def refer(self) -> None:
        """The family is referred today."""
        self.referral += 1
        self.referred_on = self._service.clock.day
        self.plan = None

    def expose(self, exposure: Exposure) -> None:
        """From today on the family's outcomes depend on this exposure."""
        self.exposure = exposure
        self.paths.expose(self._service.clock.day, exposure)

    def release(self) -> Release:
        """When the service let the family go, once its last referral has ended."""
        day = self.family.referred if self.ended_on < 0 else self.ended_on + 1
        return Release.of(day, self.paths.deeds)

    def meeting_plan(self) -> MeetingPlan:
        """The plan of this referral, drawn when first asked for."""
        if self.plan is None:
            self.plan = plan_meetings(self._service.plan.key_work, self.family, self.uniform)
        return self.plan
