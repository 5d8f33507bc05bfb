"""``familyflow run``: one scenario, with and without the service, and what it is worth."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from familyflow.cli import INCOMPLETE, numbers, options
from familyflow.cli.output import note, one_line, say, say_json, warn
from familyflow.cli.progress import progress
from familyflow.experiments.engine_names import DEFAULT_ENGINE, check_engine
from familyflow.experiments.follow_up import EXPECTED_INNER, check_follow_up, refuse_journal
from familyflow.problems import Problems, bad_input

if TYPE_CHECKING:
    from familyflow.api import Run

PRICES = ("reprice", "set_", "parameters", "out", "as_json", "quiet")  # what goes with --reprice


class Per(StrEnum):
    """How finely quantities are kept over time."""

    YEAR = "year"
    MONTH = "month"


def run(
    context: typer.Context,
    scenario: options.ScenarioUnlessRepriced = None,
    draws: options.Draws = None,
    replications: options.Replications = "1",
    common_luck: Annotated[
        bool, typer.Option("--common-luck", help="Give every draw the same luck.")
    ] = False,
    seed: options.Seed = None,
    set_: options.Sets = None,
    parameters: options.ParameterFiles = None,
    engine: options.Engine = DEFAULT_ENGINE,
    workers: options.Workers = None,
    follow_up: Annotated[
        str,
        typer.Option(
            "--follow-up",
            help="How families fare once the service lets them go: sampled (one course of events), "
            f"expected (the mean of {EXPECTED_INNER}: less noise, but nothing that needs whole "
            "events).",
        ),
    ] = "sampled",
    journal: Annotated[
        bool, typer.Option("--journal", help="Keep every event in journal.parquet.")
    ] = False,
    quantities: Annotated[
        Per, typer.Option("--quantities", help="Keep quantities by year or by month.")
    ] = Per.YEAR,
    out: options.Out = options.OUTPUTS,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
    reprice: options.Reprice = None,
) -> None:
    """Simulate and price one scenario.

    With the service and without it, many times; the run is kept and the answer printed. Or price a
    finished run again with other unit costs, discounting or window (--reprice RUN).
    """
    if reprice is not None:
        nothing_to_simulate(context)
        _show(_priced_again(reprice, set_, parameters, out), as_json=as_json, quiet=quiet)
        return
    if scenario is None:
        raise bad_input("which scenario?", "Give a SCENARIO as in 'core_offer', or --reprice RUN.")
    typed = Problems()  # every mistake in the options is told at once
    many, each = typed.reading((None, 1), numbers.draws_and_replications, draws, replications)
    start = typed.reading(None, numbers.seed, seed)
    processes = typed.reading(None, numbers.workers, workers)
    typed.reading(None, check_engine, engine)
    typed.reading(None, check_follow_up, follow_up)
    if journal:
        typed.reading(None, refuse_journal, follow_up)
    typed.raise_if_any()
    if not quiet and numbers.takes_long(many, each, engine, follow_up):
        long = numbers.time_in_words((many or 1) * each, engine, follow_up)
        note(f"This may take {long}; Ctrl-C stops it.")
    from familyflow.api import run as run_scenario

    with progress(quiet=quiet) as show:
        result = run_scenario(
            scenario,
            draws=many,
            replications=each,
            seed=start,
            sets=tuple(set_ or ()),
            parameter_files=tuple(parameters or ()),
            engine=engine,
            workers=processes,
            out=out,
            journal=journal,
            months=quantities is Per.MONTH,
            common_luck=common_luck,
            follow_up=follow_up,
            progress=show,
            say=note,
        )
    _show(result, as_json=as_json, quiet=quiet)
    if result.results.get("incomplete"):
        raise typer.Exit(INCOMPLETE)


def nothing_to_simulate(context: typer.Context) -> None:
    """Refuse a scenario, or an option about simulating, beside --reprice."""
    given = [
        parameter
        for parameter in context.command.params
        if parameter.name not in PRICES and _is_typed(context, str(parameter.name))
    ]
    if not given:
        return
    if given[0].name == "scenario":
        what = "--reprice takes a run that is finished, so it needs no SCENARIO"
    else:
        what = f"--reprice simulates nothing, so {given[0].opts[0]} has no meaning with it"
    raise bad_input(what, "With --reprice give --set, --parameters, --out, --json or --quiet.")


def _is_typed(context: typer.Context, name: str) -> bool:
    """Whether the option was given by the person, and is not at its default."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _priced_again(
    run: str, sets: list[str] | None, parameters: list[Path] | None, out: Path
) -> Run:
    from familyflow.api import reprice

    return reprice(run, sets=tuple(sets or ()), parameter_files=tuple(parameters or ()), out=out)


def _show(result: Run, *, as_json: bool, quiet: bool) -> None:
    # those of the results stand in the answer itself
    warn(one for one in result.warnings if one not in result.results.get("warnings", ()))
    if as_json:
        say_json({**result.results, "folder": str(result.folder)})
        return
    if not quiet:
        note(f"Scenario: {one_line(result.scenario_file)}")
    say(result.text().rstrip("\n"))
    again = " (already there, checked and unchanged)" if result.already_there else ""
    say(f"\nFiles: {one_line(str(result.folder))}{again}")
