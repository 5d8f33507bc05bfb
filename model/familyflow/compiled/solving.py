"""Solves draws with compiled code, shared among threads: the functions of `cohort_chain` alone.

What is compiled is the plain Python itself, so both give the same bits; nothing is compiled until
it is first needed.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from types import FunctionType
from typing import NamedTuple

import numpy as np
from numba.extending import register_jitable

from familyflow.compiled.cache import STEP_OPTIONS, kernel
from familyflow.outcomes import cohort_chain
from familyflow.outcomes.records import rows_of_work
from familyflow.outcomes.solve import BlockSolver
from familyflow.specification.plan import Floats

Kernel = Callable[[Floats, Floats, Floats, Floats], None]

_FEWEST = 8  # draws: fewer are not worth a thread of their own


class Compiled(NamedTuple):
    """The functions of `cohort_chain` that Python calls, compiled: (.., reference, work, out)."""

    solve_draws: Kernel
    total_up: Kernel


@cache
def compiled_functions() -> Compiled:
    """The compiled functions. The first call of each compiles it, or reads what was kept."""
    for name, function in vars(cohort_chain).items():
        if _is_its_own(function) and name not in Compiled._fields:
            # called from compiled code alone, so it needs no way in from Python
            register_jitable(**STEP_OPTIONS)(function)
    return Compiled(*(kernel(getattr(cohort_chain, name)) for name in Compiled._fields))


def threaded_solver(threads: int) -> BlockSolver:
    """A solver for `outcomes.solve`. Each draw is solved by itself: no bit depends on threads."""

    def solve_block(records: Floats, reference: Floats) -> Floats:
        compiled_functions()  # made once, before there are threads
        parts = np.array_split(records, max(1, min(threads, len(records) // _FEWEST)))
        if len(parts) == 1:
            return _solve_part(records, reference)
        with ThreadPoolExecutor(len(parts)) as pool:
            return np.concatenate(list(pool.map(lambda part: _solve_part(part, reference), parts)))

    return solve_block


def _solve_part(records: Floats, reference: Floats) -> Floats:
    solved = np.empty((len(records), cohort_chain.SOLVED_PLACES))
    work = rows_of_work(records)
    compiled_functions().solve_draws(np.ascontiguousarray(records), reference, work, solved)
    return solved


def _is_its_own(thing: object) -> bool:
    return isinstance(thing, FunctionType) and thing.__module__ == cohort_chain.__name__
