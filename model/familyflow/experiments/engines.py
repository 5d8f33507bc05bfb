"""The two engines as `run` uses them: blocks of draws in, sums out; the same bytes from either."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final, TypeVar

from familyflow.experiments.blocks import BLOCK, Block, block_of
from familyflow.experiments.compiled_draws import CompiledDraws
from familyflow.experiments.inputs import (
    Inputs,
    Progress,
    Settings,
    draw_inputs,
    load_inputs,
)
from familyflow.experiments.sampling import (
    draws_twice,
    firsts,
    in_block,
    simulate_blocks,
    twice_in_block,
)
from familyflow.experiments.simulation import Simulated
from familyflow.outcomes.solve import BlockSolver, solve_plainly

Thing = TypeVar("Thing")

# Draws that a thread plans at once, at least: many share what that takes, and few take little
# memory and leave work for every thread.
_PIECE = 20

# Chosen once so that an answer comes within a minute on two processors, never measured at run
# time: the same command gives the same numbers everywhere.
DEFAULT_DRAWS: Final[Mapping[str, int]] = {"compiled": 1_000, "simpy": 30}


def announce(engine: str, say: Callable[[str], object], follow_up: str = "sampled") -> None:
    """Tell whoever waits, in a line, when the engine has to be compiled first."""
    if engine == "compiled":
        from familyflow.compiled.kept_code import announce as announce_compiling

        announce_compiling(say, expected=follow_up == "expected")


@dataclass(frozen=True)
class Warmed:
    """What it took to have the compiled engine ready. folder: where it is kept, None nowhere."""

    folder: Path | None
    was_compiled: bool  # now, and not before
    seconds: float


def warm(say: Callable[[str], object]) -> Warmed:
    """Compile whatever a run calls, by simulating one draw of the core offer.

    With an expected follow-up, which calls all that a sampled one does.
    """
    from familyflow.compiled import kept_code

    began, ready = time.monotonic(), kept_code.is_compiled(expected=True)
    settings = Settings(draws=1, replications=1, seed=1, follow_up="expected", inner=2)
    announce("compiled", say, settings.follow_up)
    resolved = load_inputs("core_offer", [], [])
    inputs = draw_inputs(resolved, settings, lambda *_: None, solver_of("compiled", 1))
    for _ in blocks_of(inputs, "compiled", 1, lambda *_: None, journal=False, months=False):
        pass
    return Warmed(kept_code.lasting_folder(), not ready, time.monotonic() - began)


def solver_of(engine: str, threads: int) -> BlockSolver:
    """What solves the effects of draws: compiled where the engine is; the same bits either way."""
    if engine == "simpy":
        return solve_plainly
    from familyflow.compiled.solving import threaded_solver

    return threaded_solver(threads)


def blocks_of(
    inputs: Inputs, engine: str, workers: int, progress: Progress, *, journal: bool, months: bool
) -> Iterator[Block]:
    """Every draw and replication, block by block, by the engine asked for.

    workers: processes of the readable engine, threads of the compiled one; they move no byte.
    """
    if engine == "simpy":
        yield from simulate_blocks(inputs, workers, progress, journal=journal, months=months)
        return
    pool = ThreadPoolExecutor(workers)
    try:
        yield from _compiled(inputs, pool, workers, progress, journal=journal, months=months)
    finally:
        pool.shutdown(cancel_futures=True)


def _compiled(
    inputs: Inputs,
    pool: ThreadPoolExecutor,
    threads: int,
    progress: Progress,
    *,
    journal: bool,
    months: bool,
) -> Iterator[Block]:
    settings, work = inputs.settings, CompiledDraws(inputs, journal=journal, months=months)
    done, total = 0, settings.draws * settings.replications + draws_twice(settings)
    size = max(_PIECE, BLOCK // threads)

    def told(more: int) -> None:
        nonlocal done
        done += more
        progress("simulating", done, total)

    def simulated(first: int) -> Iterator[tuple[list[Simulated], list[Simulated]]]:
        end, again = first + in_block(first, settings), first + twice_in_block(first, settings)
        pieces = [range(at, min(at + size, end)) for at in range(first, end, size)]
        return chain.from_iterable(pool.map(lambda piece: work.draws(piece, again), pieces))

    # the next block is simulated while this one is priced and written
    for first, made in _one_ahead((first, simulated(first)) for first in firsts(settings)):
        yield _block(first, made, told)


def _block(
    first: int,
    made: Iterator[tuple[list[Simulated], list[Simulated]]],
    told: Callable[[int], object],
) -> Block:
    """A block of its draws, of which none is kept besides; `told` how many are there."""
    main: list[Sequence[Simulated]] = []
    more: list[Simulated] = []
    for ones, extra in made:
        main.append(ones)
        more += extra
        told(len(ones) + len(extra))
    return block_of(first, main, more)


def _one_ahead(things: Iterator[Thing]) -> Iterator[Thing]:
    """Each of these, once the one after it is there."""
    held = next(things)
    for following in things:
        yield held
        held = following
    yield held
