"""One draw and replication from its plan and luck alone: both arms, summed, by the fast engine.

Families are drawn, both arms run and their rows added up without any work in Python for a family.
What comes out is what `experiments.simulation.simulate_draw` makes of the journal of the readable
engine, bit for bit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from familyflow.compiled import kernels, records
from familyflow.compiled.engine import Memory, columns_in, rows_of
from familyflow.compiled.memory import World, set_luck, set_sums
from familyflow.compiled.tables import Floats, Ints, Records, Tables, make_tables
from familyflow.families.columns import FamilyColumns
from familyflow.luck import Luck
from familyflow.specification.journal import FARING, WORK, Event
from familyflow.specification.plan import Plan
from familyflow.specification.variates import DAYS_IN_WEEK, DAYS_IN_YEAR

MONTHS = 12
_ALLOCATED = 0  # how the wait ended
_GROUPED = 16  # groups that an event may name: a programme, an activity, an outcome or a level


class Quantity(Protocol):
    """What a quantity sums (`experiments.quantity_names.Quantity`)."""

    @property
    def event(self) -> Event:
        """Whose rows are added up."""

    @property
    def divide(self) -> int:
        """How many of what a row counts make one unit."""

    @property
    def from_levels(self) -> tuple[int, ...] | None:
        """Only from these levels of need; None: from any."""

    @property
    def groups(self) -> tuple[int, ...] | None:
        """Only of these programmes, activities, outcomes or levels; None: of any."""

    @property
    def is_outcome(self) -> bool:
        """Whether it is counted in both arms, within each family's follow-up."""

    @property
    def less(self) -> Event | None:
        """An event whose rows are taken off."""


@dataclass(frozen=True)
class Sums:
    """What one draw and replication leaves: sums, single figures and weekly counts."""

    quantities: Floats  # [arm, year, window, quantity]
    figures: dict[str, float]
    waiting: Floats  # by week of the term: families on the list
    caseload: Floats
    rows: int  # of both arms, the warm-up included
    by_month: Floats | None  # [arm, month, window, quantity]
    journal: tuple[Ints, Ints] | None  # rows of the arms without and with, sorted if all
    families: FamilyColumns | None  # those of the journal


class Scheme(NamedTuple):
    """Which cell a row adds to, and which cells make a quantity."""

    summed: Records  # by event
    cells: int
    quantities: Ints
    parts: Ints
    inner: int  # follow-ups of each family; how it fares is their mean


