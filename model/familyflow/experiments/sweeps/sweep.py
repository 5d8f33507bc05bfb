"""``sweep``: what the answer of one scenario hangs on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pandas as pd

from familyflow.experiments import experiment
from familyflow.experiments.engines import announce
from familyflow.experiments.experiment import Experiment, Finish, Found, made_or_found
from familyflow.experiments.inputs import Progress, load_inputs
from familyflow.experiments.keep import DRAWS
from familyflow.experiments.run import inputs_of, run, silent, unheard
from familyflow.experiments.sensitivity.factors import LUCK
from familyflow.experiments.sweeps import all_at_once, one_way
from familyflow.experiments.sweeps.asked import ALL_AT_ONCE, ONE_AT_A_TIME, Asked
from familyflow.experiments.sweeps.evaluating import Evaluator, OneAtATime
from familyflow.experiments.sweeps.model import Model
from familyflow.experiments.sweeps.on_draws import check_kept, pawn_of
from familyflow.experiments.sweeps.targets import ALWAYS, check_turning, names_of, targets_of
from familyflow.experiments.sweeps.told import results_of, tables_of
from familyflow.experiments.sweeps.varied import Varied, check_grid, check_tables, varied_in
from familyflow.experiments.sweeps.work import Found as OfTarget
from familyflow.experiments.sweeps.work import Work
from familyflow.scenarios.resolve import Resolved
from familyflow.store import RunFolder, content_hash, identity

OF_METHOD: Final[Mapping[str, Callable[[Work], list[OfTarget]]]] = {
    "tornado": one_way.tornado_of,
    "grid": one_way.grid_of,
    "switching": one_way.switching_of,
    "morris": all_at_once.morris_of,
    "sobol": all_at_once.sobol_of,
}
Words = Callable[[Mapping[str, Any]], Mapping[str, Any]]
ALONE: Final = "looking for turns"
FAILED: Final = "failed_points"  # of what a sweep is made of, where some gave nothing


@dataclass(frozen=True)
class Prepared:
    """A sweep whose inputs are read and found sound; nothing is simulated yet."""

    asked: Asked
    resolved: Resolved
    varied: Varied
    targets: tuple[str, ...]

    def model(self, *, alone: bool) -> Model:
        """The scenario as a function of points; see `Asked.settings` for `alone`."""
        luck = [LUCK] if self.asked.has_luck and not alone else []
        return Model(
            resolved=self.resolved,
            names=(*self.varied.names, *luck),
            settings=self.asked.settings(self.resolved, alone=alone),
            engine=self.asked.engine,
            outputs=tuple(dict.fromkeys([*ALWAYS, *self.targets])),
            alone=alone,
        )

    def made_of(self) -> dict[str, Any]:
        """Everything that settles what the sweep finds."""
        asked, together = self.asked, self.model(alone=False)
        return {
            **inputs_of(self.resolved, together.settings),
            "sweep": {
                "method": asked.method,
                "n": asked.size,
                "draws": asked.draws,
                "targets": list(self.targets),
                "names": list(together.names),
                "groups": {name: list(all_of) for name, all_of in self.varied.groups.items()},
                "alone": self.model(alone=True).settings.replications,
            },
        }


def as_found(results: Mapping[str, Any]) -> Mapping[str, Any]:
    """Nothing added."""
    return results


def sweep(
    asked: Asked,
    *,
    progress: Progress | None = None,
    finish: Finish | None = None,
    say: Callable[[str], object] = unheard,
    words: Words = as_found,
) -> Experiment:
    """Vary the uncertain numbers of a scenario and say which of them its answer hangs on.

    words: adds to what results.json holds what a reader is told of it in sentences.
    Finished points are kept under ``out/.sweeps`` and never evaluated twice. A sweep with points
    that failed is kept as a sweep of its own, which says so; `retry` tries them again. Raises
    InputError (bad input; nothing written), RefusedError, MachineError.
    """
    prepared = prepare(asked)
    if not set(prepared.targets) <= set(ALWAYS):  # which the scenario must have: looked at first
        targets_of(prepared.targets, prepared.model(alone=True).figures_as_stated())
    show = progress or silent
    made_of = prepared.made_of()
    as_kept = experiment.Asked(
        f"sweep_{asked.method}_{prepared.resolved.name}",
        made_of,
        asked.arguments(prepared.model(alone=False).settings),
        asked.engine,
        asked.processes,
        list(prepared.resolved.warnings),
    )

    def whole(folder: RunFolder, name: str) -> Found:
        plain = _found(prepared, name, show, say)
        found = replace(plain, results=words(plain.results))
        if found.results["incomplete"]:
            raise _IncompleteError(found)
        return found

    try:
        return made_or_found(as_kept, asked.folder, (), whole, finish)
    except _IncompleteError as error:
        return _kept_apart(as_kept, error.found, asked.folder, finish)


def prepare(asked: Asked) -> Prepared:
    """Read and check everything that a sweep is made of."""
    asked.check()
    resolved = load_inputs(asked.scenario, asked.sets, asked.files)
    varied = varied_in(resolved, asked.vary, asked.groups)
    if asked.method in ALL_AT_ONCE:
        varied.factors(luck=asked.has_luck)
    if asked.method in ALL_AT_ONCE:
        check_tables(varied)
    if asked.method == "grid":
        check_grid(varied)
    prepared = Prepared(asked, resolved, varied, tuple(names_of(asked.targets)))
    if asked.method == "pawn":
        check_kept(prepared.targets)
    if asked.method == "switching":
        check_turning(prepared.targets)
    prepared.model(alone=False)
    return prepared


class _IncompleteError(Exception):
    """Points failed: what was found has to be kept under another name."""

    def __init__(self, found: Found) -> None:
        super().__init__("incomplete")
        self.found = found


def _kept_apart(
    as_kept: experiment.Asked, found: Found, folder: Path, finish: Finish | None
) -> Experiment:
    """Keep a sweep with failed points under an id that no whole sweep has."""
    told = {name: found.results[name] for name in ("targets", "quarantined")}
    made_of = {**as_kept.made_of, FAILED: content_hash(told)}

    def again(_: RunFolder, name: str) -> Found:
        return replace(found, results={**found.results, "run_id": name})

    return made_or_found(replace(as_kept, made_of=made_of), folder, (), again, finish)


def _found(prepared: Prepared, name: str, show: Progress, say: Callable[[str], object]) -> Found:
    asked, announced = prepared.asked, prepared.asked.settings(prepared.resolved, alone=True)
    announce(asked.engine, say, announced.follow_up)
    together, alone = (
        Evaluator(
            model=model,
            made_of=identity(_of_points(model)),
            out=asked.folder,
            workers=asked.processes,
            progress=show,
            stage="simulating" if not model.alone or asked.method in ONE_AT_A_TIME else ALONE,
            cluster=asked.cluster,
            seconds_a_point=asked.seconds_a_point,
            retry=asked.retry,
        )
        for model in (prepared.model(alone=False), prepared.model(alone=True))
    )
    targets = targets_of(prepared.targets, alone.model.figures_as_stated())
    seed = together.model.settings.seed
    work = Work(
        together, OneAtATime(alone), prepared.varied, targets, asked.size, seed, asked.has_luck
    )
    if asked.method == "pawn":
        draws = _draws(prepared, show, say)
        found, points = pawn_of(work, draws), len(draws)
    else:
        found = OF_METHOD[asked.method](work)
        points = together.points + alone.points
    for warning in dict.fromkeys((*together.warnings, *alone.warnings)):
        say(f"Warning: {warning}")  # of this machine's files, so no part of what was found
    results = results_of(name, asked, work, found, points)
    return Found(results, tables_of(results), {})


def _of_points(model: Model) -> dict[str, Any]:
    """Everything that settles the outputs of a point at given places."""
    of_scenario = inputs_of(model.resolved, model.settings)
    names, outputs = list(model.names), list(model.outputs)
    return {**of_scenario, "names": names, "outputs": outputs, "alone": model.alone}


def _draws(prepared: Prepared, show: Progress, say: Callable[[str], object]) -> pd.DataFrame:
    """The draws of the run that PAWN reads, which is made where it is not there."""
    asked = prepared.asked
    kept = run(
        asked.scenario,
        draws=asked.draws,
        replications=1 if asked.replications is None else asked.replications,
        seed=asked.seed,
        sets=asked.sets,
        parameter_files=asked.files,
        engine=asked.engine,
        workers=asked.workers,
        out=asked.folder,
        follow_up=asked.follow_up,
        inner=asked.inner,
        progress=show,
        say=say,
    )
    return pd.read_parquet(kept.folder / DRAWS)
