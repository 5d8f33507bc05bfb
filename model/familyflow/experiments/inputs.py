"""The frozen inputs of a run: every draw's numbers, with their solved effects, before any luck."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from familyflow.experiments.planned_cost import cost_and_funding
from familyflow.experiments.priced_posts import posts_not_paid_once
from familyflow.outcomes.solve import Solved, SolveReport, solve_and_report
from familyflow.parameters.draws import base_values, drawn_values
from familyflow.parameters.parameter import Parameter
from familyflow.planning.checks import check_values, raise_mistakes
from familyflow.problems import InputError, Problem, bad_input
from familyflow.scenarios.resolve import Resolved, resolve

REFERENCE = "core_offer"
MOST_DRAWS = 1_000_000
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Settings:
    """How much to simulate, and with which luck."""

    draws: int
    replications: int
    seed: int
    common_luck: bool = False

    def check(self) -> None:
        """Refuse counts that make no sense, saying what would."""
        for name, value, most in (
            ("draws", self.draws, MOST_DRAWS),
            ("replications", self.replications, 10_000),
        ):
            if not 1 <= value <= most:
                raise bad_input(
                    f"{name} is {value}; it counts simulations, so give 1 to {most:,}",
                    where=f"--{name}",
                )
        if not 0 <= self.seed < 2**64:
            raise bad_input(
                f"seed is {self.seed}; give a whole number from 0 to 2^64 - 1", where="--seed"
            )


@dataclass(frozen=True)
class Inputs:
    """Everything a run depends on. values and solved hold one entry a draw.

    base and base_solved are the stated values and what is solved for them; reference the base
    values of the reference scenario, whose mean dose the effects are solved with.
    """

    resolved: Resolved
    settings: Settings
    base: Mapping[str, Any]
    base_solved: Solved
    reference: Mapping[str, Any]
    values: Sequence[Mapping[str, Any]]
    solved: Sequence[Solved]
    report: SolveReport


def load_inputs(
    scenario: str, sets: Sequence[str] = (), parameter_files: Sequence[Path] = ()
) -> Resolved:
    """The scenario with every choice applied, checked; nothing is drawn yet."""
    resolved = resolve(scenario, sets=sets, parameter_files=parameter_files)
    check_values(resolved.parameters, resolved.spot, resolved.chosen())
    raise_mistakes([*posts_not_paid_once(resolved.parameters)], resolved.spot)
    try:  # what pricing refuses is refused before anything is simulated
        cost_and_funding(resolved.parameters, base_values(resolved.parameters))
    except InputError as error:
        raise at_their_places(error, resolved) from error
    return resolved


def at_their_places(error: InputError, resolved: Resolved) -> InputError:
    """The same mistakes, those of a key at the place of the key."""
    return InputError(_at_its_place(problem, resolved) for problem in error.problems)


def _at_its_place(problem: Problem, resolved: Resolved) -> Problem:
    key = problem.file
    if key not in resolved.parameters:  # the beginning of several: what was chosen among them
        named = (chosen for chosen in resolved.chosen() if chosen.startswith(f"{key}."))
        key = next(named, key)
    if problem.line or key not in resolved.parameters:
        return problem
    what = problem.what if problem.what.startswith(key) else f"{key}: {problem.what}"
    return Problem(*resolved.spot(key), what, problem.to_do)


def draw_inputs(resolved: Resolved, settings: Settings, progress: Progress) -> Inputs:
    """Draw every uncertain number and solve the effects of every draw."""
    settings.check()
    try:
        return _drawn(resolved, settings, progress)
    except InputError as error:
        raise at_their_places(error, resolved) from error


def _drawn(resolved: Resolved, settings: Settings, progress: Progress) -> Inputs:
    parameters, correlations = resolved.parameters, resolved.correlations
    values = [
        drawn_values(parameters, settings.seed, draw, correlations)
        for draw in range(settings.draws)
    ]
    reference = base_values(_reference(resolved))
    solved, report = solve_and_report(
        values, reference, progress=lambda done, of: progress("calibrating", done, of)
    )
    base = base_values(parameters)
    (base_solved,), _ = solve_and_report([base], reference)
    return Inputs(resolved, settings, base, base_solved, reference, values, solved, report)


def _reference(resolved: Resolved) -> dict[str, Parameter]:
    """The core offer's decisions with the beliefs of this run: what published totals describe."""
    core = resolve(REFERENCE).parameters
    decisions = {key: p for key, p in core.items() if p.role == "decision"}
    return {**resolved.parameters, **decisions}
