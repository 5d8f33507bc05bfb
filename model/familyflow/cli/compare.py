"""``familyflow compare``: options side by side under the same luck."""

from __future__ import annotations

from typing import Annotated

import typer

from familyflow.cli import numbers, options
from familyflow.cli.finished import show_finished
from familyflow.cli.output import note
from familyflow.cli.progress import progress
from familyflow.experiments.engine_names import DEFAULT_ENGINE, check_engine
from familyflow.experiments.follow_up import check_follow_up
from familyflow.experiments.typed_numbers import decimal
from familyflow.problems import Problems

Scenarios = Annotated[
    list[str],
    typer.Argument(metavar="A B [C ...]", help="Files, or names; the first is set against."),
]
PriceYear = Annotated[
    str | None,
    typer.Option(
        "--price-year", metavar="YEAR", help="Price every option in this year, as in 2024/25."
    ),
]


def compare(
    scenarios: Scenarios,
    draws: options.Draws = None,
    replications: options.Replications = "1",
    common_luck: Annotated[
        bool, typer.Option("--common-luck", help="Give every draw the same luck.")
    ] = False,
    seed: options.Seed = None,
    set_: options.Sets = None,
    parameters: options.ParameterFiles = None,
    price_year: PriceYear = None,
    engine: options.Engine = DEFAULT_ENGINE,
    workers: options.Workers = None,
    follow_up: options.FollowUp = "sampled",
    structures: Annotated[
        bool,
        typer.Option(
            "--structures/--no-structures",
            help="Simulate anew what no study settles: how effects fade, what others have.",
        ),
    ] = True,
    within: Annotated[
        str | None,
        typer.Option(
            "--within", metavar="POUNDS", help="Make as many draws as know a difference so well."
        ),
    ] = None,
    out: options.Out = options.OUTPUTS,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Set options side by side.

    The same families with the same luck meet each option; what differs is told with what each gives
    up, which is best, and how surely.
    """
    typed = Problems()
    many, each = typed.reading((None, 1), numbers.draws_and_replications, draws, replications)
    start = typed.reading(None, numbers.seed, seed)
    processes = typed.reading(None, numbers.workers, workers)
    known_to = typed.reading(None, decimal, within, "--within")
    typed.reading(None, check_engine, engine)
    typed.reading(None, check_follow_up, follow_up)
    typed.raise_if_any()
    if not quiet and numbers.takes_long((many or 1) * len(scenarios), each, engine, follow_up):
        long = numbers.time_in_words((many or 1) * len(scenarios) * each, engine, follow_up)
        note(f"This may take {long}; Ctrl-C stops it.")
    from familyflow.api import compare as compare_scenarios

    with progress(quiet=quiet) as show:
        result = compare_scenarios(
            *scenarios,
            draws=many,
            replications=each,
            seed=start,
            sets=tuple(set_ or ()),
            parameter_files=tuple(parameters or ()),
            price_year=price_year,
            engine=engine,
            workers=processes,
            out=out,
            common_luck=common_luck,
            follow_up=follow_up,
            structures=structures,
            within=known_to,
            progress=show,
            say=note,
        )
    show_finished(result, as_json=as_json)
