"""Finds the numbers, scenarios and words that come with familyflow, in a checkout or a wheel."""

from __future__ import annotations

from pathlib import Path

from familyflow.problems import MachineError

_PACKAGE = Path(__file__).resolve().parent


def parameters_folder() -> Path:
    """The shipped `parameters/` folder. Raises MachineError when the installation lacks it."""
    return _shipped("parameters")


def figures_of_areas() -> Path:
    """Published figures of England, a region and an authority, as CSV. Raises MachineError."""
    return _shipped("parameters/areas/figures.csv")


def scenarios_folder() -> Path:
    """The shipped `scenarios/` folder. Raises MachineError when the installation lacks it."""
    return _shipped("scenarios")


def model_description() -> Path:
    """The description of the model under its headings: `model/README.md`. Raises MachineError."""
    return _shipped("model/README.md")


def example_cases() -> Path:
    """Case records that the model made, as a file to look at and to try. Raises MachineError."""
    return _beside("records/example_cases.csv")


def _shipped(name: str) -> Path:
    return _found(name, _PACKAGE / "_shipped" / name, _PACKAGE.parent.parent / name)


def _beside(name: str) -> Path:
    return _found(name, _PACKAGE / name)


def _found(name: str, *places: Path) -> Path:
    for place in places:
        if place.exists():
            return place
    looked_in = " and ".join(str(place) for place in places)
    raise MachineError(
        f"the {name} that come with familyflow are missing (looked in {looked_in}); install "
        "familyflow again"
    )
