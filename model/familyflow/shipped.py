"""Finds the numbers, scenarios and words that come with familyflow, in a checkout or a wheel."""

from __future__ import annotations

from pathlib import Path

from familyflow.problems import MachineError

_PACKAGE = Path(__file__).resolve().parent


def parameters_folder() -> Path:
    """The shipped `parameters/` folder. Raises MachineError when the installation lacks it."""
    return _shipped("parameters")


def scenarios_folder() -> Path:
    """The shipped `scenarios/` folder. Raises MachineError when the installation lacks it."""
    return _shipped("scenarios")


def model_description() -> Path:
    """The description of the model under its headings: `model/README.md`. Raises MachineError."""
    return _shipped("model/README.md")


def _shipped(name: str) -> Path:
    in_wheel = _PACKAGE / "_shipped" / name
    in_checkout = _PACKAGE.parent.parent / name
    for folder in (in_wheel, in_checkout):
        if folder.exists():
            return folder
    raise MachineError(
        f"the {name} that come with familyflow are missing (looked in {in_wheel} and "
        f"{in_checkout}); install familyflow again"
    )
