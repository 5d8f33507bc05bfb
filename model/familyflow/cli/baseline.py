"""``familyflow baseline``: make the example kept in git again, on purpose and never by the way."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Final

import typer

from familyflow.cli import options
from familyflow.cli.output import say

EXAMPLES: Final = ("core_offer", "reaching_communities_bid")
FOLDER: Final = Path("outputs") / "example"
# What anybody can look at without running anything. The tables and draws of a run are left out:
# results.json and the workbook hold what they tell.
SHOWN: Final = ("results.json", "summary.csv", "figures/*.svg", "figures/*.json", "reports/**/*")
PICTURE: Final = "reports/one_page.png"  # the README shows it
PREFIX: Final = "familyflow-example-"

Folder = Annotated[
    Path,
    typer.Option(
        "--out", metavar="DIR", parser=options.folder_named, help="The folder of the examples."
    ),
]


def baseline(out: Folder = FOLDER) -> None:
    """Make the example answers and documents again.

    For those who change the model: tests hold outputs/example/ to what the model says, and the
    changelog says what moved and why. A thousand draws of each example, a minute or two.
    """
    for scenario in EXAMPLES:
        for file in write_example(scenario, out / scenario):
            say(str(file))


def write_example(scenario: str, folder: Path) -> list[Path]:
    """Verify and run a shipped scenario as the README does, and keep what is shown of it.

    folder: made if it is not there; files in it that are no longer made are left. Raises
    InputError, MachineError.
    """
    from familyflow import api
    from familyflow.reports.documents.one_page import one_page_picture
    from familyflow.reports.take_away import MADE
    from familyflow.store import write_file
    from familyflow.store.machine import machine_errors

    with tempfile.TemporaryDirectory(prefix=PREFIX) as out:
        api.verify(scenario, out=out)  # the reviewer's pack shows what was checked
        run = api.run(scenario, out=out).folder
        api.report(run, to=",".join(MADE))
        write_file(run / PICTURE, one_page_picture(run))
        found = {file for pattern in SHOWN for file in run.glob(pattern) if file.is_file()}
        written = []
        for file in sorted(found):
            kept = folder / file.relative_to(run)
            with machine_errors(folder):
                kept.parent.mkdir(parents=True, exist_ok=True)
            write_file(kept, file.read_bytes())
            written.append(kept)
    return written
