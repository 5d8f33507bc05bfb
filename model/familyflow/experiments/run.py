"""``run``: one scenario, simulated with and without the service, priced, and kept in a folder."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from familyflow.experiments.answer import Unpriced, answer_of, set_by_hand, unpriced_of
from familyflow.experiments.blocks import ByWeek
from familyflow.experiments.engine_names import DEFAULT_ENGINE, check_engine
from familyflow.experiments.engines import (
    DEFAULT_DRAWS,
    announce,
    blocks_of,
    solver_of,
)
from familyflow.experiments.first_draws import who_is_served
from familyflow.experiments.follow_up import EXPECTED_INNER, refuse_journal
from familyflow.experiments.gathering import Gathering, Priced
from familyflow.experiments.inputs import (
    Inputs,
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
    Keeper,
    read_tables,
    write_answer,
)
from familyflow.experiments.quantity_names import quantities_in
from familyflow.experiments.sampling import draws_twice
from familyflow.experiments.spare_memory import give_back
from familyflow.experiments.workers import default_workers
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


def unheard(line: str) -> None:
    """Say nothing."""


def run(
    scenario: str,
    *,
    draws: int | None = None,
    replications: int = 1,
    seed: int | None = None,
    sets: Sequence[str] = (),
    parameter_files: Sequence[Path | str] = (),
    engine: str = DEFAULT_ENGINE,
    workers: int | None = None,
    out: Path | str | None = None,
    journal: bool = False,
    months: bool = False,
    common_luck: bool = False,
    follow_up: str = "sampled",
    inner: int = EXPECTED_INNER,
    progress: Progress | None = None,
    finish: Finish | None = None,
    say: Callable[[str], object] = unheard,
) -> RunResult:
    """Simulate, price and keep one scenario; the same inputs give the same bytes.

    scenario: a path, or the name of a scenario in ./scenarios or among the shipped ones. draws:
    sets of uncertain numbers; replications: stretches of luck for each. sets: "key=value".
    follow_up: sampled, or expected: from the day on which the service lets a family go, the mean
    of `inner` (1 to 16) follow-ups, which has less noise and no whole events (so no journal).
    finish adds files (charts) to the folder before it is put in place; say is told in a line what
    takes long once. engine: compiled (threads) or simpy (processes); the same bytes from both.
    Raises InputError (bad input; nothing written), MachineError, RefusedError.
    """
    began = time.monotonic()
    check_engine(engine)
    show, count = progress or silent, default_workers() if workers is None else workers
    files = [Path(file) for file in parameter_files]
    resolved = load_inputs(scenario, sets, files)
    settings = Settings(
        draws=DEFAULT_DRAWS[engine] if draws is None else draws,
        replications=replications,
        seed=resolved.seed if seed is None else seed,
        common_luck=common_luck,
        threads=count,
        follow_up=follow_up,
        inner=inner,
    )
    settings.check()
    if journal:
        refuse_journal(follow_up)
    made_of = inputs_of(resolved, settings)
    fingerprint = content_hash(identity(made_of))
    folder, name = Path(out or OUTPUTS), run_id(resolved.name, fingerprint)
    wanted = [*MAIN_FILES, *(["journal.parquet"] if journal else [])]
    if not months and find_run(folder, name, fingerprint, wanted) is not None:
        return kept_result(folder / name, resolved)
    asked = _asked(scenario, settings, sets, files) | {"journal": journal, "months": months}
    announce(engine, say, follow_up)
    solver = solver_of(engine, count)
    inputs = draw_inputs(resolved, settings, show, solver)  # bad input is found before any writing
    with open_run(folder, name) as run_folder:
        keeper = Keeper(
            run_folder,
            resolved.name,
            quantities_in(inputs.base),
            journal=journal,
            months=months,
            twice=draws_twice(settings) > 0,
        )
        priced, unpriced = _simulate(inputs, keeper, asked, engine, count, show)
        answer = answer_of(name, inputs, priced, unpriced)
        rows = write_answer(run_folder, answer) | keeper.close()
        results, tables = answer.results, answer.tables
        del inputs, priced, unpriced, answer  # charts need no number by draw
        give_back()
        if finish is not None:
            finish(run_folder, results, tables)
        made = Made(fingerprint, asked, made_of, engine, count, rows, results["warnings"], began)
        place = run_folder.finish(made)
    warnings = (*resolved.warnings, *results["warnings"])
    return RunResult(place, results, warnings, False, str(resolved.path), tables)


def _simulate(
    inputs: Inputs,
    keeper: Keeper,
    asked: Mapping[str, Any],
    engine: str,
    workers: int,
    show: Progress,
) -> tuple[Priced, Unpriced]:
    """Simulate, keep and price block by block; then see who a service reaches."""
    parameters, names = inputs.resolved.parameters, quantities_in(inputs.base)
    gathering = Gathering(parameters, inputs.values, names)
    weeks = ByWeek(inputs.settings.draws * inputs.settings.replications)
    for block in blocks_of(
        inputs, engine, workers, show, journal=asked["journal"], months=asked["months"]
    ):
        keeper.add(block)
        gathering.add(block.first, block.summed, block.again)
        weeks.add(block)
    runs = bool(inputs.base["service.team.runs"])
    served = who_is_served(inputs, engine, workers, show) if runs else None
    return gathering.priced(), unpriced_of(inputs, weeks.waiting, weeks.caseload, served)


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
        **settings.told_of_follow_up(),
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
        **settings.told_of_follow_up(),
        "sets": list(sets),
        "parameter_files": [str(file) for file in files],
    }


def kept_result(folder: Path, resolved: Resolved) -> RunResult:
    """A finished run as it stands in its folder."""
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    tables = read_tables(folder)
    warnings = (*resolved.warnings, *results["warnings"])
    return RunResult(folder, results, warnings, True, str(resolved.path), tables)


def silent(stage: str, done: int, of: int) -> None:
    """Show nothing."""
