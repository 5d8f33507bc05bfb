"""``voi``: what it is worth to know more before choosing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from familyflow.experiments.compare import arguments_of, inputs_of_options
from familyflow.experiments.engine_names import DEFAULT_ENGINE, check_engine
from familyflow.experiments.engines import DEFAULT_DRAWS, announce
from familyflow.experiments.experiment import Asked, Experiment, Finish, Found, made_or_found
from familyflow.experiments.follow_up import EXPECTED_INNER
from familyflow.experiments.information.expected import expected_of
from familyflow.experiments.information.study import Study
from familyflow.experiments.information.told import information
from familyflow.experiments.inputs import Inputs, Progress, Settings
from familyflow.experiments.options.asked import check_studies
from familyflow.experiments.options.load import Option, load_options
from familyflow.experiments.options.simulate import draw_options
from familyflow.experiments.results import SCHEMA
from familyflow.experiments.run import OUTPUTS, silent, unheard
from familyflow.experiments.statistics import Floats
from familyflow.experiments.workers import default_workers
from familyflow.luck import parameter_uniforms, parameter_word
from familyflow.problems import bad_input
from familyflow.store import RunFolder, json_text

VOI = "voi.json"
LEAST_FORETOLD = 0.05  # of the variance, below which a warning is due
ROUGH = (
    "Chance hides in these draws what the numbers foretell of net public value: what knowing is "
    "worth is too rough to use. Give more draws."
)
LEAST_DRAWS = 50  # below which nothing is learnt of what one could learn


def voi(
    scenarios: Sequence[str],
    *,
    draws: int | None = None,
    replications: int = 1,
    seed: int | None = None,
    sets: Sequence[str] = (),
    parameter_files: Sequence[Path | str] = (),
    price_year: str | None = None,
    engine: str = DEFAULT_ENGINE,
    workers: int | None = None,
    out: Path | str | None = None,
    follow_up: str = "sampled",
    inner: int = EXPECTED_INNER,
    progress: Progress | None = None,
    finish: Finish | None = None,
    say: Callable[[str], object] = unheard,
) -> Experiment:
    """What it would be worth to know more before choosing between these options.

    The choice is by net public value. An option without a service stands for not funding any; here
    it is one of the choices, since to fund or not may be the question. The rest is as in `compare`.
    Raises InputError, RefusedError, MachineError.
    """
    check_engine(engine)
    show, count = progress or silent, default_workers() if workers is None else workers
    files = [Path(file) for file in parameter_files]
    options = load_options(scenarios, sets, files, price_year)
    check_studies(options[0])
    settings = Settings(
        draws=DEFAULT_DRAWS[engine] if draws is None else draws,
        replications=replications,
        seed=options[0].resolved.seed if seed is None else seed,
        threads=count,
        follow_up=follow_up,
        inner=inner,
    )
    settings.check()
    if settings.draws < LEAST_DRAWS:
        raise bad_input(
            f"{settings.draws} draws are too few to tell what knowing more is worth",
            f"Give {LEAST_DRAWS} or more; 1,000 is usual.",
            where="--draws",
        )
    arguments = {
        "voi": list(scenarios),
        **arguments_of(settings, sets, files),
        "price_year": price_year,
    }
    asked = Asked(
        "voi_" + "_".join(option.name for option in options),
        made_of(options, settings),
        arguments,
        engine,
        count,
        list(dict.fromkeys(w for option in options for w in option.resolved.warnings)),
    )

    def make(folder: RunFolder, name: str) -> Found:
        announce(engine, say, follow_up)
        inputs = draw_options(options, settings, show, engine)
        expected = expected_of(options, inputs, engine, count, show)
        studies, titles = studies_in(inputs[0].base)
        uniforms = [_uniforms(title, settings) for title in titles]
        names = [option.name for option in options]
        found = information(expected, names, inputs[0].base, studies, uniforms, titles)
        rough = is_too_rough(found)
        results = {
            **_about(name, inputs[0], settings),
            **found,
            "too_rough": rough,
            "warnings": [ROUGH] if rough else [],
        }
        folder.write(VOI, json_text(results))
        return Found(results, tables_of(results), {})

    return made_or_found(asked, Path(out or OUTPUTS), (VOI,), make, finish)


def made_of(options: Sequence[Option], settings: Settings) -> dict[str, Any]:
    """Everything that settles what knowing more is worth."""
    return {**inputs_of_options(options, settings), "voi": True}


def studies_in(values: Mapping[str, Any]) -> tuple[list[Study], list[str]]:
    """The studies whose worth is asked, and what each is called."""
    shares = values["families.make_up.children"]
    children = sum(float(number) * float(share) for number, share in shares.items())
    rows = values["decision.studies"]
    studies = [
        Study(
            informs=str(row["informs"]),
            families_per_arm=float(row["families_per_arm"]),
            children_per_family=children,
            base_risk=float(values[str(row["base_risk"])]),
            share_followed_up=float(row["share_followed_up"]),
            intra_family_correlation=float(row["intra_family_correlation"]),
            cost_fixed=float(row["cost_fixed"]),
            cost_per_family=float(row["cost_per_family"]),
            months_until_report=float(row["months_until_report"]),
        )
        for row in rows
    ]
    return studies, [str(row["name"]) for row in rows]


def _uniforms(title: str, settings: Settings) -> Floats:
    """A uniform of each draw for what the study shows: the same for every size of it."""
    word = np.array([parameter_word(f"study: {title}")], dtype=np.uint64)
    draws = np.arange(settings.draws, dtype=np.uint64)
    return np.asarray(parameter_uniforms(word, draws, settings.seed)[0])


def _about(name: str, inputs: Inputs, settings: Settings) -> dict[str, Any]:
    values = inputs.base
    return {
        "schema": SCHEMA,
        "kind": "voi",
        "run_id": name,
        "seed": settings.seed,
        "draws": settings.draws,
        "replications": settings.replications,
        "follow_up": settings.follow_up,
        "price_year": values["appraisal.price_year"],
        "discounting": values["appraisal.schedule"],
        "term_years": int(values["appraisal.term_years"]),
        "follow_up_years": int(values["appraisal.follow_up_years"]),
        "window": values["appraisal.window"],
    }


def is_too_rough(found: Mapping[str, Any]) -> bool:
    """Whether these draws cannot tell what knowing is worth.

    So where, of every option that has anything to foretell, the numbers foretell next to nothing,
    or where two standard errors of the worth of knowing everything are more than that worth;
    unless no option ever leads by chance either.
    """
    evpi = found["evpi"]
    foretold = [r2 for name, r2 in found["fit"]["r2"].items() if found["mean"][name]]
    is_noise = bool(foretold) and max(foretold) < LEAST_FORETOLD
    return bool(evpi["raw"]["value"] > 0.0 and (is_noise or 2.0 * evpi["se"] > evpi["value"]))


def tables_of(results: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    """What is worth knowing as tables, each a CSV file."""
    studies = [
        {"study": study["study"], "informs": study["informs"], **size}
        for study in results["evsi"]
        for size in study.get("sizes", ())
    ]
    return {
        "evppi": pd.DataFrame(results["evppi"]),
        "evppi_groups": pd.DataFrame(results["evppi_groups"]),
        "evsi": pd.DataFrame(studies),
    }
