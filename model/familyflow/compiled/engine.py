"""Runs both arms of a draw with the compiled kernels."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
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
    return [_family(world, place) for place in range(int(world.world[0]["families"]))]


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
    state = world.world[0]
    state["families"], state["children"] = len(families), 0
    for place, family in enumerate(families):
        record, first = world.families[place], int(state["children"])
        for name in record.dtype.names:
            if hasattr(family, name) and name != "children":
                record[name] = getattr(family, name)
        record["key"] = family.source << 21 | family.number
        record["first_child"], record["children"] = first, len(family.children)
        record["in_scope"] = sum(child.in_scope for child in family.children)
        for number, child in enumerate(family.children):
            for name in child._fields:
                world.children[first + number][name] = getattr(child, name)
        state["children"] = first + len(family.children)


def _family(world: World, place: int) -> Family:
    record = world.families[place]
    first, count = int(record["first_child"]), int(record["children"])
    children = [
        Child(*(_plain(child[name], name) for name in Child._fields))
        for child in world.children[first : first + count]
    ]
    known = {name: record[name] for name in Family._fields if name != "children"}
    plain = {name: _plain(value, name) for name, value in known.items()}
    return Family(children=tuple(children), **plain)


def _plain(value: Any, name: str) -> Any:
    return bool(value) if name in _YES_OR_NO else value.item()


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
