"""``familyflow calibrate --chain``: the level-of-need chain fitted to published totals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from familyflow.cli.output import say, say_json


def learn_the_chain(
    area: str, areas: Path | None, files: Sequence[Path], out: Path, *, as_json: bool
) -> None:
    """Calibrate the chain and say what came of it. Raises InputError for bad input."""
    from familyflow.experiments.chain_fit.written import PARAMETERS, chain_made
    from familyflow.reports.calibration.chain_page import chain_pages, chain_text

    made = chain_made(area, out=out, also=areas, parameter_files=files, pages=chain_pages)
    file = made.folder / PARAMETERS
    if as_json:
        say_json({
            "folder": str(made.folder), "parameters": str(file), "worth": made.fit.worth,
            "learnt": {one.key: [one.after, one.sd_after] for one in made.fit.learnt},
        })  # fmt: skip
        return
    say(chain_text(made))
    say(f"\nKept in {made.folder}. Use it: familyflow run core_offer --parameters {file}")
