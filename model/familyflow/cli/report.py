"""``familyflow report``: the documents of a finished run."""

from __future__ import annotations

from typing import Annotated

import typer

from familyflow.cli import options
from familyflow.cli.output import note, one_line, say, say_json


def report(
    run: Annotated[str, typer.Argument(metavar="RUN", help="As in 'runs show'.")],
    to: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="KINDS", help="Which: html,docx,xlsx,pdf. [default: html,docx,xlsx]"
        ),
    ] = None,
    out: options.Out = options.OUTPUTS,
    as_json: options.AsJson = False,
) -> None:
    """Make the documents of a run or a comparison.

    One page for a commissioner (html, or pdf for paper), the cost case of a bid (docx), and a
    workbook with live formulas (xlsx), all from the same results; they stand in 'reports' in the
    run's folder. No cost case is made of a comparison.
    """
    from familyflow.api import report as make_documents

    files = make_documents(run, to=to, out=out, say=note)
    if as_json:
        say_json({"files": [str(file) for file in files]})
        return
    for file in files:
        say(one_line(str(file)))
