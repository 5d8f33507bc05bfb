"""``familyflow verify``: the model's own checks on these very inputs."""

from __future__ import annotations

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
        help="Set the model beside published results instead: the shipped cases, or your own file.",
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
    """
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
