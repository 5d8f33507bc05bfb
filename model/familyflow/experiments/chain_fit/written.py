"""The calibrated chain as a parameter file: beliefs to draw from, and how they go together."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any, Final

import numpy as np

from familyflow.experiments.chain_fit.fit import DRAWS, Belief, ChainFit, fitted, uncertain
from familyflow.experiments.chain_fit.outputs import outputs_of
from familyflow.experiments.chain_fit.targets import read_off, read_targets, targets_of
from familyflow.experiments.engines import solver_of
from familyflow.experiments.inputs import Progress, Settings, draw_inputs, load_inputs
from familyflow.experiments.run import silent
from familyflow.parameters.distributions import Distribution
from familyflow.parameters.parameter import Parameter
from familyflow.problems import Problems
from familyflow.records.areas.chain import chain_of_area, shown
from familyflow.records.areas.figures import read_figures
from familyflow.records.areas.measured import measured
from familyflow.records.areas.written import parameter_text
from familyflow.records.parameter_file import significant
from familyflow.scenarios.written import LONGEST_LINE, quoted
from familyflow.shipped import figures_of_areas
from familyflow.store.atomic import make_folder, write_files

NAME: Final = "chain"
PARAMETERS, FITS, NUMBERS, ABOUT = "chain.yaml", "fit.csv", "identifiability.csv", "chain.json"
USUAL: Final = "core_offer"
ENGLAND: Final = "england"
NO_EFFECT: Final = (
    "This is about children without the service. No effect of a service comes from it, and the "
    "share looked after without it is held where the comparison group had it."
)
_DIGITS: Final = 4
_TOGETHER: Final = 0.05  # a rank correlation below it is not written
Pages = Callable[["ChainMade"], Mapping[str, str]]


@dataclass(frozen=True)
class ChainMade:
    """The calibrated chain, and the folder that holds it. parameters: those it began from."""

    folder: Path
    area: str
    fit: ChainFit
    parameters: Mapping[str, Parameter]
    ranks: Mapping[tuple[str, str], float]


def chain_made(
    area: str,
    *,
    out: Path,
    also: Path | None = None,
    parameter_files: Sequence[Path] = (),
    draws: int = DRAWS,
    seed: int = 1,
    pages: Pages = lambda made: {},
    progress: Progress | None = None,
) -> ChainMade:
    """Calibrate the chain to the targets of an area and keep it under `out`, in one step.

    also: figures of further areas. Raises InputError before anything is written.
    """
    problems = Problems()
    figures = {(f.area, f.measure, f.row, f.year): f
               for file in (figures_of_areas(), *([also] if also else []))
               for f in read_figures(file, problems)}  # fmt: skip
    problems.raise_if_any()
    found = measured(area or ENGLAND, tuple(figures.values()))
    base = load_inputs(USUAL, parameter_files=parameter_files).parameters
    chain = chain_of_area(found, base)
    local = parameter_text(chain, base) if chain.area != ENGLAND else ""
    with tempfile.TemporaryDirectory(prefix="familyflow-chain-") as folder:
        files = [*parameter_files]
        for name, text in (("area", local), ("flat", _flattened(base))):
            if text:
                (Path(folder) / f"{name}.yaml").write_text(text, encoding="utf-8")
                files.append(Path(folder) / f"{name}.yaml")
        resolved = load_inputs(USUAL, parameter_files=files)
    settings = Settings(draws=draws, replications=1, seed=seed)
    settings.check()
    inputs = draw_inputs(resolved, settings, progress or silent, solver_of("compiled", 1))
    values = [*inputs.values]
    targets = targets_of(found)
    keys = uncertain(resolved.parameters)
    fit = fitted(keys, values, outputs_of(values, [*inputs.solved]), targets)
    ranks = ranks_of(fit, keys)
    kept = without(local, {one.key for one in fit.learnt})
    text = kept + posterior_text(fit, resolved.parameters, ranks, found.areas[0])
    place = out / f"{NAME}_{found.areas[0]}_{hashlib.sha256(text.encode()).hexdigest()[:10]}"
    made = ChainMade(place, found.areas[0], fit, base, ranks)
    files_made = {PARAMETERS: text, FITS: fits_as_csv(fit), NUMBERS: numbers_as_csv(fit, base),
                  ABOUT: _about(made, seed), **pages(made)}  # fmt: skip
    make_folder(out)
    write_files({place / name: held.encode("utf-8") for name, held in files_made.items()})
    return made


def _flattened(parameters: Mapping[str, Parameter]) -> str:
    """Numbers whose centre was read off a target: all values of their range alike."""
    lines: list[str] = []
    for key in read_off(read_targets()):
        one = parameters[key].distribution
        if isinstance(one, Distribution):
            low, high = one.extent if one.shape == "pert" else one.interval()
            lines += [
                f"{key}:",
                f"  distribution: {{uniform: {{low: {low!r}, high: {high!r}}}}}",
                "  because: Its centre was read off a figure that it is calibrated to.",
            ]
    return "\n".join(lines) + "\n" if lines else ""


def without(text: str, keys: set[str]) -> str:
    """A parameter file without some of its entries: they come anew."""
    kept, skipping = [], False
    for line in text.splitlines():
        if line and not line.startswith((" ", "#")):
            skipping = line.removesuffix(":") in keys
        if not skipping:
            kept.append(line)
    return "\n".join(kept) + "\n" if kept else ""


def ranks_of(fit: ChainFit, keys: Sequence[str]) -> dict[tuple[str, str], float]:
    """Rank correlations between the numbers that were learnt, as the weighed draws have them."""
    from scipy.stats import spearmanr

    learnt = [one.key for one in fit.learnt]
    if len(learnt) < 2:
        return {}
    columns = fit.samples[fit.chosen][:, [keys.index(key) for key in learnt]]
    ranks = np.atleast_2d(spearmanr(columns).statistic)
    if ranks.shape == (1, 1):
        ranks = np.array([[1.0, ranks[0, 0]], [ranks[0, 0], 1.0]])
    return {
        (first, learnt[b]): round(float(ranks[a, b]), 3)
        for a, first in enumerate(learnt) for b in range(a + 1, len(learnt))
        if abs(ranks[a, b]) >= _TOGETHER
    }  # fmt: skip


def posterior_text(
    fit: ChainFit, parameters: Mapping[str, Parameter], ranks: Mapping[tuple[str, str], float],
    area: str,
) -> str:  # fmt: skip
    """The learnt numbers as entries of a parameter file, and how they go together."""
    lines = [
        f"# The level-of-need chain calibrated to published totals of {shown(area)}, made by",
        "# familyflow calibrate --chain.",
        *wrap(NO_EFFECT, LONGEST_LINE, initial_indent="# ", subsequent_indent="# "),
        "",
    ]
    for one in fit.learnt:
        lines += _entry(one, parameters[one.key], area, fit.year)
    if ranks:
        lines += ["", "correlations:"]
        lines += [
            f"  - {{of: [{first}, {second}], rank: {rank}, note: Of the calibrated draws.}}"
            for (first, second), rank in ranks.items()
        ]
    return "\n".join(lines) + "\n"


def _entry(one: Belief, before: Parameter, area: str, year: int) -> list[str]:
    """A beta for what cannot be above 1, a gamma for a rate."""
    shape = "beta" if before.highest is not None or before.unit == "share" else "gamma"
    mean, sd = significant(one.after, _DIGITS), significant(one.sd_after, _DIGITS)
    why = (
        f"Calibrated to published totals: mean {significant(one.before, 3):g} before, "
        f"{100 * one.kept:.0f} % of its spread is left."
    )
    return [
        f"{one.key}:",
        f"  value: {mean!r}",
        f"  distribution: {{{shape}: {{mean: {mean!r}, sd: {sd!r}}}}}",
        f"  source: {{title: Published figures of {shown(area)}, where: the targets of fit.csv, "
        f"year: {year}}}",
        f"  grade: {before.grade or 'E'}",
        "  status: derived",
        f"  note: {quoted(why)}",
    ]


def fits_as_csv(fit: ChainFit) -> str:
    """Each target beside what the chain gives, before and after, as CSV."""
    heads = ("target", "use", "published", "published_sd", "of", "before", "before_sd", "after",
             "after_sd", "apart", "note")  # fmt: skip
    return _as_csv(heads, (
        (one.target.label, one.target.told.use, one.target.value, one.target.sd, one.target.of,
         one.before, one.sd_before, one.after, one.sd_after, one.apart, one.target.told.note)
        for one in fit.fits
    ))  # fmt: skip


def numbers_as_csv(fit: ChainFit, parameters: Mapping[str, Parameter]) -> str:
    """Each uncertain number before and after, and how much of its spread is left, as CSV."""
    heads = ("number", "label", "before", "before_sd", "after", "after_sd", "spread_left", "learnt")
    return _as_csv(heads, (
        (one.key, parameters[one.key].label, one.before, one.sd_before, one.after, one.sd_after,
         one.kept, "yes" if one.is_learnt else "")
        for one in fit.beliefs
    ))  # fmt: skip


def _as_csv(heads: Sequence[str], rows: Iterator[Sequence[object]]) -> str:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow(
            [significant(cell, _DIGITS) if isinstance(cell, float) else cell for cell in row]
        )
    return made.getvalue()


def _about(made: ChainMade, seed: int) -> str:
    fit = made.fit
    about: dict[str, Any] = {
        "kind": NAME,
        "area": made.area,
        "draws": fit.draws,
        "seed": seed,
        "worth": round(fit.worth),
        "directions": [[round(size, 3), list(of)] for size, of in fit.directions],
        "learnt": [one.key for one in fit.learnt],
        "never": NO_EFFECT,
    }
    return json.dumps(about, indent=2) + "\n"
