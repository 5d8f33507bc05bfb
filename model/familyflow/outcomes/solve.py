"""Everything that is solved before a run: the baseline's two multipliers and the effects, by draw.

Every draw is solved itself, however many there are. A quadratic fitted to 256 solved draws was
tried and was up to 60 % wrong: a link depends steeply on the totals and on detection together, and
stops at a bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from familyflow.outcomes import cohort_chain
from familyflow.outcomes.cohort_chain import (
    CHILD_IN_NEED_LINK,
    MISSED,
    NO_CARE_MULTIPLIER,
    NO_STAY_SCALE,
    OUTCOME,
    SOLVED_PLACES,
    TOLERANCE,
)
from familyflow.outcomes.effects import reference_of
from familyflow.outcomes.levels_of_need import Solved
from familyflow.outcomes.records import CARE_KEY, LENGTHS_KEY, record_of, records_from, rows_of_work
from familyflow.outcomes.solved_tables import tables
from familyflow.problems import bad_input
from familyflow.specification.plan import Floats

__all__ = ["BlockSolver", "SolveReport", "Solved", "solve", "solve_and_report", "tables"]

BLOCK = 128  # draws between two words of progress; no result depends on it

Progress = Callable[[int, int], None]

# Takes records and the rows of a reference; gives rows in the places of `cohort_chain`.
BlockSolver = Callable[[Floats, Floats], Floats]


@dataclass(frozen=True)
class SolveReport:
    """How the draws were solved.

    largest_error is that of a total reached against the total wanted, relative, over the draws
    whose totals can be reached; unreached lists the others (the nearest link is kept), and
    largest_shortfall is the same for them.
    """

    method: str
    draws: int
    distinct: int
    largest_error: float
    unreached: tuple[int, ...]
    largest_shortfall: float

    @property
    def warning(self) -> str | None:
        """What a reader of the results must know, or None."""
        if not self.unreached:
            return None
        return (
            f"{len(self.unreached)} of {self.draws} draws ask for totals that no effect within "
            "outcomes.effects.effect_cap can give (strong detection with a low ratio, or fast "
            "fading); their links stand at the bound, and a total misses the one wanted by up to "
            f"{100 * self.largest_shortfall:.0f} %"
        )


def solve(
    draws: Sequence[Mapping[str, object]],
    reference: Mapping[str, object],
    progress: Progress | None = None,
) -> list[Solved]:
    """What is solved for each draw, each number rounded to six decimals.

    draws: parameter values by name; reference: base values of the reference scenario, which give
    the mean dose. Raises InputError if no effect gives the reference's own totals.
    """
    return solve_and_report(draws, reference, progress)[0]


def solve_and_report(
    draws: Sequence[Mapping[str, object]],
    reference: Mapping[str, object],
    progress: Progress | None = None,
    also: Sequence[Mapping[str, object]] = (),
    solver: BlockSolver | None = None,
) -> tuple[list[Solved], SolveReport]:
    """As `solve`, with an account of how well. progress is told draws done and draws in all.

    also: further values, solved after the draws and left out of the account. solver: what solves a
    block of records; by default `solve_plainly`, and any other gives the same bits.
    """
    records = records_from([*draws, *also])
    rows, report = solve_records(
        records,
        checked_reference(reference),
        progress,
        counted=len(draws),
        solver=solver or solve_plainly,
    )
    return [Solved(*row) for row in rows.tolist()], report


def checked_reference(reference: Mapping[str, object]) -> Floats:
    """The rows of a reference, once it is seen that an effect gives its own totals.

    Raises InputError if none does.
    """
    rows = reference_of(reference)
    _refuse_unreachable(reference, rows)
    return rows


def solve_records(
    records: Floats,
    rows: Floats,
    progress: Progress | None = None,
    *,
    counted: int,
    solver: BlockSolver,
) -> tuple[Floats, SolveReport]:
    """As `solve_and_report`, from records: rows of the five numbers of `Solved`, in its order.

    rows: a `checked_reference`. The first `counted` records are the draws that the account is of.
    """
    places = _distinct(records)
    first = list(dict.fromkeys(places))
    found = np.empty((len(first), SOLVED_PLACES))
    for start in range(0, len(first), BLOCK):
        block = first[start : start + BLOCK]
        found[start : start + BLOCK] = solver(records[block], rows)
        _refuse_unsolved(found[start : start + BLOCK], block)
        if progress is not None:
            progress(min(start + BLOCK, len(first)), len(first))
    row = {place: number for number, place in enumerate(first)}
    solved = found[[row[place] for place in places]]
    missed = solved[:counted, MISSED]
    short = missed > TOLERANCE
    report = SolveReport(
        method="every draw solved directly",
        draws=counted,
        distinct=len(set(places[:counted])),
        largest_error=float(missed[~short].max(initial=0.0)),
        unreached=tuple(np.flatnonzero(short).tolist()),
        largest_shortfall=float(missed[short].max(initial=0.0)),
    )
    return solved[:, : CHILD_IN_NEED_LINK + 1], report


def solve_plainly(records: Floats, reference: Floats) -> Floats:
    """The same functions as they stand in Python, on lists: slower, with nothing to compile."""
    work = rows_of_work(records).tolist()
    solved = [[0.0] * SOLVED_PLACES for _ in records]
    cohort_chain.solve_draws(records.tolist(), reference.tolist(), work, solved)
    return np.array(solved)


def _distinct(records: Floats) -> list[int]:
    """For each draw, the first that shares everything a solution depends on."""
    seen: dict[bytes, int] = {}
    return [seen.setdefault(record.tobytes(), draw) for draw, record in enumerate(records)]


def _refuse_unsolved(found: Floats, draws: Sequence[int]) -> None:
    """Name the target that nothing reproduces, if there is one, and the first such draw."""
    for target, outcome in ((LENGTHS_KEY, NO_STAY_SCALE), (CARE_KEY, NO_CARE_MULTIPLIER)):
        without = np.flatnonzero(found[:, OUTCOME] == outcome)
        if len(without):
            raise bad_input(
                f"nothing reproduces {target} in draw {draws[without[0]]}",
                "Check that target against the rates under outcomes.escalation.",
                where=target,
            )


def _refuse_unreachable(reference: Mapping[str, object], rows: Floats) -> None:
    found = solve_plainly(record_of(reference)[None], rows)
    _refuse_unsolved(found, [0])
    if found[0, MISSED] > TOLERANCE:
        raise bad_input(
            "no effect on the links gives the total effects of outcomes.effects",
            "Bring the ratios nearer to 1, lower detection, or raise effect_cap or the dose.",
            where="outcomes.effects",
        )
