"""The readable engine: every family, post, group and activity is a SimPy process.

It is the specification. Rules that settle ties and luck stand where they act: the order of the day
in `clock`, endings of one day in `endings`, who is taken on in `allocation`.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from familyflow.families.family import Family
from familyflow.luck import Luck
from familyflow.outcomes.family_paths import Shared, paths_of, share
from familyflow.outcomes.followed_again import Key, Release
from familyflow.outcomes.without import without_arm
from familyflow.service.activities import run_activity
from familyflow.service.allocation import AllocationDesk
from familyflow.service.clock import Clock
from familyflow.service.family_luck import FamilyLuck
from familyflow.service.group_work import GroupWork, run_programme
from familyflow.service.journey import journey
from familyflow.service.observation import observe
from familyflow.service.post_days import days_of_the_service, settled
from familyflow.service.record import FamilyRecord
from familyflow.service.shared import Service
from familyflow.service.team import KeyWorker, life_of
from familyflow.service.waiting_list import WaitingList
from familyflow.specification.journal import Entry
from familyflow.specification.plan import Plan


def simulate(
    plan: Plan,
    families: Sequence[Family],
    luck: Luck,
    *,
    shared: Shared | None = None,
    shuffle: random.Random | None = None,
    released: dict[Key, Release] | None = None,
) -> list[Entry]:
    """Every row of the arm `with`, in no stated order; without a service, of the other arm.

    shared: what `share` made of the same plan, families and luck, if it is there already.
    shuffle: draws the order of things within each phase, on which no row depends.
    released: where given, when the service let each family go is written in it.
    """
    shared = shared or share(plan, families, luck)
    if not plan.has_service:
        return without_arm(plan, families, luck, shared)
    service = Service(plan, Clock(shuffle), luck, FamilyLuck(luck, families), journal=[])
    _open(service)
    records: list[tuple[FamilyRecord, list[Entry]]] = []
    for family in families:
        rows: list[Entry] = []
        paths = paths_of(family, plan, luck, rows.append, shared)
        records.append((FamilyRecord(family, paths, service), rows))
    for record, _ in records:
        service.clock.process(journey(record, service))
    service.clock.run()
    # the term has ended; children are followed on to the end of their follow-up
    for record, rows in records:
        if released is not None:
            released[record.key] = record.release()
        service.journal.extend(_followed_on(record, rows, shared))
    service.journal.extend(days_of_the_service(plan))
    service.journal.extend(settled(service.team, plan.last_day))
    return service.journal


def _followed_on(record: FamilyRecord, rows: list[Entry], shared: Shared) -> list[Entry]:
    """How the family fares to the end; as in the other arm where the service never touched it."""
    other = None if record.paths.touched else shared.followed.get(record.key)
    if other is not None:
        return other
    record.paths.finish()
    return rows


def _open(service: Service) -> None:
    """Bring the parts of the service together and start those that run by themselves."""
    plan, clock = service.plan, service.clock
    service.waiting, service.desk = WaitingList(), AllocationDesk(service)
    service.team = [KeyWorker(number, post, service) for number, post in enumerate(plan.team.posts)]
    service.groups = GroupWork(service)
    for worker in service.team:
        clock.process(life_of(worker, service))
    for number, programme in enumerate(plan.programmes):
        clock.process(run_programme(number, programme, service))
    for number, activity in enumerate(plan.activities):
        clock.process(run_activity(number, activity, service))
    clock.process(observe(service))
