"""How the time for each family grows with the number of families and with the length of the term.

python -m benchmarks.growth [ROUNDS]

The kernels alone (families drawn, both arms, rows summed) on one processor, with stated values, at
once, four and sixteen times as much, one after the other in each round. A team that grows with the
referrals keeps the service as busy as it is; without it the waiting list grows (overload).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.core_offer import SEED, inputs_of
from benchmarks.measure import Row, paired, show, spread
from familyflow.compiled import kernels, sums
from familyflow.compiled.engine import Memory
from familyflow.compiled.memory import World, set_sums
from familyflow.compiled.tables import make_tables
from familyflow.experiments.quantity_names import quantities_in
from familyflow.luck import Luck
from familyflow.planning.plan import make_plan
from familyflow.specification.variates import DAYS_IN_YEAR

GOAL = 1.25  # times the time for each family, at sixteen times as much
TIMES = (1, 4, 16)
_STEADY = ("families.referrals.growth_per_year=0", "families.needs.complexity_per_year=0")
_REFERRALS, _KEY_WORKERS, _YEARS = 80, 5, 3  # at once as much; a term has at most 50 years
KINDS: Mapping[str, Callable[[int], list[str]]] = {
    "referrals and team": lambda times: [
        f"families.referrals.suitable_per_year={_REFERRALS * times}",
        f"service.team.key_workers={_KEY_WORKERS * times}",
    ],
    "length of the term": lambda times: [f"appraisal.term_years={_YEARS * times}"],
    "referrals, same team (overload)": lambda times: [
        f"families.referrals.suitable_per_year={_REFERRALS * times}",
    ],
    "no service, referrals": lambda times: [
        f"families.referrals.suitable_per_year={_REFERRALS * times}",
        "service.team.runs=false",
    ],
}


@dataclass(frozen=True)
class Sized:
    """A world of one size: what simulates it, and how many families that makes."""

    simulate: Callable[[], object]
    families: int


def sized(sets: Sequence[str], often: int) -> Sized:
    """The core offer with these numbers, simulated so often that each size takes about as long."""
    inputs = inputs_of(1, [*_STEADY, *sets])
    plan, memory = make_plan(inputs.base, inputs.base_solved), Memory()
    tables, luck = make_tables(plan), Luck(SEED)
    scheme = sums.scheme_of(quantities_in(inputs.base))
    years = -(-(plan.last_day - plan.first_day + plan.chain.follow_days) // DAYS_IN_YEAR)
    cells = np.zeros((2, years, 2, scheme.cells), np.int64)

    def run(world: World) -> None:
        set_sums(world, scheme.summed, cells, 1, keep_rows=False)
        kernels.make_families(tables.plan, world.world)
        if world.world[0]["error"] == kernels.NO_ERROR:
            kernels.run_arms(tables.plan, world.world)

    world = memory.run(tables, luck, run)

    def simulate() -> None:
        for _ in range(often):
            memory.run(tables, luck, run)

    return Sized(simulate, int(world.world[0]["families"]) * often)


def grown(kind: str, rounds: int, times: Sequence[int] = TIMES) -> list[Row]:
    """Nanoseconds for each family at each size, and how much more the largest takes."""
    worlds = {str(each): sized(KINDS[kind](each), times[-1] // each) for each in times}
    seconds = paired({name: world.simulate for name, world in worlds.items()}, rounds)
    each = {
        name: [1e9 * one / worlds[name].families for one in found]
        for name, found in seconds.items()
    }
    first, last = str(times[0]), str(times[-1])
    growth = [most / least for most, least in zip(each[last], each[first], strict=True)]
    goal = GOAL if "overload" not in kind else 1.3
    return [
        spread(f"growth, {kind}: {last} times as much", growth, "times a family", most=goal),
        *(spread(f"growth, {kind}: a family at {name}", each[name], "ns") for name in worlds),
    ]


def measure(rounds: int, times: Sequence[int] = TIMES) -> list[Row]:
    """Every kind of growth."""
    return [row for kind in KINDS for row in grown(kind, rounds, times)]


if __name__ == "__main__":
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
