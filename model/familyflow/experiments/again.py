"""The inputs of a kept run or experiment, worked out anew from what its manifest says was asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from familyflow.experiments import compare, staff, sweeps, voi
from familyflow.experiments.kept_run import choices_of, settings_of
from familyflow.experiments.run import inputs_of

EXPERIMENTS: Final = ("compare", "voi", "staff", "sweep")


def kind_of(asked: Mapping[str, Any]) -> str:
    """`run`, or which experiment it was."""
    return next((kind for kind in EXPERIMENTS if kind in asked), "run")


def inputs_again(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that settles the answer, as the files stand now."""
    kind = kind_of(asked)
    if kind == "run":
        chosen = choices_of(asked)
        return inputs_of(chosen.resolve(), chosen.settings)
    if kind == "sweep":
        return sweeps.prepare(sweeps.asked_again(asked)).made_of()
    settings, given = settings_of(asked), arguments_again(asked)
    if kind == "compare":
        return compare.made_of(compare.options_asked(given), settings, given)
    if kind == "voi":
        return voi.made_of(compare.options_asked(given), settings)
    return staff.made_of(staff.teams_asked(given), settings, given)


def arguments_again(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked of an experiment, its files as paths; its scenarios under `scenarios`."""
    given = {**asked, "parameter_files": [Path(file) for file in asked["parameter_files"]]}
    return {**given, "scenarios": asked[kind_of(asked)]}