def simulate_sums(
    plan: Plan,
    luck: Luck,
    scheme: Scheme,
    memory: Memory,
    *,
    tables: Tables | None = None,
    family_luck: Luck | None = None,
    by_month: bool = False,
    keep_journal: bool = False,
    only: Collection[Event] = (),
) -> Sums:
    """Draw the families of a plan, run both arms and add them up, in `memory`.

    scheme: `scheme_of` the quantities wanted, and of how many follow-ups. tables: of the plan, if
    they are made already. family_luck: settles who the families are and when they are referred; by
    default `luck`, as all that happens to them. only: of the journal, rows of these events alone,
    in no order.
    Raises OverflowError where the luck has no room, InputError for too many people in a post.
    """
    tables, inner = tables or make_tables(plan), scheme.inner
    years = -(-(plan.last_day - plan.first_day + plan.chain.follow_days) // DAYS_IN_YEAR)
    in_a_year = MONTHS if by_month else 1
    cells = np.empty((2, years * in_a_year, 2, scheme.cells), np.int64)
    entries = np.empty(3, np.int64)  # without, with, put off: of further follow-ups

    def work(world: World) -> None:
        cells[:], entries[:] = 0, 0  # the run may be made again with more room
        set_luck(world, family_luck or luck)
        kernels.make_families(tables.plan, world.world)
        set_luck(world, luck)
        set_sums(world, scheme.summed, cells, in_a_year, keep_rows=keep_journal)
        if world.world[0]["error"] == kernels.NO_ERROR:
            kernels.run_arms(tables.plan, world.world)
        if inner > 1 and world.world[0]["error"] == kernels.NO_ERROR:
            kernels.follow_again(tables.plan, world.world, inner, entries)

    world = memory.run(tables, luck, work)
    weeks = (plan.last_day - plan.first_day) // DAYS_IN_WEEK
    by_week = world.by_week[: 2 * weeks].reshape(2, weeks)
    by_year = cells.reshape(2, years, MONTHS, 2, -1).sum(axis=2) if by_month else cells
    return Sums(
        quantities=_folded(by_year, scheme),
        figures=_figures(world.waits[: world.world[0]["waits"]], by_year, scheme)
        | _entries(tables.plan, world, entries, inner)
        | _reach(world),
        waiting=by_week[0].astype(np.float64),
        caseload=by_week[1].astype(np.float64),
        rows=int(world.world[0]["rows"].sum()),
        by_month=_folded(cells, scheme) if by_month else None,
        journal=rows_of(world, only) if keep_journal else None,
        families=columns_in(world, plan.first_day) if keep_journal else None,
    )


def _folded(cells: Ints, scheme: Scheme) -> Floats:
    found = np.empty((*cells.shape[:3], len(scheme.quantities)))
    kernels.fold(cells, scheme.quantities, scheme.parts, found)
    return found


def _figures(waits: Records, cells: Ints, scheme: Scheme) -> dict[str, float]:
    """Waits in weeks, shortest first (so that no order of rows can enter a sum), and use."""
    every = np.sort(waits["days"]) / DAYS_IN_WEEK
    allocated = np.sort(waits["days"][waits["how"] == _ALLOCATED]) / DAYS_IN_WEEK
    places = _total(cells, scheme, Event.PLACES_AVAILABLE) / DAYS_IN_WEEK
    held = _total(cells, scheme, Event.CASELOAD)
    return {
        "mean_wait_weeks": _mean(allocated) if len(allocated) else np.nan,
        "mean_wait_weeks_of_all": _mean(every) if len(every) else np.nan,
        "p90_wait_weeks": ninth_decile(allocated) if len(allocated) else np.nan,
        "caseload_utilisation": float(held / places) if places else np.nan,
    }


def _mean(numbers: Floats) -> float:
    """`numbers.mean()`, bit for bit, without numpy's questions about other types."""
    return float(np.add.reduce(numbers)) / len(numbers)


def ninth_decile(ascending: Floats) -> float:
    """`np.percentile(ascending, 90)`, bit for bit, of one number or more that stand in order.

    A thirtieth of numpy's time for some hundreds: they need neither a copy nor to be parted.
    """
    last = len(ascending) - 1
    place = last * 0.9
    before = int(place)
    low, high = float(ascending[before]), float(ascending[min(before + 1, last)])
    part, gap = place - before, high - low
    return low + gap * part if part < 0.5 else high - gap * (1.0 - part)  # as numpy rounds


def _total(cells: Ints, scheme: Scheme, event: Event) -> int:
    """The sum over the arm with the service of an event that is not told by group."""
    return int(np.add.reduce(cells[1, :, :, scheme.summed["first"][event]], axis=None))


def _entries(plan: Records, world: World, more: Ints, inner: int) -> dict[str, float]:
    entries = more.copy()
    kernels.count_entries(plan, world.world, entries)
    without, with_service, put_off = entries.tolist()
    return {
        "children_looked_after_avoided": (without - with_service) / inner,
        "of_which_delayed": put_off / inner,
    }


def _reach(world: World) -> dict[str, float]:
    record = world.world[0]
    return {
        "families_started_minority_ethnic": float(record["started_minority_ethnic"]),
        "families_started_with_interpreter": float(record["started_with_interpreter"]),
    }


def scheme_of(quantities: Sequence[Quantity], inner: int = 1) -> Scheme:
    """A cell for each event, and for each group or step where a quantity tells them apart.

    inner: how often each family is followed on from the day on which the service lets it go. The
    journal is that of the first of them.
    """
    kinds = dict.fromkeys((Event.PLACES_AVAILABLE, Event.CASELOAD), records.ALL_TOGETHER)
    widest = max((max(each.groups) + 1 for each in quantities if each.groups), default=0)
    for each in quantities:
        kind = records.ALL_TOGETHER
        if each.from_levels is not None:
            kind = records.BY_STEP
        elif each.groups is not None:
            kind = records.BY_GROUP
        kinds[each.event] = max(kind, kinds.get(each.event, kind))
        if each.less is not None:
            kinds[each.less] = max(records.ALL_TOGETHER, kinds.get(each.less, 0))
    sizes = (1, max(_GROUPED, widest), records.LEVELS**2)
    summed = np.zeros(max(Event) + 1, records.SUMMED)
    cells = 0
    for event, kind in kinds.items():
        summed[int(event)] = (cells, kind, sizes[kind], event in WORK)
        cells += sizes[kind]
    starts: list[tuple[int, ...]] = []
    parts: list[tuple[int, ...]] = []
    for each in quantities:
        first = len(parts)
        parts += [(cell, 1) for cell in _cells(each, each.event, summed)]
        if each.less is not None:
            parts += [(cell, -1) for cell in _cells(each, each.less, summed)]
        divide = each.divide * (inner if each.event in FARING else 1)
        starts.append((first, len(parts), divide, int(each.is_outcome)))
    return Scheme(summed, cells, _table(starts, 4), _table(parts, 2), inner)


def _cells(quantity: Quantity, event: Event, summed: Records) -> list[int]:
    """The cells of the rows of one event that a quantity sums."""
    first, kind, size, _ = (int(number) for number in summed[int(event)])
    if kind == records.ALL_TOGETHER:
        return [first]
    if kind == records.BY_GROUP:
        groups = range(size) if quantity.groups is None else quantity.groups
        return [first + group for group in groups]
    before, after = quantity.from_levels, quantity.groups
    levels = range(records.LEVELS)
    return [
        first + start * records.LEVELS + end
        for start in (levels if before is None else before)
        for end in (levels if after is None else after)
    ]


def _table(rows: list[tuple[int, ...]], width: int) -> Ints:
    return np.array(rows, dtype=np.int64).reshape(-1, width)
