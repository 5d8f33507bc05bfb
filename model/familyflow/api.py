"""The whole of it from Python: ``familyflow.run("core_offer")`` runs, keeps and draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from familyflow.experiments import compare as comparing
from familyflow.experiments import engines, unchanged
from familyflow.experiments import reprice as repricing
from familyflow.experiments import run as experiment
from familyflow.experiments import staff as staffing
from familyflow.experiments import sweeps as sweeping
from familyflow.experiments import verify as verification
from familyflow.experiments import voi as knowing
from familyflow.experiments.engines import Warmed
from familyflow.experiments.experiment import Experiment, Finish
from familyflow.experiments.inputs import Progress
from familyflow.experiments.options import rough as first_answer
from familyflow.experiments.published.against import Answered, against_published, as_checks
from familyflow.experiments.published.world import World
from familyflow.experiments.run import OUTPUTS, unheard
from familyflow.experiments.verify import Verified
from familyflow.reports.answer import answer_text
from familyflow.reports.comparison import comparison_text
from familyflow.reports.figures import write_figures
from familyflow.reports.knowing import knowing_text
from familyflow.reports.pictures import sets
from familyflow.reports.pictures.chart import Chart
from familyflow.reports.review import verified
from familyflow.reports.sensitivity import sensitivity_text
from familyflow.reports.sensitivity_sentences import in_words
from familyflow.reports.staffing import staffing_text
from familyflow.reports.take_away import (
    USUAL,
    Wished,
    check_wished,
    kinds_for,
    kinds_in,
    left_out_of,
    write_documents,
)
from familyflow.store import Manifest, RunFolder, find
from familyflow.store.machine import ensure_writable

FIGURES = "figures"
OWN_TABLES = ("indices", "moves", "bars", "cells", "gaps", "switches", "factors")


@dataclass(frozen=True, repr=False)
class Run:
    """A finished run. results is what results.json holds; tables are the CSV files by name."""

    folder: Path
    results: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    warnings: tuple[str, ...]
    already_there: bool
    scenario_file: str

    def __repr__(self) -> str:
        return f"Run({str(self.folder)!r})"

    def summary(self) -> pd.DataFrame:
        """Every figure of flow and money with its interval, one a row."""
        return pd.read_csv(self.folder / "summary.csv")

    def text(self) -> str:
        """The printed answer."""
        return answer_text(self.results)


def run(scenario: str, **settings: Any) -> Run:
    """Run one scenario and keep it with its charts; settings as in ``experiments.run.run``."""
    return _drawn(experiment.run(scenario, finish=_draw_charts, **settings))


@dataclass(frozen=True, repr=False)
class _Finished:
    """A finished experiment. results is what its results.json holds; tables the CSV files."""

    folder: Path
    results: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    warnings: tuple[str, ...]
    already_there: bool

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.folder)!r})"


class Comparison(_Finished):
    """A finished comparison of options."""

    def summary(self) -> pd.DataFrame:
        """Every figure of every option less the first, with both of its intervals."""
        return self.tables["differences"]

    def text(self) -> str:
        """The printed answer."""
        return comparison_text(self.results)


class Staffing(_Finished):
    """The teams of a scenario, tried."""

    def summary(self) -> pd.DataFrame:
        """A row a team, every figure with its interval."""
        return self.tables["teams"]

    def text(self) -> str:
        """The printed answer."""
        return staffing_text(self.results)


class Knowing(_Finished):
    """What more knowledge is worth before a choice."""

    def summary(self) -> pd.DataFrame:
        """A row a number, the most valuable first."""
        return self.tables["evppi"]

    def text(self) -> str:
        """The printed answer."""
        return knowing_text(self.results)


class Sweep(_Finished):
    """What an answer hangs on."""

    def summary(self) -> pd.DataFrame:
        """The method's own table: indices, moves, bars, cells, gaps or switching values."""
        return next(self.tables[name] for name in OWN_TABLES if name in self.tables)

    def text(self) -> str:
        """The printed answer."""
        return sensitivity_text(self.results)


def compare(*scenarios: str, **settings: Any) -> Comparison:
    """Set options side by side under the same luck; settings as in ``experiments.compare``."""
    return Comparison(
        *_parts(comparing.compare(scenarios, finish=_drawing(sets.OF_COMPARE), **settings))
    )


def rough(*scenarios: str, **settings: Any) -> dict[str, Any]:
    """A first answer of a comparison in seconds, kept nowhere; settings as in ``options.rough``."""
    return first_answer.rough(scenarios, **settings)


def staff(scenario: str, **settings: Any) -> Staffing:
    """Try teams of a scenario under the same luck; settings as in ``experiments.staff``."""
    return Staffing(*_parts(staffing.staff(scenario, finish=_drawing(sets.OF_STAFF), **settings)))


def voi(*scenarios: str, **settings: Any) -> Knowing:
    """What it is worth to know more before choosing; settings as in ``experiments.voi``."""
    return Knowing(*_parts(knowing.voi(scenarios, finish=_drawing(sets.OF_VOI), **settings)))


