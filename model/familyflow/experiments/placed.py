"""Says mistakes that name a key at the place of that key: file, line and column."""

from __future__ import annotations

from familyflow.problems import InputError, Problem
from familyflow.scenarios.resolve import Resolved


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
