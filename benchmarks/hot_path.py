"""The compiled engine against C on the hot path: children's levels of need without the service.

python -m benchmarks.hot_path [DRAWS]

The C versions (hot_path.c; hot_path_vectors.c by hand for AVX2) work in the very memory that the
kernels use: the header with the records is written from their numpy types. All three must write the
same rows, bit for bit, before any is timed. Needs a C compiler.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.core_offer import Draw, draws_of
from benchmarks.measure import Row, flags_of_processor, paired, ratios, show, skipped, spread
from familyflow.compiled import kernels, records
from familyflow.compiled.cache import kernel
from familyflow.compiled.memory import Sizes, World, make_world, set_luck
from familyflow.compiled.tables import Tables, make_tables
from familyflow.specification import plan, variates
from familyflow.specification.journal import NOBODY, Event
from familyflow.specification.phases import Phase

HERE = Path(__file__).parent
PLAIN, VECTORS = "hot_path.c", "hot_path_vectors.c"
FLAGS = ("-O3", "-march=native", "-ffp-contract=off", "-shared", "-fPIC", "-std=gnu11")
_LEAST_OF = {PLAIN: 1.0, VECTORS: 0.6}
_NAME_OF = {PLAIN: "plain C", VECTORS: "C with AVX2 by hand"}
_RECORDS = ("PLAN", "LEVEL", "FAMILY", "CHILD", "PATH", "FOLLOWED", "STEP", "ROW", "WHOLE", "REAL")
_BATCH = 20  # times a draw is followed in one timing
_ROUNDS = 3  # of each draw
SEEN = (int(Event.STEP), int(Event.CHILD_DAYS), int(Event.ENTERED_CARE_FIRST))

_own_path, _family, _child, _followed = (
    kernels.own_path_at,
    kernels.family_at,
    kernels.child_at,
    kernels.followed_at,
)
_start, _finish = kernels.start_path, kernels.finish_path


@kernel
def follow_children(plans: Any, worlds: Any) -> None:
    """`kernels.follow_without` for the children alone: no screening, no other outcomes."""
    plan, world = plans[0], worlds[0]
    path = _own_path(world, 0)
    world.error = world.rows[0] = world.steps = 0
    for f in range(world.families):
        family = _family(world, f)
        for c in range(family.first_child, family.first_child + family.children):
            followed = _followed(world, c)
            followed.steps_at = followed.seen = followed.steps_end = world.steps
            followed.level = family.level
            followed.entered_care[0] = followed.entered_care[1] = -1
            if not _child(world, c).in_scope:
                continue
            _start(plan, world, path, f, c, 0)
            _finish(plan, world, path)
            followed.steps_end = world.steps
        if world.error != 0:
            return


Follow = Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Prepared:
    """One draw with its families in memory, and every row of its arm without."""

    tables: Tables
    world: World


def prepare(draw: Draw) -> Prepared:
    """The families of a draw, in memory of their own."""
    tables = make_tables(draw.plan)
    world = make_world(tables, Sizes())
    set_luck(world, draw.luck)
    kernels.make_families(tables.plan, world.world)
    return Prepared(tables, world)


def rows_by(follow: Follow, prepared: Prepared) -> Any:
    """The rows that this engine writes, in the order in which it writes them."""
    prepared.world.rows[0] = np.zeros((), records.ROW)
    follow(prepared.tables.plan, prepared.world.world)
    state = prepared.world.world[0]
    if state["error"]:
        raise AssertionError(f"the hot path stopped with error {state['error']}")
    return prepared.world.rows[0, : state["rows"][0]].copy()


def header() -> str:
    """The records and the frozen numbers of the kernels, as C."""
    lines = ["#include <stddef.h>", "#include <stdint.h>"]
    numbers = {
        "LEVELS": records.LEVELS,
        "MOST_STEPS": records.MOST_STEPS,
        "ONE": variates.ONE,
        "HIGHEST_RATE": variates.HIGHEST_RATE,
        "NEVER": variates.NEVER,
        "DAYS_IN_YEAR": variates.DAYS_IN_YEAR,
        "CARRIED_OVER": plan.CARRIED_OVER,
        "FOSTER": plan.FOSTER,
        "NOBODY": NOBODY,
        "IN_CALENDAR": int(Phase.CALENDAR),
        "IN_CHILDREN": int(Phase.CHILDREN),
        "CHILD_DAYS": int(Event.CHILD_DAYS),
        "STEP_TAKEN": int(Event.STEP),
        "ENTERED_CARE_FIRST": int(Event.ENTERED_CARE_FIRST),
        "TOO_SMALL": kernels.TOO_SMALL,
        "NO_OCCURRENCE": kernels.NO_OCCURRENCE,
    }
    lines += [f"#define {name} INT64_C({number})" for name, number in numbers.items()]
    for name in (*_RECORDS, "WORLD"):
        lines += _record(name, getattr(records, name))
    return "\n".join(lines) + "\n"


def _record(name: str, kind: np.dtype[np.void]) -> Iterator[str]:
    """A struct, with what C must agree with numpy on."""
    fields = {} if kind.fields is None else {str(key): each for key, each in kind.fields.items()}
    yield "typedef struct {"
    for field, (held, *_) in fields.items():
        number = "double" if held.base == np.float64 else f"{held.base}_t"
        yield f"    {number} {field}{''.join(f'[{size}]' for size in held.shape)};"
    yield f"}} {name};"
    yield f'_Static_assert(sizeof({name}) == {kind.itemsize}, "size of {name}");'
    for field, (_, offset, *_) in fields.items():
        yield f'_Static_assert(offsetof({name}, {field}) == {offset}, "{name}.{field}");'


def why_not(source: str) -> str:
    """Why this C version cannot be built here; empty where it can."""
    if shutil.which("cc") is None:
        return "there is no C compiler (cc)"
    if source == VECTORS and "avx2" not in flags_of_processor():
        return "the processor does not say that it has AVX2"
    return ""


@contextmanager
def built(source: str) -> Iterator[Follow]:
    """A C version of `follow_children`, compiled for this machine in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "records.h").write_text(header(), encoding="utf-8")
        library = Path(folder, "hot_path.so")
        subprocess.run(
            ["cc", *FLAGS, "-I", folder, "-o", str(library), str(HERE / source), "-lm"], check=True
        )
        follow = ctypes.CDLL(str(library)).follow_children
        follow.argtypes, follow.restype = (ctypes.c_void_p, ctypes.c_void_p), None

        def call(plans: Any, worlds: Any) -> None:
            follow(plans.ctypes.data, worlds.ctypes.data)

        yield call


