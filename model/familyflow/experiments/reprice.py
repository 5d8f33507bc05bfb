"""``run --reprice``: a finished run priced with other unit costs or rules; nothing is simulated."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from familyflow.experiments.answer import Answer, answer_of
from familyflow.experiments.gathering import Gathering
from familyflow.experiments.inputs import Drawn, draw_numbers
from familyflow.experiments.keep import QUANTITIES, SINGLE_FIGURES, TWICE, write_answer
from familyflow.experiments.kept_run import Choices, choices_of, refuse_other_inputs, sound_manifest
from familyflow.experiments.priced_only import refuse_moved_draws, refuse_what_happens
from familyflow.experiments.quantity_names import quantities_in
from familyflow.experiments.read_back import read_blocks, read_unpriced
from familyflow.experiments.run import (
    MAIN_FILES,
    OUTPUTS,
    Finish,
    RunResult,
    inputs_of,
    kept_result,
)
from familyflow.scenarios.resolve import Resolved
from familyflow.store import (
    Made,
    Manifest,
    RunFolder,
    content_hash,
    find,
    find_run,
    identity,
    open_run,
    run_id,
)

SIMULATED = (QUANTITIES, TWICE, SINGLE_FIGURES)  # carried over, so that it can be priced again


def reprice(
    run: Path | str,
    *,
    sets: Sequence[str] = (),
    parameter_files: Sequence[Path | str] = (),
    out: Path | str | None = None,
    finish: Finish | None = None,
) -> RunResult:
    """Price a finished run again and keep it as a run of its own.

    run: its folder, its id in `out`, or the start of its id. sets and parameter_files are laid
    over those of the run; finish as in `experiments.run.run`. Every figure is that of a fresh run
    with the same choices. Raises InputError when a choice would change what happens or the run is
    damaged (nothing is written), RefusedError when another version made the run.
    """
    began = time.monotonic()
    place = Path(out or OUTPUTS)
    folder = find(str(run), place)
    old = sound_manifest(folder)
    more = {"sets": list(sets), "parameter_files": [str(file) for file in parameter_files]}
    chosen = choices_of(old.asked)
    before, after = chosen.resolve(), chosen.and_then(more).resolve()
    refuse_other_inputs(old, what_settles(before, chosen, old.inputs.get("repriced")))
    refuse_what_happens(before, after)
    made_of = what_settles(after, chosen, old.content_hash)
    fingerprint = content_hash(identity(made_of))
    name = run_id(f"{after.name}_repriced", fingerprint)
    if find_run(place, name, fingerprint, MAIN_FILES) is not None:
        return kept_result(place / name, after)
    drawn = draw_numbers(after, chosen.settings)
    refuse_moved_draws(draw_numbers(before, chosen.settings), drawn)
    gathering = Gathering(after.parameters, drawn.values, quantities_in(drawn.base))
    for block in read_blocks(folder, drawn):
        gathering.add(*block)
    answer = answer_of(name, drawn, gathering.priced(), read_unpriced(folder), old.run_id)
    asked = {"reprice": old.run_id, **more, "first": dict(old.asked)}
    with open_run(place, name) as run_folder:
        rows = write_answer(run_folder, answer) | _carry_over(folder, run_folder, old)
        if finish is not None:
            finish(run_folder, answer.results, answer.tables)
        warnings = answer.results["warnings"]
        made = Made(fingerprint, asked, made_of, old.engine, 1, rows, warnings, began)
        return _result(run_folder.finish(made), answer, drawn)


def what_settles(resolved: Resolved, chosen: Choices, repriced: str | None) -> dict[str, Any]:
    """Everything that settles the answer. repriced: content hash of the run that is priced."""
    inputs = inputs_of(resolved, chosen.settings)
    return inputs if repriced is None else {**inputs, "repriced": repriced}


def _carry_over(folder: Path, run_folder: RunFolder, old: Manifest) -> dict[str, int]:
    """Copy what was simulated; returns the rows of each file."""
    there = [name for name in SIMULATED if name in old.files]
    for name in there:
        shutil.copyfile(folder / name, run_folder.place(name))
    return {name: old.rows[name] for name in there}


def _result(folder: Path, answer: Answer, drawn: Drawn) -> RunResult:
    resolved, results = drawn.resolved, answer.results
    warnings = (*resolved.warnings, *results["warnings"])
    return RunResult(folder, results, warnings, False, str(resolved.path), answer.tables)
