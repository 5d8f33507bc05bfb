"""``familyflow sweep``: what the answer of one scenario hangs on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from familyflow.cli import INCOMPLETE, numbers, options
from familyflow.cli.finished import show_finished
from familyflow.cli.output import note, one_line, say, say_json
from familyflow.cli.progress import progress
from familyflow.experiments.engine_names import DEFAULT_ENGINE, check_engine
from familyflow.experiments.follow_up import check_follow_up
from familyflow.experiments.typed_numbers import decimal, whole_number
from familyflow.problems import COMMAND_LINE, Problems

MOST_POINTS = 100_000_000
LONGEST_SECONDS = 86_400
KEPT = "What is finished is kept, block by block: the same command goes on from there."


def sweep(
    scenario: options.Scenario,
    method: Annotated[
        str,
        typer.Option("--method", help="tornado, grid, switching, morris, sobol or pawn."),
    ] = "tornado",
    target: Annotated[
        list[str] | None,
        typer.Option("--target", metavar="FIGURE", help="By default money.net_saving."),
    ] = None,
    n: Annotated[
        str | None,
        typer.Option(
            "--n",
            metavar="N",
            help="grid: a side (9); morris: paths (20); sobol: 256.",
        ),
    ] = None,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            "--vary", metavar="KEY", help="Vary only these: a number, or how names begin."
        ),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(
            "--group", metavar="NAME=KEY,KEY", help="Move these together (morris, sobol)."
        ),
    ] = None,
    draws: Annotated[
        str | None, typer.Option("--draws", metavar="N", help="Of the run that pawn reads (1,000).")
    ] = None,
    replications: Annotated[
        str | None,
        typer.Option(
            "--replications",
            metavar="N",
            help="Stretches of luck a point (32, or 1).",
        ),
    ] = None,
    common_luck: Annotated[
        bool, typer.Option("--common-luck", help="Luck shared by all points, and not a factor.")
    ] = False,
    follow_up: options.FollowUp = "sampled",
    seed: options.Seed = None,
    set_: options.Sets = None,
    parameters: options.ParameterFiles = None,
    engine: options.Engine = DEFAULT_ENGINE,
    workers: options.Workers = None,
    cluster: Annotated[
        str | None,
        typer.Option("--cluster", metavar="tcp://HOST:PORT", help="A Dask scheduler to work on."),
    ] = None,
    seconds_a_point: Annotated[
        str | None,
        typer.Option("--seconds-a-point", metavar="S", help="After these a point is given up."),
    ] = None,
    retry: Annotated[
        bool, typer.Option("--retry", help="Evaluate once more the points that failed before.")
    ] = False,
    point: Annotated[
        Path | None,
        typer.Option("--point", metavar="FILE", help="Evaluate one failed point by itself."),
    ] = None,
    out: options.Out = options.OUTPUTS,
    as_json: options.AsJson = False,
    progress_as: Annotated[
        str, typer.Option("--progress", metavar="FORM", help="auto, or json: lines on stderr.")
    ] = "auto",
    quiet: options.Quiet = False,
) -> None:
    """Say what the answer hangs on.

    Vary the uncertain numbers: one at a time (tornado, switching), two (grid), or all at once
    (morris, sobol; pawn reads the draws of a run). Stopped or killed, the same command goes on
    where it was.
    """
    typed = Problems()
    given: dict[str, Any] = {
        "method": method,
        "targets": tuple(target or ()),
        "n": typed.reading(None, _points, n),
        "vary": tuple(vary or ()),
        "groups": tuple(group or ()),
        "draws": typed.reading((None, 1), numbers.draws_and_replications, draws, "1")[0],
        "replications": typed.reading(None, numbers.replications, replications),
        "common_luck": common_luck,
        "seed": typed.reading(None, numbers.seed, seed),
        "sets": tuple(set_ or ()),
        "parameter_files": tuple(parameters or ()),
        "engine": engine,
        "workers": typed.reading(None, numbers.workers, workers),
        "cluster": cluster,
        "out": out,
        "follow_up": follow_up,
        "retry": retry,
    }
    limit = typed.reading(None, decimal, seconds_a_point, "--seconds-a-point")
    if limit is not None:
        given["seconds_a_point"] = limit
    typed.reading(None, check_engine, engine)
    typed.reading(None, check_follow_up, follow_up)
    if progress_as not in ("auto", "json"):
        typed.add(COMMAND_LINE, 0, 0, f"--progress is {progress_as!r}", "Give auto or json.")
    typed.raise_if_any()
    if point is not None:
        _show_point(scenario, point, given, as_json=as_json)
        return
    _sweep(scenario, given, as_json=as_json, lines=progress_as == "json", quiet=quiet)


def _points(n: str | None) -> int | None:
    return None if n is None else whole_number(n, "--n", least=1, most=MOST_POINTS)


def _sweep(
    scenario: str, given: dict[str, Any], *, as_json: bool, lines: bool, quiet: bool
) -> None:
    from familyflow.api import sweep as do_sweep

    try:
        with progress(quiet=quiet, lines=lines) as show:
            result = do_sweep(scenario, **given, progress=show, say=note)
    except KeyboardInterrupt:
        note(KEPT)
        raise
    show_finished(result, as_json=as_json)
    if result.results["incomplete"]:
        raise typer.Exit(INCOMPLETE)


def _show_point(scenario: str, file: Path, given: dict[str, Any], *, as_json: bool) -> None:
    from familyflow.api import sweep_point

    found = sweep_point(scenario, file, **given)
    if as_json:
        say_json(found)
        return
    for name, output in found.items():
        say(f"{one_line(name)}  {'not defined' if output is None else f'{output:,.6g}'}")
