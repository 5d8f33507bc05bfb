"""Runs a kept run again, from its manifest alone, and compares every file byte for byte."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from familyflow.cli.differences import Difference, input_differences
from familyflow.cli.kept import Kept
from familyflow.cli.progress import Progress
from familyflow.problems import bad_input
from familyflow.store import Manifest, read_manifest

# The arguments of ``familyflow.run`` that a manifest keeps under ``asked``.
ASKED: Final = (
    "draws", "replications", "seed", "sets", "parameter_files",
    "engine", "journal", "months", "common_luck", "follow_up", "inner",
)  # fmt: skip


EXPERIMENTS: Final = ("compare", "voi", "staff", "sweep")
PREFIX: Final = "familyflow-again-"


@dataclass(frozen=True)
class Proof:
    """Each file with 'the same' or what is wrong, and why it may differ."""

    files: Mapping[str, str]
    remarks: tuple[str, ...]
    inputs: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Whether every file has the same bytes, then and now."""
        return all(state == "the same" for state in self.files.values())

    def told(self) -> dict[str, object]:
        """For machines."""
        return {
            "same": self.same,
            "files": dict(self.files),
            "remarks": [*self.remarks],
            "inputs": [difference.told() for difference in self.inputs],
        }


def reproduce_run(kept: Kept, workers: int | None, show: Progress | None) -> Proof:
    """Run again into a folder that is thrown away, and compare.

    Raises InputError when the manifest cannot be read or the inputs are no longer there, and
    RefusedError when they have changed since.
    """
    from familyflow.api import refuse_changed_inputs

    old = kept.manifest_or_refuse()
    refuse_changed_inputs(old)
    with tempfile.TemporaryDirectory(prefix=PREFIX) as out:
        new = read_manifest(_again(old.asked, old.run_id, workers, Path(out), show))
        changed = tuple(input_differences(old, new))
        return Proof(_compared(kept, old, new), _remarks(old, new), changed)


def _again(
    asked: Mapping[str, Any], run_id: str, workers: int | None, out: Path, show: Progress | None
) -> Path:
    """Do what was asked again; of a re-pricing, first simulate the run that was priced."""
    if "reprice" not in asked:
        return _run_again(asked, run_id, workers, out, show)
    from familyflow.api import reprice

    first = _again(asked["first"], asked["reprice"], workers, out, show)
    files = [Path(file) for file in asked["parameter_files"]]
    return reprice(first, sets=asked["sets"], parameter_files=files, out=out).folder


def _run_again(
    asked: Mapping[str, Any], run_id: str, workers: int | None, out: Path, show: Progress | None
) -> Path:
    experiment = next((kind for kind in EXPERIMENTS if kind in asked), None)
    if experiment is not None:
        return _experiment_again(experiment, asked, workers, out, show)
    scenario = asked.get("scenario")
    if not isinstance(scenario, str):
        raise bad_input("the manifest does not say which scenario was run", where=run_id)
    from familyflow.api import run

    arguments: dict[str, Any] = {name: asked[name] for name in ASKED if name in asked}
    arguments["parameter_files"] = [Path(file) for file in arguments.get("parameter_files", ())]
    return run(scenario, **arguments, workers=workers, out=out, progress=show).folder


def _experiment_again(
    kind: str, asked: Mapping[str, Any], workers: int | None, out: Path, show: Progress | None
) -> Path:
    """Do an experiment again: its scenarios stand under its own name."""
    from familyflow import api

    arguments = {name: value for name, value in asked.items() if name != kind}
    arguments["parameter_files"] = [Path(file) for file in arguments["parameter_files"]]
    if kind == "voi":  # each draw has a luck of its own, always
        arguments.pop("common_luck")
    scenarios = [asked[kind]] if isinstance(asked[kind], str) else asked[kind]
    do: Mapping[str, Callable[..., Any]] = {
        "compare": api.compare, "voi": api.voi, "staff": api.staff, "sweep": api.sweep,
    }  # fmt: skip
    folder: Path = do[kind](*scenarios, **arguments, workers=workers, out=out, progress=show).folder
    return folder


def _compared(kept: Kept, old: Manifest, new: Manifest) -> dict[str, str]:
    damaged = {line.split(" is ")[0] for line in kept.wrong}
    states = {}
    for name in sorted({*old.files, *new.files}):
        if name not in new.files:
            states[name] = "not made again"
        elif name not in old.files:
            states[name] = "not there before"
        elif old.files[name] != new.files[name]:
            states[name] = "differs"
        else:
            states[name] = "altered since it was written" if name in damaged else "the same"
    return states


def _remarks(old: Manifest, new: Manifest) -> tuple[str, ...]:
    if old.content_hash == new.content_hash:
        return ()
    remarks = ["It is no longer the same run: something that settles the answer changed since."]
    if old.source != new.source:
        remarks.append(f"The model's code changed: {old.source[:10]} -> {new.source[:10]}.")
    return tuple(remarks)
