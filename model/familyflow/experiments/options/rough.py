"""A first answer of a comparison in seconds: a few of its draws, their means, kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from familyflow.experiments.engine_names import DEFAULT_ENGINE, check_engine
from familyflow.experiments.gathering import Priced
from familyflow.experiments.inputs import Progress, Settings
from familyflow.experiments.options.load import Option, load_options
from familyflow.experiments.options.simulate import draw_options, gather
from familyflow.experiments.per_draw import Figures
from familyflow.experiments.run import silent
from familyflow.experiments.workers import default_workers

# One block of draws; four options of them take about two seconds on two processors.
ROUGH_DRAWS: Final = 100
# Where each figure stands among those of the answer, by the name it has here.
FIGURES: Final[Mapping[str, str]] = {
    "families_started": "flow.families_started",
    "mean_wait_weeks": "flow.mean_wait_weeks",
    "care_weeks_avoided": "flow.care_weeks_avoided",
    "cost": "money.cost",
    "fiscal_saving": "money.fiscal_saving",
    "net_saving": "money.net_saving",
    "cost_per_family_started": "money.cost_per_family_started",
}
SHARE: Final = "share_of_draws_with_net_saving"


def rough(
    scenarios: Sequence[str],
    *,
    draws: int = ROUGH_DRAWS,
    seed: int | None = None,
    sets: Sequence[str] = (),
    parameter_files: Sequence[Path | str] = (),
    price_year: str | None = None,
    engine: str = DEFAULT_ENGINE,
    workers: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """The means of what `compare` gives for as many draws, to the digit; nothing is written.

    Returns draws, price_year, term_years and options, each with name, title and figures: families,
    weeks (of waiting; of care avoided), present values in pounds over the whole term, pounds a
    family, and a share of draws. None is a figure that is not defined, as the wait for no service.
    Raises InputError, RefusedError as `compare` does.
    """
    check_engine(engine)
    show, count = progress or silent, default_workers() if workers is None else workers
    files = [Path(file) for file in parameter_files]
    options = load_options(scenarios, sets, files, price_year)
    first = options[0].resolved
    settings = Settings(
        draws, 1, first.seed if seed is None else seed, threads=count, twice=False
    )  # fmt: skip
    settings.check()
    inputs = draw_options(options, settings, show, engine)
    base = inputs[0].base
    return {
        "draws": draws,
        "price_year": base["appraisal.price_year"],
        "term_years": base["appraisal.term_years"],
        "options": [
            _told(option, gather(one, engine, count, _of(option, show)))
            for option, one in zip(options, inputs, strict=True)
        ],
    }


def _of(option: Option, progress: Progress) -> Progress:
    return lambda stage, done, of: progress(f"{stage} {option.name}", done, of)


def _told(option: Option, priced: Priced) -> dict[str, Any]:
    return {
        "name": option.name,
        "title": option.resolved.title,
        "figures": _figures(priced.figures.main),
    }


def _figures(found: Figures) -> dict[str, float | None]:
    means = {name: found[key].mean() for name, key in FIGURES.items()}
    saving = found["money.net_saving"].by_draw()
    told = {**means, SHARE: float(np.mean(saving > 0))}
    return {name: None if np.isnan(value) else value for name, value in told.items()}
