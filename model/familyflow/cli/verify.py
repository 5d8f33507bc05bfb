"""``familyflow verify``: the model's own checks on these very inputs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from familyflow.cli import numbers, options
from familyflow.cli.output import note, say, say_json
from familyflow.cli.progress import progress

if TYPE_CHECKING:
    from familyflow.experiments.published.against import Answered

A_CHECK_FAILED = 1
Against = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="published|FILE",
        help="Set the model beside results instead: shipped cases, a file of yours, or CASES.csv.",
    ),
]


def verify(
    scenario: options.Scenario = "core_offer",
    draws: options.Draws = None,
    seed: options.Seed = None,
    set_: options.Sets = None,
    parameters: options.ParameterFiles = None,
    out: options.Out = options.OUTPUTS,
    against: Against = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Check the model on these inputs.

    Both engines must leave the same rows, referrals must end, pounds must add up, and a service
    without an effect must save nothing. The exit code is 1 when a check fails. What was found is
    kept beside the runs, so that 'report RUN --to review' can show it for the same inputs.

    With --against published the model is put to published results: sums that it must give again to
    the last printed digit (else the exit code is 1), and results of others that only stand beside.
    With --against CASES.csv the last year of those records is held back, foretold from the earlier
    ones, and set beside; a year outside fails nothing.
    """
    if against is not None and against.casefold().endswith(".csv"):
        _foretell(against, scenario, draws, seed, set_, parameters, as_json=as_json, quiet=quiet)
        return
    count, begins = numbers.draws_and_replications(draws, "1")[0], numbers.seed(seed)
    with progress(quiet=quiet) as show:
        settings: dict[str, Any] = {
            **({} if count is None else {"draws": count}),
            "out": out,
            "seed": begins,
            "sets": set_ or [],
            "parameter_files": parameters or [],
            "progress": show,
            "say": note,
        }
        if against is not None:
            from familyflow.api import verify_against

            answered = verify_against(against, scenario, **settings)
        else:
            from familyflow.api import verify as verified

            found = verified(scenario, **settings)
    if against is not None:
        _tell_published(answered, as_json=as_json)
        return
    failed = [one for one in found if not one.holds]
    if as_json:
        say_json([vars(one) for one in found])
    else:
        for one in found:
            say(f"holds   {one.name}" if one.holds else f"FAILS   {one.name}: {one.found}")
        say(f"{len(found) - len(failed)} of {len(found)} checks hold.")
    if failed:
        raise typer.Exit(A_CHECK_FAILED)


def _foretell(
    cases: str, scenario: str, draws: str | None, seed: str | None, sets: list[str] | None,
    parameters: list[Path] | None, *, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Hold the last year of records back, foretell it, and print both."""
    from familyflow.experiments.monitoring.expected import DRAWS
    from familyflow.experiments.monitoring.foretold import foretold
    from familyflow.reports.monitoring.page import foretold_text

    count = numbers.draws_and_replications(draws, "1")[0]
    with progress(quiet=quiet) as show:
        found = foretold(
            Path(cases),
            scenario,
            today=date.today(),
            sets=sets or [],
            parameter_files=parameters or [],
            seed=numbers.seed(seed),
            draws=count or DRAWS,
            progress=show,
        )
    if as_json:
        say_json({
            "within": found.within, "told": len(found.told),
            "further_out_than_chance": [o.statistic.name for o in found.lines if o.worry],
        })  # fmt: skip
        return
    say(foretold_text(found))


def _tell_published(answered: list[Answered], *, as_json: bool) -> None:
    """Print every case; end with 1 where an exact figure fails."""
    from familyflow.experiments.published.against import as_data
    from familyflow.reports.published import published_text

    if as_json:
        say_json([as_data(case) for case in answered])
    else:
        say(published_text(answered))
    if any(case.failed for case in answered):
        raise typer.Exit(A_CHECK_FAILED)
