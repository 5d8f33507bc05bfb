"""Everything that is solved before a run: the baseline's two multipliers and the effects, by draw.

Every draw is solved itself, however many there are (about two milliseconds each). A quadratic
fitted to 256 solved draws was tried and was up to 60 % wrong: a link depends steeply on the
totals and on detection together, and stops at a bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from familyflow.outcomes.calibration import PLACES, TOLERANCE, care_multiplier, stay_scale
from familyflow.outcomes.cohort import make_cohort
from familyflow.outcomes.dose import DoseCurve, dose_curves
from familyflow.outcomes.effect_table import EFFECTS
from familyflow.outcomes.levels_of_need import ESCALATION, Solved
from familyflow.outcomes.links import solve_links
from familyflow.outcomes.solved_tables import tables
from familyflow.problems import bad_input

__all__ = ["SolveReport", "Solved", "solve", "solve_and_report", "tables"]

BLOCK = 128  # draws solved together: memory stays small, and no result depends on it

Progress = Callable[[int, int], None]


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
) -> tuple[list[Solved], SolveReport]:
    """As `solve`, with an account of how well. progress is told draws done and draws in all.

    also: further values, solved after the draws and left out of the account.
    """
    curves = dose_curves(reference)
    _refuse_unreachable(reference, curves)
    counted, draws = len(draws), [*draws, *also]
    places = _distinct(draws)
    solved: list[Solved] = []
    missed: list[float] = []
    first = list(dict.fromkeys(places))
    for start in range(0, len(first), BLOCK):
        block = [draws[place] for place in first[start : start + BLOCK]]
        found, by = _solve_block(block, curves, reference)
        solved += found
        missed += by
        if progress is not None:
            progress(len(solved), len(first))
    row = {place: number for number, place in enumerate(first)}
    rows = [row[place] for place in places]
    of_draws = [missed[at] for at in dict.fromkeys(rows[:counted])]
    short = [by for by in of_draws if by > TOLERANCE]
    report = SolveReport(
        method="every draw solved directly",
        draws=counted,
        distinct=len(of_draws),
        largest_error=max((by for by in of_draws if by <= TOLERANCE), default=0.0),
        unreached=tuple(draw for draw, at in enumerate(rows[:counted]) if missed[at] > TOLERANCE),
        largest_shortfall=max(short, default=0.0),
    )
    return [solved[at] for at in rows], report


def _solve_block(
    draws: Sequence[Mapping[str, object]],
    curves: Sequence[DoseCurve],
    reference: Mapping[str, object],
) -> tuple[list[Solved], list[float]]:
    stays = np.round(stay_scale(draws), PLACES)
    multipliers = np.round(care_multiplier(draws, stays), PLACES)
    cohort = make_cohort(draws, stays, multipliers)
    links = solve_links(draws, cohort, curves, reference)
    columns = (stays, multipliers, links.care, links.plan, links.child_in_need)
    rows = np.round(np.stack(columns, axis=1), PLACES).tolist()
    return [Solved(*row) for row in rows], links.missed.tolist()


def _distinct(draws: Sequence[Mapping[str, object]]) -> list[int]:
    """For each draw, the first that shares everything a solution depends on."""
    seen: dict[str, int] = {}
    return [seen.setdefault(_what_matters(values), place) for place, values in enumerate(draws)]


def _what_matters(values: Mapping[str, object]) -> str:
    prefixes = (EFFECTS, ESCALATION, "families.make_up.")
    return repr([(key, values[key]) for key in sorted(values) if key.startswith(prefixes)])


def _refuse_unreachable(reference: Mapping[str, object], curves: Sequence[DoseCurve]) -> None:
    _, (missed,) = _solve_block([reference], curves, reference)
    if missed > TOLERANCE:
        raise bad_input(
            "no effect on the links gives the total effects of outcomes.effects",
            "Bring the ratios nearer to 1, lower detection, or raise effect_cap or the dose.",
            where="outcomes.effects",
        )
