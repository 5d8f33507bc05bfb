"""``familyflow explain`` and ``schema``: what a number means, what editors may know."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from familyflow.cli import options
from familyflow.cli.output import one_line, say, say_json


class Kind(StrEnum):
    """A kind of file that has a schema."""

    PARAMETERS = "parameters"
    SCENARIO = "scenario"


def explain(
    key: Annotated[str, typer.Argument(metavar="KEY", help="A number, by its name.")],
    scenario: Annotated[
        str, typer.Option("--scenario", metavar="S", help="As this scenario has it.")
    ] = "core_offer",
    set_: options.Sets = None,
    parameters: options.ParameterFiles = None,
    as_json: options.AsJson = False,
) -> None:
    """Say all there is to know of a number.

    Its value, unit, doubt, source, grade and status, and which file chose it.
    """
    from familyflow.parameters.explain import explain as lines_about
    from familyflow.scenarios.resolve import resolve

    book = resolve(scenario, sets=set_ or (), parameter_files=parameters or ())
    lines = lines_about(book, key)
    if as_json:
        say_json({"key": key, "scenario": book.name, "file": str(book.path), "lines": lines})
    else:
        say("\n".join(map(one_line, lines)))


def schema(
    kind: Annotated[
        Kind, typer.Argument(help="Which files: parameters or scenario.")
    ] = Kind.PARAMETERS,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help="Write both into this folder.")
    ] = None,
) -> None:
    """Print the JSON Schema, for editors.

    With it an editor completes and checks parameter and scenario files while they are written.
    """
    from familyflow.scenarios.schema import schemas, text_of

    made = schemas()
    if to is None:
        say(text_of(made[f"{kind}.schema.json"]).rstrip("\n"))
        return
    from familyflow.store import write_file
    from familyflow.store.machine import ensure_writable

    ensure_writable(to)
    for name, one in made.items():
        write_file(to / name, text_of(one).encode("utf-8"))
        say(f"Wrote {one_line(str(to / name))}")
