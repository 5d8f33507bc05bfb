"""``familyflow runs``: what was run, what differs, and doing it again to prove it the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from familyflow.cli import numbers, options
from familyflow.cli.differences import Difference, headline_differences, input_differences
from familyflow.cli.kept import Kept, keep_of, results_of
from familyflow.cli.output import columns, note, one_line, say, say_json
from familyflow.cli.progress import progress
from familyflow.cli.purge import OLD_SECONDS
from familyflow.cli.quantity import quantity_in_words
from familyflow.cli.reproduce import Proof, reproduce_run
from familyflow.store import find

NOT_THE_SAME = 1

runs = typer.Typer(rich_markup_mode=None)
Run = Annotated[str, typer.Argument(metavar="RUN", help="A run's folder, its id, or its start.")]


@runs.callback(invoke_without_command=True)
def _of_runs(context: typer.Context) -> None:
    """List, show and compare runs, or do one again."""
    if context.invoked_subcommand is None:
        say(context.get_help())


@runs.command("list")
def list_(out: options.Out = options.OUTPUTS, as_json: options.AsJson = False) -> None:
    """List the runs kept, the newest last."""
    from familyflow.store import list_runs
    from familyflow.store.run_folder import unfinished

    if waiting := len(unfinished(out, OLD_SECONDS)):
        runs_, them = ("run", "it") if waiting == 1 else ("runs", "them")
        note(f"{waiting} unfinished {runs_}: 'familyflow purge' removes {them}.")
    kept = sorted((keep_of(folder) for folder in list_runs(out)), key=lambda run: run.finished)
    if as_json:
        say_json([run.told() for run in kept])
        return
    if not kept:
        say(f"No runs in {one_line(str(out))}.")
        return
    rows = [
        [run.finished, run.folder.name, run.size_in_words(), run.state, run.set_by_hand()]
        for run in kept
    ]
    say(columns([["finished", "run", "size", "state", "changed by hand"], *rows]))


@runs.command("show")
def show(run: Run, out: options.Out = options.OUTPUTS, as_json: options.AsJson = False) -> None:
    """Show one run.

    What was asked, its headline, its files and whether they are sound.
    """
    folder = find(run, out)
    kept = keep_of(folder, look_at_files=True)
    if as_json:
        say_json(kept.told())
        return
    _say_about(kept)
    results = results_of(folder)
    _say_experiment(results)
    for part in ("flow", "money"):
        rows = [
            [name.replace("_", " "), quantity_in_words(value)]
            for name, value in results.get(part, {}).items()
        ]
        if rows:
            say(f"\n{part}\n" + columns(rows))


@runs.command("diff")
def diff(
    first: Annotated[str, typer.Argument(metavar="A", help="One run.")],
    second: Annotated[str, typer.Argument(metavar="B", help="The other.")],
    out: options.Out = options.OUTPUTS,
    as_json: options.AsJson = False,
) -> None:
    """Show what differs between two runs.

    In what went in, with old and new values, and in what came out.
    """
    a, b = find(first, out), find(second, out)
    inputs = input_differences(keep_of(a).manifest_or_refuse(), keep_of(b).manifest_or_refuse())
    headline = headline_differences(results_of(a), results_of(b))
    if as_json:
        say_json({"inputs": [d.told() for d in inputs], "headline": [d.told() for d in headline]})
        return
    _say_differences("What went in", inputs)
    say("")
    _say_differences("What came out", headline)


@runs.command("reproduce")
def reproduce(
    run: Run,
    workers: options.Workers = None,
    out: options.Out = options.OUTPUTS,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Run it again and prove it the same.

    Every file is compared byte for byte; the exit code is 1 when one differs.
    """
    processes = numbers.workers(workers)
    kept = keep_of(find(run, out), look_at_files=True)
    with progress(quiet=quiet) as show_progress:
        proof = reproduce_run(kept, processes, show_progress)
    if as_json:
        say_json(proof.told())
    else:
        _say_proof(proof)
    if not proof.same:
        raise typer.Exit(NOT_THE_SAME)
    if not quiet and not as_json:
        note("Every file has the same bytes.")


def _say_experiment(results: Mapping[str, Any]) -> None:
    """The page of a comparison, of teams, or of what knowing more is worth."""
    from familyflow.reports.comparison import comparison_text
    from familyflow.reports.knowing import knowing_text
    from familyflow.reports.sensitivity import sensitivity_text
    from familyflow.reports.staffing import staffing_text

    texts = {
        "compare": comparison_text,
        "voi": knowing_text,
        "staff": staffing_text,
        "sweep": sensitivity_text,
    }
    kind = str(results.get("kind", ""))
    if kind in texts:
        say("\n" + texts[kind](results).rstrip("\n"))


def _say_about(kept: Kept) -> None:
    manifest = kept.manifest_or_refuse()
    asked = [
        [name.replace("_", " "), _typed(value)]
        for name, value in manifest.asked.items()
        if value not in (None, [], False) and not isinstance(value, Mapping)
    ]
    say(columns([["run", manifest.run_id], ["finished", manifest.finished], *asked]))
    say("\nfiles")
    say(columns([[name, f"{told['bytes']:,} bytes"] for name, told in manifest.files.items()]))
    say("\n".join(kept.wrong) if kept.wrong else "All files are as they were written.")


def _typed(value: object) -> str:
    """An argument as a person would write it."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _say_differences(title: str, differences: list[Difference]) -> None:
    if not differences:
        say(f"{title}: no difference.")
        return
    say(f"{title}:")
    say(columns([[f"  {d.key}", f"{d.old} -> {d.new}"] for d in differences]))


def _say_proof(proof: Proof) -> None:
    say(columns([[name, state] for name, state in proof.files.items()]))
    for line in proof.remarks:
        say(line)
    for difference in proof.inputs:
        say(f"  {difference.key}: {difference.old} -> {difference.new}")
