"""What the evidence does not settle by a number: other structures, each named, side by side.

Window, discounting, scope of unit costs and optimism are priced anew from the same simulations. How
an effect fades and what the comparator has are simulated anew, with the first draws and the same
luck, so that the headline's own draws can be set beside them. They are never averaged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from familyflow.experiments.inputs import Progress, Settings
from familyflow.experiments.options.best import VALUE, WEAKER
from familyflow.experiments.options.load import Option
from familyflow.experiments.options.simulate import OptionRun, draw_options, gather
from familyflow.experiments.per_draw import Figures
from familyflow.experiments.statistics import Floats

FIGURES: Final = ("net_present_value", "fiscal_saving", "cost")
MOST_DRAWS: Final = 100  # of each structure that is simulated anew; paired with the headline's own


def priced_anew(runs: Sequence[OptionRun]) -> list[dict[str, Any]]:
    """Each other rule of appraisal: net public value of every option, and which is best."""
    rows = [
        _row("headline", "as chosen", _values(runs, VALUE)),
        _row("evidence", "weaker evidence included", _values(runs, WEAKER)),
    ]
    for name in runs[0].main:
        if name.startswith("rule.") and name.endswith(".net_present_value"):
            kind, rule = name.removeprefix("rule.").removesuffix(".net_present_value").split(".", 1)
            rows.append(_row(kind, rule, _values(runs, name)))
    return rows


def simulated_anew(
    runs: Sequence[OptionRun],
    others: Sequence[tuple[str, Sequence[Option]]],
    settings: Settings,
    engine: str,
    workers: int,
    progress: Progress,
) -> list[dict[str, Any]]:
    """The headline over the first draws, and every option under each other structure over them.

    others: the options under each structure (`asked.load_structures`), of which those in `runs`
    are simulated.
    """
    few = replace(settings, draws=min(MOST_DRAWS, settings.draws))
    names = [run.name for run in runs]
    rows = [_row("headline", "as chosen", _first(runs, few.draws), few.draws)]
    for name, listed in others:
        options = [option for option in listed if option.name in names]
        figures = _simulated(options, few, engine, workers, progress, name)
        values = {
            option.name: figure[VALUE].by_draw()
            for option, figure in zip(options, figures, strict=True)
        }
        rows.append(_row("structure", name, values, few.draws))
    return rows


def _simulated(
    options: Sequence[Option],
    settings: Settings,
    engine: str,
    workers: int,
    progress: Progress,
    name: str,
) -> list[Figures]:
    def show(stage: str, done: int, of: int) -> None:
        progress(f"if {name}" if stage == "simulating" else stage, done, of)

    return [
        gather(inputs, engine, workers, show).figures.main
        for inputs in draw_options(options, settings, show, engine)
    ]


def _values(runs: Sequence[OptionRun], name: str) -> dict[str, Floats]:
    return {run.name: run.main[name].by_draw() for run in runs}


def _first(runs: Sequence[OptionRun], draws: int) -> dict[str, Floats]:
    return {run.name: run.main[VALUE].by_draw()[:draws] for run in runs}


def _row(
    kind: str, name: str, values: Mapping[str, Floats], draws: int | None = None
) -> dict[str, Any]:
    means = {option: float(np.mean(found)) for option, found in values.items()}
    best = max(means, key=lambda option: means[option])
    told = {"kind": kind, "name": name, "net_present_value": means, "best_on_the_mean": best}
    return told if draws is None else {**told, "draws": draws}
