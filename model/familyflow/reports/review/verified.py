"""What `familyflow verify` found, kept beside the runs so that their documents can show it.

A verification holds for inputs and code, not for one run: its file is named after the fingerprint
of both, with its seed and draws, and a run shows every one whose fingerprint is its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from familyflow.experiments.inputs import Settings, load_inputs
from familyflow.experiments.run import inputs_of
from familyflow.experiments.verify import DRAWS, Verified
from familyflow.reports.documents.clean import clean, cleaned
from familyflow.store import content_hash, identity, json_text, write_file
from familyflow.store.machine import (
    library_versions,
    machine_errors,
    package_version,
    python_version,
    source_hash,
)

FOLDER: Final = ".verified"  # in the folder under which runs are kept
_SETTLE: Final = ("reference", "parameters", "correlations")
_DIGITS: Final = 20
_OF_NAMES: Final = 8


@dataclass(frozen=True)
class Verification:
    """One verification. checks: in the order in which they were made; finished: when, in UTC."""

    fingerprint: str
    scenario: str
    draws: int
    seed: int
    source: str
    versions: Mapping[str, str | None]
    finished: str
    checks: tuple[Verified, ...]

    @property
    def failed(self) -> tuple[Verified, ...]:
        """The checks that do not hold."""
        return tuple(one for one in self.checks if not one.holds)


@dataclass(frozen=True)
class Found:
    """What was kept for one fingerprint; altered: names of files that are not as written."""

    sound: tuple[Verification, ...]
    altered: tuple[str, ...]


def fingerprint(inputs: Mapping[str, Any]) -> str:
    """Of all that a verification holds for: parameters, model code and libraries.

    inputs: as a manifest holds them. Seed and draws are left out: a verification has its own.
    """
    return content_hash(identity({name: inputs[name] for name in _SETTLE}))


def about_to_verify(
    scenario: str,
    *,
    sets: Sequence[str] = (),
    parameter_files: Sequence[Path | str] = (),
    draws: int = DRAWS,
    seed: int | None = None,
    **_: object,
) -> Verification:
    """What will be verified, before a check is made; settings as of `experiments.verify.verify`.

    Raises InputError.
    """
    resolved = load_inputs(scenario, sets, [Path(file) for file in parameter_files])
    settings = Settings(draws, 1, resolved.seed if seed is None else seed)
    return Verification(
        fingerprint=fingerprint(inputs_of(resolved, settings)),
        scenario=resolved.name,
        draws=draws,
        seed=settings.seed,
        source=source_hash(),
        versions={
            "familyflow": package_version(),
            "python": python_version(),
            **library_versions(),
        },
        finished="",
        checks=(),
    )


def keep(out: Path, of: Verification, checks: Sequence[Verified], kind: str = "") -> Path:
    """Write down what was found; returns the file. Raises MachineError.

    The same verification made again takes the place of the one before, whatever it found. kind:
    what else was verified than the model's own checks, as part of the file's name.
    """
    held = asdict(of) | {
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "checks": [asdict(one) for one in checks],
    }
    name = f"{of.fingerprint[:_DIGITS]}-{of.draws}-{of.seed}{kind and f'-{kind}'}.json"
    file = out / FOLDER / name
    with machine_errors(out):
        file.parent.mkdir(parents=True, exist_ok=True)
    write_file(file, json_text(held | {"sha256": content_hash(held)}).encode("utf-8"))
    return file


def of_names(checks: Sequence[Verified]) -> str:
    """A short word for which checks these are, so that other ones do not take their place."""
    return content_hash([one.name for one in checks])[:_OF_NAMES]


def find_kept(out: Path, inputs: Mapping[str, Any]) -> Found:
    """Every verification kept under `out` of these inputs by this model, by file name."""
    own = fingerprint(inputs)
    sound, altered = [], []
    for file in sorted((out / FOLDER).glob(f"{own[:_DIGITS]}-*.json")):
        one = _read(file)
        if one is None:
            altered.append(clean(file.name))
        elif one.fingerprint == own:
            sound.append(one)
    return Found(tuple(sound), tuple(altered))


def _read(file: Path) -> Verification | None:
    """The verification in a file; None where it is not as it was written."""
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
        if held.pop("sha256") != content_hash(held):
            return None
        held = cleaned(held)
        checks = tuple(Verified(**one) for one in held.pop("checks"))
        return Verification(**held, checks=checks)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
