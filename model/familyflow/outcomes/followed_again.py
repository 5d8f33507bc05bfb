"""A family's follow-up once more: the expected follow-up from the last contact on (`expected`).

From the day on which the service lets a family go, it changes nothing more about it. What follows
is then told several times, with other luck, and averaged: less noise for the same journey. Up to
that day everything stays as it happened, in both arms. So what has rung in either of them stays
for both, and of what has rung in neither only one thing is known: that more is left than the
larger of the amounts the two arms have spent on it. The exponential has no memory, so that amount
and a fresh threshold is a draw of what was not known. A fresh threshold for both arms alike would
not be: the day of release knows the child's luck.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from familyflow.families.family import Family
from familyflow.luck import Luck
from familyflow.outcomes.clocks import NOT_STARTED, Clocks, Standing, Thresholds
from familyflow.outcomes.family_paths import Deed, FamilyPaths, Shared, paths_of
from familyflow.outcomes.without import is_passed_up_anyway
from familyflow.specification.journal import Entry
from familyflow.specification.plan import Plan

Key = tuple[int, int]  # source and number of a family
Rows = list[Entry]
Arms = tuple[Rows, Rows]  # without the service, with it


class Release(NamedTuple):
    """The day on which the service lets a family go for good, and what it did with it before.

    It is the day after the last referral ended with no return due, or, if later, after the last
    deed: a place in a group may outlive an episode.
    """

    day: int
    deeds: tuple[Deed, ...] = ()

    @classmethod
    def of(cls, day: int, deeds: Sequence[Deed]) -> Release:
        """The release of a family whose last referral ended on the day before `day`."""
        return cls(max([day, *(deed.day + 1 for deed in deeds[-1:])]), tuple(deeds))


class Renewed:
    """A family's thresholds where what had rung in neither arm by its release is drawn again."""

    def __init__(
        self,
        thresholds: Thresholds,
        standings: Sequence[Mapping[tuple[int, int], Standing]],
        inner: int,
    ) -> None:
        """standings: of each arm on the day of release. inner: which follow-up, 1, 2 ... 15."""
        self._thresholds, self._inner = thresholds, inner
        self._seen: dict[tuple[int, int], Standing] = {}
        for arm in standings:
            for clock, standing in arm.items():
                # more often rung first, then more spent
                self._seen[clock] = max(standing, self._seen.get(clock, NOT_STARTED))

    def uniform(self, entity: int, decision: int, occurrence: int = 0) -> float:
        """The uniform of a decision taken before the release: as it was."""
        return self._thresholds.uniform(entity, decision, occurrence)

    def of(self, entity: int, decision: int, occurrence: int) -> int:
        """The threshold as it was where it has rung in an arm, else one that is drawn again."""
        rung, spent = self._seen.get((entity, decision), NOT_STARTED)
        if occurrence < rung:
            return self._thresholds.of(entity, decision, occurrence)
        fresh = self._thresholds.afresh(entity, decision, occurrence, self._inner)
        return spent + fresh if occurrence == rung else fresh


def followed_again(
    plan: Plan,
    families: Sequence[Family],
    luck: Luck,
    shared: Shared,
    released: Mapping[Key, Release],
    inner: int,
) -> list[Arms]:
    """How every family fares in follow-ups 1 ... inner - 1, in the arms without and with.

    Rows of paths alone, from each family's referral on; follow-up 0 is what was simulated.
    released: as `service.engine.simulate` writes it; a family that is not there was never referred.
    """
    found: list[Arms] = [([], []) for _ in range(1, inner)]
    for family in families:
        release = released.get((family.source, family.number), Release(family.referred))
        told = _Told(plan, family, luck, shared, release)
        for number, arms in enumerate(found, start=1):
            for rows, more in zip(arms, told.again(number), strict=True):
                rows += more
    return found


class _Told:
    """One family, told from its referral on as often as one likes."""

    def __init__(
        self, plan: Plan, family: Family, luck: Luck, shared: Shared, release: Release
    ) -> None:
        self._plan, self._family, self._luck, self._shared = plan, family, luck, shared
        anyway = is_passed_up_anyway(plan, family, shared.thresholds)
        unserved = (Deed(family.referred, None),) if anyway else ()
        # a family that the service never touched fares as in the other arm
        self._deeds = unserved, release.deeds or unserved
        self._standings = [
            self._begun(deeds, [], shared.thresholds).standings(release.day)
            for deeds in self._deeds
        ]

    def again(self, inner: int) -> Arms:
        """The rows of this follow-up, in the arms without and with the service."""
        clocks = Renewed(self._shared.thresholds, self._standings, inner)
        arms: Arms = ([], [])
        for deeds, rows in zip(self._deeds, arms, strict=True):
            self._begun(deeds, rows, clocks).finish()
        return arms

    def _begun(self, deeds: Sequence[Deed], rows: Rows, clocks: Clocks) -> FamilyPaths:
        """The family's paths, settled up to the last deed of the service."""
        paths = paths_of(self._family, self._plan, self._luck, rows.append, self._shared, clocks)
        for deed in deeds:
            paths.do(deed)
        return paths
