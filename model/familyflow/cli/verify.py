"""``familyflow verify``: the model's own checks on these very inputs."""

from __future__ import annotations

import typer

from familyflow.cli import numbers, options
from familyflow.cli.output import note, say, say_json
from familyflow.cli.progress import progress

A_CHECK_FAILED = 1


def verify(
    scenario: options.Scenario = "core_offer",
    draws: options.Draws = None,
    seed: options.Seed = None,
    set_: options.Sets = None,
    parameters: options.ParameterFiles = None,
    out: options.Out = options.OUTPUTS,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Check the model on these inputs.

    Both engines must leave the same rows, referrals must end, pounds must add up, and a service
    without an effect must save nothing. The exit code is 1 when a check fails. What was found is
    kept beside the runs, so that 'report RUN --to review' can show it for the same inputs.
    """
    count, begins = numbers.draws_and_replications(draws, "1")[0], numbers.seed(seed)
    from familyflow.api import verify as verified

    with progress(quiet=quiet) as show:
        found = verified(
            scenario,
            out=out,
            **({} if count is None else {"draws": count}),
            seed=begins,
            sets=set_ or [],
            parameter_files=parameters or [],
            progress=show,
            say=note,
        )
    failed = [one for one in found if not one.holds]
    if as_json:
        say_json([vars(one) for one in found])
    else:
        for one in found:
            say(f"holds   {one.name}" if one.holds else f"FAILS   {one.name}: {one.found}")
        say(f"{len(found) - len(failed)} of {len(found)} checks hold.")
    if failed:
        raise typer.Exit(A_CHECK_FAILED)
