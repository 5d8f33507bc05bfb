"""The options that several commands share, each described once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from familyflow.problems import MachineError
from familyflow.store.machine import machine_errors

OUTPUTS = Path("outputs")


def folder_named(given: str | Path) -> Path:
    """The folder of that name; refused when no folder can have it."""
    text = str(given)
    if not text.strip() or "\0" in text:
        raise typer.BadParameter(f"{text!r} names no folder; give one, e.g. outputs")
    folder = Path(text)
    with machine_errors(folder):
        is_file = folder.exists() and not folder.is_dir()
    if is_file:
        raise MachineError(f"{text} cannot be a folder: a file of that name is in the way.")
    return folder


Scenario = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="A file, or a name as in 'core_offer'.")
]
ScenarioUnlessRepriced = Annotated[
    str | None,
    typer.Argument(
        metavar="SCENARIO",
        help="A file, or a name as in 'core_offer'; left out with --reprice.",
    ),
]
Reprice = Annotated[
    str | None,
    typer.Option(
        "--reprice",
        metavar="RUN",
        help="Price a finished run again, simulating nothing; RUN as in 'runs show'.",
    ),
]
Out = Annotated[
    Path,
    typer.Option(
        "--out", metavar="DIR", parser=folder_named, help="The folder under which runs are kept."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines on stdout.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress and no remarks.")]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Choose a value; may be repeated."),
]
ParameterFiles = Annotated[
    list[Path] | None,
    typer.Option("--parameters", metavar="FILE", help="Use these numbers; may be repeated."),
]
Draws = Annotated[
    str | None, typer.Option("--draws", metavar="N", help="How many sets of uncertain numbers.")
]
Replications = Annotated[
    str, typer.Option("--replications", metavar="N", help="Stretches of luck for each draw.")
]
Seed = Annotated[str | None, typer.Option("--seed", metavar="N", help="Where the luck starts (1).")]
Engine = Annotated[
    str, typer.Option("--engine", help="compiled: fast. simpy: readable, slow. The same answer.")
]
FollowUp = Annotated[
    str, typer.Option("--follow-up", help="sampled, or expected (less noise), as in 'run'.")
]
Workers = Annotated[
    str | None,
    typer.Option("--workers", metavar="N", help="Processors to use; the answer is the same."),
]
