"""The memory of one run: all that changes, made once, used again for the next draw, and grown."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from familyflow.compiled import records
from familyflow.compiled.tables import Ints, Records, Tables
from familyflow.luck import Luck
from familyflow.specification.phases import Phase
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

_MASK = 0xFFFFFFFF


class World(NamedTuple):
    """What the kernels write in, and the one record that says where it stands."""

    world: Records  # (1,): records.WORLD, what the kernels take
    families: Records
    children: Records
    journeys: Records  # by family
    followed: Records  # by child
    paths: Records  # by child: in the arm with the service, once it is touched
    own_path: Records  # (1,): for the arm without
    renewed: Records  # (1,): for follow-ups that are told again
    again: Records  # (3,): paths of a child at its release, by arm, and in a further follow-up
    outcome_paths: Records  # (3,): the same of another outcome
    steps: Records  # of children in the arm without, one after the other
    exposures: Records  # of families to the service, each naming the next of its family
    members: Records  # of groups
    groups: Records
    places: Records  # [family, programme]
    dates_offered: Ints  # [family, activity], in the present episode
    accepted: Ints  # [programme, place]: families that wait for a group
    accepted_count: Ints  # by programme
    workers: Records  # by post
    post_years: Records  # [post, year]
    waiting: Ints  # families on the list
    lost: Ints  # families whose key worker left
    in_reach: Ints  # families that activities may be open to
    order: Ints  # families in the order in which they are looked at
    moments: Ints  # [day * phases + phase]: the first thing that is due then; -1 none
    things: Records  # families, posts, programmes, activities and groups, one after the other
    asked: Ints  # by day: whether the waiting list is looked through
    waits: Records  # that ended within the term
    by_week: Ints  # of the term: families on the list, and then the caseload
    rows: Records  # [arm, row], where the journal is kept


class Sizes(NamedTuple):
    """How much of each kind of memory there is, in the order of the kernels' numbers for them."""

    rows: int = 2**16
    families: int = 2**10
    children: int = 2**12
    steps: int = 2**14
    exposures: int = 2**14
    members: int = 2**12
    groups: int = 2**8

    def grown(self, which: int, least: int) -> Sizes:
        """With at least twice as much of one kind."""
        sizes = list(self)
        sizes[which] = max(2 * sizes[which], least)
        return Sizes(*sizes)


def make_world(plan: Tables, sizes: Sizes) -> World:
    """Memory for plans of this shape."""
    last_day, posts, programmes, activities = shape_of(plan)
    families, children = sizes.families, sizes.children
    years = last_day // DAYS_IN_YEAR + 2  # with parts of years at both ends
    moments = (last_day + 1) * len(Phase)
    things = families + posts + programmes + activities + sizes.groups
    arrays: dict[str, Any] = {
        "families": np.zeros(families, records.FAMILY),
        "children": np.zeros(children, records.CHILD),
        "journeys": np.zeros(families, records.JOURNEY),
        "followed": np.zeros(children, records.FOLLOWED),
        "paths": np.zeros(children, records.PATH),
        "own_path": np.zeros(1, records.PATH),
        "renewed": np.zeros(1, records.RENEWED),
        "again": np.zeros(3, records.PATH),
        "outcome_paths": np.zeros(3, records.OUTCOME_PATH),
        "steps": np.zeros(sizes.steps, records.STEP),
        "exposures": np.zeros(sizes.exposures, records.EXPOSURE),
        "members": np.zeros(sizes.members, records.MEMBER),
        "groups": np.zeros(sizes.groups, records.GROUP),
        "places": np.zeros((families, programmes), records.PLACE),
        "dates_offered": _ints(families, activities),
        "accepted": _ints(programmes, families),
        "accepted_count": _ints(programmes),
        "workers": np.zeros(posts, records.WORKER),
        "post_years": np.zeros((posts, years), records.POST_YEAR),
        "waiting": _ints(families),
        "lost": _ints(families),
        "in_reach": _ints(families),
        "order": _ints(families),
        "moments": _ints(moments),
        "things": np.zeros(things, records.THING),
        "asked": _ints(last_day + 1),
        "waits": np.zeros(sizes.rows, records.WAIT),
        "by_week": _ints(2 * (last_day // DAYS_IN_WEEK + 1)),
        "rows": np.zeros((2, sizes.rows), records.ROW),
    }
    world = np.zeros(1, records.WORLD)
    for name, size in sizes._asdict().items():
        world[name + "_room"] = size
    for name, array in arrays.items():
        world[name + "_address"] = array.ctypes.data
    world["moments"], world["years"] = moments, years
    made = World(world=world, **arrays)
    set_no_sums(made)
    return made


def shape_of(plan: Tables) -> tuple[int, int, int, int]:
    """What the memory's shape depends on, besides sizes."""
    last_day = int(plan.plan[0]["last_day"])
    return last_day, len(plan.posts), len(plan.programmes), len(plan.activities)


def set_luck(world: World, luck: Luck) -> None:
    """The luck of the next run."""
    record = world.world[0]
    record["key_0"], record["key_1"] = luck.seed & _MASK, luck.seed >> 32
    record["draw"], record["replication"] = luck.draw, luck.replication


def set_no_sums(world: World) -> None:
    """The next run keeps every row of both arms and adds up none."""
    record = world.world[0]
    record["adds_up"], record["keeps_rows"] = 0, 1


def set_sums(
    world: World, summed: Records, cells: Ints, in_a_year: int, *, keep_rows: bool
) -> None:
    """The next run adds up its rows, and keeps them only if asked to.

    summed: records.SUMMED by event; cells: [arm, period, window, cell], 0 before, in_a_year periods
    a year. The world knows both by their address: they must outlive the run.
    """
    record = world.world[0]
    record["adds_up"], record["keeps_rows"] = 1, int(keep_rows)
    _, record["periods"], _, record["cells"] = cells.shape
    record["in_a_year"] = in_a_year
    record["summed_address"], record["cells_address"] = summed.ctypes.data, cells.ctypes.data


def _ints(*shape: int) -> Ints:
    return np.zeros(shape, np.int64)
