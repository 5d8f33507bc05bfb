"""What is asked for: held against the limits, its files put where manifests can name them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from familyflow.problems import InputError, Problem, Problems
from familyflow.store import list_runs, write_files
from familyflow.store.machine import machine_errors
from familyflow.web.settings import KEPT, Limits

SCENARIOS: Final = "scenarios"  # under the server's own folder
_COMMON: Final = ("draws", "seed", "sets", "parameter_files", "replications", "follow_up")
# What the browser's forms may ask of each kind, beside its scenarios: arguments of familyflow.api.
SETTINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "run": _COMMON,
    "compare": (*_COMMON, "structures", "price_year", "within"),
    "staff": (*_COMMON, "posts", "caps", "months", "wait", "confidence", "grant"),
    "sweep": (*_COMMON, "method", "targets", "n", "vary", "groups"),
    "voi": (*_COMMON, "price_year"),
    "report": ("to",),
}
_NOT_SETTINGS: Final = ("files", "scenario", "scenarios", "draft", "target", "run", "comparison")
_FILE: Final = re.compile(r"(?!\.)[A-Za-z0-9_.-]{1,120}\.ya?ml", re.ASCII)
_RUN: Final = re.compile(r"(?!\.)[A-Za-z0-9_.-]{1,120}", re.ASCII)


@dataclass(frozen=True)
class Work:
    """What a worker is told to do: a function of familyflow.api and what it is given."""

    kind: str
    given: list[str]
    settings: dict[str, Any]


def check_asked(kind: str, asked: Mapping[str, Any], limits: Limits) -> None:
    """Raise InputError with everything that goes over the limits.

    Raises ValueError for what no form of ours asks: that is no mistake of the person.
    """
    known = (*SETTINGS[kind], *_NOT_SETTINGS) if kind in SETTINGS else ()
    unknown = sorted(set(asked) - set(known))
    if unknown or kind not in SETTINGS:
        raise ValueError(f"a job of kind {kind!r} cannot be asked for {unknown}")
    problems = Problems()
    draws = asked.get("draws")
    if draws is not None and not (_is_whole(draws) and 1 <= draws <= limits.draws):
        problems.add("", 0, 0, f"The number of futures is {draws}",
                     f"Give a whole number from 1 to {limits.draws:,}.")  # fmt: skip
    if len(given_in(asked)) > limits.options:
        problems.add("", 0, 0, f"There are {len(given_in(asked))} options",
                     f"At most {limits.options} can be compared here.")  # fmt: skip
    if sum(len(text.encode()) for text in _files(asked).values()) > limits.upload_bytes:
        problems.add("", 0, 0, "The files are too large together",
                     f"They may have {limits.upload_bytes / 1e6:,.0f} megabytes.")  # fmt: skip
    for name in _files(asked):
        if not _FILE.fullmatch(name):
            problems.add("", 0, 0, "A file has a name that cannot be used",
                         "Use letters, digits, - and _, and end it in .yaml.")  # fmt: skip
    problems.raise_if_any()


def given_in(asked: Mapping[str, Any]) -> list[str]:
    """The scenarios that are asked for, one or several."""
    if "scenario" in asked:
        return [asked["scenario"]]
    return list(asked.get("scenarios", ()))


def work_of(kind: str, asked: Mapping[str, Any], out: Path) -> Work:
    """What a worker does for this; files are written so that they stay.

    Raises InputError where the run of a report is not there.
    """
    if kind == "report":
        return Work(kind, [str(_folder_of(asked["run"], out))], {"to": asked.get("to")})
    places = _written(_files(asked), out)
    settings = {name: asked[name] for name in SETTINGS[kind] if name in asked}
    if "target" in asked:
        settings["targets"] = [asked["target"]]
    if "parameter_files" in settings:
        settings["parameter_files"] = _placed(settings["parameter_files"], places)
    return Work(kind, _placed(given_in(asked), places), settings)


def _placed(names: list[str], places: Mapping[str, Path]) -> list[str]:
    """Uploaded files by where they stand; what is shipped, or kept already, as it is called."""
    return [str(places.get(name, name)) for name in names]


def _written(files: Mapping[str, str], out: Path) -> dict[str, Path]:
    """Where each file stands: all of them in one folder, so that one may extend another."""
    if not files:
        return {}
    told = json.dumps(sorted(files.items())).encode()
    kept = out / KEPT
    folder = kept / SCENARIOS / hashlib.sha256(told).hexdigest()[:32]
    with machine_errors(folder):
        out.mkdir(parents=True, exist_ok=True)
        for place in (kept, kept / SCENARIOS, folder):
            place.mkdir(mode=0o700, exist_ok=True)
    held = {folder / name: text.encode() for name, text in files.items()}
    # one of the same content is left alone: a worker may be reading it
    new = {path: data for path, data in held.items() if not _holds(path, data)}
    write_files(new)
    for path in new:
        path.chmod(0o600)
    return {path.name: path for path in held}


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _folder_of(run: str, out: Path) -> Path:
    there = {folder.name: folder for folder in list_runs(out)}
    if not _RUN.fullmatch(run) or run not in there:
        raise InputError([Problem("", 0, 0, "That run is not there any more", "Make it again.")])
    return there[run]


def _files(asked: Mapping[str, Any]) -> Mapping[str, str]:
    files: Mapping[str, str] = asked.get("files") or {}
    return files


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
