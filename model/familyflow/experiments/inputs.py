"""The frozen inputs of a run: every draw's numbers, with their solved effects, before any luck."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from functools import partial
from numbers import Integral
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from familyflow.experiments.engine_names import MOST_WORKERS
from familyflow.experiments.follow_up import EXPECTED_INNER, check_follow_up
from familyflow.experiments.line_checks import check_lines, check_price
from familyflow.experiments.placed import at_their_places
from familyflow.experiments.priced_posts import posts_not_paid_once
from familyflow.experiments.review import refuse_what_is_wrong
from familyflow.outcomes.records import record_of, records_of
from familyflow.outcomes.solve import (
    BlockSolver,
    Solved,
    SolveReport,
    checked_reference,
    solve_plainly,
    solve_records,
)
from familyflow.parameters.drawn_values import DrawnValues
from familyflow.parameters.draws import base_values, every_draw
from familyflow.parameters.parameter import Parameter
from familyflow.planning.checks import check_overridden, check_values, raise_mistakes
from familyflow.problems import InputError, Problems, bad_input
from familyflow.scenarios.resolve import Resolved, resolve
from familyflow.shipped import scenarios_folder

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
    threads: int = 1  # moves no number
    follow_up: str = "sampled"  # or "expected"
    inner: int = EXPECTED_INNER  # follow-ups of each family, where they are expected
    twice: bool = True  # some draws once more, to tell chance from doubt; moves no mean

    @property
    def follow_ups(self) -> int:
        """How often each family is followed on from the day on which the service lets it go."""
        return self.inner if self.follow_up == "expected" else 1

    def told_of_follow_up(self) -> dict[str, Any]:
        """What a manifest says of the follow-up: nothing where it is sampled."""
        if self.follow_up == "sampled":
            return {}
        return {"follow_up": self.follow_up, "inner": self.inner}

    def check(self) -> None:
        """Refuse counts that make no sense, saying what would."""
        for name, value, most in (
            ("draws", self.draws, MOST_DRAWS),
            ("replications", self.replications, 10_000),
            ("workers", self.threads, MOST_WORKERS),
        ):
            if not _is_whole(value) or not 1 <= value <= most:
                raise bad_input(
                    f"{name} is {value!r}; give a whole number from 1 to {most:,}",
                    where=f"--{name}",
                )
        if not _is_whole(self.seed) or not 0 <= self.seed < 2**64:
            raise bad_input(
                f"seed is {self.seed!r}; give a whole number from 0 to 2^64 - 1", where="--seed"
            )
        check_follow_up(self.follow_up, self.inner)


def _is_whole(value: object) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)


@dataclass(frozen=True)
class Drawn:
    """The numbers of every draw: all that pricing needs. base: the stated values."""

    resolved: Resolved
    settings: Settings
    base: Mapping[str, Any]
    values: DrawnValues


@dataclass(frozen=True)
class Inputs(Drawn):
    """Everything a run depends on. values and solved hold one entry a draw.

    base_solved is what is solved for the stated values; reference the base values of the
    reference scenario, whose mean dose the effects are solved with.
    """

    base_solved: Solved
    reference: Mapping[str, Any]
    solved: Sequence[Solved]
    report: SolveReport


def load_inputs(
    scenario: str,
    sets: Sequence[str] = (),
    parameter_files: Sequence[Path] = (),
    earlier: Sequence[Sequence[str]] = (),
) -> Resolved:
    """The scenario with every choice applied, checked; nothing is drawn yet.

    earlier: the `--set`s of the runs that this one prices again.
    """
    resolved = resolve(scenario, sets=sets, parameter_files=parameter_files, earlier=earlier)
    problems = Problems()
    _note(problems, lambda: check_values(resolved.parameters, resolved.spot, resolved.chosen()))
    for made, (_, section, place) in resolved.overridden():
        _note(
            problems,
            partial(check_overridden, resolved.parameters, made, section, place),
        )
    rows_are_sound = not problems.found  # what follows from a wrong row is not told as well
    _note(problems, lambda: refuse_what_is_wrong(resolved.parameters, resolved.entries))
    if rows_are_sound:
        posts = [*posts_not_paid_once(resolved.parameters)]
        _note(problems, lambda: raise_mistakes(posts, resolved.spot))
        _note(problems, lambda: check_lines(resolved))
    problems.raise_if_any()
    check_price(resolved)
    return resolved


def _note(problems: Problems, check: Callable[[], None]) -> None:
    """Check, and note what is found beside what was found before."""
    try:
        check()
    except InputError as error:
        for problem in error.problems:
            problems.add(*astuple(problem))


def draw_numbers(resolved: Resolved, settings: Settings) -> Drawn:
    """Draw every uncertain number, each at the luck of its own name; nothing is solved."""
    settings.check()
    parameters, correlations = resolved.parameters, resolved.correlations
    values = every_draw(
        parameters, settings.seed, range(settings.draws), correlations, settings.threads
    )
    return Drawn(resolved, settings, values.base, values)


Solutions = tuple[list[Solved], SolveReport]


@dataclass
class SolvedBefore:
    """What was solved for another scenario: options that believe the same are solved once."""

    _found: dict[bytes, Solutions] = field(default_factory=dict)

    def get(
        self,
        records: npt.NDArray[Any],
        reference: Mapping[str, Any],
        solve: Callable[[], Solutions],
    ) -> Solutions:
        """What `solve` gives for these records and this reference, asked once."""
        told = hashlib.sha256(records.tobytes())
        told.update(repr(sorted(reference.items())).encode())
        if told.digest() not in self._found:
            self._found[told.digest()] = solve()
        return self._found[told.digest()]


def draw_inputs(
    resolved: Resolved,
    settings: Settings,
    progress: Progress,
    solver: BlockSolver = solve_plainly,
    before: SolvedBefore | None = None,
) -> Inputs:
    """Draw every uncertain number and solve the effects of every draw.

    solver: what solves a block of draws; every one gives the same bits. before: what other
    scenarios of the same experiment have solved already.
    """
    try:
        return _solved(resolved, settings, progress, solver, before or SolvedBefore())
    except InputError as error:
        raise at_their_places(error, resolved) from error


def _solved(
    resolved: Resolved,
    settings: Settings,
    progress: Progress,
    solver: BlockSolver,
    before: SolvedBefore,
) -> Inputs:
    drawn = draw_numbers(resolved, settings)
    reference = reference_values(resolved)
    records = np.vstack(
        [records_of(drawn.values.by_key(), drawn.base), record_of(drawn.base)[np.newaxis]]
    )

    def solve() -> Solutions:
        rows, report = solve_records(
            records,
            checked_reference(reference),
            lambda done, of: progress("calibrating", done, of),
            counted=len(drawn.values),
            solver=solver,
        )
        return [Solved(*row) for row in rows.tolist()], report

    (*solved, base_solved), report = before.get(records, reference, solve)
    return Inputs(
        resolved, settings, drawn.base, drawn.values, base_solved, reference, solved, report
    )


def reference_values(resolved: Resolved) -> dict[str, Any]:
    """The core offer's decisions with the beliefs of this run: what published totals describe."""
    return base_values({**resolved.parameters, **reference_decisions()})


def reference_decisions() -> dict[str, Parameter]:
    """The decisions of the shipped core offer, whatever file of that name lies about."""
    core = core_parameters()
    return {key: parameter for key, parameter in core.items() if parameter.role == "decision"}


def core_parameters() -> Mapping[str, Parameter]:
    """Everything of the shipped core offer, whatever file of that name lies about."""
    return resolve(scenarios_folder() / f"{REFERENCE}.yaml").parameters
