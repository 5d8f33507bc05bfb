"""Reads a finished run with the files that its numbers stand in, for those who check it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from familyflow.experiments.kept_run import choices_of, refuse_other_inputs, sound_manifest
from familyflow.experiments.reprice import what_settles
from familyflow.parameters.parameter import Parameter
from familyflow.parameters.yaml_tree import Place
from familyflow.problems import bad_input
from familyflow.reports.documents import kept as documents
from familyflow.reports.documents.clean import clean, cleaned
from familyflow.scenarios.resolve import BY_HAND, Resolved
from familyflow.shipped import parameters_folder, scenarios_folder
from familyflow.store import Manifest

MOST_OF_A_NOTE: Final = 2_000  # characters: a log leaves no reason out
CALIBRATED: Final = ("calibration", "solved_effects")


@dataclass(frozen=True)
class Reviewed:
    """A run and everything it was made of, every text made harmless.

    told: what the documents of the run tell. resolved: the scenario with its choices, as the files
    stand, which are those of the run. reached: how near the model came to what was published.
    """

    folder: Path
    manifest: Manifest
    told: documents.Kept
    resolved: Resolved
    reached: tuple[documents.Row, ...]

    @property
    def results(self) -> Mapping[str, Any]:
        """What results.json holds."""
        return self.told.results

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """Every parameter of the run, its words made harmless."""
        return {key: harmless(one) for key, one in self.resolved.parameters.items()}

    def place(self, key: str) -> str:
        """What gave the number its value: 'parameters/costs.yaml:7', or --set."""
        choice = self.resolved.choices.get(key)
        if choice is not None and choice.where == BY_HAND:
            return BY_HAND
        return shown_place(self.resolved.spot(key))


def read_reviewed(folder: Path) -> Reviewed:
    """A finished run of one scenario with the files it was made of.

    Raises InputError where the folder holds no such run or a damaged one, RefusedError where the
    model or its inputs are not those of the run: their lines and words would be of other numbers.
    """
    told = documents.read_kept(folder)
    manifest = sound_manifest(folder)
    if "parameters" not in manifest.inputs:
        raise bad_input("that run keeps no inputs", "Run the scenario again.", where=str(folder))
    chosen = choices_of(manifest.asked)
    resolved = chosen.resolve()
    refuse_other_inputs(manifest, what_settles(resolved, chosen, manifest.inputs.get("repriced")))
    reached = [
        row
        for name in CALIBRATED
        if (file := folder / "tables" / f"{name}.csv").is_file()
        for row in documents.rows_of(file)
    ]
    return Reviewed(folder, manifest, told, resolved, tuple(reached))


def harmless(parameter: Parameter) -> Parameter:
    """The parameter with every text that somebody wrote made harmless."""
    source = parameter.source
    if source is not None:
        source = replace(source, **cleaned(vars(source)))
    note = clean(parameter.note, MOST_OF_A_NOTE) if parameter.note else None
    words = ("label", "unit", "sunset", "code", "value", "table", "quantity", "unit_cost")
    rest = {name: cleaned(getattr(parameter, name)) for name in words}
    return replace(parameter, source=source, note=note, **rest)


def shown_place(place: Place) -> str:
    """The file from the folder it ships in, or its name alone, with the line.

    The same wherever the command is given, and no folder of the machine is told.
    """
    return f"{shown_file(place.file)}:{place.line}"


def shown_file(file: str) -> str:
    """As `shown_place`, without the line."""
    path = Path(file).resolve()
    for shipped in (parameters_folder(), scenarios_folder()):
        if path.is_relative_to(shipped):
            return f"{shipped.name}/{path.relative_to(shipped).as_posix()}"
    return path.name
