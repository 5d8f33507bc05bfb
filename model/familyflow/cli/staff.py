"""``familyflow staff``: the team against families, waits, cost and savings."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from familyflow.cli import numbers, options
from familyflow.cli.finished import show_finished
from familyflow.cli.output import note
from familyflow.cli.progress import progress
from familyflow.experiments.engine_names import DEFAULT_ENGINE, check_engine
from familyflow.experiments.typed_numbers import decimal, decimals_in, posts_in, share_of
from familyflow.problems import Problems


def staff(
    scenario: options.Scenario,
    posts: Annotated[
        str, typer.Option("--posts", metavar="3-8", help="Posts to try: 3-8, or 3,5,7.")
    ] = "",
    caps: Annotated[
        str,
        typer.Option("--caps", metavar="6,8", help="Caseload caps of a full-time worker to try."),
    ] = "",
    months: Annotated[
        str, typer.Option("--months-to-recruit", metavar="3,6", help="Months to fill a post.")
    ] = "",
    wait: Annotated[
        str | None, typer.Option("--wait", metavar="WEEKS", help="The mean wait to keep to.")
    ] = None,
    confidence: Annotated[
        str, typer.Option("--confidence", metavar="SHARE", help="How surely, as in 0.8 or 80%.")
    ] = "0.8",
    grant: Annotated[
        str | None,
        typer.Option("--grant", metavar="POUNDS", help="A grant a year, to be put to best use."),
    ] = None,
    draws: options.Draws = None,
    replications: options.Replications = "1",
    common_luck: Annotated[
        bool, typer.Option("--common-luck", help="Give every draw the same luck.")
    ] = False,
    follow_up: options.FollowUp = "sampled",
    seed: options.Seed = None,
    set_: options.Sets = None,
    parameters: options.ParameterFiles = None,
    engine: options.Engine = DEFAULT_ENGINE,
    workers: options.Workers = None,
    out: options.Out = options.OUTPUTS,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Try teams.

    Families, waits, cost and savings against the team; where one more post stops paying; the
    cheapest team for a wait; the best use of a grant. 200 draws unless told otherwise.
    """
    typed = Problems()
    many, each = typed.reading((None, 1), numbers.draws_and_replications, draws, replications)
    tried: dict[str, Any] = {
        "posts": typed.reading([], posts_in, posts),
        "caps": typed.reading([], decimals_in, caps, "--caps"),
        "months": typed.reading([], decimals_in, months, "--months-to-recruit"),
    }
    target = typed.reading(None, decimal, wait, "--wait")
    sure = typed.reading(None, share_of, confidence, "--confidence")
    pounds = typed.reading(None, decimal, grant, "--grant")
    start = typed.reading(None, numbers.seed, seed)
    processes = typed.reading(None, numbers.workers, workers)
    typed.reading(None, check_engine, engine)
    typed.raise_if_any()
    from familyflow.api import staff as try_teams

    with progress(quiet=quiet) as show:
        result = try_teams(
            scenario,
            **tried,
            wait=target,
            confidence=sure,
            grant=pounds,
            draws=many,
            replications=each,
            seed=start,
            sets=tuple(set_ or ()),
            parameter_files=tuple(parameters or ()),
            engine=engine,
            workers=processes,
            out=out,
            common_luck=common_luck,
            follow_up=follow_up,
            progress=show,
            say=note,
        )
    show_finished(result, as_json=as_json)
