"""What a sweep tells: results.json and its tables."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from familyflow.experiments.engine_names import DEFAULT_ENGINE
from familyflow.experiments.inputs import core_parameters
from familyflow.experiments.results import SCHEMA
from familyflow.experiments.sweeps.asked import Asked
from familyflow.experiments.sweeps.evaluating import Failed
from familyflow.experiments.sweeps.targets import Target
from familyflow.experiments.sweeps.work import Found, Work, finite
from familyflow.parameters.draws import uncertain
from familyflow.scenarios.resolve import Resolved

TABLES: Final = ("bars", "switches", "cells", "moves", "indices", "gaps")
_LUCK: Final = {True: "a factor", False: "common"}


def results_of(
    name: str, asked: Asked, work: Work, targets: Sequence[Found], points: int
) -> dict[str, Any]:
    """What results.json holds. points: draws, for PAWN, which evaluates none."""
    evaluators = (work.together, work.alone.evaluator)
    failed = [*dict.fromkeys((*evaluators[0].failed, *evaluators[1].failed))]
    told = [
        {**_about_target(target), **found}
        for target, found in zip(work.targets, targets, strict=True)
    ]
    undefined = [one for one in told if "undefined" in one]
    return {
        **_about(name, asked, work),
        "points": points,
        "factors": work.varied.told,
        "groups": work.varied.told_groups(),
        "fixed": fixed_in(work.together.model.resolved),
        "targets": told,
        "quarantined": [_quarantined(one, asked, work.seed) for one in failed],
        "incomplete": bool(failed or undefined),
        "warnings": [f"{one['target']}: {one['reason']}." for one in undefined],
    }


def tables_of(results: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    """Each kind of row of all targets as one table, with the target in its first column."""
    tables: dict[str, pd.DataFrame] = {"factors": pd.DataFrame(results["factors"])}
    members = [
        {"group": group["group"], "factor": factor}
        for group in results["groups"]
        for factor in group["factors"]
    ]
    if members:
        tables["groups"] = pd.DataFrame(members)
    for table in TABLES:
        rows = [
            {"target": target["target"], **row}
            for target in results["targets"]
            for row in target.get(table, ())
        ]
        if rows:
            tables[table] = pd.DataFrame(rows)
    return tables


def fixed_in(resolved: Resolved) -> list[str]:
    """Labels of the numbers that are uncertain in the core offer and that this scenario fixes."""
    usual = dict.fromkeys(name.partition("[")[0] for name in uncertain(core_parameters()))
    there = [resolved.parameters[key] for key in usual if key in resolved.parameters]
    return [parameter.label for parameter in there if parameter.distribution is None]


def command_of(asked: Asked, failed: Failed, seed: int) -> str:
    """The command that evaluates a failed point by itself, given the same --out."""
    words = ["familyflow", "sweep", asked.scenario]
    words += [word for one in asked.sets for word in ("--set", one)]
    words += [word for file in asked.parameter_files for word in ("--parameters", str(file))]
    words += ["--seed", str(seed)]
    if asked.follow_up != "sampled":
        words += ["--follow-up", asked.follow_up]
    if asked.engine != DEFAULT_ENGINE:
        words += ["--engine", asked.engine]
    words += [word for one in asked.targets for word in ("--target", one)]
    return shlex.join([*words, "--point", failed.file])


def _quarantined(failed: Failed, asked: Asked, seed: int) -> dict[str, Any]:
    return {
        "point": failed.point,
        "reason": failed.reason,
        "command": command_of(asked, failed, seed),
    }


def _about_target(target: Target) -> dict[str, Any]:
    return {
        "target": target.name,
        "label": target.label,
        "unit": target.unit,
        "stated": finite(target.stated),
        "turns_at": target.turns_at,
        "stated_half_width": finite(target.half_width),
    }


def _about(name: str, asked: Asked, work: Work) -> dict[str, Any]:
    model = work.together.model
    resolved, settings = model.resolved, model.settings
    values = {key: parameter.value for key, parameter in resolved.parameters.items()}
    pawn = asked.method == "pawn"
    return {
        "schema": SCHEMA,
        "kind": "sweep",
        "method": asked.method,
        "run_id": name,
        "scenario": resolved.name,
        "title": resolved.title,
        "seed": work.seed,
        "n": asked.size or None,
        "replications": (asked.replications or 1) if pawn else settings.replications,
        "luck": "of each draw" if pawn else _LUCK[asked.has_luck],
        "follow_up": settings.follow_up,
        "price_year": values["appraisal.price_year"],
        "discounting": values["appraisal.schedule"],
        "term_years": int(str(values["appraisal.term_years"])),
        "follow_up_years": int(str(values["appraisal.follow_up_years"])),
        "window": values["appraisal.window"],
    }