def sweep(
    scenario: str,
    *,
    progress: Progress | None = None,
    say: Callable[[str], object] = unheard,
    **settings: Any,
) -> Sweep:
    """Vary the uncertain numbers of a scenario; settings as in ``experiments.sweeps.Asked``."""
    asked = sweeping.Asked(scenario, **settings)
    finish = _drawing(sets.OF_SWEEP)
    found = sweeping.sweep(asked, progress=progress, finish=finish, say=say, words=in_words)
    return Sweep(*_parts(found))


def sweep_point(scenario: str, file: Path | str, **settings: Any) -> dict[str, float | None]:
    """The outputs of one point that failed in a sweep, as its file says where it stands."""
    return sweeping.sweep_point(sweeping.Asked(scenario, **settings), Path(file))


def reprice(run: Path | str, **settings: Any) -> Run:
    """Price a finished run again and keep it with its charts; nothing is simulated.

    run: its folder, its id, or the start of its id. settings (sets, parameter_files, out) and
    errors as in ``experiments.reprice.reprice``.
    """
    return _drawn(repricing.reprice(run, finish=_draw_charts, **settings))


def report(
    run: Path | str,
    *,
    to: str | None = None,
    template: Path | str | None = None,
    out: Path | str | None = None,
    say: Callable[[str], object] = unheard,
) -> list[Path]:
    """Make the documents of a finished run or comparison; returns where they stand.

    run: its folder, its id under ``out``, or the start of its id. to: kinds of documents as in
    `familyflow report --help`, with commas between them; without it the usual ones, or those of
    them that are made of a comparison, or of a run without a service, and `say` is told which are
    not. template: a Word document of one's own, whose tags the cost case fills. Raises InputError,
    RefusedError, MachineError.
    """
    wished = Wished(template=None if template is None else Path(template), say=say)
    if to is not None:
        check_wished(kinds_in(to), wished)  # a mistake there is told before the run is looked for
    folder = find(str(run), Path(out or OUTPUTS))
    # who gives a template means the cost case: it is refused, not left out, where there is none
    kinds = kinds_for(folder, ",".join(USUAL) if to is None and template is not None else to)
    check_wished(kinds, wished)
    files = write_documents(folder, kinds, wished)
    if to is None:
        for told in left_out_of(folder, kinds):
            say(told)
    return files


def verify(scenario: str, *, out: Path | str | None = None, **settings: Any) -> list[Verified]:
    """The model's own checks on a scenario; settings as in ``experiments.verify.verify``.

    out: the folder of runs beside which what was found is kept, for the reviewer's pack of a run
    of the same inputs; None keeps nothing. Raises InputError, MachineError.
    """
    if out is None:
        return verification.verify(scenario, **settings)
    ensure_writable(Path(out))  # before any work that would be done in vain
    of = verified.about_to_verify(scenario, **settings)
    found = verification.verify(scenario, **settings)
    verified.keep(Path(out), of, found)
    return found


def verify_against(
    against: Path | str,
    scenario: str = "core_offer",
    *,
    out: Path | str | None = None,
    **settings: Any,
) -> list[Answered]:
    """The model beside published cases: the word published, a file of them, or a folder of files.

    settings (sets, parameter_files, draws, seed, progress, say) as of ``World``. out: where the
    exact figures are kept with what `verify` found; None keeps nothing. Raises InputError,
    MachineError.
    """
    if out is not None:
        ensure_writable(Path(out))
    world = World(scenario, **settings)
    of = verified.about_to_verify(scenario, **{**settings, "draws": world.draws})
    answered = against_published(against, world)
    checks = as_checks(answered)
    if out is not None and checks:
        verified.keep(Path(out), of, checks, f"published-{verified.of_names(checks)}")
    return answered


def warm(say: Callable[[str], object]) -> Warmed:
    """Compile the fast engine if it is not compiled yet; `say` is told so in a line."""
    return engines.warm(say)


def refuse_changed_inputs(manifest: Manifest) -> None:
    """Refuse a run whose inputs changed since, as ``experiments.unchanged`` does."""
    unchanged.refuse_changed_inputs(manifest)


def _drawn(found: experiment.RunResult) -> Run:
    return Run(
        folder=found.folder,
        results=found.results,
        tables=found.tables,
        warnings=found.warnings,
        already_there=found.already_there,
        scenario_file=found.scenario_file,
    )


def _drawing(charts: Mapping[str, Chart]) -> Finish:
    """What draws these charts into the folder of a finished experiment."""

    def draw(
        folder: RunFolder, results: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]
    ) -> None:
        write_figures(folder.path / FIGURES, results, tables, charts)

    return draw


def _draw_charts(
    folder: RunFolder, results: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]
) -> None:
    if results["money"]["cost"]["mean"]:
        _drawing(sets.OF_RUN)(folder, results, tables)


def _parts(
    found: Experiment,
) -> tuple[Path, Mapping[str, Any], Mapping[str, pd.DataFrame], tuple[str, ...], bool]:
    return found.folder, found.results, found.tables, found.warnings, found.already_there