def check_rows(follow: Follow, prepared: Prepared) -> None:
    """The rows must be those of the kernels, and these those of a whole run."""
    ours = rows_by(follow_children, prepared)
    if not np.array_equal(rows_by(follow, prepared), ours):
        raise AssertionError("C and the compiled engine differ: no number for a wrong engine")
    kernels.run_arms(prepared.tables.plan, prepared.world.world)
    every = prepared.world.rows[0, : prepared.world.world[0]["rows"][0]]
    passed_up = _families(every[every["event"] == Event.REFERRED_UP_AT_SCREENING])
    theirs = every[np.isin(every["event"], SEEN)]
    ours, theirs = (rows[~np.isin(_families(rows), passed_up)] for rows in (ours, theirs))
    if not np.array_equal(ours, theirs):
        raise AssertionError("the hot path is not what a run does")


def _families(rows: Any) -> Any:
    """The source and number of each row's family in one number."""
    return rows["source"].astype(np.int64) << 32 | rows["family"]


def compare(source: str, draws: list[Draw]) -> Row:
    """How many times as fast the kernels are as this C version; below 1: slower."""
    name = f"hot path: compiled against {_NAME_OF[source]}"
    reason = why_not(source)
    if reason:
        return skipped(name, reason)
    found: list[float] = []
    with built(source) as in_c:
        for draw in draws:
            prepared = prepare(draw)
            check_rows(in_c, prepared)
            times = paired(
                {"c": many(in_c, prepared), "us": many(follow_children, prepared)}, _ROUNDS
            )
            found += ratios(times["c"], times["us"])
    return spread(name, found, "times as fast", least=_LEAST_OF[source])


def many(follow: Follow, prepared: Prepared) -> Callable[[], None]:
    """Follow the children of a draw so often that a clock can tell."""

    def work() -> None:
        for _ in range(_BATCH):
            follow(prepared.tables.plan, prepared.world.world)

    return work


def measure(draws: int) -> list[Row]:
    """A row for each C version."""
    made = draws_of(draws)
    return [compare(source, made) for source in (PLAIN, VECTORS)]


if __name__ == "__main__":
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
