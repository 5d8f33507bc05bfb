"""``run``: one scenario, simulated with and without the service, priced, and kept in a folder."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from familyflow.experiments.answer import Answer, answer_of, set_by_hand, unpriced_of
from familyflow.experiments.inputs import (
    Progress,
    Settings,
    draw_inputs,
    load_inputs,
    reference_decisions,
)
from familyflow.experiments.keep import (
    DRAWS,
    QUANTITIES,
    SINGLE_FIGURES,
    journal_blocks,
    write_answer,
    write_parquet,
    write_simulated,
)
from familyflow.experiments.sampling import Simulations, simulate_all
from familyflow.experiments.workers import default_workers
from familyflow.problems import bad_input
from familyflow.scenarios.canonical import canonical
from familyflow.scenarios.resolve import Resolved
from familyflow.store import (
    Made,
    RunFolder,
    content_hash,
    find_run,
    identity,
    open_run,
    run_id,
)

# Chosen once so that the first command answers within a minute on two processors with the SimPy
# engine; never measured at run time, so the same command gives the same numbers everywhere.
DEFAULT_DRAWS = 30
ENGINES = ("simpy",)
OUTPUTS = Path("outputs")
MAIN_FILES = ("results.json", "summary.csv", DRAWS, QUANTITIES, SINGLE_FIGURES)
Finish = Callable[[RunFolder, Mapping[str, Any], Mapping[str, pd.DataFrame]], None]


@dataclass(frozen=True)
class RunResult:
    """A finished run: where it is kept and what it found."""

    folder: Path
    results: Mapping[str, Any]
    warnings: tuple[str, ...] = ()
    already_there: bool = False
    scenario_file: str = ""
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def summary(self) -> pd.DataFrame:
        """Every figure of flow and money with its interval, one a row."""
        return pd.read_csv(self.folder / "summary.csv")


def run(
    scenario: str,
    *,
    draws: int | None = None,
    replications: int = 1,
    seed: int | None = None,
    sets: Sequence[str] = (),
    parameter_files: Sequence[Path | str] = (),
    engine: str = "simpy",
    workers: int | None = None,
    out: Path | str | None = None,
    journal: bool = False,
    months: bool = False,
    common_luck: bool = False,
    progress: Progress | None = None,
    finish: Finish | None = None,
) -> RunResult:
    """Simulate, price and keep one scenario; the same inputs give the same bytes.

    scenario: a path, or the name of a scenario in ./scenarios or among the shipped ones. draws:
    sets of uncertain numbers; replications: stretches of luck for each. sets: "key=value".
    finish adds files (charts) to the folder before it is put in place.
    Raises InputError (bad input; nothing written), MachineError, RefusedError.
    """
    began = time.monotonic()
    if engine not in ENGINES:
        raise bad_input(f"there is no engine {engine!r}", f"There is: {', '.join(ENGINES)}.")
    show = progress or silent
    files = [Path(file) for file in parameter_files]
    resolved = load_inputs(scenario, sets, files)
    settings = Settings(
        draws=DEFAULT_DRAWS if draws is None else draws,
        replications=replications,
        seed=resolved.seed if seed is None else seed,
        common_luck=common_luck,
    )
    settings.check()
    made_of = inputs_of(resolved, settings)
    fingerprint = content_hash(identity(made_of))
    folder, name = Path(out or OUTPUTS), run_id(resolved.name, fingerprint)
    wanted = [*MAIN_FILES, *(["journal.parquet"] if journal else [])]
    if not months and find_run(folder, name, fingerprint, wanted) is not None:
        return kept_result(folder / name, resolved)
    asked = _asked(scenario, settings, sets, files) | {"journal": journal, "months": months}
    inputs = draw_inputs(resolved, settings, show)  # bad input is found before anything is written
    with open_run(folder, name) as run_folder:
        count = workers or default_workers()
        simulations = simulate_all(inputs, count, show, journal=journal, months=months)
        answer = answer_of(name, inputs, simulations.summed(), unpriced_of(inputs, simulations))
        rows = _write(
            run_folder, answer, simulations, resolved.name, journal=journal, months=months
        )
        if finish is not None:
            finish(run_folder, answer.results, answer.tables)
        made = Made(
            fingerprint, asked, made_of, engine, count, rows, answer.results["warnings"], began
        )
        place = run_folder.finish(made)
    warnings = (*resolved.warnings, *answer.results["warnings"])
    return RunResult(place, answer.results, warnings, False, str(resolved.path), answer.tables)


def _write(
    folder: RunFolder,
    answer: Answer,
    simulations: Simulations,
    scenario: str,
    *,
    journal: bool,
    months: bool,
) -> dict[str, int]:
    """Write the answer and what was simulated; returns the rows of each table."""
    rows = write_answer(folder, answer)
    rows |= write_simulated(folder, simulations, answer.quantities, months=months)
    if journal:
        blocks = journal_blocks(simulations, scenario)
        rows["journal.parquet"] = write_parquet(folder.place("journal.parquet"), blocks)
    return rows


def inputs_of(resolved: Resolved, settings: Settings) -> dict[str, Any]:
    """Everything that settles the answer, and nothing else."""
    return {
        "scenario": resolved.name,
        "reference": {key: canonical(p) for key, p in sorted(reference_decisions().items())},
        "told": {
            "title": resolved.title,
            "question": resolved.question,
            "unproven": resolved.unproven,
            "set_by_hand": set_by_hand(resolved),
        },
        **resolved.canonical(),
        "seed": settings.seed,
        "draws": settings.draws,
        "replications": settings.replications,
        "common_luck": settings.common_luck,
    }


def _asked(
    scenario: str, settings: Settings, sets: Sequence[str], files: Sequence[Path]
) -> dict[str, Any]:
    """The arguments that make this run again."""
    return {
        "scenario": scenario,
        "draws": settings.draws,
        "replications": settings.replications,
        "seed": settings.seed,
        "common_luck": settings.common_luck,
        "sets": list(sets),
        "parameter_files": [str(file) for file in files],
    }


def kept_result(folder: Path, resolved: Resolved) -> RunResult:
    """A finished run as it stands in its folder."""
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    tables = {path.stem: pd.read_csv(path) for path in sorted((folder / "tables").glob("*.csv"))}
    warnings = (*resolved.warnings, *results["warnings"])
    return RunResult(folder, results, warnings, True, str(resolved.path), tables)


def silent(stage: str, done: int, of: int) -> None:
    """Show nothing."""
