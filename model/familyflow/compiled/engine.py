"""Runs both arms of a draw with the compiled kernels."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import accumulate
from typing import Any

import numpy as np

from familyflow.compiled import kernels
from familyflow.compiled.memory import (
    Sizes,
    World,
    make_world,
    set_luck,
    set_no_sums,
    shape_of,
)
from familyflow.compiled.tables import Ints, Records, Tables, make_tables
from familyflow.families.columns import FamilyColumns
from familyflow.families.family import Child, Family
from familyflow.luck import Luck, child_word, family_word
from familyflow.problems import bad_input
from familyflow.specification.journal import COLUMNS, Event, in_order
from familyflow.specification.plan import Plan

MOST_CHILDREN = 16  # of a family: what the luck has room for
_YES_OR_NO = {"in_scope", "interpreter", "minority_ethnic", "usual_support"}
_OF_FAMILY = tuple(name for name in Family._fields if name != "children")


class Memory:
    """Memory that runs use one after the other; each thread needs its own."""

    def __init__(self, sizes: Sizes | None = None) -> None:
        self._sizes = sizes or Sizes()
        self._made: tuple[tuple[int, ...], Sizes] | None = None
        self._world: World | None = None

    def run(self, plan: Tables, luck: Luck, work: Callable[[World], object]) -> World:
        """Let `work` run in memory for this plan, again with more of it where it was too small.

        Rows are kept and not added up, unless `work` sets otherwise.

        Raises OverflowError where the luck has no room, InputError for too many people in a post.
        """
        while True:
            world = self._world_for(plan)
            set_luck(world, luck)
            set_no_sums(world)
            work(world)
            state = world.world[0]
            if state["error"] == kernels.NO_ERROR:
                return world
            if state["error"] != kernels.TOO_SMALL:
                _raise(int(state["error"]), *map(int, state["details"]))
            which, least = map(int, state["details"][:2])
            self._sizes = self._sizes.grown(which, least)

    def hold(self, families: int, children: int) -> None:
        """Make room for this many before the next run."""
        for which, least in ((kernels.FAMILIES, families), (kernels.CHILDREN, children)):
            if self._sizes[which] < least:
                self._sizes = self._sizes.grown(which, least)

    def _world_for(self, plan: Tables) -> World:
        wanted = (shape_of(plan), self._sizes)
        if self._world is None or self._made != wanted:
            self._world, self._made = make_world(plan, self._sizes), wanted
        return self._world


def simulate(
    plan: Plan, families: Sequence[Family], luck: Luck, memory: Memory | None = None
) -> tuple[Ints, Ints]:
    """Every row of the arms without and with the service, each sorted by all columns.

    Rows are int64 (rows, 9) in the order of `specification.journal.COLUMNS`: those of
    `outcomes.without.without_arm` and `service.engine.simulate`. Raises OverflowError where the
    luck has no room, InputError where a post has more people than it has room for. memory: where
    runs follow one another, to use it again.
    """
    tables = make_tables(plan)

    def work(world: World) -> None:
        _write_families(world, families)
        kernels.run_arms(tables.plan, world.world)

    memory = memory or Memory()
    memory.hold(len(families), sum(len(family.children) for family in families))
    world = memory.run(tables, luck, work)
    return rows_of(world)


def draw_families(plan: Plan, luck: Luck, memory: Memory | None = None) -> list[Family]:
    """Every family referred in this draw: those of `families.make_up.families_of`."""
    tables = make_tables(plan)
    world = (memory or Memory()).run(
        tables, luck, lambda world: kernels.make_families(tables.plan, world.world)
    )
    return _families_in(world)


def rows_of(world: World, only: Collection[Event] = ()) -> tuple[Ints, Ints]:
    """The rows of the arms without and with the service, each sorted by all columns.

    only: rows of these events alone, and in no order: laying out and sorting all of them takes
    longer than simulating them did.
    """
    counts = world.world[0]["rows"]
    arms = [world.rows[arm, : counts[arm]] for arm in (0, 1)]
    if only:
        without, with_service = (_table(rows[np.isin(rows["event"], list(only))]) for rows in arms)
    else:
        without, with_service = (in_order(_table(rows)) for rows in arms)
    return without, with_service


def columns_in(world: World, first_day: int) -> FamilyColumns:
    """The families in memory as `families.columns.columns_of` gives them."""
    families = world.families[: world.world[0]["families"]]
    columns = {name: families[name].copy() for name in FamilyColumns._fields}
    columns["referred"] -= first_day
    return FamilyColumns(**columns)


def _write_families(world: World, families: Sequence[Family]) -> None:
    children = [child for family in families for child in family.children]
    world.world[0]["families"], world.world[0]["children"] = len(families), len(children)
    records, of_children = world.families[: len(families)], world.children[: len(children)]
    for name in _OF_FAMILY:
        records[name] = [getattr(family, name) for family in families]
    for name in Child._fields:
        of_children[name] = [getattr(child, name) for child in children]
    counts = [len(family.children) for family in families]
    records["key"] = [family.source << 21 | family.number for family in families]
    records["first_child"], records["children"] = [0, *accumulate(counts)][: len(counts)], counts
    records["in_scope"] = [sum(child.in_scope for child in one.children) for one in families]


def _families_in(world: World) -> list[Family]:
    state = world.world[0]
    records, children = world.families[: state["families"]], world.children[: state["children"]]
    everybody = list(map(Child, *(_column(children, name) for name in Child._fields)))
    rows = zip(*(_column(records, name) for name in _OF_FAMILY), strict=True)
    stretches = zip(_column(records, "first_child"), _column(records, "children"), strict=True)
    found = []
    for row, (first, count) in zip(rows, stretches, strict=True):
        plain = dict(zip(_OF_FAMILY, row, strict=True))
        found.append(Family(children=tuple(everybody[first : first + count]), **plain))
    return found


def _column(records: Records, name: str) -> list[Any]:
    """A field of all records as plain numbers."""
    column = records[name]
    plain: list[Any] = (column.astype(bool) if name in _YES_OR_NO else column).tolist()
    return plain


def _table(rows: Records) -> Ints:
    table: Ints = np.stack([rows[name] for name in COLUMNS], axis=1, dtype=np.int64)
    return table


def _raise(error: int, first: int, second: int, *_: int) -> None:
    """The mistake that stopped a run, in the words of the readable engine."""
    if error == kernels.NO_OCCURRENCE:
        inner, decision = first >> 12, first & 0xFFF  # as in counter word 1
        raise OverflowError(
            f"luck has no room for inner {inner}, decision {decision}, occurrence {second}"
        )
    if error == kernels.NO_INDEX:
        raise OverflowError(f"luck has no room for referral {first}, index {second}")
    if error == kernels.NO_ENTITY:
        family_word(first, second)  # more families of a source than there is room for, or
        child_word(first, second, MOST_CHILDREN)  # more children of a family
    if error == kernels.TOO_MANY_PEOPLE:
        raise bad_input(
            f"one post had more than {kernels.MOST_PEOPLE} people within the term",
            "Lower service.team.turnover_per_year, or lengthen service.team.months_to_recruit.",
            where="service.team",
        )
    raise AssertionError(f"the order of the day was broken: day {first}, phase {second}")
