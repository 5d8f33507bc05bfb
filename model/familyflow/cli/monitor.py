"""``familyflow monitor``: a service's first months beside what was expected of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from familyflow.cli import numbers, options
from familyflow.cli.output import note, say, say_json
from familyflow.cli.progress import progress
from familyflow.problems import bad_input


def monitor(
    cases: Annotated[
        Path, typer.Argument(metavar="CASES.csv", help="Case records, as for calibrate.")
    ],
    scenario: Annotated[
        str, typer.Option("--scenario", metavar="SCENARIO", help="What was expected.")
    ] = "core_offer",
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="The last day that records tell of.")
    ] = "",
    opened: Annotated[
        str,
        typer.Option(
            "--opened", metavar="DATE", help="First referral ever, if before the first in the file."
        ),
    ] = "",
    spent: Annotated[
        float | None,
        typer.Option("--spent", metavar="POUNDS", help="What these months cost by the accounts."),
    ] = None,
    draws: options.Draws = None,
    seed: options.Seed = None,
    set_: options.Sets = None,
    parameters: options.ParameterFiles = None,
    out: options.Out = options.OUTPUTS,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Set a service's first months beside what was expected, and say whether to worry.

    Flow, dose, duration, needs and cost, expected and observed; the answer before and after
    learning from these records; and how many families a study of the effect itself would need.
    Nothing of a row is kept. No effect is learnt.
    """
    from familyflow.experiments.monitoring.expected import DRAWS
    from familyflow.experiments.monitoring.monitor import monitored
    from familyflow.experiments.monitoring.written import keep
    from familyflow.reports.monitoring.page import as_data, monitoring_pages, monitoring_text

    if spent is not None and not 0.0 <= spent < float("inf"):
        raise bad_input(f"{spent} pounds cannot have been spent", "Give a sum.", where="--spent")
    with progress(quiet=quiet) as show:
        asked: dict[str, Any] = {
            "today": date.today(),
            "as_of": _day(as_of, "--as-of"),
            "opened": _day(opened, "--opened"),
            "spent": spent,
            "sets": set_ or [],
            "parameter_files": parameters or [],
            "seed": numbers.seed(seed),
            "draws": numbers.draws_and_replications(draws, "1")[0] or DRAWS,
            "progress": show,
            "say": note,
        }
        found = monitored(cases, scenario, **asked)
        folder = keep(found, cases, out=out, pages=monitoring_pages)
    if as_json:
        say_json(as_data(found, folder))
        return
    for told in found.told:
        note(told)
    say(monitoring_text(found))
    say("")
    say(f"Kept in {folder}: report.html, and local.yaml for --parameters.")


def _day(text: str, option: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise bad_input("this is not a day", "Write it as 2026-04-30.", where=option) from None
