"""``familyflow report``: the documents of a finished run, and a template for them to start from."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from familyflow.cli import options
from familyflow.cli.output import note, one_line, say, say_json
from familyflow.problems import bad_input


def report(
    run: Annotated[
        str, typer.Argument(metavar="RUN", help="As in 'runs show'.", show_default=False)
    ] = "",
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="KINDS",
            help="Which: html,docx,xlsx,pdf,review,journey. [default: html,docx,xlsx]",
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            metavar="OURS.docx", help="A Word document of your own to fill for docx, by its tags."
        ),
    ] = None,
    template_sample: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.docx", help="Write a template to start from, with every name; no RUN."
        ),
    ] = None,
    out: options.Out = options.OUTPUTS,
    as_json: options.AsJson = False,
) -> None:
    """Make the documents of a run or a comparison.

    One page for a commissioner (html, or pdf for paper), the cost case of a bid (docx), and a
    workbook with live formulas (xlsx), all from the same results; they stand in 'reports' in the
    run's folder. Asked for by name: the reviewer's pack (review), where every number is from, what
    was decided, what was checked; and families moving through the service, week by week, in one
    simulated world (journey). A comparison has the page and the workbook.
    """
    if template_sample is not None:
        _write_sample(template_sample, run, as_json)
        return
    if not run:
        raise bad_input("no run is named", "Give one: 'familyflow runs list' shows them.")
    from familyflow.api import report as make_documents

    files = make_documents(run, to=to, template=template, out=out, say=note)
    if as_json:
        say_json({"files": [str(file) for file in files]})
        return
    for file in files:
        say(one_line(str(file)))


def _write_sample(file: Path, run: str, as_json: bool) -> None:
    """A template that shows every name: it needs no run."""
    if run:
        what = "--template-sample writes a template and makes no document of a run"
        raise bad_input(what, "Leave RUN out, or --template-sample.")
    from familyflow.reports.take_away import write_template_sample

    write_template_sample(file)
    if as_json:
        say_json({"files": [str(file)]})
        return
    name = one_line(str(file))
    then = f"familyflow report RUN --template {shlex.quote(name)}"
    say(f"Wrote {name}. Change it as you like, then: {then}")
