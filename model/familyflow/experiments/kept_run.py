"""A finished run as it was kept: what made it, and whether it may be used beside new runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from familyflow.experiments.inputs import Settings, load_inputs
from familyflow.problems import RefusedError, bad_input
from familyflow.scenarios.resolve import Resolved
from familyflow.store import (
    Manifest,
    canonical_json,
    content_hash,
    identity,
    machine,
    read_manifest,
    what_is_wrong,
)

MOST_NAMED = 5  # keys in one message


@dataclass(frozen=True)
class Choices:
    """What was asked of a run that settles its numbers, everything asked of earlier runs in it."""

    scenario: str
    sets: tuple[str, ...]
    parameter_files: tuple[Path, ...]
    settings: Settings
    earlier: tuple[tuple[str, ...], ...] = ()  # the sets of the runs before, of each in turn

    def resolve(self) -> Resolved:
        """The scenario with these choices made, as the files stand now."""
        return load_inputs(self.scenario, self.sets, self.parameter_files, self.earlier)

    def and_then(self, asked: Mapping[str, Any]) -> Choices:
        """These choices with the `sets` and `parameter_files` of a re-pricing laid over them."""
        files = tuple(Path(file) for file in asked["parameter_files"])
        return Choices(
            self.scenario,
            tuple(asked["sets"]),
            (*self.parameter_files, *files),
            self.settings,
            (*self.earlier, self.sets),
        )


def choices_of(asked: Mapping[str, Any]) -> Choices:
    """The choices of a run, from what its manifest says was asked."""
    if "reprice" in asked:
        return choices_of(asked["first"]).and_then(asked)
    if "scenario" not in asked:
        raise bad_input(
            "that is no run of one scenario, so it is not priced again",
            "Run the scenario by itself and price that run.",
            where="--reprice",
        )
    return Choices(asked["scenario"], (), (), settings_of(asked)).and_then(asked)


def settings_of(asked: Mapping[str, Any]) -> Settings:
    """How much was simulated, and with which luck."""
    return Settings(
        draws=asked["draws"],
        replications=asked["replications"],
        seed=asked["seed"],
        common_luck=asked["common_luck"],
        **{name: asked[name] for name in ("follow_up", "inner") if name in asked},
    )


def sound_manifest(folder: Path) -> Manifest:
    """The manifest of a run whose files are all as they were written, made by this very version.

    Raises InputError when the run is damaged, RefusedError when other code or libraries made it.
    """
    manifest = read_manifest(folder)
    counted = machine.library_versions(machine.COUNTED)
    others = [name for name, version in counted.items() if manifest.versions.get(name) != version]
    if manifest.source != machine.source_hash():
        raise _refused(manifest, "another version of the model's code")
    if others:
        raise _refused(manifest, f"other versions of {', '.join(others)}")
    wrong = what_is_wrong(folder, manifest)
    if wrong:
        raise bad_input(
            f"the run is damaged: {'; '.join(wrong[:MOST_NAMED])}",
            "Run the scenario again; the damaged run is kept beside the new one.",
            where=str(folder),
        )
    return manifest


def refuse_other_inputs(manifest: Manifest, inputs: Mapping[str, Any]) -> None:
    """Raise RefusedError when the run's own choices give other inputs today than they gave then."""
    if content_hash(identity(inputs)) == manifest.content_hash:
        return
    named = keys_that_differ(manifest.inputs["parameters"], inputs["parameters"])
    raise _refused(manifest, f"other parameters or another scenario file ({named or 'its words'})")


def keys_that_differ(then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """The keys of what differs, the first of them named; nothing where nothing does."""
    keys = sorted(
        key
        for key in {*then, *now}
        if canonical_json(then.get(key)) != canonical_json(now.get(key))
    )
    return ", ".join(keys[:MOST_NAMED]) + (" and more" if len(keys) > MOST_NAMED else "")


def _refused(manifest: Manifest, made_by: str) -> RefusedError:
    return RefusedError(
        f"{manifest.run_id} was made with {made_by}: using it here would mix versions. "
        "Run its scenario again, then use that run."
    )
